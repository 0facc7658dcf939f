"""`papershelf imports`: what earlier imports did."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.cli.opening import opened_database, read_settings
from app.cli.reporting import STATUSES
from app.errors import NotFoundError
from app.models import ImportRun

commands = typer.Typer(no_args_is_help=True, help="What earlier imports did.")
AsJson = Annotated[bool, typer.Option("--json", help="Write it as JSON.")]


@commands.command("list")
def list_runs(
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")] = 20, as_json: AsJson = False
) -> None:
    """Show the newest imports."""
    newest = select(ImportRun).order_by(ImportRun.id.desc()).limit(limit)
    with opened_database(read_settings()) as database, database.read() as session:
        found = [_about(run) for run in session.scalars(newest)]
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    else:
        _show(found)


@commands.command()
def show(number: Annotated[int, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Show one import, with every file that was more than unchanged."""
    wanted = select(ImportRun).filter_by(id=number).options(selectinload(ImportRun.files))
    with opened_database(read_settings()) as database, database.read() as session:
        run = session.scalar(wanted)
        if run is None:
            raise NotFoundError(f"There is no import {number}.")
        about, files = _about(run), [_about_file(file) for file in run.files]
    if as_json:
        typer.echo(json.dumps(about | {"reports": files}, ensure_ascii=False, indent=2))
        return
    _show([about])
    for file in files:
        counts = f" ({file['entries']} entries, {file['findings']} findings)" if file["entries"] else ""
        typer.echo(f"{file['status']}: {file['path']}{counts}" + (f": {file['reason']}" if file["reason"] else ""))


def _about(run: ImportRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "trigger": run.trigger,
        "started_at": run.started_at.isoformat(timespec="seconds"),
        "finished_at": run.finished_at.isoformat(timespec="seconds") if run.finished_at else None,
        "files": {status: getattr(run, status) for status in STATUSES},
        "entries": run.entries,
        "findings": run.findings,
    }


def _about_file(file: Any) -> dict[str, Any]:
    return {name: getattr(file, name) for name in ("path", "status", "digest_id", "entries", "findings", "reason")}


def _show(runs: list[dict[str, Any]]) -> None:
    table = Table("id", "started", "by", "files", "entries", "findings")
    for run in runs:
        files = ", ".join(f"{number} {status}" for status, number in run["files"].items() if number) or "none"
        table.add_row(
            str(run["id"]),
            run["started_at"][:16].replace("T", " "),
            run["trigger"],
            files if run["finished_at"] else "not finished",
            str(run["entries"]),
            str(run["findings"]),
        )
    Console().print(table)
