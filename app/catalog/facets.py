"""What a listing could be narrowed to, with the number of papers each choice would leave.

A facet that is chosen already offers no further values: its counts would not be what a click gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, String, cast, distinct, func, select, union
from sqlalchemy.orm import Session

from app.catalog.filters import CLEAN, PaperFilter
from app.catalog.matching import matching_papers, of_appearance
from app.models import Digest, DigestTag, Entry, EntryTag, Finding, Paper, Tag, Topic

MAX_VALUES = 40
"""Values shown of one facet, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Facets:
    """For each facet its values, most frequent first (months: newest first), with the papers each would leave."""

    topics: Mapping[str, int]
    tags: Mapping[str, int]
    months: Mapping[str, int]
    """As "2024-12"."""
    qualities: Mapping[str, int]
    """`clean`, and ids of lint rules that found something."""
    authors: Mapping[str, int] = field(default_factory=dict)
    venues: Mapping[str, int] = field(default_factory=dict)
    has: Mapping[str, int] = field(default_factory=dict)
    """`code` and `figures`. These three are counted by the search index only."""


def count_facets(session: Session, wanted: PaperFilter) -> Facets:
    """The facets of a listing without words, by SQL."""
    papers = matching_papers(wanted)
    return shaped_facets(
        wanted,
        topics={} if wanted.topics else _counts(session, _topics(papers, wanted)),
        tags={} if wanted.tags else _counts(session, _tags(papers)),
        months={} if wanted.period else _counts(session, _months(session, papers, wanted)),
        qualities={} if wanted.qualities else _qualities(session, papers),
    )


def shaped_facets(
    wanted: PaperFilter,
    *,
    topics: Mapping[str, int],
    tags: Mapping[str, int],
    months: Mapping[str, int],
    qualities: Mapping[str, int],
    authors: Mapping[str, int] | None = None,
    venues: Mapping[str, int] | None = None,
    has: Mapping[str, int] | None = None,
) -> Facets:
    """The counts in the order a reader sees them, without the facets that are chosen already."""
    return Facets(
        topics={} if wanted.topics else _most_frequent(topics),
        tags={} if wanted.tags else _most_frequent(tags),
        months={} if wanted.period else dict(sorted(months.items(), reverse=True)),
        qualities={} if wanted.qualities else _most_frequent(qualities),
        authors={} if wanted.authors else _most_frequent(authors or {}),
        venues={} if wanted.venues else _most_frequent(venues or {}),
        has={
            name: n
            for name in ("code", "figures")
            if not getattr(wanted, f"has_{name}") and (n := (has or {}).get(name))
        },
    )


def _most_frequent(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_VALUES])


def _counts(session: Session, query: Select[str, int]) -> dict[str, int]:
    return {value: number for value, number in session.execute(query) if number}


def _topics(papers: Select[int], wanted: PaperFilter) -> Select[str, int]:
    return (
        select(Topic.name, func.count(distinct(Entry.paper_id)))
        .select_from(Entry)
        .join(Entry.digest)
        .join(Digest.topic)
        .where(Entry.paper_id.in_(papers), of_appearance(wanted))
        .group_by(Topic.name)
    )


def _tags(papers: Select[int]) -> Select[str, int]:
    own = select(EntryTag.tag_id, Entry.paper_id).join(Entry, Entry.id == EntryTag.entry_id)
    shared = select(DigestTag.tag_id, Entry.paper_id).join(Entry, Entry.digest_id == DigestTag.digest_id)
    pairs = union(own.where(Entry.paper_id.in_(papers)), shared.where(Entry.paper_id.in_(papers))).subquery()
    return select(Tag.name, func.count()).join(pairs, pairs.c.tag_id == Tag.id).group_by(Tag.name)


def _months(session: Session, papers: Select[int], wanted: PaperFilter) -> Select[str, int]:
    month = month_of(session).label("month")
    return (
        select(month, func.count(distinct(Entry.paper_id)))
        .select_from(Entry)
        .join(Entry.digest)
        .where(Entry.paper_id.in_(papers), of_appearance(wanted))
        .group_by(month)
    )


def _qualities(session: Session, papers: Select[int]) -> dict[str, int]:
    found = select(Finding.rule, func.count(distinct(Entry.paper_id))).join(Entry, Entry.id == Finding.entry_id)
    flagged = select(Entry.paper_id).join(Finding, Finding.entry_id == Entry.id)
    clean = papers.where(Paper.id.not_in(flagged))
    number = session.scalar(select(func.count()).select_from(clean.subquery())) or 0
    rules = _counts(session, found.where(Entry.paper_id.in_(papers)).group_by(Finding.rule))
    return rules | ({CLEAN: number} if number else {})


def month_of(session: Session) -> ColumnElement[str]:
    """A digest's day as "2024-12"; both stores write a date as ISO text."""
    return func.substr(cast(Digest.day, String), 1, 7)
