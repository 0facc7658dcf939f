"""`papershelf export`: the way out."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from app import digests
from app.cli.opening import opened_database, read_settings

commands = typer.Typer(no_args_is_help=True, help="Take what the library holds out of it.")


@commands.callback()
def _export() -> None:
    """Take what the library holds out of it."""


class Shape(StrEnum):
    """How an export is written."""

    JSONL = "jsonl"


@commands.command("digests")
def export_digests(
    format: Annotated[Shape, typer.Option(help="One JSON object a line.")] = Shape.JSONL,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; else standard output.")] = None,
    revisions: Annotated[
        bool, typer.Option("--revisions", help="Earlier states of digests too, after the present ones.")
    ] = False,
) -> None:
    """Write every digest with all that was read from it."""
    with opened_database(read_settings()) as database, database.read() as session, _writing(output) as file:
        for digest in digests.export_digests(session):
            file.write(json.dumps(digest, ensure_ascii=False) + "\n")
        for digest in digests.export_revisions(session) if revisions else ():
            file.write(json.dumps(digest, ensure_ascii=False) + "\n")


@contextmanager
def _writing(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with output.open("w", encoding="utf-8", newline="\n") as file:
        yield file
