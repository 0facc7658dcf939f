"""A Meilisearch server for tests: the one that is named, else one of our own, else none."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from meilisearch import Client
from meilisearch.errors import MeilisearchError

URL, KEY = "PAPERSHELF_TEST_MEILISEARCH_URL", "PAPERSHELF_TEST_MEILISEARCH_KEY"
START_SECONDS = 30
READER = ["search"]
WRITER = ["documents.*", "settings.get", "settings.update", "indexes.create", "indexes.delete", "indexes.swap"]
WRITER += ["tasks.get"]


@dataclass(frozen=True)
class Server:
    """Where it listens, and its keys: to read, to write, and the one that tests tidy up with."""

    url: str
    key: str
    admin_key: str
    master_key: str

    @property
    def keys(self) -> dict[str, str]:
        """What `open_index` is told of it."""
        return {"url": self.url, "key": self.key, "admin_key": self.admin_key}

    def client(self) -> Client:
        return Client(self.url, self.master_key, timeout=10)

    def drop(self, uid: str) -> None:
        for name in (uid, f"{uid}-next"):
            self.client().delete_index(name)


@contextmanager
def running() -> Iterator[Server]:
    """Skips where there is no server to be had."""
    if url := os.environ.get(URL):
        yield _with_keys(url, os.environ.get(KEY, ""))
        return
    program = shutil.which("meilisearch")
    if program is None:
        pytest.skip(f"no Meilisearch: {URL} is not set, and no meilisearch is on the PATH")
    with (
        tempfile.TemporaryDirectory(prefix="papershelf-meilisearch-") as place,
        started(program, Path(place)) as server,
    ):
        yield server


@contextmanager
def started(program: str, place: Path, port: int = 0, master_key: str = "") -> Iterator[Server]:
    """A server of our own, stopped at the end."""
    port, master_key = port or _free_port(), master_key or uuid4().hex
    address = f"127.0.0.1:{port}"
    command = [
        program,
        "--no-analytics",
        "--http-addr",
        address,
        "--db-path",
        str(place / "db"),
        "--log-level",
        "ERROR",
    ]
    command += ["--max-indexing-memory", "200MB", "--max-indexing-threads", "1"]  # else each small task takes seconds
    with (place / "log").open("wb") as log:
        environment = os.environ | {"MEILI_MASTER_KEY": master_key}
        process = subprocess.Popen(command, cwd=place, env=environment, stdout=log, stderr=log)
    try:
        _await(f"http://{address}", process)
        yield _with_keys(f"http://{address}", master_key)
    finally:
        process.terminate()
        process.wait(30)


def _with_keys(url: str, master_key: str) -> Server:
    """Keys that may do no more than is needed: what they do not allow, a test finds out."""
    client = Client(url, master_key, timeout=10)
    made = [
        client.create_key({"actions": actions, "indexes": ["test-*"], "expiresAt": None})
        for actions in (READER, WRITER)
    ]
    return Server(url, made[0].key, made[1].key, master_key)


def _await(url: str, process: "subprocess.Popen[bytes]") -> None:
    latest = time.monotonic() + START_SECONDS
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > latest:
            pytest.fail("the meilisearch on the PATH does not start")
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        return Client(url, timeout=1).health()["status"] == "available"
    except MeilisearchError:
        return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
