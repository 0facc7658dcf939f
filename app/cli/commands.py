"""All commands, and their way out."""

import sys

import typer

from app.cli import (
    changes,
    coverage,
    exporting,
    importing,
    indexing,
    linting,
    papers,
    runs,
    searching,
    serving,
    sources,
    storing,
    users,
)
from app.cli.failing import what_failed
from app.errors import AppError

app = typer.Typer(
    name="papershelf",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Import, browse, search and keep digests of research papers.",
    epilog="Settings come from PAPERSHELF_* variables or papershelf.toml; the README lists them.",
)
app.command("import")(importing.import_)
app.command()(serving.serve)
app.command()(searching.search)
app.command()(linting.lint)
app.command("coverage")(coverage.show)
app.command("changes")(changes.show)
app.add_typer(papers.commands, name="papers")
app.add_typer(exporting.commands, name="export")
app.add_typer(runs.commands, name="imports")
app.add_typer(sources.commands, name="sources")
app.add_typer(indexing.commands, name="index")
app.add_typer(users.commands, name="user")
app.add_typer(storing.commands, name="db")


def run() -> None:
    """Run a command. What we raise on purpose ends as a sentence; anything else is a bug and shows its traceback."""
    try:
        app()
    except AppError as error:
        typer.secho(str(error), fg="red", err=True)
        sys.exit(1)
    except Exception as error:
        if (sentence := what_failed(error)) is None:
            raise
        typer.secho(sentence, fg="red", err=True)
        sys.exit(1)
