"""A page with a list of papers, and the addresses of the same list with another choice."""

from dataclasses import dataclass, field, replace
from typing import Any

from app.catalog import PARAMETERS, PaperFilter


@dataclass(frozen=True, slots=True)
class Place:
    """A page with a list of papers: its path, which says some of the filter already, so that the query need not."""

    path: str
    says: PaperFilter = field(default_factory=PaperFilter)

    def url(self, wanted: PaperFilter) -> str:
        """The address of this page with another choice."""
        values: dict[str, Any] = {
            facet: _unsaid(getattr(wanted, facet), getattr(self.says, facet)) for facet in PARAMETERS
        }
        period = None if wanted.period == self.says.period else wanted.period
        return self.path + replace(wanted, **values, period=period).query()

    @property
    def feed(self) -> "Place":
        """The same list as an Atom feed."""
        return replace(self, path=f"{self.path}.atom")

    def fix(self, wanted: PaperFilter) -> PaperFilter:
        """What is asked for, and what the path says."""
        return replace(
            wanted,
            topics=self.says.topics or wanted.topics,
            tags=self.says.tags or wanted.tags,
            authors=self.says.authors or wanted.authors,
            period=self.says.period or wanted.period,
        )


def _unsaid(values: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, ...]:
    return () if values == said else values
