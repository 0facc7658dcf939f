"""`papershelf import --watch`: go on importing until told to stop."""

import signal
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event

import typer
from sqlalchemy.exc import OperationalError

from app import digests
from app.cli.reporting import describe
from app.db import Database
from app.digests import RunResult
from app.settings import Settings

REST_SECONDS = 5


def watch(settings: Settings, database: Database, folders: Sequence[Path], index: Callable[[], bool]) -> None:
    """Import what changes until Ctrl-C or SIGTERM; `index` brings the index in step, and says whether it is."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    typer.echo("Watching for changes. Ctrl-C ends it.", err=True)
    while not stop.is_set():
        try:
            _follow(settings, database, folders, index, stop)
        except OperationalError as error:
            typer.secho(f"The database cannot be used: {error.orig}. Trying again.", fg="yellow", err=True)
            stop.wait(REST_SECONDS)


def _follow(
    settings: Settings, database: Database, folders: Sequence[Path], index: Callable[[], bool], stop: Event
) -> None:
    is_in_step = True
    for result in digests.watch_sources(
        database,
        stop,
        folders,
        switched_off=settings.rules_switched_off,
        passing_over=[settings.index_dir, *database.files],
    ):
        if result:
            _tell(result)
        if result or not is_in_step:
            is_in_step = index()


def _tell(result: RunResult) -> None:
    for remark in result.remarks:
        typer.secho(remark, fg="yellow", err=True)
    now = datetime.now().astimezone()
    for report in result.reports:
        if digests.is_news(report):
            typer.echo(f"{now:%H:%M:%S} {describe(report)}")
