"""Find or add the rows that entries share: topics, tags, authors. A few statements for many names."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Dialect, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.db import Base
from app.digests.name_keys import name_key
from app.digests.naming import free_slugs
from app.models import Author, Paper, Tag, Topic

Value = TypeVar("Value")
MOST_VALUES = 10_000
"""In one statement; PostgreSQL takes 65,535 at most, SQLite 32,766."""


def row_ids(session: Session, table: type[Author] | type[Tag] | type[Topic], names: Iterable[str]) -> dict[str, int]:
    """The id of each name's row, added where it was missing. Names are told apart to the letter."""
    known: dict[str, int] = {}
    for some in in_parts(dict.fromkeys(names)):
        columns = table_of(table).c
        found = select(columns.name, columns.id).where(among(session, columns.name, some))
        known.update(session.execute(found).all())
        missing = [name for name in some if name not in known]
        slugs = free_slugs(missing, partial(taken_slugs, session, table))
        ids = new_ids(session, table, len(missing))
        known.update(zip(missing, ids, strict=True))
        rows = zip(ids, missing, slugs, strict=True)
        insert_rows(session, table, [_named_row(table, *row) for row in rows])
    return known


def _named_row(table: type[Base], row_id: int, name: str, slug: str) -> dict[str, Any]:
    row = {"id": row_id, "name": name, "slug": slug}
    return row | {"name_key": name_key(name)} if table is Author else row


def taken_slugs(session: Session, model: type[Base], some: Iterable[str]) -> set[str]:
    """Which of these slugs rows of the table have."""
    column = table_of(model).c.slug
    found = (session.scalars(select(column).where(among(session, column, part))) for part in in_parts(some))
    return {slug for slugs in found for slug in slugs}


def paper_slugs(session: Session, titles: Iterable[str]) -> list[str]:
    """A free slug for a paper of each title. An old arXiv id has a slash in it, a paper's slug has none."""
    return free_slugs([title.replace("/", " ") for title in titles], partial(taken_slugs, session, Paper))


def among(session: Session, column: ColumnElement[Any], texts: Sequence[str]) -> ColumnElement[bool]:
    """That the column holds one of many texts.

    To SQLite they go as one JSON list: SQLAlchemy takes longer to number a parameter than the store to look it up. Its
    JSON knows no NUL.
    """
    if session.get_bind().dialect.name != "sqlite" or any("\0" in text for text in texts):
        return column.in_(texts)
    listed = func.json_each(json.dumps(texts, ensure_ascii=False)).table_valued("value")
    return column.in_(select(listed.c.value))


def new_ids(session: Session, model: type[Base], count: int) -> list[int]:
    """Ids for so many new rows. To know them beforehand is what lets rows that point at each other go in in bulk.

    SQLite's writer is alone, and takes the next number itself; PostgreSQL hands numbers out to whoever asks.
    """
    if not count:
        return []
    table = table_of(model)
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
        numbers = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
        return sorted(session.scalars(numbers))
    first = (session.scalar(select(func.max(table.c.id))) or 0) + 1
    return list(range(first, first + count))


def insert_rows(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Add many rows with one statement. All of them name the same columns, and each that has a default."""
    if rows and session.get_bind().dialect.name == "sqlite":
        _insert_column_by_column(session, table_of(model), rows)
    elif rows:
        session.execute(insert(table_of(model)), rows)


def _insert_column_by_column(session: Session, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """As SQLAlchemy would, but whole columns are made into what the driver takes: for each row it takes thrice as long."""
    statement, processes = _compiled_insert(table, session.get_bind().dialect, tuple(rows[0]))
    columns = []
    for name, process in processes.items():
        values = [row[name] for row in rows]
        columns.append(map(process, values) if process else values)
    session.connection().exec_driver_sql(statement, list(zip(*columns, strict=True)))


@lru_cache
def _compiled_insert(
    table: Table, dialect: Dialect, names: tuple[str, ...]
) -> tuple[str, dict[str, Callable[[Any], Any] | None]]:
    """The statement, and for each of its parameters in turn how a value becomes what the driver takes."""
    statement = insert(table).compile(dialect=dialect, column_keys=names)
    types = {name: table.c[name].type.dialect_impl(dialect) for name in statement.positiontup or ()}
    return str(statement), {name: of.bind_processor(dialect) for name, of in types.items()}


def update_rows(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Set columns of many rows; "row" is the id of each."""
    if rows:
        table = table_of(model)
        session.execute(update(table).where(table.c.id == bindparam("row")), rows)


def delete_rows(session: Session, model: type[Base], column: str, values: Sequence[int | None]) -> None:
    """Remove the rows with one of these values."""
    table = table_of(model)
    for some in in_parts(values):
        session.execute(delete(table).where(table.c[column].in_(some)))


def table_of(model: type[Base]) -> Table:
    """The table itself: statements on it know nothing of objects, which makes them quick."""
    return Base.metadata.tables[model.__tablename__]


def in_parts(values: Iterable[Value], size: int = MOST_VALUES) -> Iterator[list[Value]]:
    """As many at a time as a statement may hold."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part
