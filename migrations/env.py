"""Alembic's way in. Whoever calls names the database in `config.attributes["url"]`; else the settings do."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

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


database = Database(context.config.attributes.get("url") or Settings().database, connections=1)
with database.engine.execution_options(begin="BEGIN IMMEDIATE").connect() as connection:
    migrate(connection)
    connection.commit()
database.close()
