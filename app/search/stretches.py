"""The stretches of a text in which something that was asked for may stand. Pure.

To cut a text into words takes a millisecond for each page of it; to see where a word cannot stand takes next to nothing.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from heapq import merge
from typing import NamedTuple

from app.search.folding import UNSEEN, fold, is_aligned
from app.search.question import Clause, Compound, HanRun, Phrase, Prefix, Word
from app.search.words import JOINERS

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
_BETWEEN = re.compile("[\\W_]+")
_JOINING = re.compile(f"[{JOINERS}{UNSEEN}]+")


def stretches(text: str, clauses: Iterable[Clause]) -> Iterator[Stretch]:
    """Where to look for these clauses, in the order of their beginnings; outside of them nothing matches.

    Each begins and ends at the edge of a word; those that follow each other closely may overlap.
    """
    forms = forms_of(text)
    sought = [looks for clause in clauses for looks in _looks(clause) if forms.hold(looks.beginning)]
    if not sought:
        return
    folded = forms.folded
    is_other = abs(len(folded) - len(text)) > _MOST_SLIP or any(is_hidden(one, forms) for one in sought)
    if is_other or len(text) <= _SHORT:
        yield 0, len(text)
    else:
        yield from _widened(text, merge(*(_places(folded, one.beginning, one.length) for one in sought)))


class Looks(NamedTuple):
    """How a match may begin, folded and without anything that joins words, and how long all of it is."""

    beginning: str
    length: int
    apart: str = ""
    """Of a compound, the first of its words: where that stands, the compound written apart is looked for anyway."""


class Forms:
    """A text as it is looked through; the rarer forms are made when they are asked for."""

    def __init__(self, text: str) -> None:
        self._text, self.folded = text, fold(text)

    @cached_property
    def is_aligned(self) -> bool:
        """Whether what stands in the folded text stands at the same place in the text as it was written."""
        return is_aligned(self._text, self.folded)

    @cached_property
    def bare(self) -> str:
        """Without what joins words: every compound is one word."""
        return _JOINING.sub("", self.folded)

    @cached_property
    def squeezed(self) -> str:
        """Letters and digits only: words in a row stand next to each other."""
        return _BETWEEN.sub("", self.folded)

    def hold(self, word: str) -> bool:
        """Whether it stands there, perhaps as parts of a compound."""
        return word in self.folded or word in self.bare


@lru_cache(maxsize=1024)
def forms_of(text: str) -> Forms:
    """Who types asks the same few papers again with every letter, so they are remembered."""
    return Forms(text)


def _looks(clause: Clause) -> Iterator[Looks]:
    match clause:
        case Word(text, _) | Prefix(text):
            yield Looks(text, len(text))
        case HanRun(characters):
            yield Looks(characters[:2], len(characters))
        case Phrase(words, _):
            yield Looks(words[0], sum(map(len, words)))
        case Compound(words, joined, _):
            yield Looks(words[0], sum(map(len, words)))
            if joined:
                yield Looks(joined, len(joined), words[0])


def is_hidden(looks: Looks, forms: Forms) -> bool:
    """Whether it also stands there written apart, as “text-to-image” for “texttoimage”, where it cannot be seen."""
    seen = forms.folded.count(looks.beginning) + (forms.folded.count(looks.apart) if looks.apart else 0)
    return forms.bare.count(looks.beginning) > seen


def _places(folded: str, word: str, length: int) -> Iterator[Stretch]:
    at = folded.find(word)
    while at >= 0:
        yield at - _MARGIN, at + 2 * length + _MARGIN
        at = folded.find(word, at + 1)


def _widened(text: str, places: Iterable[Stretch]) -> Iterator[Stretch]:
    """Up to the edges of words; short ones that touch are made one."""
    start = end = -1
    for first, last in places:
        if last <= end:
            continue
        edge = _EDGE.search(text, max(0, last))
        before, after = _edge_before(text, first), edge.start() if edge else len(text)
        if start >= 0 and before <= end and after - start <= _LONGEST:
            end = after
            continue
        if start >= 0:
            yield start, end
        start, end = before, after
    if start >= 0:
        yield start, end


def _edge_before(text: str, place: int) -> int:
    """The last edge before a place, or the beginning of the text."""
    reach = 64
    while place > 0:
        edges = list(_EDGE.finditer(text, max(0, place - reach), place))
        if edges:
            return edges[-1].start()
        if reach >= place:
            break
        reach *= 4
    return 0
