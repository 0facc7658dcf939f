"""Whether words stand in a row in a document: the server only knows it of three at a time, and of no single field. Pure."""

from collections.abc import Iterable, Sequence

from app.search.words import LATIN_WORD, Run


def in_plain(text: Iterable[Run]) -> str:
    """The words of a text with one blank between two runs, and none within a Han run; compounds in their parts."""
    return " ".join("".join(run.parts) if run.is_han else " ".join(run.parts) for run in text)


def stand_in_a_row(words: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether one of these plain texts has these words (Han as pairs) in a row."""
    wanted = _as_plain(words)
    return any(wanted in f" {text} " for text in texts)


def _as_plain(words: Sequence[str]) -> str:
    """A Latin word is whole, so a blank is around it; a Han run may go on at both ends, unless its last character is said."""
    found, before = "", ""
    for word in words:
        if _is_pair(before):
            found += word[1:]
        else:
            found += word if _is_han(word) and not before else f" {word}"
        before = word
    return found if _is_pair(before) else f"{found} "


def _is_han(word: str) -> bool:
    return LATIN_WORD.match(word) is None


def _is_pair(word: str) -> bool:
    return len(word) == 2 and _is_han(word)
