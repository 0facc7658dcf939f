"""What a reader asked to see: the query string, as a value. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import urlencode

from app.iri import as_iri
from app.periods import Period

Facet = Literal["topics", "tags", "authors", "venues", "qualities"]
PARAMETERS: dict[Facet, str] = {
    "topics": "topic",
    "tags": "tag",
    "authors": "author",
    "venues": "venue",
    "qualities": "quality",
}
"""The name in an address of each filter that takes several values."""
Exclusion = Literal["not_topics", "not_tags", "not_authors", "not_venues", "not_qualities"]
EXCLUSIONS: dict[Exclusion, str] = {
    "not_topics": "not_topic",
    "not_tags": "not_tag",
    "not_authors": "not_author",
    "not_venues": "not_venue",
    "not_qualities": "not_quality",
}
"""The same for values that no paper of the list may have."""
SIZES = (25, 50, 100)
"""Papers on a page that can be chosen."""
CLEAN = "clean"
"""The quality of a paper in none of whose entries the lint found anything."""


class Sort(StrEnum):
    """In which order papers are listed."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    """From A to Z; not for searches, whose engines know no titles."""


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """What the reader asked to see. Values of one filter are alternatives; different filters all hold,
    and whatever is excluded is not there."""

    q: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()
    """Ids of lint rules that found something, or `clean` for papers in which none did."""
    not_topics: tuple[str, ...] = ()
    """No digest with one of these topics lists it; and so on."""
    not_tags: tuple[str, ...] = ()
    not_authors: tuple[str, ...] = ()
    not_venues: tuple[str, ...] = ()
    not_qualities: tuple[str, ...] = ()
    period: Period | None = None
    has_code: bool = False
    has_figures: bool = False
    read: bool | None = None
    """Whether the reader must have read the paper, or must not have."""
    after: int | None = None
    """Only papers that came into the library after the one of this number."""
    reader_id: int | None = None
    """Who asks, where what they have read matters. No part of the address."""
    is_literal: bool = False
    """Whether words that mean the same are left out."""
    sort: Sort | None = None
    """None: best first when there are words, else newest first."""
    size: int | None = None
    """Papers on a page; None: as the application is set."""
    page: int = 1

    def but(self, **changes: Any) -> "PaperFilter":
        """The same, with something else chosen; a new choice starts at the first page."""
        changes = {"page": 1, **changes}
        is_same = all(getattr(self, name) == value for name, value in changes.items())
        return self if is_same else replace(self, **changes)

    def adding(self, facet: Facet | Exclusion, value: str) -> "PaperFilter":
        """The same, with one more value allowed."""
        values: tuple[str, ...] = getattr(self, facet)
        return self.but(**{facet: values if value in values else (*values, value)})

    def without(self, facet: Facet | Exclusion, value: str) -> "PaperFilter":
        """The same, with this value no longer asked for."""
        return self.but(**{facet: tuple(kept for kept in getattr(self, facet) if kept != value)})

    @property
    def order(self) -> Sort:
        """The order that holds: relevance means something only where there are words, titles only where there are none."""
        if (
            self.sort
            and (self.sort is not Sort.RELEVANCE or self.q)
            and (self.sort is not Sort.TITLE or not self.is_searched)
        ):
            return self.sort
        return Sort.RELEVANCE if self.q else Sort.NEWEST

    @property
    def is_searched(self) -> bool:
        """Whether only the search index can tell which papers these are."""
        return bool(self.q or self.venues or self.not_venues or self.has_code)

    def query(self, said: "PaperFilter | None" = None) -> str:
        """The shortest query string that says it, in one order: "" or "?q=…"; without what is said otherwise."""
        chosen: list[tuple[str, str]] = [("q", self.q)] if self.q else []
        for facet, name in (*PARAMETERS.items(), *EXCLUSIONS.items()):
            if (values := getattr(self, facet)) and not (said and values == getattr(said, facet)):
                chosen += [(name, value) for value in sorted(values)]
        if self.period and not (said and self.period == said.period):
            chosen.append(("date", str(self.period)))
        chosen += [("has", name) for name in ("code", "figures") if getattr(self, f"has_{name}")]
        if self.read is not None:
            chosen.append(("read", "yes" if self.read else "no"))
        if self.after is not None:
            chosen.append(("after", str(self.after)))
        if self.is_literal:
            chosen.append(("literal", "1"))
        if self.sort:
            chosen.append(("sort", self.sort.value))
        if self.size:
            chosen.append(("size", str(self.size)))
        if self.page > 1:
            chosen.append(("page", str(self.page)))
        return "?" + "&".join(_encoded(name, value) for name, value in chosen) if chosen else ""


@lru_cache(maxsize=4096)
def _encoded(name: str, value: str) -> str:
    """A page has a hundred addresses with the same few choices."""
    return as_iri(urlencode([(name, value)]))
