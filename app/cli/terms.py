"""`papershelf terms`: which terms of both languages mean the same."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table
from sqlalchemy.orm import Session

from app import terms
from app.cli.changing import deciding
from app.cli.opening import opened_database, read_settings
from app.models import Term, TermState
from app.terms import TermGroup

commands = typer.Typer(no_args_is_help=True, help="Which terms mean the same: mine them, decide, add.")
Words = Annotated[str, typer.Argument(help="A term, in either language.", show_default=False)]
Texts = Annotated[list[str], typer.Argument(help="Terms that mean the same, two or more.", show_default=False)]


@commands.command()
def mine() -> None:
    """Find terms that mean the same in what the library says in English and Chinese. What you decided stays."""
    with opened_database(read_settings()) as database:
        found = terms.mine_library(database)
    typer.echo(
        f"{found.papers} papers read: {found.accepted} terms accepted, {found.offered} offered, "
        f"{found.decided} decided on before"
    )


@commands.command("list")
def list_terms(
    words: Annotated[str, typer.Argument(help="Only groups with a term that contains this.")] = "",
    state: Annotated[TermState | None, typer.Option(help="Only groups with terms in this state.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the list as JSON.")] = False,
) -> None:
    """Show the groups, best first, with the scores of what was mined."""
    with opened_database(read_settings()) as database, database.read() as session:
        groups, _ = terms.list_groups(session, words, state)
        if as_json:
            typer.echo(json.dumps([_about(group) for group in groups], ensure_ascii=False, indent=2))
        elif not groups:
            typer.echo("There are no such terms.")
        else:
            _show(groups)


@commands.command()
def add(texts: Texts) -> None:
    """Say that these terms mean the same. Groups that have one of them become one group."""
    with _deciding() as session:
        (group,) = terms.load_groups(session, [terms.add(session, texts)])
        typer.echo(" = ".join(term.text for term in group.accepted))


@commands.command()
def accept(term: Words, equivalent: Words) -> None:
    """Say that EQUIVALENT does mean TERM: search asks for it from now on."""
    with _deciding() as session:
        terms.accept(session, terms.find_group(session, term, equivalent), equivalent)


@commands.command()
def reject(term: Words, equivalent: Words) -> None:
    """Say that EQUIVALENT does not mean TERM: mining will not bring it back."""
    with _deciding() as session:
        terms.reject(session, terms.find_group(session, term, equivalent), equivalent)


@commands.command()
def remove(term: Words, equivalent: Words) -> None:
    """Take EQUIVALENT out of the group of TERM. One that was mined stays there as rejected."""
    with _deciding() as session:
        terms.remove(session, terms.find_group(session, term, equivalent), equivalent)


@contextmanager
def _deciding() -> Iterator[Session]:
    with opened_database(read_settings()) as database, deciding(database) as session:
        yield session


def _about(group: TermGroup) -> dict[str, Any]:
    return {
        "group": group.id,
        "terms": [
            {
                "text": term.text,
                "language": term.language,
                "score": term.score,
                "origin": term.origin,
                "state": term.state,
            }
            for term in group.terms
        ],
    }


def _show(groups: list[TermGroup]) -> None:
    table = Table(Column("accepted", overflow="fold"), Column("offered", overflow="fold"), "rejected")
    for group in groups:
        table.add_row(_texts(group.accepted), _texts(group.offered), _texts(group.rejected))
    Console().print(table)


def _texts(found: list[Term]) -> str:
    return ", ".join(term.text if term.score is None else f"{term.text} ({term.score:.2f})" for term in found)
