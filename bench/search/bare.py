"""What the engine costs by itself: the embedded engine's own calls to tantivy, made again without all that is around them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.search import SearchQuery
from app.search.embedded.engine import EmbeddedIndex

_ASKING = {"search", "aggregate"}


class _Overheard:
    """A searcher whose questions are noted down."""

    def __init__(self, searcher: Any, calls: list[Callable[[], object]]) -> None:
        self.searcher, self._calls = searcher, calls

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.searcher, name)
        return self._noting(method) if name in _ASKING else method

    def _noting(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*values: Any, **named: Any) -> Any:
            self._calls.append(lambda: method(*values, **named))
            return method(*values, **named)

        return noted


class _Listening(EmbeddedIndex):
    def __init__(self, place: Path) -> None:
        self.calls: list[Callable[[], object]] = []
        self._overheard: _Overheard | None = None
        super().__init__(place)
        self.calls.clear()

    def _searcher(self) -> Any:
        searcher = super()._searcher()
        if self._overheard is None or self._overheard.searcher is not searcher:
            self._overheard = _Overheard(searcher, self.calls)
        return self._overheard


class BareEngine:
    """Finished query objects, asked of a searcher that is open."""

    def __init__(self, place: Path) -> None:
        self._index = _Listening(place)

    def calls_of(self, query: SearchQuery) -> list[Callable[[], object]]:
        """Everything that this query asks of tantivy, to be asked again."""
        self._index.calls.clear()
        self._index.search(query)
        return list(self._index.calls)

    def prepare(self, query: SearchQuery) -> Callable[[], None]:
        calls = self.calls_of(query)

        def ask() -> None:
            for call in calls:
                call()

        return ask

    def close(self) -> None:
        self._index.close()
