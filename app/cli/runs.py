"""`papershelf imports`: what earlier imports did."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app import catalog
from app.cli.opening import opened_database, read_settings
from app.cli.reporting import describe
from app.db import LARGEST_ID
from app.models import FATES, ImportedFile, ImportRun

commands = typer.Typer(no_args_is_help=True, help="What earlier imports did.")
AsJson = Annotated[bool, typer.Option("--json", help="Write it as JSON.")]


@commands.command("list")
def list_runs(
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")] = 20, as_json: AsJson = False
) -> None:
    """Show the newest imports."""
    with opened_database(read_settings()) as database, database.read() as session:
        found = [_about(summary.run) for summary in catalog.list_runs(session, 1, limit)[0]]
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    else:
        _show(found)


@commands.command()
def show(number: Annotated[int, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Show one import, with every file that was more than unchanged."""
    with opened_database(read_settings()) as database, database.read() as session:
        about = _about(catalog.find_run(session, number).run)
        files = catalog.files_of_run(session, number, 1, LARGEST_ID)[0]
        if as_json:
            about["reports"] = [_about_file(file) for file in files]
            typer.echo(json.dumps(about, ensure_ascii=False, indent=2))
            return
        _show([about])
        for file in files:
            typer.echo(describe(file))


def _about(run: ImportRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "trigger": run.trigger,
        "started_at": run.started_at.isoformat(timespec="seconds"),
        "finished_at": run.finished_at.isoformat(timespec="seconds") if run.finished_at else None,
        "files": {status: getattr(run, status) for status in FATES},
        "entries": run.entries,
        "findings": run.findings,
    }


def _about_file(file: ImportedFile) -> dict[str, Any]:
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
