"""Alembic's way in. Whoever calls names the database in `config.attributes["url"]`; else the settings do."""

import sqlite3
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, Engine, event

from app import models  # noqa: F401  (registers the tables)
from app.db import Base, Database, UTCDateTime
from app.settings import Settings


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Migrations must not import the application, which will have moved on: write the plain type."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render_item
    )
    with context.begin_transaction():
        context.run_migrations()


def leave_rows_alone(engine: Engine) -> None:
    """SQLite changes a table by copying and dropping it, and dropping would delete whatever points at its rows."""

    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")


def require_whole(connection: Connection) -> None:
    """Nothing may point at a row that is no longer there; raises before anything is committed."""
    if dangling := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise RuntimeError(f"The migration would leave {len(dangling)} rows pointing at nothing: {dangling[:3]}")


database = Database(context.config.attributes.get("url") or Settings().database, connections=1)
is_sqlite = database.engine.dialect.name == "sqlite"
if is_sqlite:
    leave_rows_alone(database.engine)
with database.engine.execution_options(begin="BEGIN IMMEDIATE").connect() as connection:
    migrate(connection)
    if is_sqlite:
        require_whole(connection)
    connection.commit()
database.close()
