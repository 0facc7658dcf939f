"""A piece of a question without any grammar: its words as clauses. Pure."""

from collections.abc import Iterable

from app.search.question import Clause, Compound, HanRun, Phrase, Prefix, Word
from app.search.words import Run, runs

LONGEST_TEXT = 512
MOST_CLAUSES = 24


def whole(text: str) -> str:
    """A text as nothing but its words, to see whether two are the same."""
    return " ".join(word for run in runs(text) for word in run.words)


def words_in_a_row(characters: str) -> Phrase:
    """A Han run as a phrase of pairs; what follows its last character is not known."""
    pairs = zip(characters, characters[1:] + " ", strict=True)
    return Phrase(tuple("".join(pair).strip() for pair in pairs), is_open=True)


def quoted(text: str) -> Iterable[Clause]:
    """What stands between quotes: just so, in a row."""
    found = list(runs(text))
    if len(found) == 1:
        return [_exactly(found[0])]
    return [Phrase(tuple(word for run in found for word in run.words), is_open=found[-1].is_han)] if found else []


def _exactly(run: Run) -> Clause:
    match _closed(run):
        case Word(text):
            return Word(text, is_exact=True)
        case HanRun(characters) if len(characters) > 1:
            return words_in_a_row(characters)
        case clause:
            return clause


def plain(text: str, *, is_typing: bool = False) -> Iterable[Clause]:
    """Each word for itself. Of the last one only the beginning is known if it is still being typed."""
    found = list(runs(text))
    last = len(found) - 1
    return [_open(run) if is_typing and place == last else _closed(run) for place, run in enumerate(found)]


def _closed(run: Run) -> Clause:
    if run.is_han:
        return HanRun("".join(run.parts))
    if len(run.parts) == 1:
        return Word(run.parts[0])
    return Compound(run.parts, run.joined)


def _open(run: Run) -> Clause:
    if run.is_han:
        return _closed(run)
    if len(run.parts) == 1:
        return Prefix(run.parts[0])
    return Compound(run.parts, run.joined, is_open=True)
