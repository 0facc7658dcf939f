"""`papershelf search`: find papers from the command line."""

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from app import catalog
from app.catalog import Card, PaperFilter
from app.catalog.answers import Answer
from app.cli.opening import opened_database, opened_index, read_settings
from app.terms import KnownTerms


def search(
    query: Annotated[str, typer.Argument(help="What to find, in the grammar of the search box.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many papers to show.")] = 20,
    literal: Annotated[bool, typer.Option("--literal", help="Only these words, not those that mean the same.")] = False,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help='Write {"total": n, "is_exact": true, "hits": [{"id", "title", …}], "remarks": […]}.'
        ),
    ] = False,
) -> None:
    """Find papers, best first. The total counts every match, not only those shown. What there is to remark of the search
    goes to standard error."""
    settings = read_settings()
    with (
        opened_database(settings) as database,
        opened_index(settings) as index,
        database.read() as session,
    ):
        wanted = PaperFilter(q=query, is_literal=literal)
        listing = catalog.browse(session, index, wanted, limit, KnownTerms().equivalents(session))
        hits = [_hit(card) for card in listing.cards]
    remarks, is_exact = list(_remarks(listing.answer)), listing.answer.is_exact
    if as_json:
        found = {"total": listing.total, "is_exact": is_exact, "hits": hits, "remarks": remarks}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for remark in remarks:
        typer.echo(remark, err=True)
    for hit in hits:
        typer.echo(f"{hit['id']}  {hit['title']}\n    {hit['summary']}")
    typer.echo(f"{len(hits)} of {'' if is_exact else 'at least '}{listing.total} papers")


def _remarks(answer: Answer) -> Iterator[str]:
    """As the page of a search says them."""
    yield from answer.question.hints
    for widened in answer.also:
        yield f"Also searched for “{widened.typed}”: {', '.join(widened.others)}. With --literal only what you typed is."
    for typed, near in answer.corrections.items():
        yield f"“{typed}” is rare. Also searched: {', '.join(near)}."
    for suspect in answer.suspects:
        yield f"Without {suspect.text} there are: {suspect.total}."
    if answer.behind:
        yield f"New or changed and not searched yet: {answer.behind}."


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
