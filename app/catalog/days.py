"""The library along time: which days have digests, and what lies before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.catalog.matching import in_period
from app.models import Digest, Entry
from app.periods import Period


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest days with a digest before and after a period; empty ones are skipped."""

    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class DigestCount:
    """A digest and how many entries it has."""

    digest: Digest
    entries: int


def newest_day(session: Session) -> date | None:
    """The last day with a digest; none in an empty library."""
    return session.scalar(select(func.max(Digest.day)))


def neighbours(session: Session, period: Period) -> Neighbours:
    """Where "previous" and "next" lead from a period."""
    return Neighbours(
        before=session.scalar(select(func.max(Digest.day)).where(Digest.day < period.first)),
        after=session.scalar(select(func.min(Digest.day)).where(Digest.day > period.last)),
    )


def digests_in(session: Session, period: Period) -> Sequence[DigestCount]:
    """The digests of a period, by day and topic, each with its number of entries."""
    entries = select(func.count()).where(Entry.digest_id == Digest.id).correlate(Digest).scalar_subquery()
    query = (
        select(Digest, entries).where(in_period(period)).options(joinedload(Digest.topic), selectinload(Digest.tags))
    )
    found = [DigestCount(digest, number) for digest, number in session.execute(query).unique()]
    return sorted(found, key=lambda count: (-count.digest.day.toordinal(), _name(count.digest), count.digest.id))


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


def _name(digest: Digest) -> str:
    return digest.topic.name if digest.topic else digest.title
