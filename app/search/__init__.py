"""Find papers. The index is a cache: delete it, and the library fills it again."""

from pathlib import Path

from app.search.highlighting import Fragment, highlight, snippet
from app.search.index import (
    MAX_HITS,
    Appearance,
    SearchDocument,
    SearchHit,
    SearchIndex,
    SearchOrder,
    SearchQuery,
    SearchResults,
)

__all__ = [
    "MAX_HITS",
    "Appearance",
    "Fragment",
    "SearchDocument",
    "SearchHit",
    "SearchIndex",
    "SearchOrder",
    "SearchQuery",
    "SearchResults",
    "highlight",
    "open_index",
    "snippet",
]


def open_index(location: Path) -> SearchIndex:
    """The embedded engine in this folder, made if need be; imported only here, for not every command searches."""
    from app.search.embedded.engine import EmbeddedIndex

    return EmbeddedIndex(location)
