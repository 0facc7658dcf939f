"""Index what was left behind, while the application serves: after an import that was interrupted, a server that was away."""

import logging
from threading import Event, Thread

from sqlalchemy.exc import DBAPIError

from app.catalog.indexing import count_stale, sync_index
from app.db import Database
from app.errors import AppError
from app.search import SearchIndex

EVERY_SECONDS = 20.0
_LOG = logging.getLogger(__name__)


class KeepingUp:
    """A thread that looks now and then whether papers wait to be indexed.

    An import indexes what it brought in by itself, and so do other workers: only what stays as it was from one look to the
    next has nobody to care for it.
    """

    def __init__(self, database: Database, index: SearchIndex, every: float = EVERY_SECONDS) -> None:
        self._database, self._index, self._every = database, index, every
        self._stopping = Event()
        self._left = 0
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
        with self._database.read() as session:
            stale = count_stale(session)
        if stale and stale == self._left:
            sync_index(self._database, self._index, self._go_on)
        self._left = stale

    def _go_on(self, _: int) -> None:
        if self._stopping.is_set():
            raise _Stopped


class _Stopped(Exception):  # noqa: N818  (no error)
    """The application ends; the next one goes on."""
