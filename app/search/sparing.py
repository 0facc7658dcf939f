"""Two engines, of which the second answers while the first is away."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import tee

from app.errors import OnlySpareError, SearchUnavailableError
from app.search.index import Held, SearchDocument, SearchIndex, SearchQuery, SearchResults


class SparedIndex:
    """Both hold the same: what is written goes to the spare first, so that it is in step even if the first is away.

    Writing then raises OnlySpareError, and who wrote does well to go on: the spare takes all of it.
    """

    def __init__(self, first: SearchIndex, spare: SearchIndex) -> None:
        self._first, self._spare = first, spare

    def put(self, documents: Iterable[SearchDocument]) -> None:
        for_spare, for_first = tee(documents)
        self._spare.put(for_spare)
        with _spared():
            self._first.put(for_first)

    def remove(self, paper_ids: Iterable[int]) -> None:
        known = list(paper_ids)
        self._spare.remove(known)
        with _spared():
            self._first.remove(known)

    def clear(self) -> None:
        self._spare.clear()
        with _spared():
            self._first.clear()

    def count(self) -> int:
        return self._first.count()

    def held(self) -> Held:
        with _spared():
            first = self._first.held().whole
        spare = self._spare.held().whole
        return Held(first & spare, first ^ spare)

    def search(self, query: SearchQuery) -> SearchResults:
        try:
            return self._first.search(query)
        except SearchUnavailableError:
            return replace(self._spare.search(query), is_spare=True)

    def close(self) -> None:
        self._first.close()
        self._spare.close()


@contextmanager
def _spared() -> Iterator[None]:
    """Whatever the first engine fails at here, the spare has done, or can do."""
    try:
        yield
    except SearchUnavailableError as error:
        raise OnlySpareError(str(error)) from error
