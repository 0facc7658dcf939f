"""What a search finds today, and what of it came into the library since somebody looked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.catalog.card import CardPaper
from app.catalog.cards import load_cards
from app.catalog.counting import count_papers
from app.catalog.filters import PaperFilter, Sort
from app.catalog.ordering import list_ids
from app.catalog.searching import search_papers
from app.search import SearchIndex
from app.search.expanding import Equivalents

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


def news_of(session: Session, index: SearchIndex, wanted: PaperFilter, seen: int, equivalents: Equivalents) -> News:
    """What the filter finds; new is what came in after the paper numbered `seen`.

    Raises SearchUnavailableError when only the engine can tell and it is away.
    """
    total, _, is_exact = _found(session, index, wanted, equivalents, 0)
    fresh = replace(wanted, after=seen, sort=Sort.NEWEST)
    new, ids, is_all = _found(session, index, fresh, equivalents, SHOWN)
    cards = load_cards(session, ids, wanted)
    return News(total, new, [card.paper for card in cards], is_exact and is_all)


def _found(
    session: Session, index: SearchIndex, wanted: PaperFilter, equivalents: Equivalents, most: int
) -> tuple[int, Sequence[int], bool]:
    """How many papers, the first of them, and whether there are no more."""
    if not wanted.is_searched:
        return count_papers(session, wanted), list_ids(session, wanted, most, 0) if most else (), True
    found = search_papers(session, index, wanted, most, equivalents, with_facets=False)
    return found.total, found.paper_ids, found.answer.is_exact
