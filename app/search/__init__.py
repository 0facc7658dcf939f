"""Find papers. The index is a cache: delete it, and the library fills it again."""

from pathlib import Path

from app.search.grammar import ask, pieces
from app.search.highlighting import Fragment, highlight, matches, snippet
from app.search.index import (
    FACETS,
    MAX_HITS,
    Appearance,
    Held,
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
    "Held",
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
    "pieces",
    "snippet",
]


def open_index(
    location: Path, *, url: str = "", key: str = "", admin_key: str = "", name: str = "", has_spare: bool = False
) -> SearchIndex:
    """The engine at this address, else the embedded one in this folder, made if need be; a spare is that one besides.

    Engines are imported only here, for not every command searches.
    """
    if not url:
        return _embedded(location)
    from app.search.meilisearch.engine import MeilisearchIndex
    from app.search.meilisearch.transport import Transport
    from app.search.sparing import SparedIndex

    index = MeilisearchIndex(Transport(url, key, admin_key), name)
    return SparedIndex(index, _embedded(location)) if has_spare else index


def _embedded(location: Path) -> SearchIndex:
    from app.search.embedded.engine import EmbeddedIndex

    return EmbeddedIndex(location)
