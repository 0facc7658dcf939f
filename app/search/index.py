"""The contract of a search engine. Speaks of documents and paper ids only, never of tables or of HTTP."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from app.search.question import Feature, Question, SearchOrder

FACETS = ("topic", "tag", "month", "quality", "author", "venue", "has")
"""What is counted with every search; of "has" the values are those of `Feature`."""
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
    venues: tuple[str, ...] = ()
    """Where it appears, as its comment says: "CVPR 2024"."""
    has_code: bool = False
    has_figures: bool = False
    qualities: tuple[str, ...] = ()
    """Words for what is well or wrong with it; an exact filter and a facet."""

    @property
    def features(self) -> list[Feature]:
        """What the paper has, of all that can be asked for."""
        there = {
            Feature.CODE: self.has_code,
            Feature.FIGURES: self.has_figures,
            Feature.ANALYSIS: any(map(str.strip, self.analyses)),
        }
        return [feature for feature, is_there in there.items() if is_there]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked. Values of one filter are alternatives (OR); different filters all hold (AND).

    Topic and day are said of one and the same appearance: `topics=("NeRF",), since=until=2024-12-07`
    finds the papers that a NeRF digest of that day lists.
    """

    text: str = ""
    """As typed, in the grammar of the search box; empty: every document matches."""
    question: Question | None = None
    """What was typed, if it has been read already: then `text` does not count."""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    not_topics: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()
    not_authors: tuple[str, ...] = ()
    not_qualities: tuple[str, ...] = ()
    not_venues: tuple[str, ...] = ()
    """Papers that have one of these are left out; a topic is then that of any appearance."""
    since: date | None = None
    until: date | None = None
    """First and last day, both included."""
    has_code: bool | None = None
    has_figures: bool | None = None
    among: frozenset[int] | None = None
    """Only these papers; what a reader says of papers is not known to an index."""
    beside: frozenset[int] = frozenset()
    """None of these papers."""
    order: SearchOrder | None = None
    """None: as the question says, else best first where there are words, else newest first."""
    limit: int = 25
    offset: int = 0
    with_facets: bool = True
    """Whether facets are counted; where only the total matters, that is the greater part of the work."""

    @property
    def wanted(self) -> dict[str, tuple[str, ...]]:
        """By the name of their facet, values of which a paper must have one; topics apart, which days belong to."""
        return {"tag": self.tags, "author": self.authors, "venue": self.venues, "quality": self.qualities}

    @property
    def unwanted(self) -> dict[str, tuple[str, ...]]:
        """The same of values of which it may have none."""
        return {
            "tag": self.not_tags,
            "author": self.not_authors,
            "venue": self.not_venues,
            "quality": self.not_qualities,
        }


@dataclass(frozen=True, slots=True)
class SearchHit:
    paper_id: int
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class SearchResults:
    hits: Sequence[SearchHit]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By the names of `FACETS` (months as "2024-12"): value to number of matching papers, the most frequent values."""
    is_exact: bool = True
    """Whether `total` is the number of matches; else there are at least so many."""
    corrections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each word that is spelled otherwise than usual, the words like it that were searched as well."""
    is_spare: bool = False
    """Whether a spare answered for an engine that is away."""


@dataclass(frozen=True, slots=True)
class Held:
    """The papers that an index holds a document of."""

    whole: set[int]
    part: set[int] = field(default_factory=set)
    """Where there are two copies: those that only one of them holds."""


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

    def held(self) -> Held:
        """Which papers the index holds a document of."""

    def search(self, query: SearchQuery) -> SearchResults:
        """Best first; total counts every match, not only this page."""

    def close(self) -> None:
        """Let go of files and threads."""
