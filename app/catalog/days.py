"""The library along time: which days have digests, what each lists, and what lies before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from app.catalog.matching import in_period
from app.models import Digest, Entry, Topic
from app.periods import Period


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The nearest day, week, month or year with a digest, and how many without one lie between."""

    period: Period
    skipped: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What lies before and after a period; empty ones are skipped."""

    before: Neighbour | None
    after: Neighbour | None


@dataclass(slots=True)
class DayPart:
    """What a day lists under one topic, or in one digest that has none."""

    name: str
    topic: str | None
    digest_id: int
    """The first of its digests."""
    papers: int = 0
    paper_id: int | None = None
    """The first of its papers that no earlier part lists; none if all are."""
    place: int = 0
    """Where that paper stands in the list of the day, counted from 0."""


def newest_day(session: Session) -> date | None:
    """The last day with a digest; none in an empty library."""
    return session.scalar(select(func.max(Digest.day)))


def neighbours(session: Session, period: Period) -> Neighbours:
    """Where "previous" and "next" lead from a day, week, month or year."""
    before = session.scalar(select(func.max(Digest.day)).where(Digest.day < period.first))
    after = session.scalar(select(func.min(Digest.day)).where(Digest.day > period.last))
    return Neighbours(_neighbour(period, before), _neighbour(period, after))


def parts_of_day(session: Session, day: date) -> Sequence[DayPart]:
    """What the day lists, in the order of its list. A paper in two topics counts in both, and stands in the first."""
    query = (
        select(Digest.id, Digest.title, Topic.name, Entry.paper_id)
        .join(Topic, Topic.id == Digest.topic_id, isouter=True)
        .join(Entry, Entry.digest_id == Digest.id, isouter=True)
        .where(Digest.day == day)
        .order_by(Digest.id, Entry.position)
    )
    parts: dict[str | int, DayPart] = {}
    places: dict[int, int] = {}
    counted: set[tuple[str | int, int]] = set()
    for row in (_Listed(*found) for found in session.execute(query)):
        key = row.topic or row.digest_id
        part = parts.setdefault(key, DayPart(row.topic or row.title, row.topic, row.digest_id))
        if row.paper_id is None or (key, row.paper_id) in counted:
            continue
        counted.add((key, row.paper_id))
        part.papers += 1
        if row.paper_id not in places:
            places[row.paper_id] = len(places)
            if part.paper_id is None:
                part.paper_id, part.place = row.paper_id, places[row.paper_id]
    return list(parts.values())


class _Listed(NamedTuple):
    """A paper in a digest, or a digest without any."""

    digest_id: int
    title: str
    topic: str | None
    paper_id: int | None


def months(session: Session) -> Sequence[Period]:
    """Every month that has a digest, the newest first."""
    days = session.scalars(select(Digest.day).distinct().order_by(Digest.day.desc()))
    return list(dict.fromkeys(map(Period.of_month, days)))


def papers_by_day(session: Session, period: Period) -> dict[date, int]:
    """How many papers each day of a period lists, newest day first; a paper in two topics counts once."""
    query = (
        select(Digest.day, func.count(distinct(Entry.paper_id)))
        .join(Entry, Entry.digest_id == Digest.id, isouter=True)
        .where(in_period(period))
        .group_by(Digest.day)
        .order_by(Digest.day.desc())
    )
    return dict(session.execute(query).all())


def _neighbour(period: Period, day: date | None) -> Neighbour | None:
    if day is None:
        return None
    return Neighbour(_like(period, day), abs(_number(period, day) - _number(period, period.first)) - 1)


def _like(period: Period, day: date) -> Period:
    """The day, week, month or year that the day is in, whichever the period is."""
    if period.is_month:
        return Period.of_month(day)
    if period.is_week:
        return Period.of_week(day)
    return Period.of_year(day) if period.is_year else Period(day, day)


def _number(period: Period, day: date) -> int:
    """Days, weeks, months or years up to this one."""
    if period.is_month:
        return day.year * 12 + day.month
    if period.is_week:
        return (day.toordinal() - 1) // 7
    return day.year if period.is_year else day.toordinal()
