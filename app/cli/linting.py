"""`papershelf lint`: what is wrong with the digests, for those who read them and those who write them."""

import json
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app import catalog, digests
from app.cli.opening import opened_database, opened_index, read_settings
from app.db import Database
from app.models import Digest, Finding


class Shape(StrEnum):
    """How the report is written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def lint(
    format: Annotated[Shape, typer.Option(help="A table of rules, or every finding.")] = Shape.TABLE,
    again: Annotated[
        bool, typer.Option("--again", help="Lint all digests anew first: rules may have changed.")
    ] = False,
) -> None:
    """Report what the lint found: how often each rule, or every finding with its file and line."""
    settings = read_settings()
    with opened_database(settings) as database:
        if again:
            digests.lint_again(database, settings.rules_switched_off)
            with opened_index(settings) as index:
                catalog.sync_index(database, index)
        if format is Shape.TABLE:
            _show_table(database)
            return
        report = _report(database)
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2) if format is Shape.JSON else _as_markdown(report))


def _show_table(database: Database) -> None:
    with database.read() as session:
        counts = dict(session.execute(select(Finding.rule, func.count()).group_by(Finding.rule)).all())
    table = Table("rule", "findings", "means")
    for rule in digests.RULES:
        table.add_row(rule.id, str(counts.get(rule.id, 0)), rule.title)
    Console().print(table)


def _report(database: Database) -> list[dict[str, Any]]:
    """A digest with findings each, its files and findings by line."""
    found = select(Finding).order_by(Finding.digest_id, Finding.line, Finding.id)
    known = select(Digest).options(joinedload(Digest.files), joinedload(Digest.topic))
    with database.read() as session:
        named = {digest.id: _about(digest) for digest in session.scalars(known).unique()}
        for finding in session.scalars(found):
            named[finding.digest_id]["findings"].append(
                {"line": finding.line, "rule": finding.rule, "sentence": finding.sentence, "excerpt": finding.excerpt}
            )
    return [about for about in named.values() if about["findings"]]


def _about(digest: Digest) -> dict[str, Any]:
    name = digest.topic.name if digest.topic else digest.title
    return {"digest": f"{digest.day} {name}", "files": [file.path for file in digest.files], "findings": []}


def _as_markdown(report: list[dict[str, Any]]) -> str:
    lines = ["# Digest lint"]
    for about in report:
        lines += ["", f"## {about['digest']}", "", *(f"`{path}`" for path in about["files"]), ""]
        lines += [f"- line {found['line']}: {found['sentence']} (`{found['rule']}`)" for found in about["findings"]]
    return "\n".join(lines)
