"""Which Chinese string means which English one, by the papers that have them. Pure.

A pair must stand together significantly often (log-likelihood ratio: Dunning, 1993); how well it fits is told by Dice's
coefficient, smoothed so that rare strings do not fit by luck. Pairs are linked best first, each string once (competitive
linking: Melamed, 2000). Then come synonyms: in the papers that the Chinese linked so far does not explain, another Chinese
string may fit the same English.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from app.terms.candidates import Candidate
from app.terms.glosses import Gloss

LEAST = 4
"""Papers that a pair must share."""
_SIGNIFICANT = 30.0
"""The log-likelihood ratio from which on a pair is no chance, even among some million pairs (p < 1e-7)."""
_LIKELY = 10.8
"""That from which on a synonym is likely, if it shares a part with what is known already (p < 0.001)."""
_LIFT = 1.2
"""How many times as often as by chance a pair must stand together to be looked at."""
_RARER = 6
"""How many times rarer than the Chinese string the English one may be: beyond that it fits too seldom for a link."""
_SMOOTHING = 3
"""Papers added to Dice's denominator."""
_OFTEN = 0.3
"""The least a first link must fit."""
_PER_WORD = 2
"""Chinese characters that an English word usually takes; where a pair has another measure, part of one side is missing."""
_OFF_MEASURE = 0.93
_PRECISE = 0.85
"""The share of a synonym's other papers that must have the English."""
_UNRELATED = 0.35
"""How well a synonym must fit if it shares no character with what is linked."""


@dataclass(frozen=True, slots=True)
class Link:
    """The two mean the same, as far as the papers tell."""

    latin: Candidate
    han: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class _Pair(Link):
    """Two strings that may become a link."""

    is_significant: bool


def link(latin: Sequence[Candidate], han: Sequence[Candidate], papers: int, said: Sequence[Gloss] = ()) -> list[Link]:
    """All links, each Chinese string in one of them. What several papers say outright comes first."""
    fitting = sorted(_fitting(latin, han, papers), key=lambda one: (-one.score, one.latin.text, one.han.text))
    told = {gloss.han: gloss.latin for gloss in sorted(said, key=lambda gloss: gloss.papers) if gloss.papers > 1}
    linked: dict[str, Link] = {one.han.text: one for one in fitting if told.get(one.han.text) == one.latin.parts}
    taken = {one.latin.text for one in linked.values()}
    for one in fitting:
        is_new = one.han.text not in told and one.han.text not in linked and one.latin.text not in taken
        if is_new and one.is_significant and one.score >= _OFTEN:
            linked[one.han.text] = one
            taken.add(one.latin.text)
    return [*linked.values(), *_synonyms(fitting, linked, {one.text for one in han})]


def _fitting(latin: Sequence[Candidate], han: Sequence[Candidate], papers: int) -> Iterator[_Pair]:
    by_count = sorted(han, key=lambda one: one.count)
    counts = [one.count for one in by_count]
    for one in latin:
        # Papers whose Chinese text leaves the English word as it is say nothing of its translation.
        asked, among = one.papers & ~one.left, papers - one.left.bit_count()
        count = asked.bit_count()
        for other in by_count[: bisect(counts, _RARER * count)]:
            both = (asked & other.papers).bit_count()
            if both < LEAST:
                continue
            other_count = (other.papers & ~one.left).bit_count() if one.left else other.count
            likelihood = _log_likelihood(both, count, other_count, among)
            if likelihood >= _LIKELY:
                score = _dice(both, count, other_count) * _measure(one, other)
                yield _Pair(one, other, score, likelihood >= _SIGNIFICANT)


def _measure(latin: Candidate, han: Candidate) -> float:
    return float(_OFF_MEASURE ** abs(len(han.parts) / _PER_WORD - len(latin.parts)))


def _dice(both: int, one: int, other: int) -> float:
    return 2 * both / (one + other + _SMOOTHING)


def _log_likelihood(both: int, one: int, other: int, papers: int) -> float:
    """Zero where they stand together hardly more than by chance."""
    if both * papers <= _LIFT * one * other:
        return 0
    alone, neither = (one - both, other - both), papers - one - other + both
    rows_and_columns = _heat(one) + _heat(papers - one) + _heat(other) + _heat(papers - other)
    return 2 * (_heat(both) + _heat(alone[0]) + _heat(alone[1]) + _heat(neither) - rows_and_columns + _heat(papers))


def _heat(count: int) -> float:
    return count * log(count) if count > 0 else 0


def _synonyms(fitting: Sequence[_Pair], linked: dict[str, Link], han: set[str]) -> Iterator[Link]:
    known: dict[str, list[Candidate]] = defaultdict(list)
    for one in linked.values():
        known[one.latin.text].append(one.han)
    means = {one.han.text: one.latin for one in linked.values()}
    for one in fitting:
        if one.han.text in means or not _is_made_of(one, means, han):
            continue
        score = _residual(one, known[one.latin.text], means)
        if score:
            known[one.latin.text].append(one.han)
            means[one.han.text] = one.latin
            yield Link(one.latin, one.han, score)


def _residual(one: _Pair, others: Sequence[Candidate], means: dict[str, Candidate]) -> float:
    """How well the pair fits in the papers that the other Chinese strings do not explain; zero if it does not."""
    explained = 0
    for other in others:
        explained |= other.papers
    latin, han = one.latin.papers & ~explained, one.han.papers & ~explained
    both, of_latin, of_han = (latin & han).bit_count(), latin.bit_count(), han.bit_count()
    if both < LEAST or both < _PRECISE * of_han:
        return 0
    is_related = any(set(one.han.text) & set(other.text) for other in others) or _inner(one.han.text) & means.keys()
    fits = is_related or (one.is_significant and _dice(both, of_latin, of_han) >= _UNRELATED)
    return both / (of_han + _SMOOTHING) if fits else 0


def _is_made_of(one: Link, means: dict[str, Candidate], han: set[str]) -> bool:
    """Whether each word within the Chinese string means a part of the English: 高斯参数 is no synonym of "gaussian"."""
    words = set(one.latin.parts)
    return all(
        word in means and means[word] is not one.latin and words.issuperset(means[word].parts)
        for word in _inner(one.han.text) & han
    )


def _inner(text: str) -> set[str]:
    """Every shorter string within."""
    return {text[at:end] for at in range(len(text)) for end in range(at + 2, len(text) + 1)} - {text}
