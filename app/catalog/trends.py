"""What came up in a month: tags and words that were not there before, or are there more often than before.

How far a number is out of the ordinary is told by the log-likelihood ratio (Dunning 1993): twice the logarithm of how
much better two rates fit, one for the month and one for the time before, than a single one. By chance it reaches 3.84
one time in twenty, and 10.83 one time in a thousand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, distinct, func, select, union
from sqlalchemy.orm import Session

from app.catalog.matching import in_period, tagged_papers
from app.catalog.title_words import Phrase, PhraseCounter, phrase_of, phrases_in, without_parts
from app.models import Digest, DigestTag, Entry, EntryTag, PaperVersion, Tag, Topic
from app.periods import Period

YEARS_BEFORE = 1
"""With which a month is compared; all that is older only tells what is new."""
LEAST_PAPERS = 2
"""One paper is no trend."""
LEAST_SCORE = 3.84
MOST = 24
MOST_TERMS = 8
"""Terms of a group that a search asks for."""
Kind = Literal["tag", "term", "words"]


@dataclass(frozen=True, slots=True)
class Trend:
    """A tag, a group of terms or words of titles, and in how many papers of the month."""

    kind: Kind
    names: tuple[str, ...]
    """What it is called; several terms mean the same."""
    papers: int
    before: int
    """Papers of the time it is compared with."""
    expected: float
    """Papers of the month, had it been as frequent as before."""
    score: float
    is_new: bool
    """Whether nothing earlier in the library has it."""


@dataclass(frozen=True, slots=True)
class Trends:
    """What a month brought."""

    month: Period
    papers: int
    before: int
    """Papers of the time it is compared with; without any nothing is new and nothing rises."""
    new: Sequence[Trend]
    """The most frequent first."""
    rising: Sequence[Trend]
    """The most out of the ordinary first."""


def trends_of(session: Session, month: Period, groups: Iterable[Sequence[str]] = ()) -> Trends:
    """The trends of a month. Each of the `groups` is terms that mean the same, and count as one."""
    spans = _Spans.around(session, month)
    if not spans.n_before:
        return Trends(month, spans.n_now, 0, (), ())
    found = [*_tags(session, spans), *_words(session, spans, groups)]
    new = [one for one in found if one.is_new]
    rising = [one for one in found if not one.is_new and one.score >= LEAST_SCORE]
    return Trends(
        month,
        spans.n_now,
        spans.n_before,
        _told_once(sorted(new, key=lambda one: (-one.papers, one.names))),
        _told_once(sorted(rising, key=lambda one: (-one.score, one.names))),
    )


def _told_once(trends: Iterable[Trend]) -> Sequence[Trend]:
    """Without rows of words that overlap one before them: "driven 3d face" says nothing after "speech driven 3d"."""
    told: list[Trend] = []
    words: list[set[str]] = []
    for trend in trends:
        own = set(trend.names[0].split()) if trend.kind == "words" else set()
        if len(told) < MOST and not any(len(own & other) > 1 for other in words):
            told.append(trend)
            words.append(own)
    return told


def burst_score(now: int, papers: int, before: int, papers_before: int) -> float:
    """The log-likelihood ratio of so many of a month's papers, against so many before; 0 unless there are more now."""
    if now * papers_before <= before * papers:
        return 0.0
    rate = (now + before) / (papers + papers_before)
    cells = (
        (now, papers * rate),
        (papers - now, papers * (1 - rate)),
        (before, papers_before * rate),
        (papers_before - before, papers_before * (1 - rate)),
    )
    return 2 * sum(seen * log(seen / expected) for seen, expected in cells if seen)


