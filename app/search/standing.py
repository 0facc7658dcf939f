"""Whether something that was asked for stands in a text, told without cutting the text into words. Pure."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.search.folding import UNSEEN
from app.search.question import Clause, Compound, HanRun, Phrase, Prefix, Word
from app.search.stretches import Forms, Looks, forms_of, is_hidden
from app.search.words import LONGEST_WORD, is_han


def stand_there(text: str, clauses: Iterable[Clause]) -> bool | None:
    """Whether one of the clauses does. None if only the words of the text can tell: of rows of words, for instance."""
    forms = forms_of(text)
    is_known = True
    for clause in clauses:
        answer = _stands(clause, forms)
        if answer:
            return True
        is_known = is_known and answer is not None
    return False if is_known else None


def _stands(clause: Clause, forms: Forms) -> bool | None:
    match clause:
        case HanRun(characters):
            return _are_in_a_row(characters, forms.folded)
        case Word(word, _) | Prefix(word) if len(word) < LONGEST_WORD:
            return _word_stands(word, forms, is_open=isinstance(clause, Prefix))
        case Phrase(words, is_open):
            if not forms.hold(words[0]) or not _may_be_in_a_row(words, forms):
                return False
            characters = _characters(words) if is_open else ""
            return _are_in_a_row(characters, forms.folded) if characters else None
        case Compound(words, joined, _):
            is_possible = (forms.hold(words[0]) and _may_be_in_a_row(words, forms)) or (joined and forms.hold(joined))
            return None if is_possible else False
        case _:
            return None


def _may_be_in_a_row(words: Sequence[str], forms: Forms) -> bool:
    """Of Han pairs, which overlap, nothing is told here; nor of words so long that they were cut."""
    return any(is_han(word[0]) or len(word) >= LONGEST_WORD for word in words) or "".join(words) in forms.squeezed


def _are_in_a_row(characters: str, folded: str) -> bool | None:
    return characters in folded if UNSEEN not in folded else None


def _characters(pairs: Sequence[str]) -> str:
    """What a row of pairs says, as `clauses.words_in_a_row` makes them; nothing if it is another row."""
    is_row = all(len(pair) == 2 and is_han(pair[0]) and pair[1] == after[0] for pair, after in pairwise(pairs))
    return "".join(pair[0] for pair in pairs) + pairs[-1][1:] if is_row else ""


def _word_stands(word: str, forms: Forms, *, is_open: bool) -> bool | None:
    if not forms.hold(word):
        return False
    return _is_word(word, forms.folded, is_open=is_open) or (
        None if is_hidden(Looks(word, len(word)), forms) else False
    )


def _is_word(word: str, folded: str, *, is_open: bool) -> bool:
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        if not _is_letter(folded[at - 1 : at]) and (is_open or not _is_letter(folded[end : end + 1])):
            return True
        at = folded.find(word, at + 1)
    return False


def _is_letter(character: str) -> bool:
    return character.isalnum() and not is_han(character)
