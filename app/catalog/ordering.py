"""In which order the papers of a list without words stand, and which of them are on a page."""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, cast, func, select
from sqlalchemy.orm import Session

from app.catalog.filters import PaperFilter, Sort
from app.catalog.kept import Kept
from app.catalog.matching import matching_papers, of_appearance
from app.models import Digest, Entry, Paper, PaperVersion

FAR = 1_000
"""A store passes over what is before a page, one by one. Past so many papers a list is read whole, once; a list that is
narrowed is so anyway, for the store has to find and sort all of it for any of its pages."""
MOST_ORDERS = 32
"""Lists that are kept whole; of a hundred thousand papers one takes 0.8 MB."""
_ALL = 2**53
_PLACES = 1_000_000
"""More places than a digest has, so that digest and place make one number to sort by."""


class Orders:
    """Lists that were narrowed, or far into which somebody looked, until the library changes. Safe to share between
    threads."""

    def __init__(self) -> None:
        self._whole: Kept[PaperFilter, Sequence[int]] = Kept(_whole, MOST_ORDERS)

    def ids(self, session: Session, wanted: PaperFilter, limit: int, offset: int) -> list[int]:
        """As `list_ids`."""
        wanted = wanted.but(size=None)
        is_near = offset < FAR and wanted.but(sort=None) == PaperFilter()
        if is_near or wanted.read is not None:  # what is read changes without the library
            return list_ids(session, wanted, limit, offset)
        return list(self._whole.of(session, wanted)[offset : offset + limit])


def _whole(session: Session, wanted: PaperFilter) -> Sequence[int]:
    return array("q", list_ids(session, wanted, _ALL, 0))


def list_ids(session: Session, wanted: PaperFilter, limit: int, offset: int) -> list[int]:
    """The numbers of some papers of a list, in its order, whatever page it names."""
    found = session.connection().execute(_statement(wanted.but()), {"size": limit, "skipped": offset})
    return [row[0] for row in found]


@lru_cache(maxsize=1024)
def _statement(wanted: PaperFilter) -> Select[Any]:
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
