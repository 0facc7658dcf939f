"""What an import did, as a table or as JSON."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

import typer

from app.digests import FileReport, RunResult
from app.models import FATES, ImportedFile

COLOURS = {"failed": "red", "skipped": "yellow", "vanished": "yellow"}


def show_report(
    result: RunResult, *, as_json: bool = False, indexed: int | None = None, new_papers: int | None = None
) -> None:
    """`new_papers` is given for a dry run only: how many papers the import would add."""
    for remark in result.remarks:
        typer.secho(remark, fg="yellow", err=True)
    if as_json:
        typer.echo(json.dumps(_as_json(result.reports, indexed, new_papers), ensure_ascii=False, indent=2))
        return
    for report in result.reports:
        if report.status in COLOURS:
            typer.secho(f"{report.status}: {report.path}: {report.reason}", fg=COLOURS[report.status], err=True)
        elif new_papers is not None and report.status != "unchanged":
            typer.echo(describe(report))
    _show_table(result.reports)
    if not result.reports:
        typer.echo("There are no files there.")
    if new_papers is not None:
        typer.echo(f"{new_papers} papers would be new. This was a dry run: nothing was changed.")
    elif indexed is not None:
        typer.echo(f"{indexed} papers indexed")


def describe(report: FileReport | ImportedFile) -> str:
    """One line about what became of one file."""
    counts = f" ({report.entries} entries, {report.findings} findings)" if report.entries else ""
    return f"{report.status}: {report.path}{counts}" + (f": {report.reason}" if report.reason else "")


def _show_table(reports: Sequence[FileReport]) -> None:
    from rich.console import Console  # here, not above: JSON needs no table
    from rich.table import Table

    table = Table("", "files", "entries", "findings")
    files, entries, findings = _counts(reports)
    for status in FATES:
        if files[status]:
            table.add_row(status, str(files[status]), str(entries[status]), str(findings[status] or ""))
    table.add_row("all", str(len(reports)), str(entries.total()), str(findings.total() or ""))
    Console(emoji=False).print(table)


def _counts(reports: Sequence[FileReport]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    files: Counter[str] = Counter()
    entries: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    for report in reports:
        files[report.status] += 1
        entries[report.status] += report.entries
        findings[report.status] += report.findings
    return files, entries, findings


def _as_json(reports: Sequence[FileReport], indexed: int | None, new_papers: int | None) -> dict[str, object]:
    files, entries, findings = _counts(reports)
    rehearsed = {} if new_papers is None else {"dry_run": True, "new_papers": new_papers}
    return {
        "files": {status: files[status] for status in FATES},
        "entries": {status: entries[status] for status in FATES},
        "findings": findings.total(),
        "indexed": indexed,
        **rehearsed,
        "reports": [asdict(report) | {"path": str(report.path)} for report in reports],
    }
