"""`papershelf import`: bring digests in, and say what became of each file."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from app import catalog, digests
from app.cli.opening import opened_database, opened_index, read_settings
from app.db import Database
from app.digests import FileReport
from app.errors import SearchUnavailableError
from app.settings import Settings

STATUSES = ("new", "updated", "unchanged", "skipped", "failed")


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of them; any file extension.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the report as one JSON object.")] = False,
) -> None:
    """Import digests. Those already imported and unchanged are left alone, changed ones are updated.

    Each file is a transaction of its own. The exit code is 1 if a file failed; a file that is no digest is
    reported and skipped.
    """
    settings = read_settings()
    with opened_database(settings) as database:
        reports = _import_all(database, paths, settings.rules_switched_off)
        indexed = _index(settings, database)
    if as_json:
        typer.echo(json.dumps(_as_json(reports, indexed), ensure_ascii=False, indent=2))
    else:
        _show(reports, indexed)
    raise typer.Exit(1 if any(report.status == "failed" for report in reports) else 0)


def _import_all(database: Database, paths: list[Path], switched_off: tuple[str, ...]) -> list[FileReport]:
    origins = list(digests.find_files(paths))
    with _progress() as bar:
        task = bar.add_task("Importing", total=len(origins))
        reports, language = [], digests.LibraryLanguage(database)
        for origin in origins:
            reports.append(digests.import_file(database, origin, switched_off, language))
            bar.advance(task)
    return reports


def _index(settings: Settings, database: Database) -> int | None:
    """Papers indexed; none if the index is away, for an import must not fail with it."""
    try:
        with opened_index(settings) as index, _progress() as bar:
            task = bar.add_task("Indexing", total=None)
            return catalog.sync_index(database, index, lambda number: bar.advance(task, number))
    except SearchUnavailableError as error:
        typer.secho(f"Imported, but not indexed: {error} Run later: papershelf index rebuild", fg="yellow", err=True)
        return None


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on standard error, on a terminal only."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        yield bar


def _show(reports: list[FileReport], indexed: int | None) -> None:
    for report in reports:
        if report.status in ("skipped", "failed"):
            colour = "red" if report.status == "failed" else "yellow"
            typer.secho(f"{report.status}: {report.path}: {report.reason}", fg=colour, err=True)
    table = Table("", "files", "entries", "findings")
    files, entries, findings = _counts(reports)
    for status in STATUSES:
        if files[status]:
            table.add_row(status, str(files[status]), str(entries[status]), str(findings[status] or ""))
    table.add_row("all", str(len(reports)), str(entries.total()), str(findings.total() or ""))
    Console().print(table)
    if not reports:
        typer.echo("There are no files there.")
    if indexed is not None:
        typer.echo(f"{indexed} papers indexed")


def _counts(reports: list[FileReport]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    files: Counter[str] = Counter()
    entries: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    for report in reports:
        files[report.status] += 1
        entries[report.status] += report.entries
        findings[report.status] += report.findings
    return files, entries, findings


def _as_json(reports: list[FileReport], indexed: int | None) -> dict[str, object]:
    files, entries, findings = _counts(reports)
    return {
        "files": {status: files[status] for status in STATUSES},
        "entries": {status: entries[status] for status in STATUSES},
        "findings": findings.total(),
        "indexed": indexed,
        "reports": [asdict(report) | {"path": str(report.path)} for report in reports],
    }
