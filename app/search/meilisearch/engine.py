"""The index on a Meilisearch server: reading here, writing in writing.py."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from meilisearch import Client

from app.errors import SearchUnavailableError
from app.search.grammar import ask
from app.search.index import Held, SearchDocument, SearchQuery, SearchResults
from app.search.meilisearch.conjunctions import Alternatives, alternatives
from app.search.meilisearch.searching import RARE, Search
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

    def held(self) -> Held:
        return Held(self._writer.paper_ids())

    def search(self, query: SearchQuery) -> SearchResults:
        question = query.question or ask(query.text)
        asked = alternatives(question.nodes)
        order = query.order or question.order or SearchOrder.RELEVANCE
        sort = None if order is SearchOrder.RELEVANCE and question.is_scored else _SORTS[order]
        return self._read(lambda client: _results(Search(client, self._uid, query, sort), asked))

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


def _results(search: Search, asked: Alternatives) -> SearchResults:
    """Words like a seldom one are searched where little is found; they cannot hide what is found exactly."""
    exact = search.results(asked)
    rows = {row: None for way in asked.ways for row in way.rows if row.may_be_misspelled}
    if exact.total >= RARE or not (misspelled := search.seldom_found(list(rows))):
        return exact
    near = search.results(asked, misspelled)
    return near if near.total > exact.total else exact
