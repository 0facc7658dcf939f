"""What a list shows of a paper, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app.catalog.claims import LinkKind, find_links, find_venues
from app.models import tag_label
from app.search import Fragment


class Name(NamedTuple):
    """A topic, tag or author: as it is written, and in addresses."""

    name: str
    slug: str

    @property
    def label(self) -> str:
        """A tag as people read it."""
        return tag_label(self.name)


class Numbered(NamedTuple):
    """A digest of which only the number matters."""

    id: int


class Doubt(NamedTuple):
    """What the lint found in an entry."""

    rule: str
    line: int
    sentence: str
    sentence_zh: str


@dataclass(frozen=True, slots=True)
class CardPaper:
    """A paper and its highest version."""

    id: int
    arxiv_id: str | None
    slug: str | None
    version: int
    title: str
    abstract: str
    comment: str
    authors: Sequence[Name]
    first_day: date | None = None
    """The first day that a digest lists it."""

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return self.arxiv_id or self.slug or str(self.id)

    @property
    def venues(self) -> Sequence[str]:
        return find_venues(self.comment)

    @property
    def code_url(self) -> str | None:
        """Where its code is, by its own word."""
        links = (link for text in (self.comment, self.abstract) if "http" in text for link in find_links(text))
        return next((link.url for link in links if link.kind is LinkKind.CODE), None)


@dataclass(frozen=True, slots=True)
class CardEntry:
    """The paper as it stands in one digest."""

    id: int
    digest_id: int
    position: int
    day: date
    topic: Name | None
    summary: str
    tags: Sequence[Name]
    """Its own; see `digest_tags`."""
    digest_tags: Sequence[Name]
    updated_at: datetime
    """When its digest was last changed."""
    key_points: Sequence[str] = ()
    """These two only where they were asked for: they are long."""
    analysis: str = ""

    @property
    def digest(self) -> Numbered:
        """As addresses need it."""
        return Numbered(self.digest_id)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage with the words that were searched, and the field it stands in."""

    field: str
    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        return "".join(fragment.text for fragment in self.fragments)


@dataclass(frozen=True, slots=True)
class Card:
    """A paper, and the entry whose words stand for it in this list."""

    paper: CardPaper
    entry: CardEntry | None
    """None only for a paper that no digest lists any more."""
    others: Sequence[CardEntry] = ()
    """Its entries elsewhere, newest first."""
    doubts: Sequence[Doubt] = ()
    """Of the entry that is shown."""
    snippets: Sequence[Snippet] = ()
    """The best passage of each field that the card does not show anyway; few fields, the telling ones first."""
    found_in: Sequence[str] = ()
    """The names of all fields that hold any of the words, in the order in which they tell."""

    @property
    def other_topics(self) -> Sequence[Name]:
        """The other topics that list it."""
        shown = self.entry.topic if self.entry else None
        return list(dict.fromkeys(other.topic for other in self.others if other.topic and other.topic != shown))

    @property
    def other_days(self) -> Sequence[date]:
        """The other days that list it, the newest first."""
        shown = self.entry.day if self.entry else None
        return list(dict.fromkeys(other.day for other in self.others if other.day != shown))

    @property
    def tags(self) -> Sequence[Name]:
        """Tags of all its entries and of their digests, each once."""
        entries = [self.entry, *self.others] if self.entry else []
        own = [tag for entry in entries for tag in entry.tags]
        shared = [tag for entry in entries for tag in entry.digest_tags]
        return list(dict.fromkeys(own + shared))
