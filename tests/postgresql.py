"""A PostgreSQL server for one test run, made from Debian's packages, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest


@dataclass
class Cluster:
    """A running server. `url` names a database of it, made if it is missing."""

    port: int
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, name: str, template: str = "template0") -> str:
        with self._connection() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not known:
                connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"postgresql+psycopg://test@127.0.0.1:{self.port}/{name}"

    def copy_of_template(self) -> str:
        return self.url(f"copy_{next(self.numbers)}", "template")

    def _connection(self) -> psycopg.Connection:
        return psycopg.connect(f"postgresql://test@127.0.0.1:{self.port}/postgres", autocommit=True)


@contextmanager
def running() -> Iterator[Cluster]:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    binaries, folder = programs[-1].parent, Path(tempfile.mkdtemp(prefix="papershelf-postgresql-"))
    as_owner = _step_down(folder)
    port = _free_port()

    def call(program: str, *arguments: str) -> None:
        command = [*as_owner, str(binaries / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)

    call("initdb", "-A", "trust", "-U", "test", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    call("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield Cluster(port)
    finally:
        call("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _step_down(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then its own user does, to whom the folder must belong."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
