"""What a command works on: the settings, the store, the index. And how it ends when something is wrong."""

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from pydantic import ValidationError
from sqlalchemy import inspect, text

from app.db import Database
from app.search import SearchIndex, open_index
from app.settings import Settings

if TYPE_CHECKING:
    from alembic.config import Config

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
    index = open_index(settings.index_dir, **settings.search_server, has_spare=settings.search_fallback)
    try:
        yield index
    finally:
        index.close()


def migration_config(url: str) -> "Config":
    from alembic.config import Config  # here, as below: a command that finds the schema in order need not wait for it

    config = Config(toml_file=ROOT / "pyproject.toml", stdout=sys.stdout)  # else that of when Alembic was imported
    config.attributes["url"] = url
    return config


def upgrade_schema(url: str) -> None:
    """Bring the store's schema up to this version's."""
    from alembic import command

    command.upgrade(migration_config(url), "head")


def require_schema(database: Database) -> None:
    """End the command unless the store's schema is this version's."""
    found, parents = _revisions(database), _migrations()
    heads = parents.keys() - set().union(*parents.values())
    if found == heads:
        return
    if found - parents.keys():
        message = "The database was written by a newer version of Papershelf. Please update the program."
    else:
        message = "The database is not set up for this version. Run: papershelf db upgrade"
    typer.secho(message, fg="red", err=True)
    raise typer.Exit(2)


def _revisions(database: Database) -> set[str]:
    """What Alembic has noted in the store; nothing in a new one."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return set()
        return set(connection.scalars(text("SELECT version_num FROM alembic_version")))


def _migrations() -> dict[str, set[str]]:
    """Every revision that this version knows, and those it follows.

    Alembic would say the same, but takes longer to start than most commands to end.
    """
    stated = [_stated(path) for path in (ROOT / "migrations" / "versions").glob("*.py")]
    return {one["revision"]: _as_set(one["down_revision"]) for one in stated}


def _stated(path: Path) -> dict[str, Any]:
    """What a migration says that it is, and what it follows."""
    stated: dict[str, Any] = {}
    for line in ast.parse(path.read_bytes()).body:
        match line:
            case (
                ast.Assign(targets=[ast.Name(id="revision" | "down_revision" as name)], value=value)
                | ast.AnnAssign(target=ast.Name(id="revision" | "down_revision" as name), value=ast.expr() as value)
            ):
                stated[name] = ast.literal_eval(value)
    return stated


def _as_set(revisions: str | tuple[str, ...] | None) -> set[str]:
    return set() if revisions is None else {revisions} if isinstance(revisions, str) else set(revisions)
