"""Where a paper holds the words that were searched: the best passage of each field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from app.models import Entry, Paper
from app.search import Field, Fragment, Question, matches, snippet

MOST_SNIPPETS = 2
"""On a card."""
_BROAD = "\u2e80"
"""From here on characters are as broad as two Latin ones."""
_SHOWN = ("title", "authors", "tags", "summary")
_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage with the words that were searched, and the field it stands in."""

    field: str
    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        return "".join(fragment.text for fragment in self.fragments)


class Found(NamedTuple):
    """Where a paper holds the words."""

    snippets: list[Snippet]
    """The best passage of each field that the card does not show anyway; few fields, the telling ones first."""
    fields: list[str]
    """The names of all fields that hold any of them, in the order in which they tell."""


def find_snippets(paper: Paper, entry: Entry | None, sought: Question) -> Found:
    """Look for the words in every field of the paper, and in those of all its entries."""
    fields: dict[str, None] = {}
    snippets: dict[str, Snippet] = {}
    for name, field, text in _fields(paper, entry):
        if not matches(text, sought, field):
            continue
        fields[name] = None
        if name not in _SHOWN and name not in snippets and len(snippets) < MOST_SNIPPETS:
            snippets[name] = Snippet(name, snippet(text, sought, _width(text), field))
    return Found(list(snippets.values()), list(fields))


def _width(text: str) -> int:
    """Characters of a passage: Chinese ones are twice as broad and say twice as much."""
    start = text[:400]
    return 80 if sum(character >= _BROAD for character in start) * 3 > len(start) else 160


def _fields(paper: Paper, shown: Entry | None) -> Iterator[tuple[str, Field | None, str]]:
    """What the card shows first; a summary of another entry is told apart, for it is not shown."""
    yield "title", Field.TITLE, paper.shown.title
    yield "authors", Field.AUTHOR, ", ".join(author.name for author in paper.shown.authors)
    for entry in paper.entries:
        own, shared = (tag.tag.name for tag in entry.tags), (tag.tag.name for tag in entry.digest.tags)
        yield "tags", None, " · ".join((*own, *shared))
    if shown:
        yield "summary", Field.SUMMARY, shown.summary
    for entry in paper.entries:
        if entry is not shown:
            yield "another summary", Field.SUMMARY, entry.summary
    for entry in paper.entries:
        yield "key points", Field.SUMMARY, " · ".join(entry.key_points)
    yield "abstract", Field.ABSTRACT, paper.shown.abstract
    for entry in paper.entries:
        yield "analysis", Field.NOTE, _TAGS.sub(" ", entry.analysis)
