"""Where a paper holds the words that were searched: the best passage of each field."""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.catalog.card import Card, Snippet
from app.i18n import message
from app.search import Field, Question, matches, snippet

MOST_SNIPPETS = 2
"""On a card; one where its title or its summary shows the words already."""
_BROAD = "\u2e80"
"""From here on characters are as broad as two Latin ones."""
_SHOWN = ("title", "authors", "tags", "summary")
_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


def with_snippets(card: Card, sought: Question) -> Card:
    """The card, and where its paper holds the words. They are looked for in every field of the paper, and in those of
    all its entries: its texts must be loaded."""
    fields: dict[str, None] = {}
    snippets: dict[str, Snippet] = {}
    for name, field, text in _fields(card):
        if not matches(text, sought, field):
            continue
        fields[name] = None
        most = 1 if {"title", "summary"} & fields.keys() else MOST_SNIPPETS
        if name not in _SHOWN and name not in snippets and len(snippets) < most:
            snippets[name] = Snippet(name, snippet(text, sought, _width(text), field))
    return replace(card, snippets=list(snippets.values()), found_in=list(fields))


def _width(text: str) -> int:
    """Characters of a passage: Chinese ones are twice as broad and say twice as much."""
    start = text[:400]
    return 50 if sum(character >= _BROAD for character in start) * 3 > len(start) else 100


def _fields(card: Card) -> Iterator[tuple[str, Field | None, str]]:
    """What the card shows first; a summary of another entry is told apart, for it is not shown."""
    paper, entries = card.paper, [*([card.entry] if card.entry else []), *card.others]
    yield message("title"), Field.TITLE, paper.title
    yield message("authors"), Field.AUTHOR, ", ".join(author.name for author in paper.authors)
    for entry in entries:
        yield message("tags"), None, " · ".join(tag.name for tag in (*entry.tags, *entry.digest_tags))
    if card.entry:
        yield message("summary"), Field.SUMMARY, card.entry.summary
    for entry in card.others:
        yield message("another summary"), Field.SUMMARY, entry.summary
    for entry in entries:
        yield message("key points"), Field.SUMMARY, " · ".join(entry.key_points)
    yield message("abstract"), Field.ABSTRACT, paper.abstract
    for entry in entries:
        yield message("analysis"), Field.NOTE, _bare(entry.analysis)


def _bare(analysis: str) -> str:
    """Without its commonest markup, where it stood in between words: a passage is no page."""
    text = _TAGS.sub(" ", analysis)
    for sign in ("**", "###", "##"):
        text = text.replace(sign, " ")
    return text
