"""What an import did, as a table or as JSON."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import typer

from app.digests import Changes, FileReport, RunResult
from app.models import FATES, ImportedFile

COLOURS = {"failed": "red", "skipped": "yellow", "vanished": "yellow"}


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What an import would do beside what its reports say."""

    new_papers: int
    """How many it would add."""
    changes: Mapping[int, Changes | None]
    """Of each digest that it would update, by id."""

    def of(self, report: FileReport) -> tuple[dict[str, int], list[str]]:
        """Of an updated digest: how many entries would come, go and change; and the fields that would."""
        changes = self.changes.get(report.digest_id or 0)
        if not changes:
            return {}, []
        counts = {"added": len(changes.added), "removed": len(changes.removed), "changed": len(changes.kept)}
        fields = [*changes.fields, *(change for entry in changes.kept for change in entry.fields)]
        return counts, list(dict.fromkeys(change.name for change in fields))

    def in_words(self, report: FileReport) -> str:
        """The same, to follow the line about the file."""
        counts, fields = self.of(report)
        said = [f"{number} {name}" for name, number in counts.items() if number]
        return f": {', '.join(said)} ({', '.join(fields) or 'place only'})" if counts else ""


def show_report(
    result: RunResult, *, as_json: bool = False, indexed: int | None = None, would: Rehearsed | None = None
) -> None:
    """`would` is given for a dry run only."""
    for remark in result.remarks:
        typer.secho(remark, fg="yellow", err=True)
    if as_json:
        typer.echo(json.dumps(_as_json(result.reports, indexed, would), ensure_ascii=False, indent=2))
        return
    for report in result.reports:
        if report.status in COLOURS:
            typer.secho(f"{report.status}: {report.path}: {report.reason}", fg=COLOURS[report.status], err=True)
        elif would and report.status != "unchanged":
            typer.echo(describe(report) + would.in_words(report))
    _show_table(result.reports)
    if not result.reports:
        typer.echo("There are no files there.")
    if would:
        typer.echo(f"{would.new_papers} papers would be new. This was a dry run: nothing was changed.")
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


def _as_json(reports: Sequence[FileReport], indexed: int | None, would: Rehearsed | None) -> dict[str, object]:
    files, entries, findings = _counts(reports)
    rehearsed = {"dry_run": True, "new_papers": would.new_papers} if would else {}
    return {
        "files": {status: files[status] for status in FATES},
        "entries": {status: entries[status] for status in FATES},
        "findings": findings.total(),
        "indexed": indexed,
        **rehearsed,
        "reports": [
            asdict(report) | {"path": str(report.path)} | (_would_change(would, report) if would else {})
            for report in reports
        ],
    }


def _would_change(would: Rehearsed, report: FileReport) -> dict[str, object]:
    counts, fields = would.of(report)
    return {"changes": {**counts, "fields": fields}} if counts else {}
