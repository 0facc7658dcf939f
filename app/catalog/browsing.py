"""A page of papers: the index is asked only when there are words to look for; all else is plain SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func, select
from sqlalchemy.orm import Session

from app.catalog.cards import Card, load_cards
from app.catalog.facets import Facets, count_facets, shaped_facets
from app.catalog.filters import PaperFilter, Sort
from app.catalog.matching import matching_papers, of_appearance
from app.periods import Period
from app.models import Digest, Entry, Paper
from app.search import MAX_HITS, SearchIndex, SearchOrder, SearchQuery, SearchResults

PAGE_SIZE = 25
_PLACES = 1_000_000
"""More places than a digest has, so that digest and place make one number to sort by."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of papers, with its total."""

    cards: Sequence[Card]
    total: int
    """Every paper that matches, not only those of this page."""
    filter: PaperFilter
    facets: Facets
    page_size: int

    @property
    def pages(self) -> int:
        """How many pages can be turned to; an engine does not page without end."""
        reachable = min(self.total, MAX_HITS) if self.filter.q else self.total
        return max(1, -(-reachable // self.page_size))

    @property
    def first(self) -> int:
        """Number of the first paper of this page, counted from 1; 0 if there is none."""
        return (self.filter.page - 1) * self.page_size + 1 if self.cards else 0


def browse(session: Session, index: SearchIndex, wanted: PaperFilter, page_size: int = PAGE_SIZE) -> Listing:
    """The page that the filter asks for; past the end it is empty.

    Raises SearchUnavailableError when words are asked for and the engine is away.
    """
    if wanted.q:
        return _search(session, index, wanted, page_size)
    papers = matching_papers(wanted)
    total = session.scalar(select(func.count()).select_from(papers.subquery())) or 0
    page = papers.order_by(*_order(wanted)).limit(page_size).offset(page_size * (wanted.page - 1))
    ids = session.scalars(page).all()
    return Listing(load_cards(session, ids, wanted), total, wanted, count_facets(session, wanted), page_size)


def _order(wanted: PaperFilter) -> list[ColumnElement[Any]]:
    """Within a day as its digests list them; a paper's own number would show it where it was first met."""
    if wanted.period and wanted.period.is_day:
        first_place = select(func.min(cast(Digest.id, BigInteger) * _PLACES + Entry.position)).join(Entry.digest)
        return [first_place.where(Entry.paper_id == Paper.id, of_appearance(wanted)).scalar_subquery()]
    by_day = Paper.latest_day.asc() if wanted.order is Sort.OLDEST else Paper.latest_day.desc()
    return [by_day, Paper.id.asc()]


def _search(session: Session, index: SearchIndex, wanted: PaperFilter, page_size: int) -> Listing:
    asked = _as_query(wanted, page_size)
    results = index.search(asked)
    cards = load_cards(session, [hit.paper_id for hit in results.hits], wanted)
    return Listing(cards, results.total, wanted, _facets(index, asked, wanted, results), page_size)


def _as_query(wanted: PaperFilter, page_size: int) -> SearchQuery:
    return SearchQuery(
        text=wanted.q,
        topics=wanted.topics,
        tags=wanted.tags,
        authors=wanted.authors,
        qualities=wanted.qualities,
        since=wanted.period.first if wanted.period else None,
        until=wanted.period.last if wanted.period else None,
        has_figures=True if wanted.has_figures else None,
        order=SearchOrder(wanted.order.value),
        limit=page_size,
        offset=page_size * (wanted.page - 1),
    )


def _facets(index: SearchIndex, asked: SearchQuery, wanted: PaperFilter, results: SearchResults) -> Facets:
    topics = results.facets.get("topic", {})
    months = results.facets.get("month", {})
    if wanted.period:  # a topic must be that of an appearance within the period, which the engine does not count
        topics = {name: _total(index, replace(asked, topics=(name,))) for name in topics}
    if wanted.topics and not wanted.period:
        months = {month: _total(index, _in_month(asked, month)) for month in months}
    return shaped_facets(
        wanted,
        topics=_some(topics),
        tags=results.facets.get("tag", {}),
        months=_some(months),
        qualities=results.facets.get("quality", {}),
    )


def _total(index: SearchIndex, asked: SearchQuery) -> int:
    return index.search(replace(asked, limit=0, offset=0)).total


def _in_month(asked: SearchQuery, month: str) -> SearchQuery:
    period = Period.parse(month)
    return replace(asked, since=period.first, until=period.last) if period else asked


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {value: number for value, number in counts.items() if number}
