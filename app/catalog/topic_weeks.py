"""The papers of each topic, week by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from app.catalog.matching import in_period
from app.catalog.over_time import Count, periods_of, step_of
from app.models import Digest, Entry, Topic
from app.periods import Period

WEEKS = 12
MOST_TOPICS = 12


@dataclass(frozen=True, slots=True)
class TopicWeeks:
    """A topic's papers in each of some weeks."""

    name: str
    weeks: Sequence[Count]

    @property
    def total(self) -> int:
        """Of all weeks; a paper that two of them list counts twice."""
        return sum(count.papers for count in self.weeks)


def topics_by_week(session: Session, until: date) -> Sequence[TopicWeeks]:
    """The topics with most papers in the weeks up to the one of a day, these first."""
    start = until - min(timedelta(weeks=WEEKS - 1), until - date.min)
    weeks = periods_of(Period(start, until), "week")
    begin = step_of(session, "week").label("begin")
    query = (
        select(Topic.name, begin, func.count(distinct(Entry.paper_id)))
        .join(Digest, Digest.topic_id == Topic.id)
        .join(Entry, Entry.digest_id == Digest.id)
        .where(in_period(Period(weeks[0].first, weeks[-1].last)))
        .group_by(Topic.name, begin)
    )
    counts: dict[str, dict[date, int]] = {}
    for name, first, papers in session.execute(query):
        counts.setdefault(name, {})[date.fromisoformat(first)] = papers
    rows = [
        TopicWeeks(name, [Count(week, found.get(week.first, 0)) for week in weeks]) for name, found in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.total, row.name))[:MOST_TOPICS]
