"""How many papers are found, and how many of them have each value of the facets. All counts are exact."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tantivy import Query, Searcher

from app.search.embedded import authors
from app.search.embedded.queries import without
from app.search.index import FACETS

MOST_VALUES = 10_000
_MOST_OF_A_SEGMENT = 60_000
"""Every segment gives its counts up to here, so that their sums are exact."""
_NAMES = tuple(name for name in FACETS if name != "author")
_ASKED: dict[str, Any] = {
    name: {"terms": {"field": name, "size": MOST_VALUES, "segment_size": _MOST_OF_A_SEGMENT}} for name in _NAMES
}
_TOTAL: dict[str, Any] = {"total": {"value_count": {"field": "paper_id"}}}
_Facets = Mapping[str, Counter[str]]


def total_of(searcher: Searcher, matching: Query) -> int:
    """How many papers are found."""
    return int(searcher.aggregate(matching, _TOTAL)["total"]["value"])


def count_at_once(searcher: Searcher, matching: Query) -> tuple[int, dict[str, dict[str, int]]]:
    """How many papers are found, and for each facet its values, the most frequent first. In one pass: to find words in a
    row takes longer than to count whoever wrote the papers that have them."""
    counted = searcher.aggregate(matching, _TOTAL | _ASKED | authors.ALL)
    facets = {name: dict(counts.most_common()) for name, counts in _read(counted).items()}
    return int(counted["total"]["value"]), facets | {"author": authors.authors_of(searcher, counted)}


class Counts:
    """The counts of one index, but for authors. Where most papers are found, it is the others that are counted."""

    def __init__(self) -> None:
        self._known: tuple[Searcher | None, _Facets] = None, {}

    def of(self, searcher: Searcher, matching: Query, papers: int) -> dict[str, dict[str, int]]:
        """For each facet its values, the most frequent first. `papers` is how many match."""
        if papers * 2 <= searcher.num_docs or not _is_whole(self._of_all(searcher)):
            found = _count(searcher, matching)
        else:
            others = _count(searcher, without(matching))
            found = {name: counts - others[name] for name, counts in self._of_all(searcher).items()}
        return {name: dict(counts.most_common()) for name, counts in found.items()}

    def _of_all(self, searcher: Searcher) -> _Facets:
        """Counted once for each state of the index: a searcher sees one only."""
        known, facets = self._known
        if known is not searcher:
            facets = _count(searcher, Query.all_query())
            self._known = searcher, facets
        return facets


def _count(searcher: Searcher, matching: Query) -> _Facets:
    return _read(searcher.aggregate(matching, _ASKED))


def _read(counted: Any) -> _Facets:
    return {name: Counter({row["key"]: row["doc_count"] for row in counted[name]["buckets"]}) for name in _NAMES}


def _is_whole(facets: _Facets) -> bool:
    """Whether every value is there: from what was cut off nothing can be taken away."""
    return all(len(counts) < MOST_VALUES for counts in facets.values())
