"""What the address of a topic, tag or author means: its papers, of an author under every spelling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import catalog
from app.catalog import NameCount, PaperFilter
from app.catalog.filters import Facet
from app.models import Author, Tag, Topic
from app.web.places import Place
from app.web.urls import slug_url

TABLES: Mapping[Facet, type[Author] | type[Tag] | type[Topic]] = {"topics": Topic, "tags": Tag, "authors": Author}


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The papers of one name; the first spelling stands for all."""

    facet: Facet
    row: Author | Tag | Topic
    spelt: Sequence[NameCount]

    @property
    def slug(self) -> str:
        return self.spelt[0].slug

    @property
    def name(self) -> str:
        return self.spelt[0].name

    @property
    def label(self) -> str:
        """As people read it."""
        return self.row.label if isinstance(self.row, Tag) else self.name

    @property
    def place(self) -> Place:
        says = PaperFilter().but(**{self.facet: tuple(one.name for one in self.spelt)})
        return Place(slug_url(self.facet, self.slug), says)


def facet_of(path: str) -> Facet:
    """Whose address it is, of `/topics/…`, `/tags/…` and `/authors/…`."""
    return next(facet for facet in TABLES if path.startswith(f"/{facet}"))


def named_place(session: Session, facet: Facet, key: str) -> NamedPlace:
    """By the name in an address, in whichever spelling. Raises NotFoundError."""
    row = catalog.find_named(session, TABLES[facet], key)
    spelt = catalog.spellings(session, row) if isinstance(row, Author) else [NameCount(row.name, row.slug, 0)]
    return NamedPlace(facet, row, spelt)
