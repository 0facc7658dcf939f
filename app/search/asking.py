"""What a reader typed, as plain values: the step between the text of a question and any engine's query.

Every text is a question; there is no wrong syntax. A grammar (fields, exclusion, alternatives) would be more clauses here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from app.search.words import Run, runs

LONGEST_TEXT = 512
MOST_CLAUSES = 24
_QUOTES = re.compile('["“”„＂]')


@dataclass(frozen=True, slots=True)
class Word:
    """This word, or a compound that reads so when joined."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word still being typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Compound:
    """Words tied together ("text-to-image"): joined, or one after the other; the last may still be being typed."""

    words: tuple[str, ...]
    joined: str
    """Empty where the compound is too long to be written as one word."""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class HanRun:
    """Han characters in a row, just so."""

    characters: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row; of the last, if it is open, only the beginning is known."""

    words: tuple[str, ...]
    is_open: bool = False


Clause = Word | Prefix | Compound | HanRun | Phrase


@dataclass(frozen=True, slots=True)
class Question:
    """All clauses hold; without any, everything is an answer."""

    clauses: tuple[Clause, ...] = ()
    whole: str = ""
    """All words in a row, as a title that is typed in full would be."""


def ask(text: str) -> Question:
    text = text[:LONGEST_TEXT]
    clauses = tuple(islice(dict.fromkeys(_clauses(text)), MOST_CLAUSES))
    return Question(clauses, whole(text))


def whole(text: str) -> str:
    """A text as nothing but its words, to see whether two are the same."""
    return " ".join(word for run in runs(text) for word in run.words)


def words_in_a_row(characters: str) -> Phrase:
    """A Han run as a phrase of pairs; what follows its last character is not known."""
    pairs = zip(characters, characters[1:] + " ", strict=True)
    return Phrase(tuple("".join(pair).strip() for pair in pairs), is_open=True)


def _clauses(text: str) -> Iterator[Clause]:
    pieces = _QUOTES.split(text)
    if len(pieces) % 2 == 0:  # A quote that is never closed says nothing.
        pieces = [" ".join(pieces)]
    for place, piece in enumerate(pieces):
        if place % 2:
            yield from _quoted(piece)
        else:
            is_last = place == len(pieces) - 1
            yield from _plain(piece, is_typing=is_last and not piece[-1:].isspace())


def _quoted(text: str) -> Iterable[Clause]:
    found = list(runs(text))
    if len(found) < 2:
        return [_closed(run) for run in found]
    return [Phrase(tuple(word for run in found for word in run.words), is_open=found[-1].is_han)]


def _plain(text: str, *, is_typing: bool) -> Iterable[Clause]:
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
