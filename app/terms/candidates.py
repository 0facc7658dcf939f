"""What could be a term: strings that many papers have, that hold together, and that are not always part of a longer one.

Pure. Neither language needs a dictionary. Han characters are taken in runs of two to eight, Latin words in rows of one to
four. A string survives

- if its parts stand together more often than by chance: pointwise mutual information over its weakest cut
  (Church and Hanks, 1990);
- if what stands before and behind it varies: branching entropy (Harris, 1955; Jin and Tanaka-Ishii, 2006);
- if no string longer by one stands in nearly all of its papers: such a one explains it, as 高斯泼溅 explains 斯泼.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log2

from app.search.folding import fold
from app.search.words import HAN
from app.terms.latin import LONGEST_LATIN, STOP_LATIN, Parts, latin_rows, uncounted

LONGEST_HAN = 8
_EXPLAINED = 0.9
"""The share of its papers in which a string may be part of one and the same longer string."""
_COHESION = 3.0
"""Bits by which the parts of a string must expect each other."""
_FREEDOM = 1.5
"""Bits of what stands before a string, and of what stands behind it."""
_AT_EDGE = 0.05
"""How often a string must begin, and end, where a run does or beside a stop word."""
_EDGE = "\n"
_HAN_RUN = re.compile(f"[{HAN}]+")
STOP_HAN = frozenset("的了和是与为于将从以及并等该这其被会也都而或把到们很更就我你他它此那些但若则让给即又之所且")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A string that could be a term."""

    text: str
    parts: Parts
    papers: int
    """The papers that have it, as a set of bits."""
    left: int = 0
    """Of these the papers whose Chinese text has it as it is, untranslated."""

    @property
    def count(self) -> int:
        return self.papers.bit_count()


def han_candidates(texts: Sequence[str], least: int, most: int) -> list[Candidate]:
    """Chinese strings that at least so many papers have; the most frequent ones, if there are too many."""
    rows = [[tuple(run) for run in _HAN_RUN.findall(fold(text))] for text in texts]
    return _candidates(rows, least, most, LONGEST_HAN, STOP_HAN, "".join)


def latin_candidates(texts: Sequence[str], translations: Sequence[str], least: int, most: int) -> list[Candidate]:
    """English strings, likewise; plurals are taken for their singulars. `translations` may leave some as they are."""
    found = _candidates(latin_rows(texts), least, most, LONGEST_LATIN, STOP_LATIN, " ".join)
    left = _papers_with({one.parts for one in found}, latin_rows(translations))
    return [
        replace(one, left=one.papers & _bits(left.get(one.parts, [])))
        for one in found
        if len(one.text) > 1 and not one.text.replace(" ", "").isdigit() and uncounted(one.parts) == one.parts
    ]


def _papers_with(wanted: set[Parts], rows: Iterable[list[Parts]]) -> dict[Parts, list[int]]:
    found: dict[Parts, list[int]] = defaultdict(list)
    for paper, runs in enumerate(rows):
        here = {
            run[at : at + length] for run in runs for at in range(len(run)) for length in range(1, LONGEST_LATIN + 1)
        }
        for parts in here & wanted:
            found[parts].append(paper)
    return found


@dataclass(slots=True)
class _Seen:
    """Where a string was seen: in which papers, and how often in all."""

    papers: list[int]
    times: int


def _candidates(
    rows: list[list[Parts]], least: int, most: int, longest: int, stops: frozenset[str], join: Callable[[Parts], str]
) -> list[Candidate]:
    found = _frequent(rows, least, longest)
    explained = _explained(found, stops)
    length = sum(len(run) for runs in rows for run in runs)
    chosen = {
        parts
        for parts in found
        if stops.isdisjoint((parts[0], parts[-1]))
        and (len(parts) > 1 or longest == LONGEST_LATIN)
        and parts not in explained
        and _holds_together(parts, found, length)
    }
    chosen &= _free(rows, chosen, found, longest, stops)
    best = sorted(chosen, key=lambda parts: (-len(found[parts].papers), parts))[:most]
    return [Candidate(join(parts), parts, _bits(found[parts].papers)) for parts in best]


