"""What a command works on: the settings, the store, the index. And how it ends when something is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import ValidationError

from app.db import Database
from app.search import SearchIndex, open_index
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def read_settings() -> Settings:
    """The settings; a wrong one ends the command with a sentence a reader understands."""
    try:
        return Settings()
    except ValidationError as error:
        for found in error.errors():
            typer.secho(f"Setting {'.'.join(map(str, found['loc']))}: {found['msg']}", fg="red", err=True)
        raise typer.Exit(2) from error


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    """The store, with the schema this version needs; else the command ends with what to do."""
    database = Database(settings.database, settings.threads)
    try:
        require_schema(database)
        yield database
    finally:
        database.close()


@contextmanager
def opened_index(settings: Settings) -> Iterator[SearchIndex]:
    index = open_index(settings.index_dir)
    try:
        yield index
    finally:
        index.close()


def migration_config(url: str) -> Config:
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["url"] = url
    return config


def upgrade_schema(url: str) -> None:
    """Bring the store's schema up to this version's."""
    command.upgrade(migration_config(url), "head")


def require_schema(database: Database) -> None:
    """End the command unless the store's schema is this version's."""
    script = ScriptDirectory.from_config(migration_config(""))
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found == script.get_current_head():
        return
    known = {revision.revision for revision in script.walk_revisions()}
    if found and found not in known:
        message = "The database was written by a newer version of Papershelf. Please update the program."
    else:
        message = "The database is not set up for this version. Run: papershelf db upgrade"
    typer.secho(message, fg="red", err=True)
    raise typer.Exit(2)
