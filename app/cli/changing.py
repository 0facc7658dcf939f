"""What commands that change the library share: a transaction, and what is said if the index cannot follow."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from sqlalchemy.orm import Session

from app.db import Database
from app.errors import InvalidInputError, NotFoundError, SearchUnavailableError


@contextmanager
def deciding(database: Database) -> Iterator[Session]:
    """A transaction. What cannot be done is said in a sentence, and ends the command with exit code 2."""
    try:
        with database.write() as session:
            yield session
    except (InvalidInputError, NotFoundError) as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(2) from error


@contextmanager
def indexing(done: str) -> Iterator[None]:
    """What follows in the index. If that is away it is said, and what was done (`done`, a participle) stands."""
    try:
        yield
    except SearchUnavailableError as error:
        typer.secho(f"{done}, but not indexed: {error} Run later: papershelf index rebuild", fg="yellow", err=True)
