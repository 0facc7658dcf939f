"""Where a paper holds the words that were searched, when its title and summary do not show it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.models import Entry, Paper
from app.search import Fragment, highlight, snippet

_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage with the words that were searched, and the field it stands in."""

    field: str
    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        return "".join(fragment.text for fragment in self.fragments)


def find_snippet(paper: Paper, entry: Entry | None, words: str) -> Snippet | None:
    """The first field with a match; none if what the card shows anyway matches already."""
    shown = (paper.shown.title, entry.summary if entry else "")
    if any(fragment.is_match for text in shown for fragment in highlight(text, words)):
        return None
    for field, text in _fields(paper):
        if found := snippet(text, words):
            return Snippet(field, found)
    return None


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "Authors", ", ".join(author.name for author in paper.shown.authors)
    for entry in paper.entries:
        yield "Summary", entry.summary
        yield "Key points", " · ".join(entry.key_points)
    yield "Abstract", paper.shown.abstract
    for entry in paper.entries:
        yield "Analysis", _TAGS.sub(" ", entry.analysis)
