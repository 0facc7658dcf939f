"""Totals and facets of lists without words, counted once for each version of the library.

The index counts all facets in one pass, and only it knows authors, venues and code. While it lags behind or is away the
store does what it can. Topics and months that must be of one and the same appearance are always the store's.
"""

from sqlalchemy.orm import Session

from app.catalog.asking import as_query
from app.catalog.counting import count_facets, count_months, count_papers, count_topics
from app.catalog.facets import Facets
from app.catalog.filters import PaperFilter
from app.catalog.found_facets import count_alternatives, shape_counted
from app.catalog.indexing import count_stale
from app.errors import SearchUnavailableError
from app.models import library_version
from app.remembering import Memory
from app.search import Question, SearchIndex

MOST_LISTS = 1024
"""Lists whose counts are kept."""
Count = tuple[int, Facets]


class Counts:
    """Remembers. Safe to share between threads: two may count the same at once, and nobody waits for either."""

    def __init__(self) -> None:
        self._known: Memory[PaperFilter, Count] = Memory(MOST_LISTS)

    def of(self, session: Session, index: SearchIndex, wanted: PaperFilter) -> Count:
        """The total and the facets of a list, whichever page of it and in whichever order."""
        wanted = wanted.but(sort=None, size=None)
        version = library_version(session)
        if known := self._known.find(version, [wanted]):
            return known[wanted]
        facets, is_whole = _count(session, index, wanted)
        count = count_papers(session, wanted), facets
        if is_whole:
            self._known.keep(version, {wanted: count})
        return count


def _count(session: Session, index: SearchIndex, wanted: PaperFilter) -> tuple[Facets, bool]:
    """The facets, and whether they are to be kept: an engine that is away may be back at the next request."""
    if wanted.read is not None:  # which changes without the library, and is not known to the index
        return count_facets(session, wanted), False
    if wanted.after is not None or count_stale(session):  # the index knows no order of coming in
        return count_facets(session, wanted), True
    try:
        return _count_by_index(session, index, wanted)
    except SearchUnavailableError:
        return count_facets(session, wanted), False


def _count_by_index(session: Session, index: SearchIndex, wanted: PaperFilter) -> tuple[Facets, bool]:
    asked = as_query(wanted, Question())
    found = index.search(asked)
    counted = count_alternatives(index, asked, found)
    if wanted.period:
        counted["topic"] = count_topics(session, wanted)
    if wanted.topics:
        counted["month"] = count_months(session, wanted)
    return shape_counted(wanted, counted), not found.is_spare
