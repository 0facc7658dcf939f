"""What a question costs: `python -m bench.search latency [FOLDER …] --documents 3000`.

Asked are papers made up from those of the folders. Every question is asked of every engine in turn, in changing order, so
that a noisy machine troubles all alike; no question is asked twice. Each answer has 20 papers, the total, and all facets.
"""

import argparse
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from app.search import SearchDocument
from bench.places import default_folder
from bench.search import engines
from bench.search.bare import BareEngine
from bench.search.building import build
from bench.search.engines import Answering, Engine
from bench.search.fts5 import fts5
from bench.search.generator import Generator
from bench.search.judged import SEED
from bench.search.library import read_documents
from bench.search.questions import Asked, draw
from bench.search.timings import Timing, show, show_built

OPENINGS: dict[str, Callable[[Path], AbstractContextManager[Engine[Answering]]]] = {**engines.ENGINES, "fts5": fts5}
Job = tuple[str, Callable[[], object], Callable[[], float]]

WARMING = 26
"""Questions before those that count."""


def main(arguments: Sequence[str]) -> None:
    given = _parser().parse_args(arguments)
    papers = read_documents(given.folders or [default_folder()])
    print(f"Python {platform.python_version()}, tantivy {version('tantivy')}, SQLite {sqlite3.sqlite_version}")
    print(f"{given.documents} papers made of {len(papers)}; load {os.getloadavg()[0]:.2f}\n")
    with _place(given.keep) as place:
        show_built({name: build(name, place, papers, given.documents) for name in given.engines})
        if given.questions:
            show(_measure(given, papers, place))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.search latency", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--engines", nargs="+", choices=list(OPENINGS), default=["embedded", "fts5"])
    parser.add_argument(
        "--keep", type=Path, help="a folder to keep the indexes in; those that are there are used again"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    return parser


@contextmanager
def _place(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with TemporaryDirectory() as place:
        yield Path(place)


def _measure(given: Any, papers: Sequence[SearchDocument], place: Path) -> list[Timing]:
    asked = draw(Generator(papers), given.documents, WARMING + given.questions, given.seed)
    source = Random(given.seed)  # noqa: S311
    with ExitStack() as stack:
        opened = [stack.enter_context(OPENINGS[name](place / name)) for name in given.engines]
        bare = BareEngine(place / "embedded") if "embedded" in given.engines else None
        timings = [timing for one in asked for timing in _ask(one, opened, bare, source)]
        if bare:
            bare.close()
    return timings[WARMING * len(timings) // len(asked) :]


def _ask(one: Asked, opened: Sequence[Engine[Answering]], bare: BareEngine | None, source: Random) -> Iterator[Timing]:
    """One question, of every engine. The bare engine's is made ready before, so that it finds all as warm as others do."""
    jobs: list[Job] = [(engine.name, partial(engine.index.search, one.query), engine.cpu_seconds) for engine in opened]
    if bare:
        jobs.append(("bare tantivy", bare.prepare(one.query), time.process_time))
    source.shuffle(jobs)
    for name, ask, cpu_seconds in jobs:
        cpu, started = cpu_seconds(), time.perf_counter()
        ask()
        wall = time.perf_counter() - started
        yield Timing(name, one, wall * 1000, (cpu_seconds() - cpu) * 1000)
