"""A page with a list of papers, and the addresses of the same list with another choice."""

from dataclasses import dataclass, field, replace

from app.catalog import PaperFilter


@dataclass(frozen=True, slots=True)
class Place:
    """A page with a list of papers: its path, which says some of the filter already, so that the query need not."""

    path: str
    says: PaperFilter = field(default_factory=PaperFilter)

    def url(self, wanted: PaperFilter) -> str:
        """The address of this page with another choice."""
        return self.path + wanted.query(said=self.says)

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
