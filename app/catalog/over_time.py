"""How many papers of a list appeared when: what a plot draws, each number what a click on it gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, String, cast, distinct, func, select
from sqlalchemy.orm import Session

from app.catalog.filters import PaperFilter
from app.catalog.matching import matching_papers, of_appearance
from app.models import Digest, Entry
from app.periods import Period

FEW_DAYS = 120
"""Up to so many days are told by week, longer spans by month, very long ones by year."""
MOST_STEPS = 36
Step = Literal["week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Count:
    """A stretch of time, and how many papers appeared in it."""

    period: Period
    papers: int


def papers_over_time(session: Session, wanted: PaperFilter, step: Step | None = None) -> Sequence[Count]:
    """From the first to the last day that the filter's papers appeared on, or through its period, without gaps.

    A paper that appears in several weeks counts in each.
    """
    span = wanted.period or _span(session, wanted)
    if span is None:
        return []
    chosen = step or step_for(span)
    counts = _counts(session, wanted, chosen)
    periods = periods_of(span, chosen)
    # Centuries of years would be a mistake in some date; a step that was asked for is taken at its word.
    shown = periods if step else periods[-MOST_STEPS:]
    return [Count(period, counts.get(period.first, 0)) for period in shown]


def _span(session: Session, wanted: PaperFilter) -> Period | None:
    days = (
        select(func.min(Digest.day), func.max(Digest.day))
        .select_from(Entry)
        .join(Entry.digest)
        .where(Entry.paper_id.in_(matching_papers(wanted)), of_appearance(wanted))
    )
    ends = [day for day in session.execute(days).one() if day]
    return Period(*ends) if ends else None


def step_for(span: Period) -> Step:
    """The finest that leaves few enough bars to tell apart."""
    days = (span.last - span.first).days
    if days <= FEW_DAYS:
        return "week"
    return "month" if days <= MOST_STEPS * 30 else "year"


def periods_of(span: Period, step: Step) -> list[Period]:
    """The weeks, months or years that a span touches."""
    of = {"week": Period.of_week, "month": Period.of_month, "year": Period.of_year}[step]
    found = [of(span.first)]
    while found[-1].last < span.last:
        found.append(of(found[-1].last + timedelta(days=1)))
    return found


def step_of(session: Session, step: Step) -> ColumnElement[str]:
    """The first day of a digest's week, month or year, as ISO text."""
    if step == "week":
        if session.get_bind().dialect.name == "postgresql":
            return func.to_char(func.date_trunc("week", Digest.day), "YYYY-MM-DD")
        return func.date(Digest.day, "weekday 0", "-6 days")
    length, rest = (7, "-01") if step == "month" else (4, "-01-01")
    return func.substr(cast(Digest.day, String), 1, length).concat(rest)


def _counts(session: Session, wanted: PaperFilter, step: Step) -> dict[date, int]:
    begin = step_of(session, step).label("begin")
    query = (
        select(begin, func.count(distinct(Entry.paper_id)))
        .select_from(Entry)
        .join(Entry.digest)
        .where(Entry.paper_id.in_(matching_papers(wanted)), of_appearance(wanted))
        .group_by(begin)
    )
    return {date.fromisoformat(first): papers for first, papers in session.execute(query)}
