"""`papershelf sources`: the folders that an import reads again."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from app import catalog, digests
from app.cli.opening import opened_database, read_settings

commands = typer.Typer(no_args_is_help=True, help="The folders that an import which names nothing reads again.")
Folders = Annotated[list[Path], typer.Argument(help="Folders, or git working copies.")]


@commands.command("list")
def list_sources(
    as_json: Annotated[bool, typer.Option("--json", help="Write the list as JSON.")] = False,
) -> None:
    """Show the registered folders: their kind, how many files with digests they hold, when they were last read."""
    with opened_database(read_settings()) as database, database.read() as session:
        found = [_about(state) for state in catalog.list_sources(session)]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif not found:
        typer.echo("No folder is registered.")
    else:
        _show(found)


@commands.command()
def add(folders: Folders) -> None:
    """Register folders without reading them."""
    with opened_database(read_settings()) as database:
        for folder in folders:
            if not folder.is_dir():
                typer.secho(f"{folder}: There is no such folder.", fg="red", err=True)
                raise typer.Exit(1)
        with database.write() as session:
            digests.register_sources(session, [folder.resolve() for folder in folders])


@commands.command()
def remove(folders: Folders) -> None:
    """Register folders no longer. Their digests stay in the library."""
    with opened_database(read_settings()) as database, database.write() as session:
        for folder in folders:
            if not digests.forget_source(session, folder.resolve()):
                typer.secho(f"{folder}: This folder is not registered.", fg="red", err=True)
                raise typer.Exit(1)


def _about(state: catalog.SourceState) -> dict[str, Any]:
    source = state.source
    return {
        "folder": source.location,
        "kind": source.kind,
        "files": state.files,
        "vanished": state.vanished,
        "read_at": source.read_at.isoformat(timespec="seconds") if source.read_at else None,
        "commit": source.commit,
    }


def _show(found: list[dict[str, Any]]) -> None:
    table = Table(Column("folder", overflow="fold"), "kind", "files", "vanished", "read", "commit")
    for about in found:
        read_at, commit = (about["read_at"] or "never")[:16].replace("T", " "), (about["commit"] or "")[:10]
        table.add_row(
            about["folder"], about["kind"], str(about["files"]), str(about["vanished"] or ""), read_at, commit
        )
    Console().print(table)
