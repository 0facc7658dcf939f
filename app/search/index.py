"""The contract of a search engine. Speaks of documents and paper ids only, never of tables or of HTTP."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

MAX_HITS = 10_000
"""No engine pages deeper than this; `total` still counts every match."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """One entry of a paper: the day of its digest, and the digest's topic if it has one."""

    day: date
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """All that search knows of one paper, over all its entries."""

    paper_id: int
    title: str
    ids: tuple[str, ...] = ()
    """Names the paper goes by: arXiv id, slug."""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    summaries: tuple[str, ...] = ()
    key_points: tuple[str, ...] = ()
    analyses: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    has_figures: bool = False
    qualities: tuple[str, ...] = ()
    """Words for what is well or wrong with it; an exact filter and a facet."""


class SearchOrder(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked. Values of one filter are alternatives (OR); different filters all hold (AND).

    Topic and day are said of one and the same appearance: `topics=("NeRF",), since=until=2024-12-07`
    finds the papers that a NeRF digest of that day lists.
    """

    text: str = ""
    """Words as typed; empty or without any word: every document matches."""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    """First and last day, both included."""
    has_figures: bool | None = None
    order: SearchOrder = SearchOrder.RELEVANCE
    limit: int = 25
    offset: int = 0


@dataclass(frozen=True, slots=True)
class SearchHit:
    paper_id: int
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class SearchResults:
    hits: Sequence[SearchHit]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """For "topic", "tag", "quality" and "month" (as "2024-12"): value to number of matching papers."""


class SearchIndex(Protocol):
    """Any method may raise SearchUnavailableError; none raises for what a reader typed."""

    def put(self, documents: Iterable[SearchDocument]) -> None:
        """Add the documents, replacing those with the same paper_id; they are findable on return."""

    def remove(self, paper_ids: Iterable[int]) -> None:
        """Forget these papers; unknown ids are ignored."""

    def clear(self) -> None:
        """Forget everything."""

    def count(self) -> int:
        """How many documents the index holds."""

    def paper_ids(self) -> set[int]:
        """Which papers the index holds a document of."""

    def search(self, query: SearchQuery) -> SearchResults:
        """Best first; total counts every match, not only this page."""

    def close(self) -> None:
        """Let go of files and threads."""
