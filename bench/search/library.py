"""The library that is searched: digests imported by the application's own code, into a store that is thrown away."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app import catalog, digests
from app.cli.opening import upgrade_schema
from app.db import Database
from app.digests import Trigger
from app.search import Held, SearchDocument, SearchQuery, SearchResults


@contextmanager
def imported(folders: Sequence[Path]) -> Iterator[Database]:
    """A store with all that these folders hold."""
    with TemporaryDirectory() as place:
        url = f"sqlite:///{Path(place) / 'papershelf.db'}"
        upgrade_schema(url)
        database = Database(url)
        digests.run_import(database, digests.look_into(list(folders)), Trigger.COMMAND)
        yield database
        database.close()


def documents_of(database: Database) -> list[SearchDocument]:
    """What the application would put into an index, in order of the papers' ids."""
    kept = Kept()
    catalog.sync_index(database, kept)
    return sorted(kept.documents.values(), key=lambda document: document.paper_id)


def read_documents(folders: Sequence[Path]) -> list[SearchDocument]:
    with imported(folders) as database:
        return documents_of(database)


class Kept:
    """An index that only keeps what it is given."""

    def __init__(self) -> None:
        self.documents: dict[int, SearchDocument] = {}

    def put(self, documents: Iterable[SearchDocument]) -> None:
        self.documents |= {document.paper_id: document for document in documents}

    def remove(self, paper_ids: Iterable[int]) -> None:
        for paper_id in paper_ids:
            self.documents.pop(paper_id, None)

    def clear(self) -> None:
        self.documents.clear()

    def count(self) -> int:
        return len(self.documents)

    def held(self) -> Held:
        return Held(set(self.documents))

    def search(self, query: SearchQuery) -> SearchResults:
        raise NotImplementedError("what is kept is not searched")

    def close(self) -> None:
        pass
