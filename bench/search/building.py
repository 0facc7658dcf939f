"""Building an index of generated papers, in a process of its own so that its memory can be told."""

import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from app.search import SearchDocument
from bench.search.generator import Generator


@dataclass(frozen=True, slots=True)
class Built:
    """What it took. The generator's time is left out; of the wall only what it had to itself."""

    documents: int
    wall: float
    cpu: float
    size: int
    peak: int
    """The most memory of the process that built, and of the server if there is one."""
    before: int
    """What the process had before it began."""


def build(name: str, place: Path, papers: Sequence[SearchDocument], number: int) -> Built:
    """Build it there, or tell what it took when it was built."""
    note = place / f"{name}.json"
    if not note.exists():
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            built = alone.submit(_build, name, place / name, papers, number).result()
        note.write_text(json.dumps(asdict(built)))
    return Built(**json.loads(note.read_text()))


def _build(name: str, place: Path, papers: Sequence[SearchDocument], number: int) -> Built:
    from bench.search.latency import OPENINGS

    generated = _Watched(Generator(papers).documents(number))
    before = _peak()
    with OPENINGS[name](place) as engine:
        started, cpu = time.perf_counter(), engine.cpu_seconds()
        engine.index.put(generated)
        wall, cpu = time.perf_counter() - started, engine.cpu_seconds() - cpu
        peak = _peak() + engine.peak_bytes()
    return Built(number, wall - generated.wall, cpu - generated.cpu, _size(place), peak, before)


class _Watched:
    """Documents, and how long it took to make them up, in this thread."""

    def __init__(self, documents: Iterator[SearchDocument]) -> None:
        self._documents, self.wall, self.cpu = documents, 0.0, 0.0

    def __iter__(self) -> "_Watched":
        return self

    def __next__(self) -> SearchDocument:
        started, cpu = time.perf_counter(), time.thread_time()
        try:
            return next(self._documents)
        finally:
            self.wall += time.perf_counter() - started
            self.cpu += time.thread_time() - cpu


def _peak() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _size(place: Path) -> int:
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
