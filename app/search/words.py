"""One rule for what a word is, used when writing an index, when asking it and when marking what it found.

Chinese is written without blanks, so every character of a run is taken together with the next one. The last one stands
alone: a phrase of such pairs then matches where the same characters stand in a row, and nowhere else.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.search.folding import UNSEEN, fold, is_plain

LONGEST_WORD = 64
"""Longer words are cut, in the index as in the question."""
LONGEST_COMPOUND = 40
MOST_PARTS = 8
"""Past these a compound is an address or a formula, and nobody types it joined."""

# Ideographs, kana and hangul, in their usual and in their rare planes.
HAN = (
    "\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uf900-\ufaff\U00020000-\U0003ffff"
)
_IS_HAN = re.compile(f"[{HAN}]")
_LETTER = f"[^\\W_{HAN}]"
LATIN_WORD = re.compile(f"{_LETTER}+")
JOINERS = "-\u2010\u2012\u2013\u2212._'\u2019/+&@"
"""What may stand between the parts of one Latin word."""
_JOINER = f"(?:[{JOINERS}]{UNSEEN}*|{UNSEEN}+)"
_RUN = re.compile(f"(?P<han>[{HAN}](?:{UNSEEN}*[{HAN}])*)|{_LETTER}+(?:{_JOINER}{_LETTER}+)*")
_PLAIN_RUN = re.compile(f"[{HAN}]+|{_LETTER}+(?:[{JOINERS}]{_LETTER}+)*")
_FIRST_HAN = "\u3000"
"""In a plain text that was folded, no other letters stand above it."""
# What a character may be composed with: accents, kana marks (half-width too), vowels and tails of hangul.
# "Even" characters fold to one character each, and are taken many at a time.
_COMPOSING = "[\u0300-\u036f\u3099\u309a\uff9e\uff9f\u1161-\u1175\u11a8-\u11c2]"
_CLUSTER = re.compile(
    f"(?P<even>[\u0000-\u007f\u3400-\u4dbf\u4e00-\u9fff]+(?!{_COMPOSING}))|.{_COMPOSING}*",
    re.DOTALL,
)


class Run(NamedTuple):
    """A stretch without a break: a Latin word, a compound of several, or Han characters in a row.

    A tuple, as `Place` is, since a long text makes thousands of them.
    """

    parts: tuple[str, ...]
    """The words of a compound; the characters of a Han run."""
    starts: tuple[int, ...]
    """Where in the folded text each part begins."""
    is_han: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What stands at consecutive positions; as many as there are parts."""
        if not self.is_han:
            return self.parts
        return tuple(map(str.__add__, self.parts, (*self.parts[1:], "")))

    @property
    def joined(self) -> str:
        """A compound as one word, "texttoimage"; empty for all else."""
        if self.is_han or not 1 < len(self.parts) <= MOST_PARTS:
            return ""
        joined = "".join(self.parts)
        return joined if len(joined) <= LONGEST_COMPOUND else ""


class Place(NamedTuple):
    """A word and where it stands in the text as it was written; of a Han pair, its first character's place."""

    word: str
    start: int
    end: int
    run: Run


class Words(NamedTuple):
    """What an index keeps of a text: all that its runs say, without a run for each."""

    in_a_row: list[str]
    """What stands at consecutive positions."""
    joined: list[str]
    """The compounds as one word."""
    characters: set[str]
    """Every Han character by itself."""


def is_han(character: str) -> bool:
    return _IS_HAN.match(character) is not None


def runs(text: str) -> Iterator[Run]:
    yield from _runs(fold(text))


def read_words(text: str) -> Words:
    """The words of all runs of a text. Long texts are indexed by the thousand, so plain ones are read without a match for
    each run."""
    if not is_plain(text):
        return _gather(runs(text))
    words: list[str] = []
    joined: list[str] = []
    han: list[str] = []
    for found in _PLAIN_RUN.findall(fold(text)):
        if found >= _FIRST_HAN:
            words += map(str.__add__, found, found[1:])
            words.append(found[-1])
            han.append(found)
        elif found.isalnum():
            words.append(found[:LONGEST_WORD])
        else:
            run = Run(tuple(part[:LONGEST_WORD] for part in LATIN_WORD.findall(found)), ())
            words += run.parts
            joined += filter(None, [run.joined])
    return Words(words, joined, set("".join(han)))


def _gather(runs: Iterable[Run]) -> Words:
    words = Words([], [], set())
    for run in runs:
        words.in_a_row.extend(run.words)
        words.joined.extend(filter(None, [run.joined]))
        words.characters.update(run.parts if run.is_han else ())
    return words


def places(text: str) -> list[Place]:
    """Every word with its span in the original text; folding may have changed lengths."""
    folded, starts, ends = _fold_with_spans(text)
    return [
        Place(word, starts[start], ends[start + len(part) - 1], run)
        for run in _runs(folded)
        for part, word, start in zip(run.parts, run.words, run.starts, strict=True)
    ]


def _runs(folded: str) -> Iterator[Run]:
    for match in _RUN.finditer(folded):
        text, start, is_han = match[0], match.start(), match["han"] is not None
        if is_han and UNSEEN not in text:  # these two are nearly all there are, and so are quick
            yield Run(tuple(text), tuple(range(start, start + len(text))), is_han)
        elif not is_han and LATIN_WORD.fullmatch(text):
            yield Run((text[:LONGEST_WORD],), (start,))
        else:
            yield _run_of_parts(match, is_han=is_han)


def _run_of_parts(match: re.Match[str], *, is_han: bool) -> Run:
    if is_han:
        found = [(character, match.start() + i) for i, character in enumerate(match[0]) if character != UNSEEN]
    else:
        found = [(part[0][:LONGEST_WORD], part.start()) for part in LATIN_WORD.finditer(match.string, *match.span())]
    parts, starts = zip(*found, strict=True)
    return Run(parts, starts, is_han)


def _fold_with_spans(text: str) -> tuple[str, list[int], list[int]]:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = fold(cluster[0])
        pieces.append(piece)
        if cluster["even"]:
            starts += range(cluster.start(), cluster.end())
            ends += range(cluster.start() + 1, cluster.end() + 1)
        else:
            starts += [cluster.start()] * len(piece)
            ends += [cluster.end()] * len(piece)
    return "".join(pieces), starts, ends
