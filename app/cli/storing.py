"""`papershelf db`: the store."""

import typer

from app.cli.opening import read_settings, upgrade_schema

commands = typer.Typer(no_args_is_help=True, help="The store: its schema.")


@commands.callback()
def _db() -> None:
    """The store: its schema."""


@commands.command()
def upgrade() -> None:
    """Bring the schema up to this version's; what is stored stays."""
    upgrade_schema(read_settings().database)
    typer.echo("the database is up to date")
