"""Find papers. The index is a cache: delete it, and the library fills it again."""

from pathlib import Path

from app.search.grammar import ask
from app.search.highlighting import Fragment, highlight, matches, snippet
from app.search.index import (
    FACETS,
    MAX_HITS,
    Appearance,
    SearchDocument,
    SearchHit,
    SearchIndex,
    SearchQuery,
    SearchResults,
)
from app.search.question import Field, Question, SearchOrder

__all__ = [
    "FACETS",
    "MAX_HITS",
    "Appearance",
    "Field",
    "Fragment",
    "Question",
    "SearchDocument",
    "SearchHit",
    "SearchIndex",
    "SearchOrder",
    "SearchQuery",
    "SearchResults",
    "ask",
    "highlight",
    "matches",
    "open_index",
    "snippet",
]


def open_index(location: Path) -> SearchIndex:
    """The embedded engine in this folder, made if need be; imported only here, for not every command searches."""
    from app.search.embedded.engine import EmbeddedIndex

    return EmbeddedIndex(location)