def _frequent(rows: list[list[Parts]], least: int, longest: int) -> dict[Parts, _Seen]:
    """The frequent strings. One is only counted if both of its longest parts are frequent, so that time and memory grow
    with what is frequent and not with what there is (Agrawal and Srikant, 1994)."""
    found: dict[Parts, _Seen] = {}
    alive = [[(run, list(range(len(run)))) for run in runs] for runs in rows]
    for length in range(1, longest + 1):
        counted: dict[Parts, _Seen] = {}
        for paper, runs in enumerate(alive):
            here = Counter(run[at : at + length] for run, starts in runs for at in starts)
            for parts, times in here.items():
                seen = counted.setdefault(parts, _Seen([], 0))
                seen.papers.append(paper)
                seen.times += times
        kept = {parts: seen for parts, seen in counted.items() if len(seen.papers) >= least}
        found |= kept
        alive = [
            [(run, grown) for run, starts in runs if (grown := _grown(run, starts, length, kept))] for runs in alive
        ]
    return found


def _grown(run: Parts, starts: Sequence[int], length: int, kept: Container[Parts]) -> list[int]:
    """Where a string longer by one may begin: where a frequent one does, and another right behind."""
    good = {at for at in starts if run[at : at + length] in kept}
    return [at for at in starts if at in good and at + 1 in good]


def _explained(found: dict[Parts, _Seen], stops: frozenset[str]) -> set[Parts]:
    return {
        inner
        for parts, seen in found.items()
        if len(parts) > 1
        for inner, more in ((parts[1:], parts[0]), (parts[:-1], parts[-1]))
        if more not in stops and len(seen.papers) >= _EXPLAINED * len(found[inner].papers)
    }


def _holds_together(parts: Parts, found: dict[Parts, _Seen], length: int) -> bool:
    cuts = ((found[parts[:at]].times, found[parts[at:]].times) for at in range(1, len(parts)))
    return all(log2(found[parts].times * length / (left * right)) >= _COHESION for left, right in cuts)


def _free(
    rows: list[list[Parts]], chosen: set[Parts], found: Container[Parts], longest: int, stops: frozenset[str]
) -> set[Parts]:
    """Those that stand beside many things, and now and then beside nothing."""
    before: dict[Parts, Counter[str]] = defaultdict(Counter)
    behind: dict[Parts, Counter[str]] = defaultdict(Counter)
    for number, run in enumerate(run for runs in rows for run in runs):
        around = (f"{_EDGE}{number}", *run, f"{_EDGE}{number}")  # each edge is a neighbour unlike any other
        for at in range(len(run)):
            for end in range(at + 1, min(at + longest, len(run)) + 1):
                parts = run[at:end]
                if parts not in found:
                    break  # then nothing longer is frequent either
                if parts in chosen:
                    before[parts][around[at]] += 1
                    behind[parts][around[end + 1]] += 1
    return {parts for parts in chosen if _is_free(before[parts], stops) and _is_free(behind[parts], stops)}


def _is_free(beside: Counter[str], stops: frozenset[str]) -> bool:
    at_edge = sum(times for one, times in beside.items() if one in stops or one.startswith(_EDGE))
    return at_edge >= _AT_EDGE * beside.total() and _entropy(beside) >= _FREEDOM


def _entropy(counts: Counter[str]) -> float:
    total = counts.total()
    return -sum(count / total * log2(count / total) for count in counts.values())


def _bits(papers: Sequence[int]) -> int:
    if not papers:
        return 0
    held = bytearray(max(papers) // 8 + 1)
    for paper in papers:
        held[paper // 8] |= 1 << (paper % 8)
    return int.from_bytes(held, "little")
