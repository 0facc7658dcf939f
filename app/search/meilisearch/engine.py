"""The index on a Meilisearch server: reading here, writing in writing.py."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from meilisearch import Client

from app.errors import SearchUnavailableError
from app.search.grammar import ask
from app.search.index import SearchDocument, SearchQuery, SearchResults
from app.search.meilisearch.conjunctions import Conjunction, conjunctions
from app.search.meilisearch.searching import Search
from app.search.meilisearch.settings import LONGEST_WITHOUT_TYPO
from app.search.meilisearch.transport import MissingIndexError, Transport
from app.search.meilisearch.writing import Writer
from app.search.question import SearchOrder

_NEWEST = ["day:desc", "paper_id:asc"]
_SORTS = {
    SearchOrder.RELEVANCE: _NEWEST,  # Where no word was asked, none is more relevant.
    SearchOrder.NEWEST: _NEWEST,
    SearchOrder.OLDEST: ["day:asc", "paper_id:asc"],
}
_Answer = TypeVar("_Answer")


class MeilisearchIndex:
    """One index of a server, behind the contract of every engine."""

    def __init__(self, transport: Transport, uid: str) -> None:
        self._transport, self._uid = transport, uid
        self._writer = Writer(transport, uid)

    def put(self, documents: Iterable[SearchDocument]) -> None:
        self._writer.put(documents)

    def remove(self, paper_ids: Iterable[int]) -> None:
        self._writer.remove(paper_ids)

    def clear(self) -> None:
        self._writer.clear()

    def count(self) -> int:
        return self.search(SearchQuery(limit=0)).total

    def paper_ids(self) -> set[int]:
        return self._writer.paper_ids()

    def search(self, query: SearchQuery) -> SearchResults:
        question = query.question or ask(query.text)
        alternatives, are_all = conjunctions(question.nodes)
        order = query.order or question.order or SearchOrder.RELEVANCE
        sort = None if order is SearchOrder.RELEVANCE and question.is_scored else _SORTS[order]
        results = self._read(lambda client: _results(Search(client, self._uid, query, sort), alternatives))
        return results if are_all else replace(results, is_exact=False)

    def close(self) -> None:
        """Nothing is held open between two calls."""

    def _read(self, call: Callable[[Client], _Answer]) -> _Answer:
        """What the server answers; an index that it does not have is made, if our key may."""
        try:
            with self._transport.reading() as client:
                return call(client)
        except MissingIndexError as missing:
            self._make(missing)
        with self._transport.reading() as client:
            return call(client)

    def _make(self, missing: MissingIndexError) -> None:
        try:
            self._writer.prepare()
        except SearchUnavailableError as error:
            raise missing from error


def _results(search: Search, alternatives: Sequence[Conjunction]) -> SearchResults:
    """Exact words first; words like them only where nothing else is found."""
    results = search.results(alternatives, is_tolerant=False)
    if results.total or not any(map(_may_be_misspelled, alternatives)):
        return results
    return search.results(alternatives, is_tolerant=True)


def _may_be_misspelled(alternative: Conjunction) -> bool:
    rows = [row for row in alternative.rows if row.is_wanted and row.is_tolerant and row.field is None]
    words = [word for row in rows for word in row.words]
    return any(len(word) > LONGEST_WITHOUT_TYPO and word.isascii() for word in words)
