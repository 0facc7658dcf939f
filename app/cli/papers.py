"""`papershelf papers`: which papers are one, and which are not."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from app import catalog, digests
from app.cli.changing import deciding, indexing
from app.cli.opening import opened_database, opened_index, read_settings
from app.digests import Offer
from app.errors import InvalidInputError, NotFoundError
from app.models import Decision, Entry, Paper

commands = typer.Typer(no_args_is_help=True, help="Which papers are one: merge, split, see what is offered, undo.")
_PLACE = re.compile(r"(\d{1,9})(?::(\d{1,9}))?", re.ASCII)
Key = Annotated[str, typer.Argument(help="An arXiv id, or the name in the paper's address.", show_default=False)]


@commands.command()
def merge(keep: Key, other: Key) -> None:
    """Make OTHER part of KEEP: its entries go there, and its ids and its old address lead there."""
    with _deciding() as session:
        decision = digests.merge(session, catalog.find_paper(session, keep), catalog.find_paper(session, other))
    _tell(decision)


@commands.command()
def split(
    paper: Key,
    places: Annotated[
        list[str], typer.Option("--digest", help="The digest of the entries, or DIGEST:POSITION for one; repeatable.")
    ],
    into: Annotated[str | None, typer.Option(help="The paper they are about; else they become a new one.")] = None,
) -> None:
    """Part entries from PAPER: they become a paper of their own, and stay one when their digest is imported again."""
    with _deciding() as session:
        chosen = _choose(catalog.find_paper(session, paper), places)
        decision = digests.split(session, chosen, catalog.find_paper(session, into) if into else None)
    _tell(decision)


@commands.command()
def apart(paper: Key, other: Key) -> None:
    """Say that two papers of one title are two: they are offered for merging no more."""
    with _deciding() as session:
        decision = digests.keep_apart(session, catalog.find_paper(session, paper), catalog.find_paper(session, other))
    _tell(decision)


@commands.command()
def undo(
    number: Annotated[int | None, typer.Argument(help="As `papers decisions` tells it; else the newest.")] = None,
) -> None:
    """Take a decision back. An older one can be undone when no later one touches the same papers."""
    with _deciding() as session:
        decision = digests.undo(session, digests.find_decision(session, number))
    typer.echo(f"Undone: {_sentence(decision)}")


@commands.command()
def offers(as_json: Annotated[bool, typer.Option("--json", help="Write them as JSON.")] = False) -> None:
    """Show separate papers of one title. They are never merged unasked."""
    with opened_database(read_settings()) as database, database.read() as session:
        found, _ = digests.offers(session)
        if as_json:
            typer.echo(json.dumps([_offer_as_json(offer) for offer in found], ensure_ascii=False, indent=2))
            return
        for offer in found:
            typer.echo(offer.title)
            for paper in offer.papers:
                typer.echo(f"  {paper.key}  {len(paper.entries)} × {_authors(paper)}")
    if not found:
        typer.echo("No two papers have the same title.")


@commands.command()
def decisions() -> None:
    """Show what was decided, the newest first."""
    with opened_database(read_settings()) as database, database.read() as session:
        table = Table("id", "day", "decision", "")
        for decision in digests.list_decisions(session):
            undone = "undone" if decision.undone_at else ""
            table.add_row(str(decision.id), f"{decision.decided_at:%Y-%m-%d}", _sentence(decision), undone)
    Console().print(table)


@contextmanager
def _deciding() -> Iterator[Session]:
    """A transaction, after it the index."""
    settings = read_settings()
    with opened_database(settings) as database:
        with deciding(database) as session:
            yield session
        with indexing("Done"), opened_index(settings) as index:
            catalog.sync_index(database, index)


def _choose(paper: Paper, places: Sequence[str]) -> list[Entry]:
    """The entries at these places; a place without one is a mistake to be told."""
    chosen: dict[int, Entry] = {}
    for place in places:
        match = _PLACE.fullmatch(place)
        if match is None:
            raise InvalidInputError(f"“{place}” is no place: give the number of a digest, or DIGEST:POSITION.")
        digest_id, position = int(match[1]), int(match[2]) if match[2] else None
        there = [entry for entry in paper.entries if entry.digest_id == digest_id]
        found = [entry for entry in there if position in (None, entry.position)]
        if not found:
            raise NotFoundError(f"The paper {paper.key} has no entry at {place}.")
        chosen |= {entry.id: entry for entry in found}
    return list(chosen.values())


def _tell(decision: Decision) -> None:
    typer.echo(f"{_sentence(decision)} (decision {decision.id})")


def _sentence(decision: Decision) -> str:
    (paper, _), (other, title) = decision.moved["names"]
    done = {"merge": f"{other} merged into {paper}", "split": f"{other} split from {paper}"}
    return f"{done.get(decision.kind, f'{other} and {paper} are two papers')}: {title}"


def _authors(paper: Paper) -> str:
    return ", ".join(author.name for author in paper.shown.authors) or "no authors named"


def _offer_as_json(offer: Offer) -> dict[str, Any]:
    return {
        "title": offer.title,
        "papers": [
            {
                "id": paper.key,
                "title": paper.shown.title,
                "authors": [author.name for author in paper.shown.authors],
                "days": sorted({str(entry.digest.day) for entry in paper.entries}),
                "entries": len(paper.entries),
            }
            for paper in offer.papers
        ],
    }
