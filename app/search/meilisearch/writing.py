"""Writing to the server: every change is a task that is waited for, and the index is set up as settings.py says."""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from meilisearch.models.task import TaskInfo

from app.errors import SearchUnavailableError
from app.i18n import gettext as _
from app.search.index import SearchDocument
from app.search.meilisearch.documents import Written, written
from app.search.meilisearch.filters import among_ids
from app.search.meilisearch.settings import is_ours, is_written_alike, settings
from app.search.meilisearch.transport import MissingIndexError, Transport

BATCH = 1_000
BATCH_BYTES = 20_000_000
"""The server would take five times as much at once, but needs memory for it."""
MOST_WAITING = 16
"""Batches that are sent ahead while the server still works on others: it takes those that wait together, for far less each."""
IDS_AT_ONCE = 10_000
COPIED_AT_ONCE = 200


class Writer:
    """All changes to one index. Two processes may write at once: the server works on one task after the other."""

    def __init__(self, transport: Transport, uid: str) -> None:
        self._transport, self._uid = transport, uid

    def put(self, documents: Iterable[SearchDocument]) -> None:
        batches = _batches(map(written, documents))
        if (first := next(batches, None)) is None:
            return
        self.prepare()
        waiting = deque([self._send(self._uid, first)])
        for batch in batches:
            waiting.append(self._send(self._uid, batch))
            if len(waiting) > MOST_WAITING:
                self._transport.finish(waiting.popleft())
        for task in waiting:
            self._transport.finish(task)

    def remove(self, paper_ids: Iterable[int]) -> None:
        waiting = iter(paper_ids)
        while batch := list(islice(waiting, IDS_AT_ONCE)):
            self.prepare()
            with self._transport.writing() as client:
                task = client.index(self._uid).delete_documents(filter=among_ids(batch))
            self._transport.finish(task)

    def clear(self) -> None:
        self.prepare()
        with self._transport.writing() as client:
            task = client.index(self._uid).delete_all_documents()
        self._transport.finish(task)

    def paper_ids(self) -> set[int]:
        self.prepare()
        pages = self._pages(IDS_AT_ONCE, ["paper_id"])
        return {int(document["paper_id"]) for page in pages for document in page}

    def prepare(self) -> None:
        """See that the index is there, and set up like this; else make it so, and let readers read the old one until then."""
        displayed = self._displayed(self._uid)
        if displayed is None:
            self._set_up(self._uid)
        elif not is_ours(displayed):
            self._make_anew(takes_over=is_written_alike(displayed))

    def _displayed(self, uid: str) -> list[str] | None:
        try:
            with self._transport.writing() as client:
                return list(client.index(uid).get_displayed_attributes())
        except MissingIndexError:
            return None

    def _is_ours(self, uid: str) -> bool:
        return is_ours(self._displayed(uid) or [])

    def _set_up(self, uid: str) -> None:
        """Settings for an index that is not there make it, so that two who do so at once do no harm."""
        with self._transport.writing() as client:
            task = client.index(uid).update_settings(settings())
        self._transport.finish(task)

    def _make_anew(self, *, takes_over: bool) -> None:
        """Aside, then swapped in. Documents that were written otherwise are left behind: the library puts them again.

        Two processes may do so at once, and be in each other's way. Only what is set up like this is swapped in, and only
        for what is not; if documents are missing then, the library puts them again too.
        """
        aside = f"{self._uid}-next"
        self._drop(aside)  # an attempt that was cut short
        self._set_up(aside)
        if takes_over:
            self._copy_to(aside)
        if self._is_ours(self._uid) or not self._is_ours(aside):
            self._drop(aside)
            if self._is_ours(self._uid):
                return  # another process was quicker
            raise SearchUnavailableError(_("Another process is making the search index anew; try again later."))
        with self._transport.writing() as client:
            client.swap_indexes([{"indexes": [self._uid, aside]}])
        self._drop(aside)  # done after the swap, of which a key for these indexes alone is told nothing
        if not self._is_ours(self._uid):
            raise SearchUnavailableError(_("The search server did not swap in the index that was made anew."))

    def _copy_to(self, aside: str) -> None:
        for page in self._pages(COPIED_AT_ONCE):
            for batch in _batches(page):
                self._transport.finish(self._send(aside, batch))

    def _drop(self, uid: str) -> None:
        try:
            with self._transport.writing() as client:
                task = client.delete_index(uid)
            self._transport.finish(task)
        except MissingIndexError:
            return

    def _send(self, uid: str, batch: bytes) -> TaskInfo:
        with self._transport.writing() as client:
            return client.index(uid).add_documents_ndjson(batch, "paper_id")

    def _pages(self, size: int, fields: list[str] | None = None) -> Iterator[list[Written]]:
        """All documents of the index, so many at a time."""
        offset, total = 0, 1
        while offset < total:
            with self._transport.writing() as client:
                asked = {"offset": offset, "limit": size} | ({"fields": fields} if fields else {})
                found = client.index(self._uid).get_documents(asked)
                offset, total = offset + size, found.total
                page = [dict(document) for document in found.results]
            yield page


def _batches(documents: Iterable[Written]) -> Iterator[bytes]:
    """Lines of JSON, as many as fit in a batch; a document that does not is one by itself."""
    lines: list[bytes] = []
    held = 0
    for document in documents:
        line = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
        if lines and (len(lines) == BATCH or held + len(line) > BATCH_BYTES):
            yield b"\n".join(lines)
            lines, held = [], 0
        lines.append(line)
        held += len(line)
    if lines:
        yield b"\n".join(lines)