@dataclass(frozen=True, slots=True)
class _Spans:
    """The month and the time before it: which digests are of each, and how many papers they list."""

    month: Period
    now: ColumnElement[bool]
    before: ColumnElement[bool]
    earlier: ColumnElement[bool]
    n_now: int
    n_before: int

    @classmethod
    def around(cls, session: Session, month: Period) -> "_Spans":
        since = month.first.replace(year=max(month.first.year - YEARS_BEFORE, date.min.year))
        now, earlier = in_period(month), Digest.day < month.first
        before = and_(Digest.day >= since, earlier)
        return cls(month, now, before, earlier, _number(session, now), _number(session, before))

    def trend(self, kind: Kind, names: tuple[str, ...], now: int, before: int, *, is_new: bool) -> Trend:
        expected = self.n_now * before / self.n_before
        score = burst_score(now, self.n_now, before, self.n_before)
        return Trend(kind, names, now, before, expected, score, is_new)


def _number(session: Session, of: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(distinct(Entry.paper_id))).join(Entry.digest).where(of)) or 0


def _listed(of: ColumnElement[bool]) -> Select[int]:
    return select(Entry.paper_id).join(Entry.digest).where(of)


def _tags(session: Session, spans: _Spans) -> Iterable[Trend]:
    """A paper has a tag if any of its entries has, whenever: so a search counts. New is what no earlier digest gives."""
    now, before = _tag_counts(session, spans.now), _tag_counts(session, spans.before)
    given = union(
        select(EntryTag.tag_id).join(Entry, Entry.id == EntryTag.entry_id).join(Entry.digest).where(spans.earlier),
        select(DigestTag.tag_id).join(Digest, Digest.id == DigestTag.digest_id).where(spans.earlier),
    ).subquery()
    old = set(session.scalars(select(Tag.name).join(given, given.c.tag_id == Tag.id)))
    topics = set(session.scalars(select(Topic.name)))
    for name, papers in now.items():
        if papers >= LEAST_PAPERS and name not in topics:
            yield spans.trend("tag", (name,), papers, before.get(name, 0), is_new=name not in old)


def _tag_counts(session: Session, of: ColumnElement[bool]) -> dict[str, int]:
    pairs = tagged_papers(_listed(of))
    query = select(Tag.name, func.count()).join(pairs, pairs.c.tag_id == Tag.id).group_by(Tag.name)
    return dict(session.execute(query).all())


def _words(session: Session, spans: _Spans, groups: Iterable[Sequence[str]]) -> Iterable[Trend]:
    """Terms and words in the titles of papers."""
    titles = _titles(session, spans.now)
    terms = {group[0]: tuple(group[:MOST_TERMS]) for group in groups}
    keys = {phrase_of(name): key for key, names in terms.items() for name in names}
    keys |= {phrase: " ".join(phrase) for title in titles for phrase in phrases_in(title) if phrase not in keys}
    now = _frequent(PhraseCounter(keys).count(titles), keys, terms)
    counter = PhraseCounter({phrase: key for phrase, key in keys.items() if key in now})
    before = counter.count(_titles(session, spans.before))
    older = counter.count(_titles(session, and_(spans.earlier, ~spans.before)))
    for key, papers in now.items():
        kind: Kind = "term" if key in terms else "words"
        is_new = not before[key] and not older[key]
        yield spans.trend(kind, terms.get(key, (key,)), papers, before[key], is_new=is_new)


def _frequent(
    counts: Mapping[str, int], keys: Mapping[Phrase, str], terms: Mapping[str, tuple[str, ...]]
) -> dict[str, int]:
    """What several papers have, without words that hardly occur but as a part of more."""
    several = {key: papers for key, papers in counts.items() if papers >= LEAST_PAPERS}
    whole = set(without_parts({phrase: several[key] for phrase, key in keys.items() if key in several}))
    kept = {key for phrase, key in keys.items() if phrase in whole}
    return {key: papers for key, papers in several.items() if key in terms or key in kept}


def _titles(session: Session, of: ColumnElement[bool]) -> Sequence[str]:
    shown = select(PaperVersion.title).where(PaperVersion.is_shown, PaperVersion.paper_id.in_(_listed(of)))
    return session.scalars(shown).all()
