"""Topics, tags and authors: found by the name in an address, and by what else the same person is written like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from app.errors import NotFoundError
from app.i18n import gettext, message
from app.models import Author, Authorship, Paper, PaperVersion, Tag, Topic, tag_label

DEEPEST = 20
"""So many tags may a tag be nested in; with more slashes it is read as one name."""
Named = TypeVar("Named", bound=Author | Tag | Topic)
_UNKNOWN = {
    "author": message("The library knows no author “%(name)s”."),
    "tag": message("The library knows no tag “%(name)s”."),
    "topic": message("The library knows no topic “%(name)s”."),
}


@dataclass(frozen=True, slots=True)
class NameCount:
    """A topic, tag or author, and in how many papers."""

    name: str
    slug: str
    papers: int
    latest_day: date | None = None
    also: tuple[str, ...] = ()
    """What else the same author is written like."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that it is written like."""
        return (self.name, *self.also)

    @property
    def label(self) -> str:
        """As people read it."""
        return tag_label(self.name)


def find_named(session: Session, table: type[Named], key: str) -> Named:
    """By slug, else by the name itself, so that an address typed with the plain name leads there too."""
    row = session.scalar(select(table).where(table.slug == key)) or session.scalar(
        select(table).where(table.name == key)
    )
    if row is None:
        raise NotFoundError(gettext(_UNKNOWN[table.__tablename__]) % {"name": key[:80]})
    return row


def spellings(session: Session, author: Author) -> Sequence[NameCount]:
    """The author's name as papers write it, with their number; the first one met is the one that stands for all.

    Papers may differ in accents, case, hyphens and widths. A name that no paper has any more stands alone.
    """
    same = Author.name_key == author.name_key if author.name_key else Author.id == author.id
    query = (
        select(Author.name, Author.slug, func.count(distinct(PaperVersion.paper_id)), func.max(Paper.latest_day))
        .join(Authorship, Authorship.author_id == Author.id)
        .join(PaperVersion, PaperVersion.id == Authorship.version_id)
        .join(Paper, Paper.id == PaperVersion.paper_id)
        .where(same, PaperVersion.is_shown, Paper.latest_day.is_not(None))
        .group_by(Author.id)
        .order_by(Author.id)
    )
    return [NameCount(*row) for row in session.execute(query)] or [NameCount(author.name, author.slug, 0)]


def children(session: Session, tag: Tag) -> Sequence[Tag]:
    """The tags nested in it: of "nerf" such as "nerf/dynamic"."""
    start = f"{tag.name}/"
    nested = func.substr(Tag.name, 1, len(start)) == start  # SQLite's LIKE takes "NeRF/" for "nerf/"
    return session.scalars(select(Tag).where(nested).order_by(Tag.name)).all()


def may_be_nested(name: str) -> bool:
    """Whether slashes part the name into tags, one in the other; a stranger's tag may be made of thousands."""
    return name.count("/") <= DEEPEST


def ancestors(session: Session, tag: Tag) -> Sequence[Tag]:
    """The tags it is nested in, the outermost first; of "nerf/dynamic" this is "nerf", if there is such a tag."""
    parts = tag.name.split("/") if may_be_nested(tag.name) else []
    above = ["/".join(parts[:length]) for length in range(1, len(parts))]
    found = session.scalars(select(Tag).where(Tag.name.in_(above))).all() if above else []
    return sorted(found, key=lambda one: len(one.name))
