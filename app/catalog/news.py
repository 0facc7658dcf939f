"""What a search finds today, and what of it came into the library since somebody looked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.catalog.counting import count_papers
from app.catalog.filters import PaperFilter, Sort
from app.catalog.ordering import list_ids
from app.catalog.searching import find_hits
from app.search import SearchIndex
from app.search.expanding import Equivalents

SHOWN = 3
"""New papers that are named."""


@dataclass(frozen=True, slots=True)
class News:
    """How many papers of a search are new, and how many there are."""

    new: int
    is_all: bool
    """Whether just so many are new; else at least so many."""
    paper_ids: Sequence[int] = ()
    """The first of the new ones, by day, where they were asked for."""
    total: int | None = None
    """Of all papers, where that was asked for."""
    is_exact: bool = True
    """Whether there are just so many; else at least so many."""


def news_of(session: Session, index: SearchIndex, wanted: PaperFilter, seen: int, equivalents: Equivalents) -> News:
    """What the filter finds; new is what came in after the paper numbered `seen`.

    Raises SearchUnavailableError when only the engine can tell and it is away.
    """
    total, _, is_exact = _found(session, index, wanted, equivalents, 0)
    return replace(new_in(session, index, wanted, seen, equivalents, SHOWN), total=total, is_exact=is_exact)


def new_in(
    session: Session, index: SearchIndex, wanted: PaperFilter, seen: int, equivalents: Equivalents, most: int = 0
) -> News:
    """Only how many are new, and the first of them."""
    fresh = replace(wanted, after=seen, sort=Sort.NEWEST)
    new, ids, is_all = _found(session, index, fresh, equivalents, most)
    return News(new, is_all, ids)


def _found(
    session: Session, index: SearchIndex, wanted: PaperFilter, equivalents: Equivalents, most: int
) -> tuple[int, Sequence[int], bool]:
    """How many papers, the first of them, and whether there are no more."""
    if not wanted.is_searched:
        return count_papers(session, wanted), list_ids(session, wanted, most, 0) if most else (), True
    found = find_hits(session, index, wanted, equivalents, most)
    return found.total, [hit.paper_id for hit in found.hits], found.is_exact
