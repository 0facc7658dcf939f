"""What a request costs: CPU of the server per request, and requests a second, beside a bare Starlette route.

Machines are shared and noisy, so every case gets a slice of a second in turn, many times, and the medians are shown.
CPU time of the server process hardly feels the neighbours. The client is this process, on raw sockets.
"""

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import quote

from sqlalchemy import select

from app.db import Database
from app.models import Paper
from bench.lists import measure_lists
from bench.places import ROOT, free_port

SLICE_SECONDS = 1.0
CONNECTIONS = 8
_LENGTH = re.compile(r"content-length: (\d+)")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Case:
    """A page of one of the servers, and what its slices gave. `{}` in the path makes each address a new one."""

    name: str
    path: str
    server: "Server"
    headers: str = ""
    """Lines to add to the request; `ETAG` stands for the one that the page has."""
    cpu_ms: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    size: int = 0


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time of the process so far, from /proc."""
        values = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(values[11]) + int(values[12])) / TICKS


def measure(data: Path, rounds: int) -> None:
    """Print the table for the library in this data folder."""
    key = quote(some_paper(data))
    with serving("bench.bare:app", data) as bare, serving("app.main:create_app", data, "--factory") as shelf:
        cases = [
            Case("bare Starlette route", "/", bare),
            Case("any page that was kept", "/papers", shelf),
            Case("the same, compressed", "/papers", shelf, "Accept-Encoding: gzip\r\n"),
            Case("the same, known to the browser: 304", "/papers", shelf, "If-None-Match: ETAG\r\n"),
            Case("list, 25 papers", "/papers?new={}", shelf),
            Case("list, 25 papers, compressed", "/papers?new={}", shelf, "Accept-Encoding: gzip\r\n"),
            Case("list, page 20", "/papers?page=20&new={}", shelf),
            Case("list of a topic", "/papers?topic=3DGS&new={}", shelf),
            Case("newest day", "/?new={}", shelf),
            Case("paper", f"/papers/{key}?new={{}}", shelf),
            Case("search, one English word", "/papers?q=diffusion&new={}", shelf),
            Case("search, two Chinese characters", f"/papers?q={quote('高斯')}&new={{}}", shelf),
        ]
        for number in range(rounds + 1):
            for case in cases:
                _slice(case, counts=number > 0)  # the first round warms up
    _show(cases)
    print()
    measure_lists(data)


def some_paper(data: Path) -> str:
    database = Database(f"sqlite:///{data / 'papershelf.db'}")
    with database.read() as session:
        key = session.scalars(select(Paper).where(Paper.arxiv_id.is_not(None)).order_by(Paper.id)).first()
    database.close()
    return key.key if key else ""


@contextmanager
def serving(app: str, data: Path, *options: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--log-level", "warning", *options]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PAPERSHELF_DATA_DIR": str(data)})
    try:
        _wait_for(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    latest = time.monotonic() + 30
    while time.monotonic() < latest:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


def _slice(case: Case, *, counts: bool) -> None:
    if "ETAG" in case.headers:
        case.headers = case.headers.replace("ETAG", asyncio.run(_etag(case)))
    before, started = case.server.cpu_seconds(), time.perf_counter()
    answered, case.size = asyncio.run(_load(case))
    seconds, cpu = time.perf_counter() - started, case.server.cpu_seconds() - before
    if counts and answered:
        case.cpu_ms.append(1000 * cpu / answered)
        case.per_second.append(answered / seconds)


async def _load(case: Case) -> tuple[int, int]:
    until = time.perf_counter() + SLICE_SECONDS
    answers = await asyncio.gather(*(_ask(case, until) for _ in range(CONNECTIONS)))
    return sum(number for number, _ in answers), answers[0][1]


async def _ask(case: Case, until: float) -> tuple[int, int]:
    """Ask one question after the other on one connection; how many were answered, and the length of an answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", case.server.port)
    answered = length = 0
    while time.perf_counter() < until:
        head = await _send(reader, writer, case)
        if not head.startswith(("http/1.1 200", "http/1.1 304")):
            raise RuntimeError(f"{case.path}: {head.splitlines()[0]}")
        length = int(found[1]) if (found := _LENGTH.search(head)) else 0
        await reader.readexactly(length)
        answered += 1
    writer.close()
    await writer.wait_closed()
    return answered, length


async def _send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, case: Case) -> str:
    address = case.path.format(time.perf_counter_ns())
    writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{case.headers}\r\n".encode())
    return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()


async def _etag(case: Case) -> str:
    """Of the page that the case asks for."""
    reader, writer = await asyncio.open_connection("127.0.0.1", case.server.port)
    head = await _send(reader, writer, case)
    writer.close()
    return head.split("etag: ")[1].split("\r\n")[0]


def _show(cases: list[Case]) -> None:
    print("| page | bytes | CPU ms/request, median (min) | times the bare route | requests/s, median |")
    print("|---|---|---|---|---|")
    bare = median(cases[0].cpu_ms)
    for case in cases:
        cpu = median(case.cpu_ms)
        print(
            f"| {case.name} | {case.size:,} | {cpu:.2f} ({min(case.cpu_ms):.2f}) | {cpu / bare:.0f} "
            f"| {median(case.per_second):.0f} |"
        )
