"""The engines that are compared: each keeps its index in a folder of its own."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from app.search import SearchDocument, SearchIndex, SearchQuery, SearchResults, open_index
from bench.search import meilisearch_server


class Answering(Protocol):
    """What speed is measured of; a SearchIndex is one, and so is what is only there to be measured beside it."""

    def put(self, documents: Iterable[SearchDocument]) -> None: ...

    def search(self, query: SearchQuery) -> SearchResults: ...

    def close(self) -> None: ...


IndexT = TypeVar("IndexT", bound=Answering, covariant=True)


@dataclass(frozen=True)
class Engine(Generic[IndexT]):
    """An engine at work, and the process that works for it if that is another one."""

    name: str
    index: IndexT
    server: int | None = None

    def cpu_seconds(self) -> float:
        """Of this process and the server, so far."""
        return time.process_time() + (_seconds_of(self.server) if self.server else 0.0)

    def peak_bytes(self) -> int:
        """The most memory that the server had; nothing if there is none."""
        return _peak_of(self.server) if self.server else 0


def _seconds_of(process: int) -> float:
    """Of all its threads, to the nanosecond; those that ended are missing, so that this holds for short spans only."""
    return sum(int(one.read_text().split()[0]) for one in Path(f"/proc/{process}/task").glob("*/schedstat")) / 1e9


def _peak_of(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


@contextmanager
def embedded(place: Path) -> Iterator[Engine[SearchIndex]]:
    index = open_index(place)
    yield Engine("embedded", index)
    index.close()


@contextmanager
def meilisearch(place: Path) -> Iterator[Engine[SearchIndex]]:
    with meilisearch_server.running(place) as server:
        index = open_index(place, url=server.url, key=server.key, admin_key=server.key, name="bench-search")
        yield Engine("meilisearch", index, server.process)
        index.close()


Opening = Callable[[Path], AbstractContextManager[Engine[SearchIndex]]]
ENGINES: dict[str, Opening] = {"embedded": embedded, "meilisearch": meilisearch}


def available() -> list[str]:
    """The engines that can be had here."""
    return [name for name in ENGINES if name != "meilisearch" or meilisearch_server.is_there()]


@contextmanager
def opened(names: Sequence[str], place: Path) -> Iterator[list[Engine[SearchIndex]]]:
    """These engines, each in its folder below `place`, until the block ends."""
    with ExitStack() as stack:
        yield [stack.enter_context(ENGINES[name](place / name)) for name in names]
