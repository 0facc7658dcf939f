"""`papershelf import`: bring digests in, and say what became of each file."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import distinct, func, select

from app import catalog, digests
from app.cli.changes import since_last_state
from app.cli.changing import indexing
from app.cli.opening import opened_database, opened_index, read_settings
from app.cli.reporting import Rehearsed, show_report
from app.cli.watching import watch
from app.db import Database
from app.digests import Holding, RunResult, Trigger
from app.models import Entry
from app.settings import Settings


def import_(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files, or folders, which are then registered. Without any, what is registered is read."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the report as one JSON object.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    watching: Annotated[bool, typer.Option("--watch", help="Go on importing what changes, until Ctrl-C.")] = False,
    pull: Annotated[bool, typer.Option("--pull", help="Run git pull in git working copies first.")] = False,
    reread: Annotated[bool, typer.Option("--reread", help="Read files too that look unchanged.")] = False,
) -> None:
    """Import digests. Those already imported and unchanged are left alone, changed ones are updated.

    Each file comes in whole or not at all. The exit code is 1 if a file failed; a file that is no digest is
    reported and skipped. A folder is registered, and read again by an import that names nothing.
    """
    if (dry_run and (pull or watching)) or (as_json and watching):
        _stop("--dry-run goes with neither --pull nor --watch, and --json not with --watch.")
    settings = read_settings()
    with opened_database(settings) as database:
        if watching:
            _require_folders(database, paths or [])
        holdings = _look(settings, database, paths or [], pull)
        if dry_run:
            result, would = _rehearse(settings, database, holdings, reread)
            show_report(result, as_json=as_json, would=would)
        else:
            result = _import_all(settings, database, holdings, reread)
            show_report(result, as_json=as_json, indexed=_index(settings, database))
        if watching:
            watch(settings, database, paths or [], lambda: _index(settings, database) is not None)
            raise typer.Exit(0)
    raise typer.Exit(1 if result.has_failures else 0)


def _require_folders(database: Database, paths: Sequence[Path]) -> None:
    """A folder that is registered may be away for now; what else is no folder cannot be watched."""
    registered = _registered(database)
    for path in paths:
        if not path.is_dir() and path.resolve() not in registered:
            _stop(f"--watch is for folders, and {path} is none.")


def _registered(database: Database) -> list[Path]:
    with database.read() as session:
        return [Path(source.location) for source in digests.registered_sources(session)]


def _look(settings: Settings, database: Database, paths: Sequence[Path], pull: bool) -> list[Holding]:
    registered = _registered(database)
    if not paths and not registered:
        _stop("No folder is registered yet. Name files or folders: papershelf import FOLDER")
    return digests.look_into(
        paths or registered,
        registered=registered,
        pull=pull,
        passing_over=[settings.index_dir, *database.files],
    )


def _import_all(settings: Settings, database: Database, holdings: list[Holding], reread: bool) -> RunResult:
    with _bar("Importing", sum(len(holding.files) for holding in holdings)) as advance:
        return digests.run_import(
            database,
            holdings,
            Trigger.COMMAND,
            switched_off=settings.rules_switched_off,
            on_file=lambda _: advance(1),
            reread=reread,
        )


def _rehearse(
    settings: Settings, database: Database, holdings: list[Holding], reread: bool
) -> tuple[RunResult, Rehearsed]:
    """What an import would do, found out by doing it to a store that is thrown away."""
    with database.rehearsal() as rehearsal:
        before = _count_papers(rehearsal)
        result = _import_all(settings, rehearsal, holdings, reread)
        updated = {report.digest_id for report in result.reports if report.status == "updated" and report.digest_id}
        with rehearsal.read() as session:
            changes = {digest_id: since_last_state(session, digest_id) for digest_id in updated}
        return result, Rehearsed(_count_papers(rehearsal) - before, changes)


def _count_papers(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(distinct(Entry.paper_id)))) or 0


def _index(settings: Settings, database: Database) -> int | None:
    """Papers indexed; none if the index is away, for an import must not fail with it."""
    if not settings.search_url and catalog.is_known_in_step(database, settings.index_dir):
        return 0
    done = None
    with indexing("Imported"), opened_index(settings) as index, _bar("Indexing") as advance:
        done = catalog.sync_index(database, index, advance)
        if not settings.search_url:
            catalog.note_in_step(database, index, settings.index_dir)
    return done


@contextmanager
def _bar(title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, on a terminal only; what is given moves it on."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # here, not above: a script needs no bar
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda number: bar.advance(task, number)


def _stop(sentence: str) -> None:
    typer.secho(sentence, fg="red", err=True)
    raise typer.Exit(2)
