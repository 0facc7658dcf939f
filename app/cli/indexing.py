"""`papershelf index`: the search index, which may be deleted at any time."""

import typer

from app import catalog
from app.cli.opening import opened_database, opened_index, read_settings

commands = typer.Typer(no_args_is_help=True, help="The search index: look at it, make it anew.")


@commands.command()
def rebuild() -> None:
    """Write every paper into the index anew, and forget all else there. Searches go on meanwhile."""
    settings = read_settings()
    with opened_database(settings) as database, opened_index(settings) as index:
        typer.echo(f"{catalog.rebuild_index(database, index)} papers indexed")


@commands.command()
def status() -> None:
    """Count papers and documents, and what is stale, missing or surplus; exit code 1 if they are not in step."""
    settings = read_settings()
    with opened_database(settings) as database, opened_index(settings) as index, database.read() as session:
        found = catalog.index_status(session, index)
    typer.echo(
        f"papers {found.papers}, documents {found.documents}, "
        f"stale {found.stale}, missing {found.missing}, surplus {found.surplus}"
    )
    typer.echo("in step" if found.is_in_step else "not in step; run: papershelf index rebuild")
    raise typer.Exit(0 if found.is_in_step else 1)
