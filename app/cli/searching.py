"""`papershelf search`: find papers from the command line."""

import json
from typing import Annotated

import typer

from app import catalog
from app.catalog import Card, PaperFilter
from app.cli.opening import opened_database, opened_index, read_settings
from app.terms import KnownTerms


def search(
    query: Annotated[str, typer.Argument(help="What to find, in the grammar of the search box.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many papers to show.")] = 20,
    literal: Annotated[bool, typer.Option("--literal", help="Only these words, not those that mean the same.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help='Write {"total": n, "hits": [{"id", "title", …}]}.')] = False,
) -> None:
    """Find papers, best first. The total counts every match, not only those shown."""
    settings = read_settings()
    with (
        opened_database(settings) as database,
        opened_index(settings) as index,
        database.read() as session,
    ):
        wanted = PaperFilter(q=query, is_literal=literal)
        listing = catalog.browse(session, index, wanted, limit, KnownTerms().equivalents(session))
        hits = [_hit(card) for card in listing.cards]
    if as_json:
        typer.echo(json.dumps({"total": listing.total, "hits": hits}, ensure_ascii=False, indent=2))
        return
    for hit in hits:
        typer.echo(f"{hit['id']}  {hit['title']}\n    {hit['summary']}")
    typer.echo(f"{len(hits)} of {listing.total} papers")


def _hit(card: Card) -> dict[str, object]:
    paper, entry = card.paper, card.entry
    return {
        "id": paper.key,
        "title": paper.title,
        "authors": [author.name for author in paper.authors],
        "summary": entry.summary if entry else "",
        "topic": entry.topic.name if entry and entry.topic else None,
        "day": str(entry.day) if entry else None,
        "tags": [tag.name for tag in card.tags],
    }
