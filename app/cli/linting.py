"""`papershelf lint`: what is wrong with the digests, for those who read them and those who write them."""

import json
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import catalog, digests
from app.cli.changing import indexing
from app.cli.opening import opened_database, opened_index, read_settings
from app.db import LARGEST_ID, Database
from app.digests import Draft
from app.errors import NotADigestError, NotFoundError
from app.models import Digest, Finding
from app.settings import Settings


class Shape(StrEnum):
    """How the report is written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def lint(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders that are to be linted where they lie, not imported.")
    ] = None,
    digest: Annotated[
        list[int] | None, typer.Option("--digest", help="Only this digest of the library; can be said again.")
    ] = None,
    format: Annotated[Shape, typer.Option(help="A table of rules, or every finding.")] = Shape.TABLE,
    again: Annotated[
        bool, typer.Option("--again", help="Lint all digests anew first: rules may have changed.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with exit code 1 if anything is found.")] = False,
) -> None:
    """Report what the lint found: how often each rule, or every finding with its file and line.

    Without paths, in the library as it is. With paths nothing is stored; the exit code is 1 if a file cannot be read.
    """
    if paths and (digest or again):
        raise typer.BadParameter("--digest and --again are for what is in the library; leave out the paths.")
    settings = read_settings()
    report, failed = _of_files(settings, paths) if paths else (_of_library(settings, digest or [], again), False)
    _show(report, format)
    raise typer.Exit(1 if failed or (strict and report) else 0)


def _of_files(settings: Settings, paths: list[Path]) -> tuple[list[dict[str, Any]], bool]:
    """The report, and whether a file failed. What is no digest is named, and is no failure, as when importing."""
    drafts = list(digests.lint_files(paths, settings.rules_switched_off))
    for draft in drafts:
        if draft.error:
            typer.secho(f"{draft.path}: {draft.error}", fg="yellow", err=True)
    failed = any(draft.error and not isinstance(draft.error, NotADigestError) for draft in drafts)
    return [_about_draft(draft) for draft in drafts if draft.findings], failed


def _about_draft(draft: Draft) -> dict[str, Any]:
    parsed = draft.parsed
    name = f"{parsed.last_day} {parsed.topic or parsed.title}" if parsed else ""
    return {"digest": name, "files": [str(draft.path)], "findings": [_as_value(found) for found in draft.findings]}


def _of_library(settings: Settings, ids: list[int], again: bool) -> list[dict[str, Any]]:
    with opened_database(settings) as database:
        if again:
            _lint_again(settings, database)
        return _report(database, ids)


def _lint_again(settings: Settings, database: Database) -> None:
    """And the index after it; what fails is told, and stops nothing else."""
    for digest_id, reason in digests.lint_again(database, settings.rules_switched_off).failures:
        typer.secho(f"Digest {digest_id} was not linted again: {reason}", fg="yellow", err=True)
    with indexing("Linted"), opened_index(settings) as index:
        catalog.sync_index(database, index)


def _report(database: Database, ids: list[int]) -> list[dict[str, Any]]:
    """A digest with findings each, its files and findings by line; all digests if none is named."""
    found = select(Finding).order_by(Finding.digest_id, Finding.line, Finding.id)
    known = select(Digest).options(joinedload(Digest.files), joinedload(Digest.topic))
    if ids:
        ids = [_possible(number) for number in ids]
        found, known = found.where(Finding.digest_id.in_(ids)), known.where(Digest.id.in_(ids))
    with database.read() as session:
        named = {digest.id: _about(digest) for digest in session.scalars(known).unique()}
        for number in ids:
            if number not in named:
                raise NotFoundError(f"There is no digest {number} in the library.")
        for finding in session.scalars(found):
            named[finding.digest_id]["findings"].append(_as_value(finding))
    return [about for about in named.values() if about["findings"]]


def _possible(number: int) -> int:
    if not 0 < number <= LARGEST_ID:
        raise NotFoundError(f"There is no digest {number} in the library.")
    return number


def _about(digest: Digest) -> dict[str, Any]:
    name = digest.topic.name if digest.topic else digest.title
    return {"digest": f"{digest.day} {name}", "files": [file.path for file in digest.files], "findings": []}


def _as_value(found: Finding | digests.LintFinding) -> dict[str, Any]:
    return {"line": found.line, "rule": found.rule, "sentence": found.sentence, "excerpt": found.excerpt}


def _show(report: list[dict[str, Any]], shape: Shape) -> None:
    if shape is Shape.TABLE:
        Console().print(_as_table(report))
    else:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2) if shape is Shape.JSON else _as_markdown(report))


def _as_table(report: list[dict[str, Any]]) -> Table:
    counts = Counter(found["rule"] for about in report for found in about["findings"])
    table = Table("rule", "findings", "means")
    for rule in digests.RULES:
        table.add_row(rule.id, str(counts[rule.id]), rule.title)
    return table


def _as_markdown(report: list[dict[str, Any]]) -> str:
    lines = ["# Digest lint"]
    for about in report:
        lines += ["", f"## {about['digest']}", "", *(f"`{path}`" for path in about["files"]), ""]
        lines += [f"- line {found['line']}: {found['sentence']} (`{found['rule']}`)" for found in about["findings"]]
    return "\n".join(lines)
