"""What pages about time and names work out once for each version of the library, and keep."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app import catalog, terms
from app.catalog import Company, Count, Kept, PaperFilter, Period, Step, Trends

MOST_NAMES = 512
"""Topics, tags and authors whose papers were counted."""


class Known:
    """One for the application; safe to share between threads."""

    def __init__(self) -> None:
        self.names = catalog.known_names()
        self._counts = Kept[tuple[PaperFilter, Step | None], Sequence[Count]](_counts, MOST_NAMES)
        self._company = Kept(catalog.company_of, MOST_NAMES)
        self._trends = Kept[Period, Trends](_trends)

    def papers_over_time(self, db: Session, wanted: PaperFilter, step: Step | None = None) -> Sequence[Count]:
        """As the catalog counts them."""
        return self._counts.of(db, (wanted, step))

    def company_of(self, db: Session, wanted: PaperFilter) -> Company:
        """As the catalog finds it."""
        return self._company.of(db, wanted)

    def trends_of(self, db: Session, month: Period) -> Trends:
        """With the terms that are accepted."""
        return self._trends.of(db, month)


def _counts(db: Session, key: tuple[PaperFilter, Step | None]) -> Sequence[Count]:
    return catalog.papers_over_time(db, *key)


def _trends(db: Session, month: Period) -> Trends:
    return catalog.trends_of(db, month, terms.accepted_groups(db))
