"""Whether the store is still as it was: asked at every request, so it must cost next to nothing."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import String, cast, func, select
from starlette.concurrency import run_in_threadpool

from app.db import Database
from app.models import LibraryState, library_version

_VERSION = f"SELECT version FROM {LibraryState.__tablename__}"  # noqa: S608  (a name of ours)


class Freshness(NamedTuple):
    """What was made before is still right while these are the same."""

    library: int
    """Changes with whatever all visitors see."""
    store: object
    """Changes with anything that is written at all, a reader's bookmarks and sign-ins too."""


class Watch:
    """Tells how fresh the store is. For the thread of the event loop alone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file = database.files[0] if database.files else None
        self._connection: sqlite3.Connection | None = None
        self._seen: int | None = None
        self._known = Freshness(0, 0)
        self._writes = 0

    async def look(self) -> Freshness:
        """SQLite tells from shared memory whether anybody wrote: that takes microseconds, and waits for nobody.
        A server is asked in a thread."""
        if self._file is not None:
            with suppress(sqlite3.Error):  # such as in a moment of recovery; the ordinary way may wait
                return self._glance(self._file)
        return await run_in_threadpool(self._ask)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._seen = None

    def _glance(self, file: Path) -> Freshness:
        connection = self._connection = self._connection or _open(file)
        (seen,) = connection.execute("PRAGMA data_version").fetchone()
        if seen != self._seen:
            row = connection.execute(_VERSION).fetchone()
            self._seen, self._writes = seen, self._writes + 1
            self._known = Freshness(row[0] if row else 0, self._writes)
        return self._known

    def _ask(self) -> Freshness:
        with self._database.read() as session:
            if session.get_bind().dialect.name != "postgresql":
                return Freshness(library_version(session), object())  # like no other
            # Which transactions are over: other words as soon as one more is that wrote something.
            written = session.scalar(select(cast(func.pg_current_snapshot(), String)))
            return Freshness(library_version(session), written)


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
