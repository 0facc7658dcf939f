"""Two engines, of which the second answers while the first is away."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import tee

from app.errors import SearchUnavailableError
from app.search.index import SearchDocument, SearchIndex, SearchQuery, SearchResults


class SparedIndex:
    """Both hold the same: what is written goes to the spare first, so that it is in step even if the first is away."""

    def __init__(self, first: SearchIndex, spare: SearchIndex) -> None:
        self._first, self._spare = first, spare

    def put(self, documents: Iterable[SearchDocument]) -> None:
        for_spare, for_first = tee(documents)
        self._spare.put(for_spare)
        self._first.put(for_first)

    def remove(self, paper_ids: Iterable[int]) -> None:
        known = list(paper_ids)
        self._spare.remove(known)
        self._first.remove(known)

    def clear(self) -> None:
        self._spare.clear()
        self._first.clear()

    def count(self) -> int:
        return self._first.count()

    def paper_ids(self) -> set[int]:
        """Those that both hold; what only the spare holds is removed there, for nobody else would miss it."""
        held, spared = self._first.paper_ids(), self._spare.paper_ids()
        self._spare.remove(spared - held)
        return held & spared

    def search(self, query: SearchQuery) -> SearchResults:
        try:
            return self._first.search(query)
        except SearchUnavailableError:
            return replace(self._spare.search(query), is_spare=True)

    def close(self) -> None:
        self._first.close()
        self._spare.close()
