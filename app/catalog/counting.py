"""Facets counted by the store: what an index that lags behind or is away need not be asked."""

from sqlalchemy import ColumnElement, Select, String, cast, distinct, func, select
from sqlalchemy.orm import Session

from app.catalog.facets import Facets, shaped_facets
from app.catalog.filters import CLEAN, PaperFilter
from app.catalog.matching import matching_papers, of_appearance, tagged_papers
from app.models import Digest, Entry, Finding, Paper, Tag, Topic


def count_papers(session: Session, wanted: PaperFilter) -> int:
    """Every paper of a list without words."""
    return session.scalar(select(func.count()).select_from(matching_papers(wanted).subquery())) or 0


def count_facets(session: Session, wanted: PaperFilter) -> Facets:
    """The facets of a list without words; not those that only the index knows."""
    return shaped_facets(
        wanted,
        topics=count_topics(session, wanted),
        tags=_counts(session, _tags(matching_papers(wanted.but(tags=())))),
        months=count_months(session, wanted),
        qualities=_qualities(session, matching_papers(wanted.but(qualities=()))),
    )


def count_topics(session: Session, wanted: PaperFilter) -> dict[str, int]:
    """Of appearances within the period, if there is one."""
    others = wanted.but(topics=())
    query = (
        select(Topic.name, func.count(distinct(Entry.paper_id)))
        .select_from(Entry)
        .join(Entry.digest)
        .join(Digest.topic)
        .where(*_of_papers(others), of_appearance(others))
        .group_by(Topic.name)
    )
    return _counts(session, query)


def count_months(session: Session, wanted: PaperFilter) -> dict[str, int]:
    """Of appearances under the topics, if there are any."""
    others = wanted.but(period=None)
    month = month_of(session).label("month")
    query = (
        select(month, func.count(distinct(Entry.paper_id)))
        .select_from(Entry)
        .join(Entry.digest)
        .where(*_of_papers(others), of_appearance(others))
        .group_by(month)
    )
    return _counts(session, query)


def _of_papers(wanted: PaperFilter) -> list[ColumnElement[bool]]:
    """That every entry is of a paper which is listed goes without saying."""
    is_any = wanted.but(sort=None, size=None) == PaperFilter()
    return [] if is_any else [Entry.paper_id.in_(matching_papers(wanted))]


def _counts(session: Session, query: Select[str, int]) -> dict[str, int]:
    return {value: number for value, number in session.execute(query) if number}


def _tags(papers: Select[int]) -> Select[str, int]:
    pairs = tagged_papers(papers)
    return select(Tag.name, func.count()).join(pairs, pairs.c.tag_id == Tag.id).group_by(Tag.name)


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
