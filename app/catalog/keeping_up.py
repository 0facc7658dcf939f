"""Index what was left behind, while the application serves: after an import that was interrupted, a server that was
away, an index that was deleted."""

import logging
from threading import Event, Thread

from sqlalchemy.exc import DBAPIError

from app.catalog.indexing import count_listed, count_stale, sync_index
from app.db import Database
from app.errors import AppError, OnlySpareError, SearchUnavailableError
from app.search import SearchIndex

EVERY_SECONDS = 20.0
_LOG = logging.getLogger(__name__)
_Behind = tuple[int, int | None]
"""Stale papers, and by how many documents the index differs from the papers that are listed; None if it is away."""
_IN_STEP: _Behind = (0, 0)


class KeepingUp:
    """A thread that looks now and then whether papers wait to be indexed.

    An import indexes what it brought in by itself, and so do other workers: only what stays as it was from one look to the
    next has nobody to care for it.
    """

    def __init__(self, database: Database, index: SearchIndex, every: float = EVERY_SECONDS) -> None:
        self._database, self._index, self._every = database, index, every
        self._stopping = Event()
        self._left = self._remaining = _IN_STEP
        self._thread = Thread(target=self._run, name="keeping-up", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Wait for the batch at hand, if there is one."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            try:
                self._look()
            except _Stopped:
                return
            except (AppError, DBAPIError) as error:
                # It is told on the pages too; and the next look may find store and engine well.
                _LOG.warning("The search index is behind: %s", error)

    def _look(self) -> None:
        behind = self._behind()
        if behind[1] is not None and self._remaining[1] is None:
            self._remaining = _IN_STEP  # the engine is back, and what its spare took is for it too
        if behind not in (_IN_STEP, self._remaining) and behind == self._left:
            self._mend(behind)
        self._left = behind

    def _mend(self, behind: _Behind) -> None:
        """What indexing cannot mend is not tried again and again."""
        try:
            sync_index(self._database, self._index, self._go_on)
        except OnlySpareError:
            self._remaining = behind if behind[1] is None else _IN_STEP  # one that answers searches may write next time
            raise
        after = self._behind()
        self._remaining = _IN_STEP if after[0] else after

    def _behind(self) -> _Behind:
        with self._database.read() as session:
            stale, listed = count_stale(session), count_listed(session)
        try:
            return stale, self._index.count() - listed
        except SearchUnavailableError:
            return stale, None if stale else 0  # what it holds will be seen once it is back

    def _go_on(self, _: int) -> None:
        if self._stopping.is_set():
            raise _Stopped


class _Stopped(Exception):  # noqa: N818  (no error)
    """The application ends; the next one goes on."""
