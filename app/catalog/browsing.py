"""A page of papers: the index is asked for words, and for what only it can count; all else is plain SQL."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, cast, func, select
from sqlalchemy.orm import Session

from app.catalog.asking import as_query
from app.catalog.cards import load_cards
from app.catalog.counts import Counts
from app.catalog.filters import PaperFilter, Sort
from app.catalog.listing import Listing
from app.catalog.matching import matching_papers, of_appearance
from app.catalog.searching import NO_EQUIVALENTS, search_papers
from app.catalog.snippets import with_snippets
from app.models import Digest, Entry, Paper, PaperVersion
from app.search import SearchIndex, ask
from app.search.expanding import Equivalents, expand

PAGE_SIZE = 25
_PLACES = 1_000_000
"""More places than a digest has, so that digest and place make one number to sort by."""


def browse(
    session: Session,
    index: SearchIndex,
    wanted: PaperFilter,
    page_size: int = PAGE_SIZE,
    equivalents: Equivalents = NO_EQUIVALENTS,
) -> Listing:
    """The page that the filter asks for, with its cards; past the end it is empty.

    Raises SearchUnavailableError when words are asked for and the engine is away.
    """
    listing = list_papers(session, index, wanted, page_size, equivalents)
    sought = listing.answer.question
    cards = load_cards(session, listing.paper_ids, wanted, with_texts=sought.is_scored)
    return replace(listing, cards=[with_snippets(card, sought) for card in cards] if sought.is_scored else cards)


def list_papers(
    session: Session,
    index: SearchIndex,
    wanted: PaperFilter,
    page_size: int = PAGE_SIZE,
    equivalents: Equivalents = NO_EQUIVALENTS,
    counts: Counts | None = None,
) -> Listing:
    """The same without the cards. What was counted before is taken from `counts`."""
    page_size = wanted.size or page_size
    if wanted.is_searched:
        return search_papers(session, index, wanted, page_size, equivalents)
    total, facets = (counts or Counts()).of(session, index, wanted)
    ids = find_ids(session, index, wanted, page_size, page_size * (wanted.page - 1))
    return Listing(ids, total, wanted, facets, page_size)


def find_ids(
    session: Session,
    index: SearchIndex,
    wanted: PaperFilter,
    limit: int,
    offset: int = 0,
    equivalents: Equivalents = NO_EQUIVALENTS,
) -> list[int]:
    """The numbers of some of the papers that the filter asks for, in its order, whatever page it names."""
    if wanted.is_searched:
        known = NO_EQUIVALENTS if wanted.is_literal else equivalents
        asked = as_query(wanted, expand(ask(wanted.q), known).question, limit)
        return [hit.paper_id for hit in index.search(replace(asked, offset=offset, with_facets=False)).hits]
    found = session.connection().execute(_page(wanted.but()), {"size": limit, "skipped": offset})
    return [row[0] for row in found]


@lru_cache(maxsize=1024)
def _page(wanted: PaperFilter) -> Select[Any]:
    """The statement for any page of a list. Making one costs more than running it."""
    papers = matching_papers(wanted)
    if wanted.order is Sort.TITLE:
        papers = papers.join(PaperVersion, (PaperVersion.paper_id == Paper.id) & PaperVersion.is_shown)
    return papers.order_by(*_order(wanted)).limit(bindparam("size")).offset(bindparam("skipped"))


def _order(wanted: PaperFilter) -> list[ColumnElement[Any]]:
    """Within a day as its digests list them; a paper's own number would show it where it was first met."""
    if wanted.order is Sort.TITLE:
        return [PaperVersion.title_key.asc(), Paper.id.asc()]
    if wanted.period and wanted.period.is_day:
        first_place = select(func.min(cast(Digest.id, BigInteger) * _PLACES + Entry.position)).join(Entry.digest)
        return [first_place.where(Entry.paper_id == Paper.id, of_appearance(wanted)).scalar_subquery()]
    by_day = Paper.latest_day.asc() if wanted.order is Sort.OLDEST else Paper.latest_day.desc()
    return [by_day, Paper.id.asc()]
