"""A Meilisearch server to measure: the one that is named, else one of our own below a folder, else none."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from meilisearch import Client
from meilisearch.errors import MeilisearchError

from bench.places import free_port

URL, KEY = "PAPERSHELF_TEST_MEILISEARCH_URL", "PAPERSHELF_TEST_MEILISEARCH_KEY"
PROGRAM = shutil.which("meilisearch")
START_SECONDS = 60
MASTER_KEY = "only-of-this-measurement"


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    key: str
    process: int | None = None
    """Ours, so that its time and memory can be told."""


def is_there() -> bool:
    return bool(os.environ.get(URL) or PROGRAM)


@contextmanager
def running(place: Path) -> Iterator[Server]:
    """Its data stay in the folder, so that a server started there again has them still."""
    if url := os.environ.get(URL):
        yield Server(url, os.environ.get(KEY, ""))
        return
    if PROGRAM is None:
        raise FileNotFoundError(f"no Meilisearch: {URL} is not set, and no meilisearch is on the PATH")
    place.mkdir(parents=True, exist_ok=True)
    address = f"127.0.0.1:{free_port()}"
    command = [
        PROGRAM,
        "--no-analytics",
        "--http-addr",
        address,
        "--db-path",
        str(place / "db"),
        "--log-level",
        "ERROR",
    ]
    with (place / "log").open("wb") as log:
        environment = os.environ | {"MEILI_MASTER_KEY": MASTER_KEY}
        process = subprocess.Popen(command, cwd=place, env=environment, stdout=log, stderr=log)
    try:
        _await(f"http://{address}")
        yield Server(f"http://{address}", MASTER_KEY, process.pid)
    finally:
        process.terminate()
        process.wait(60)


def _await(url: str) -> None:
    latest = time.monotonic() + START_SECONDS
    while not _answers(url):
        if time.monotonic() > latest:
            raise TimeoutError("the Meilisearch server did not start")
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        return Client(url, timeout=1).health()["status"] == "available"
    except MeilisearchError:
        return False
