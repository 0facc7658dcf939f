"""Calls to the server through its official client: with the least key, a time limit, a breaker, and our errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from meilisearch import Client
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from meilisearch.models.task import TaskInfo

from app.errors import SearchUnavailableError
from app.i18n import gettext as _
from app.search.meilisearch.breaker import Breaker

TASK_POLL_MILLISECONDS = 20
_UNUSABLE = (requests.RequestException, ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What an answer leads to that is none of Meilisearch's: no JSON, or JSON of another kind."""
_BUSY = (408, 429)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds."""

    reading: float = 4.0
    writing: float = 60.0
    task: float = 900.0
    """From its being sent to its being done; the server works on one after the other."""


class MissingIndexError(SearchUnavailableError):
    """The server has no index of this name (yet)."""


class Transport:
    """One server, with a key to read and a key to write. Safe to use from several threads."""

    def __init__(self, url: str, key: str, admin_key: str = "", limits: Limits | None = None) -> None:
        self._url, self._key, self._admin_key = url.rstrip("/"), key, admin_key or key
        self._limits = limits or Limits()
        self.breaker = Breaker()

    @contextmanager
    def reading(self) -> Iterator[Client]:
        with self._calling(self._key, self._limits.reading) as client:
            yield client

    @contextmanager
    def writing(self) -> Iterator[Client]:
        with self._calling(self._admin_key, self._limits.writing) as client:
            yield client

    def finish(self, task: TaskInfo) -> None:
        """Wait until the server has done it; what it could not do is an error here."""
        milliseconds = int(self._limits.task * 1000)
        with self.writing() as client:
            done = client.wait_for_task(task.task_uid, milliseconds, TASK_POLL_MILLISECONDS)
        if done.status != "succeeded":
            told = (done.error or {}).get("message", f"the task is {done.status}")
            missing = (done.error or {}).get("code") == "index_not_found"
            kind = MissingIndexError if missing else SearchUnavailableError
            raise kind(f"The search server could not do what it was asked to: {told}")

    @contextmanager
    def _calling(self, key: str, seconds: float) -> Iterator[Client]:
        """A client for this call alone: it keeps headers that two threads would take from each other."""
        if not self.breaker.lets_through():
            raise SearchUnavailableError(_("The search server did not answer several times; it is asked again soon."))
        try:
            yield Client(self._url, key, timeout=seconds)  # type: ignore[arg-type]  # seconds may have a fraction
        except MeilisearchApiError as error:
            self._note(error)
            raise _in_our_words(error) from error
        except MeilisearchError as error:
            self.breaker.failed()
            raise SearchUnavailableError(_("The search server does not answer.")) from error
        except _UNUSABLE as error:
            self.breaker.failed()
            raise SearchUnavailableError(_("The search server gave an answer that cannot be read.")) from error
        else:
            self.breaker.succeeded()

    def _note(self, error: MeilisearchApiError) -> None:
        """Who refuses is there; who is overwhelmed or broken is not."""
        if error.status_code >= 500 or error.status_code in _BUSY or error.code is None:
            self.breaker.failed()
        else:
            self.breaker.succeeded()


def _in_our_words(error: MeilisearchApiError) -> SearchUnavailableError:
    if error.code == "index_not_found":
        return MissingIndexError(_("The search server has no index yet; run: papershelf index rebuild"))
    if error.status_code in (401, 403):
        return SearchUnavailableError(
            _("The search server does not accept our key; see the settings search_key and search_admin_key.")
        )
    told = error.message if error.code else f"status {error.status_code}"
    return SearchUnavailableError(_("The search server refused: %(reason)s") % {"reason": told})
