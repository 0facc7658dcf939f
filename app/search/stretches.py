"""The stretches of a text in which something that was asked for may stand. Pure.

To cut a text into words takes a millisecond for each page of it; to see where a word cannot stand takes next to nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from app.search.question import Clause, Compound, HanRun, Phrase, Prefix, Word
from app.search.words import UNSEEN, fold

Stretch = tuple[int, int]

_SHORT = 200
"""A text that is cut as soon as it is looked through."""
_MARGIN = 60
"""What is cut around a place, so that small differences in length between a text and its folded form do no harm."""
_LONGEST = 300
"""Past this a stretch ends, and the next one overlaps it: who wants one match need not wait for all."""
_MOST_SLIP = 20
_EDGE = re.compile("[\\s，。；：！？、]")
"""What stands in no word, and in no row of words written together."""
_JOINERS = dict.fromkeys(map(ord, "-\u2010\u2012\u2013\u2212._'\u2019/+&@"))


def stretches(text: str, clauses: Iterable[Clause]) -> list[Stretch]:
    """Where to look for these clauses, in the order of their beginnings; outside of them nothing matches.

    Each begins and ends at the edge of a word; those that follow each other closely may overlap.
    """
    folded, bare = folded_forms(text)
    sought = [looks for clause in clauses for looks in _looks(clause) if looks[0] in bare]
    if not sought:
        return []
    is_other = abs(len(folded) - len(text)) > _MOST_SLIP or any(is_hidden(word, folded, bare) for word, _ in sought)
    if is_other or len(text) <= _SHORT:
        return [(0, len(text))]
    return _widened(text, sorted(place for word, length in sought for place in _places(folded, word, length)))


@lru_cache(maxsize=1024)
def folded_forms(text: str) -> tuple[str, str]:
    """A text folded, and with its compounds as one word. Who types asks the same few papers again with every letter."""
    folded = fold(text)
    return folded, folded.translate(_JOINERS).replace(UNSEEN, "")


def _looks(clause: Clause) -> Iterator[tuple[str, int]]:
    """How a match may begin, folded and without anything that joins words, and how long all of it is."""
    match clause:
        case Word(text, _) | Prefix(text):
            yield text, len(text)
        case HanRun(characters):
            yield characters[:2], len(characters)
        case Phrase(words, _):
            yield words[0], sum(map(len, words))
        case Compound(words, joined, _):
            yield words[0], sum(map(len, words))
            if joined:
                yield joined, len(joined)


def is_hidden(word: str, folded: str, bare: str) -> bool:
    """Whether it also stands there written apart, as “text-to-image” for “texttoimage”, where it cannot be seen."""
    return bare.count(word) > folded.count(word)


def _places(folded: str, word: str, length: int) -> Iterator[Stretch]:
    at = folded.find(word)
    while at >= 0:
        yield at - _MARGIN, at + 2 * length + _MARGIN
        at = folded.find(word, at + 1)


def _widened(text: str, places: Iterable[Stretch]) -> list[Stretch]:
    """Up to the edges of words; short ones that touch are made one."""
    edges = [edge.start() for edge in _EDGE.finditer(text)]
    found: list[Stretch] = []
    for first, last in places:
        before, after = bisect_right(edges, first), bisect_left(edges, last)
        start = edges[before - 1] if before else 0
        end = edges[after] if after < len(edges) else len(text)
        if found and start <= found[-1][1] and end - found[-1][0] <= _LONGEST:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
