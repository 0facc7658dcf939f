"""What a search finds today, and what of it came into the library since somebody looked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.catalog.card import CardPaper
from app.catalog.cards import load_cards
from app.catalog.counting import count_papers
from app.catalog.filters import PaperFilter, Sort
from app.catalog.ordering import list_ids
from app.catalog.searching import NO_EQUIVALENTS, query_of
from app.search import SearchIndex, ask
from app.search.expanding import Equivalents, expand

SHOWN = 3
"""New papers that are named."""


@dataclass(frozen=True, slots=True)
class News:
    """How many papers a search finds, and how many of them are new."""

    total: int
    new: int
    papers: Sequence[CardPaper] = ()
    """The first of the new ones, by day."""
    is_exact: bool = True
    """Whether there are just so many; else at least so many."""
    is_all: bool = True
    """The same of the new ones."""


def news_of(session: Session, index: SearchIndex, wanted: PaperFilter, seen: int, equivalents: Equivalents) -> News:
    """What the filter finds; new is what came in after the paper numbered `seen`.

    Raises SearchUnavailableError when only the engine can tell and it is away.
    """
    total, _, is_exact = _found(session, index, wanted, equivalents, 0)
    return replace(new_in(session, index, wanted, seen, equivalents), total=total, is_exact=is_exact)


def new_in(session: Session, index: SearchIndex, wanted: PaperFilter, seen: int, equivalents: Equivalents) -> News:
    """Only what is new; of the others it is not asked how many there are."""
    fresh = replace(wanted, after=seen, sort=Sort.NEWEST)
    new, ids, is_all = _found(session, index, fresh, equivalents, SHOWN)
    return News(new, new, [card.paper for card in load_cards(session, ids, wanted)], is_all, is_all)


def _found(
    session: Session, index: SearchIndex, wanted: PaperFilter, equivalents: Equivalents, most: int
) -> tuple[int, Sequence[int], bool]:
    """How many papers, the first of them, and whether there are no more."""
    if not wanted.is_searched:
        return count_papers(session, wanted), list_ids(session, wanted, most, 0) if most else (), True
    known = NO_EQUIVALENTS if wanted.is_literal else equivalents
    asked = query_of(session, wanted, expand(ask(wanted.q), known).question, most)
    found = index.search(replace(asked, with_facets=False))
    return found.total, [hit.paper_id for hit in found.hits], found.is_exact
