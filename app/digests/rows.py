"""Find or add the rows that entries share: topics, tags, authors. One query for many names."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.digests.naming import free_slugs
from app.models import Author, Tag, Topic

Named = TypeVar("Named", Author, Tag, Topic)


def named(session: Session, table: type[Named], names: Iterable[str]) -> dict[str, Named]:
    """The row of each name, added where it was missing. Names are told apart to the letter."""
    wanted = list(dict.fromkeys(names))
    rows = {row.name: row for row in session.scalars(select(table).where(table.name.in_(wanted)))}
    missing = [name for name in wanted if name not in rows]
    slugs = free_slugs(missing, lambda some: set(session.scalars(select(table.slug).where(table.slug.in_(some)))))
    for name, free in zip(missing, slugs, strict=True):
        rows[name] = table(name=name, slug=free)
    session.add_all(rows[name] for name in missing)
    return rows
