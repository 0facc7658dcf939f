"""The engine as pages ask it: what an engine that was away could not tell is told without it, and not kept for long."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from starlette.types import Scope

from app import catalog
from app.db import Database
from app.errors import SearchUnavailableError
from app.search import Held, SearchDocument, SearchIndex, SearchQuery, SearchResults

_STATE, _MARK = "state", "is_makeshift"


def is_makeshift(scope: Scope) -> bool:
    """Whether the answer to this request had to do without the engine: it may be back at the next one."""
    return bool(scope.get(_STATE, {}).get(_MARK))


def sync_if_there(store: Database, index: SearchIndex) -> None:
    """Put what changed into the index. If it is away, it learns of the change when it is back."""
    with suppress(SearchUnavailableError):
        catalog.sync_index(store, index, fills_spare=False)


class AskedIndex:
    """An engine that is asked for one request, which is marked if the engine was away or its spare answered."""

    def __init__(self, index: SearchIndex, scope: Scope) -> None:
        self._index = index
        self._state: dict[str, Any] = scope.setdefault(_STATE, {})

    def search(self, query: SearchQuery) -> SearchResults:
        try:
            found = self._index.search(query)
        except SearchUnavailableError:
            self._state[_MARK] = True
            raise
        if found.is_spare:
            self._state[_MARK] = True
        return found

    def put(self, documents: Iterable[SearchDocument]) -> None:
        self._index.put(documents)

    def remove(self, paper_ids: Iterable[int]) -> None:
        self._index.remove(paper_ids)

    def clear(self) -> None:
        self._index.clear()

    def count(self) -> int:
        return self._index.count()

    def held(self) -> Held:
        return self._index.held()

    def close(self) -> None:
        self._index.close()
