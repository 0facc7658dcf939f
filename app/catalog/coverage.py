"""Coverage: which topic has digests on which days, with how many entries and doubts, and which days are missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Digest, Entry, Finding, Topic
from app.periods import Period, days_between

ROWS = 30
"""Topics on a page."""


class State(StrEnum):
    """What there is of a topic on a day, or in a month."""

    PRESENT = "present"
    MISSING = "missing"
    """Nothing, though the topic has digests before and after."""
    OUTSIDE = "outside"
    """Nothing, and the topic has not begun yet or has ended."""


class Covering(NamedTuple):
    """A digest as coverage sees it: the days it covers, both ends included, and how much it holds."""

    id: int
    topic_id: int | None
    first: date
    last: date
    entries: int
    findings: int


class Tally(NamedTuple):
    """What some digests hold, each counted once; and how many days have none though they should."""

    digests: int = 0
    entries: int = 0
    findings: int = 0
    missing: int = 0

    @classmethod
    def of(cls, digests: Sequence[Covering], missing: int) -> "Tally":
        return cls(len(digests), sum(one.entries for one in digests), sum(one.findings for one in digests), missing)


@dataclass(frozen=True, slots=True)
class Cell:
    """A topic on one day, or in one month."""

    period: Period
    tally: Tally
    digests: Sequence[Covering]

    @property
    def state(self) -> State:
        if self.digests:
            return State.PRESENT
        return State.MISSING if self.tally.missing else State.OUTSIDE


@dataclass(frozen=True, slots=True)
class Row:
    """A topic through a period; without a name and slug, the digests that have no topic."""

    name: str | None
    slug: str | None
    cells: Sequence[Cell]
    total: Tally
    missing: Sequence[date]
    """The days between its first and its last digest that no digest covers."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The topics that have begun and not ended in a period, by name; digests without a topic come last."""

    period: Period
    columns: Sequence[Period]
    """The days of a month, or the months of a year."""
    rows: Sequence[Row]
    has_before: bool
    """Whether the library has anything earlier."""
    has_after: bool

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // ROWS))

    def page(self, number: int) -> Sequence[Row]:
        """Some of the rows; behind the last page there are none."""
        return self.rows[(number - 1) * ROWS : number * ROWS]

    def totals(self) -> list[Tally]:
        """Of all topics for each column; a digest counts in every column it covers."""
        return [_sum(row.cells[place].tally for row in self.rows) for place in range(len(self.columns))]

    @property
    def total(self) -> Tally:
        """Of the whole period."""
        return _sum(row.total for row in self.rows)


def coverage_of(session: Session, period: Period) -> Coverage:
    """The coverage of a month by day, or of a year by month. Two queries, however much there is."""
    grid, series, held = _Grid(period), _series(session), _held(session, period)
    rows = [grid.row(one, held.get(one.topic_id, [])) for one in series if grid.days(one.first, one.last)]
    return Coverage(
        period,
        grid.columns,
        sorted(rows, key=lambda row: (row.name is None, (row.name or "").casefold(), row.name or "")),
        has_before=any(one.first < period.first for one in series),
        has_after=any(one.last > period.last for one in series),
    )


class _Series(NamedTuple):
    """All digests of a topic, or all without one, from the first day to the last."""

    topic_id: int | None
    name: str | None
    slug: str | None
    first: date
    last: date


class _Grid:
    """The columns of a period, and which of them a day is in."""

    def __init__(self, period: Period) -> None:
        self.period = period
        days = days_between(period.first, period.last)
        self.columns = (
            [Period(day, day) for day in days]
            if period.is_month
            else [Period.of_month(day) for day in days if day.day == 1]
        )
        self._place = {
            day: place for place, one in enumerate(self.columns) for day in days_between(one.first, one.last)
        }

    def days(self, first: date, last: date) -> list[date]:
        """Those of the period."""
        return days_between(max(first, self.period.first), min(last, self.period.last))

    def row(self, series: _Series, digests: Sequence[Covering]) -> Row:
        covered: set[date] = set()
        within: list[list[Covering]] = [[] for _ in self.columns]
        for digest in digests:
            days = self.days(digest.first, digest.last)
            covered.update(days)
            for place in {self._place[day] for day in days}:
                within[place].append(digest)
        missing = [day for day in self._expected(series) if day not in covered]
        gaps = Counter(self._place[day] for day in missing)
        cells = [
            Cell(one, Tally.of(within[place], gaps[place]), within[place]) for place, one in enumerate(self.columns)
        ]
        return Row(series.name, series.slug, cells, Tally.of(digests, len(missing)), missing)

    def _expected(self, series: _Series) -> list[date]:
        """Notes without a topic are no series: none is missing there."""
        return self.days(series.first, series.last) if series.topic_id is not None else []


def _series(session: Session) -> list[_Series]:
    query = (
        select(Digest.topic_id, Topic.name, Topic.slug, func.min(Digest.first_day), func.max(Digest.day))
        .join(Topic, Topic.id == Digest.topic_id, isouter=True)
        .group_by(Digest.topic_id, Topic.name, Topic.slug)
    )
    return [_Series(*row) for row in session.execute(query)]


def _held(session: Session, period: Period) -> Mapping[int | None, list[Covering]]:
    """The digests that cover some day of the period, by topic."""
    entries = select(func.count()).where(Entry.digest_id == Digest.id).correlate(Digest).scalar_subquery()
    findings = select(func.count()).where(Finding.digest_id == Digest.id).correlate(Digest).scalar_subquery()
    query = (
        select(Digest.id, Digest.topic_id, Digest.first_day, Digest.day, entries, findings)
        .where(Digest.first_day <= period.last, Digest.day >= period.first)
        .order_by(Digest.id)
    )
    held = defaultdict[int | None, list[Covering]](list)
    for row in session.execute(query):
        digest = Covering(*row)
        held[digest.topic_id].append(digest)
    return held


def _sum(tallies: Iterable[Tally]) -> Tally:
    return Tally(*map(sum, zip(*tallies, strict=True)))
