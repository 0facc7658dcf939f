"""The embedded engine: tantivy, in a folder of its own. Any number of processes read it; they write one at a time."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any

from tantivy import DocAddress, Index, IndexWriter, Order, Query, Searcher

from app.errors import SearchUnavailableError
from app.i18n import gettext as _
from app.i18n import message
from app.search.embedded.authors import count_authors
from app.search.embedded.correcting import Corrections
from app.search.embedded.counting import Counts, count_at_once, total_of
from app.search.embedded.directory import prepare
from app.search.embedded.errors import as_unavailable
from app.search.embedded.queries import Queries
from app.search.embedded.schema import build_schema, to_document
from app.search.embedded.spelling import Spelling
from app.search.grammar import ask
from app.search.index import MAX_HITS, Held, SearchDocument, SearchHit, SearchQuery, SearchResults
from app.search.marking import folder
from app.search.question import Question, SearchOrder

WRITER_BYTES = 60_000_000
BATCH = 1_000
"""Documents from one commit to the next."""
LOCK_WAIT_SECONDS = 30.0
LOCK_RETRY_SECONDS = 0.05
_ORDERS = {
    SearchOrder.RELEVANCE: ("newest", Order.Desc),  # Where no word was asked, none is more relevant.
    SearchOrder.NEWEST: ("newest", Order.Desc),
    SearchOrder.OLDEST: ("oldest", Order.Asc),
}
_NOT_READ = message("The search index could not be read; it may have to be rebuilt.")
_NOT_WRITTEN = message("The search index could not be written.")
_LARGEST_INTEGER = 2**63


class EmbeddedIndex:
    def __init__(self, location: Path) -> None:
        self._location = location
        self._schema = build_schema()
        self._spelling = Spelling(self._searcher)
        self._counts = Counts()
        self._writing = Lock()
        self._reloading = Lock()
        self._seen = b""
        self._current: Searcher | None = None
        """It sees the index as it was when it was last looked at; the same one until it changes."""
        self._index: Index | None = prepare(location, self._schema)

    def put(self, documents: Iterable[SearchDocument]) -> None:
        waiting = iter(documents)
        if batch := list(islice(waiting, BATCH)):
            with self._writer() as writer:
                while batch:
                    _write(writer, batch)
                    batch = list(islice(waiting, BATCH))

    def remove(self, paper_ids: Iterable[int]) -> None:
        known = [paper_id for paper_id in paper_ids if -_LARGEST_INTEGER <= paper_id < _LARGEST_INTEGER]
        if known:
            with self._writer() as writer, as_unavailable(_NOT_WRITTEN):
                _forget(writer, known)
                writer.commit()

    def clear(self) -> None:
        with self._writer() as writer, as_unavailable(_NOT_WRITTEN):
            writer.delete_all_documents()
            writer.commit()

    def count(self) -> int:
        return self._searcher().num_docs

    def held(self) -> Held:
        searcher = self._searcher()
        if not searcher.num_docs:
            return Held(set())
        with as_unavailable(_NOT_READ):
            found = searcher.search(Query.all_query(), searcher.num_docs, count=False, order_by_field="newest").hits
            return Held({hit.paper_id for hit in _hits(searcher, found, [0.0] * len(found))})

    def search(self, query: SearchQuery) -> SearchResults:
        question = query.question or ask(query.text)
        searcher = self._searcher()
        corrections = Corrections(self._spelling, searcher)
        queries = Queries(self._schema, corrections.near)
        with as_unavailable(_NOT_READ):
            hits = _page(searcher, queries, question, query)
            total, facets = self._count(searcher, queries.matching(question, query), question, query.with_facets)
        return SearchResults(hits, total, facets, corrections=corrections.made)

    def close(self) -> None:
        with self._writing, self._reloading:
            self._index = self._current = None

    def _count(
        self, searcher: Searcher, matching: Query, question: Question, with_facets: bool
    ) -> tuple[int, dict[str, dict[str, int]]]:
        """Total and facets, all of them exact."""
        if with_facets and question.has_rows:
            return count_at_once(searcher, matching)
        total = total_of(searcher, matching)
        if not with_facets:
            return total, {}
        facets = self._counts.of(searcher, matching, total)
        return total, facets | {"author": count_authors(self._schema, searcher, matching, total)}

    def _searcher(self) -> Searcher:
        with as_unavailable(_NOT_READ):
            self._follow()
            with self._reloading:
                index = self._opened()
                self._current = self._current or index.searcher()
                return self._current

    def _follow(self) -> None:
        """Another process may have written: every commit replaces one small file, which is soon compared."""
        try:
            state = (folder(self._location) / "meta.json").read_bytes()
        except FileNotFoundError:
            self._make_anew()
            return
        if state != self._seen:
            with self._reloading:
                self._opened().reload()
                self._seen, self._current = state, None

    def _make_anew(self) -> None:
        """The folder was deleted under us; an index is only a cache."""
        with self._reloading:
            if self._index is not None:
                self._index = prepare(self._location, self._schema)
                self._seen, self._current = b"", None

    def _opened(self) -> Index:
        if self._index is None:
            raise SearchUnavailableError(_("The search index is closed."))
        return self._index

    @contextmanager
    def _writer(self) -> Iterator[IndexWriter]:
        """The one writer, let go of at the end; what was not committed by then is forgotten."""
        with self._writing:
            writer = self._wait_for_writer()
            try:
                yield writer
            finally:
                with as_unavailable(_NOT_WRITTEN):
                    writer.wait_merging_threads()

    def _wait_for_writer(self) -> IndexWriter:
        latest = time.monotonic() + LOCK_WAIT_SECONDS
        while True:
            with as_unavailable(_NOT_WRITTEN):
                self._follow()
                try:
                    return self._opened().writer(WRITER_BYTES, 1)
                except ValueError as error:
                    if "LockBusy" not in str(error):
                        raise
            if time.monotonic() > latest:
                raise SearchUnavailableError(
                    _("The search index is being written by another process; try again later.")
                )
            time.sleep(LOCK_RETRY_SECONDS)


def _page(searcher: Searcher, queries: Queries, question: Question, query: SearchQuery) -> list[SearchHit]:
    offset = min(max(query.offset, 0), MAX_HITS)
    limit = min(query.limit, MAX_HITS - offset)
    if limit <= 0:
        return []
    order_wanted = query.order or question.order or SearchOrder.RELEVANCE
    if order_wanted is SearchOrder.RELEVANCE and question.is_scored:
        ranking = queries.ranking(question, query)
        found = searcher.search(ranking, limit, count=False, offset=offset, weight_by_field="recency").hits
        return _hits(searcher, found, [score for score, _ in found])
    field, order = _ORDERS[order_wanted]
    matching = queries.matching(question, query)
    found = searcher.search(matching, limit, count=False, offset=offset, order_by_field=field, order=order).hits
    return _hits(searcher, found, [0.0] * len(found))


def _hits(searcher: Searcher, found: list[tuple[Any, DocAddress]], scores: list[float]) -> list[SearchHit]:
    ids = searcher.fast_field_values("paper_id", [address for _, address in found])
    return [SearchHit(int(paper_id or 0), score) for paper_id, score in zip(ids, scores, strict=True)]


def _write(writer: IndexWriter, papers: list[SearchDocument]) -> None:
    with as_unavailable(_NOT_WRITTEN):
        for paper in papers:
            _forget(writer, [paper.paper_id])
            writer.add_document(to_document(paper))
        writer.commit()


def _forget(writer: IndexWriter, paper_ids: list[int]) -> None:
    for paper_id in paper_ids:
        writer.delete_documents_by_term("paper_id", paper_id)
