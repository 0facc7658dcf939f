"""Saved searches as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import Request
from sqlalchemy.orm import Session

from app import catalog, saved_searches
from app.catalog import News, PaperFilter
from app.catalog.neighbouring import papers_in_order
from app.errors import SearchUnavailableError
from app.models import Paper, SavedSearch, User
from app.search import SearchIndex
from app.web.narrowing import chips_of
from app.web.params import filter_of
from app.web.places import Place

_LIST = Place("/papers")
_BETWEEN, _WITHOUT = " · ", "−"


@dataclass(frozen=True, slots=True)
class ShownSearch:
    """A search with what it finds, and where."""

    search: SavedSearch
    asks: str
    """All that it asks for, where its name does not say just that."""
    url: str
    new_url: str
    feed_url: str
    news: News | None
    """None while the search engine is away."""
    papers: Sequence[Paper] = ()
    """The first of the new ones, where they are named."""


def query_to_save(wanted: PaperFilter) -> str:
    """The query string that stands for a list, whichever page of it; "" for all papers."""
    kept = _kept(wanted)
    return "" if replace(kept, sort=None, is_literal=False) == PaperFilter() else kept.query()


def default_name(wanted: PaperFilter) -> str:
    """What is asked for, in the reader's language."""
    chips = chips_of(_LIST, _kept(wanted))
    labels = _BETWEEN.join(f"{_WITHOUT if chip.is_without else ''}{chip.label.strip()}" for chip in chips)
    return labels[: saved_searches.LONGEST_NAME]


def shown_searches(
    request: Request,
    db: Session,
    index: SearchIndex,
    user: User,
    searches: Sequence[SavedSearch],
    *,
    with_totals: bool = True,
) -> list[ShownSearch]:
    """Each with its news. An engine that is away is asked once, not for each."""
    known = request.app.state.terms.equivalents(db)
    tell = catalog.news_of if with_totals else catalog.new_in
    is_there = True
    shown = []
    for search in searches:
        wanted = filter_of(search.query)
        news = None
        if is_there or not wanted.is_searched:
            try:
                news = tell(db, index, replace(wanted, reader_id=user.id), search.seen, known)
            except SearchUnavailableError:
                is_there = False
        shown.append(_shown(search, wanted, news))
    return _with_papers(db, shown)


def _with_papers(db: Session, shown: Sequence[ShownSearch]) -> list[ShownSearch]:
    """The papers that any of them names are looked up together."""
    named = {paper_id for one in shown if one.news for paper_id in one.news.paper_ids}
    papers = {paper.id: paper for paper in papers_in_order(db, sorted(named))} if named else {}
    return [
        replace(one, papers=[papers[i] for i in one.news.paper_ids if i in papers]) if one.news else one
        for one in shown
    ]


def _shown(search: SavedSearch, wanted: PaperFilter, news: News | None) -> ShownSearch:
    asks = default_name(wanted)
    return ShownSearch(
        search=search,
        asks="" if asks == search.name else asks,
        url=_LIST.url(wanted),
        new_url=_LIST.url(wanted.but(after=search.seen)),
        feed_url=_LIST.feed.url(wanted.but(read=None)),
        news=news,
    )


def _kept(wanted: PaperFilter) -> PaperFilter:
    return replace(wanted, page=1, size=None, after=None, reader_id=None)
