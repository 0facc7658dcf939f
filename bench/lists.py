"""What a list of 20 papers costs in process, from the handler to the rendered page: no server, no threads, no cache of pages."""

import gc
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from fastapi import FastAPI, Request

from app.catalog import Counts, PaperFilter
from app.main import create_app
from app.settings import Settings
from app.web.listings import render_listing
from app.web.pieces import Pieces
from app.web.places import Place

PAPERS = 20
TIMES = 200


def measure_lists(data: Path) -> None:
    """Print the table for the library in this data folder."""
    app = create_app(Settings(data_dir=data, page_size=PAPERS))

    def forget_cards() -> None:
        app.state.pieces = Pieces()

    def forget_all() -> None:
        forget_cards()
        app.state.counts = Counts()

    print(f"| list of {PAPERS} papers, in process | bytes | CPU ms, median (min) |")
    print("|---|---|---|")
    _row(app, "cards and counts are kept", lambda: None)
    _row(app, "the same, page 20", lambda: None, page=20)
    _row(app, "cards are made", forget_cards)
    _row(app, "cards are made, totals and facets counted", forget_all, times=10)
    app.state.index.close()
    app.state.database.close()


def _row(app: FastAPI, name: str, before: Callable[[], None], times: int = TIMES, page: int = 1) -> None:
    wanted = PaperFilter(page=page)
    size = len(_list(app, wanted))
    gc.disable()
    seconds = [_timed(app, wanted, before) for _ in range(times)]
    gc.enable()
    print(f"| {name} | {size:,} | {1000 * median(seconds):.2f} ({1000 * min(seconds):.2f}) |")


def _timed(app: FastAPI, wanted: PaperFilter, before: Callable[[], None]) -> float:
    before()
    started = time.process_time()
    _list(app, wanted)
    return time.process_time() - started


def _list(app: FastAPI, wanted: PaperFilter) -> bytes:
    """As the handler does it, with a session of its own."""
    request = Request(
        {
            "type": "http",
            "app": app,
            "method": "GET",
            "path": "/papers",
            "query_string": b"",
            "headers": [],
            "state": {},
        }
    )
    with app.state.database.read() as session:
        place = Place("/papers")
        answer = render_listing(request, session, app.state.index, None, "pages/papers/index.html", place, wanted)
    return bytes(answer.body)
