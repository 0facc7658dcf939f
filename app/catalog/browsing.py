"""A page of papers: the index is asked for words, and for what only it can count; all else is plain SQL."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.catalog.cards import load_cards
from app.catalog.counts import Counts
from app.catalog.filters import PaperFilter
from app.catalog.listing import Listing
from app.catalog.ordering import Orders, list_ids
from app.catalog.searching import NO_EQUIVALENTS, find_hits, search_papers
from app.catalog.snippets import with_snippets
from app.search import SearchIndex
from app.search.expanding import Equivalents

PAGE_SIZE = 25


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
    orders: Orders | None = None,
    *,
    with_facets: bool = True,
) -> Listing:
    """The same without the cards. What is known before is taken from `counts` and `orders`; a search may do without
    facets."""
    page_size = wanted.size or page_size
    if wanted.is_searched:
        return search_papers(session, index, wanted, page_size, equivalents, with_facets=with_facets)
    total, facets = (counts or Counts()).of(session, index, wanted)
    ids = find_ids(session, index, wanted, page_size, page_size * (wanted.page - 1), orders=orders)
    return Listing(ids, total, wanted, facets, page_size)


def find_ids(
    session: Session,
    index: SearchIndex,
    wanted: PaperFilter,
    limit: int,
    offset: int = 0,
    equivalents: Equivalents = NO_EQUIVALENTS,
    orders: Orders | None = None,
) -> list[int]:
    """The numbers of some of the papers that the filter asks for, in its order, whatever page it names."""
    if wanted.is_searched:
        return [hit.paper_id for hit in find_hits(session, index, wanted, equivalents, limit, offset).hits]
    return (orders.ids if orders else list_ids)(session, wanted, limit, offset)
