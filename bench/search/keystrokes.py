"""What every letter of a question costs, the whole answer: `python -m bench.search keystrokes --data FOLDER`.

The folder is a data folder with its store and index, as `papershelf serve` uses it. Titles and Chinese summaries of its
papers are typed letter by letter, as a browser asks while someone types: for the part of the page that is swapped. What is
left of the page for whoever scrolls is asked for as well, after each answer, and told apart. All is asked in process, of the
whole application; no answer is kept from before.
"""

import argparse
import asyncio
import os
import platform
import re
import time
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from random import Random
from typing import NamedTuple
from urllib.parse import quote

from fastapi import FastAPI
from sqlalchemy import func, select
from starlette.types import Message

from app.db import Database
from app.main import create_app, keep_for_good
from app.models import Entry, PaperVersion
from app.settings import Settings
from bench.search.corpus import HAN_RUN
from bench.search.judged import SEED
from bench.search.timings import percentile

_SWAPPING = [(b"host", b"bench"), (b"hx-request", b"true"), (b"hx-request-type", b"partial")]
_TYPING = [*_SWAPPING, (b"hx-source", b"input#q"), (b"hx-target", b"section#results")]
_SCROLLING = [*_SWAPPING, (b"hx-source", b"a"), (b"hx-target", b"p")]
_REST = re.compile(rb'hx-get="/papers\?([^"]+&amp;rest=\d+)"')


class Answer(NamedTuple):
    """What one took in milliseconds, and what had been typed."""

    wall: float
    cpu: float
    text: str


LONGEST = 24
"""Letters typed of one question."""
WARMING = 3
"""Questions before those that count."""


def main(arguments: Sequence[str]) -> None:
    given = _parser().parse_args(arguments)
    app = create_app(Settings(data_dir=given.data))
    database: Database = app.state.database
    questions = list(_questions(database, given.questions + WARMING, Random(given.seed)))  # noqa: S311
    print(f"Python {platform.python_version()}; {app.state.index.count():,} papers; load {os.getloadavg()[0]:.2f}\n")
    keep_for_good()  # as `papershelf serve` does
    asyncio.run(_type(app, questions[:WARMING]))
    _show(*asyncio.run(_type(app, questions[WARMING:])))
    app.state.index.close()
    database.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.search keystrokes", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=24)
    parser.add_argument("--seed", type=int, default=SEED)
    return parser


def _questions(database: Database, number: int, source: Random) -> Iterator[str]:
    """Three or four words of a title, or a piece of a Chinese summary, in turn."""
    with database.read() as session:
        last = session.scalar(select(func.max(PaperVersion.id))) or 1
        for place in range(number):
            if place % 2:
                one = select(PaperVersion.title).where(PaperVersion.id >= source.randint(1, last)).limit(1)
                yield " ".join((session.scalar(one) or "nerf").split()[: source.randint(2, 4)])[:LONGEST]
            else:
                one = select(Entry.summary).where(Entry.id >= source.randint(1, last), Entry.summary != "").limit(1)
                runs = re.findall(HAN_RUN, session.scalar(one) or "三维重建") or ["三维重建"]
                yield source.choice(runs)[: source.randint(2, 8)]


async def _type(app: FastAPI, questions: Sequence[str]) -> tuple[list[Answer], list[Answer]]:
    """The answers to what was typed, and what was left of their pages."""
    typed, rests = [], []
    for text in dict.fromkeys(whole[:length] for whole in questions for length in range(1, len(whole) + 1)):
        answer, body = await _ask(app, f"q={quote(text)}", _TYPING, text)
        typed.append(answer)
        if rest := _REST.search(body):
            answer, _ = await _ask(app, quote(unescape(rest[1].decode()), safe="=&%+"), _SCROLLING, text)
            rests.append(answer)
    return typed, rests


async def _ask(app: FastAPI, query: str, headers: Sequence[tuple[bytes, bytes]], text: str) -> tuple[Answer, bytes]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/papers",
        "raw_path": b"/papers",
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    wall, cpu = time.perf_counter(), time.process_time()
    await app(scope, receive, send)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if sent[0]["status"] != 200:
        raise RuntimeError(f"{text!r} was answered with {sent[0]['status']}")
    return Answer(wall * 1000, cpu * 1000, text), b"".join(message.get("body", b"") for message in sent)


def _show(typed: Sequence[Answer], rests: Sequence[Answer]) -> None:
    print("| asked for | answers | | p50 | p95 | p99 | most |")
    print("|---|---|---|---|---|---|---|")
    for name, answers in (("a letter", typed), ("the rest of its page", rests)):
        for unit in ("wall", "cpu"):
            values = [getattr(answer, unit) for answer in answers]
            cells = " | ".join(f"{percentile(values, share):.1f}" for share in (0.5, 0.95, 0.99, 1)) if values else ""
            print(f"| {name} | {len(answers)} | {unit} ms | {cells} |")
    print()
    for wall, cpu, text in sorted(typed, reverse=True)[:8]:
        print(f"- {wall:.0f} ms, {cpu:.0f} of CPU: {text!r}")
