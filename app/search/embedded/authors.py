"""How many of the papers found each author wrote. There are far more authors than anyone reads through.

Names are counted by their numbers, as `schema.author_key` makes them: to hand out a number costs a twentieth of what a
name costs. Where many papers were found, a sample of them says who is likely to have written most; these are counted.
"""

from collections.abc import Mapping
from math import ceil
from typing import Any

from tantivy import Query, Schema, Searcher

from app.search.embedded.schema import SAMPLES, author_name, author_prefix
from app.search.embedded.wording import all_of, best

MOST = 40
LIKELY = 60
"""Authors of a sample that are counted in all papers, so that chance in the sample loses none of the first `MOST`."""
FEW = 1_000
"""Papers whose authors are all counted, and the papers of a sample."""
_MOST_OF_A_SEGMENT = 60_000
_MOST_KNOWN_NAMES = 50_000


def count_authors(schema: Schema, searcher: Searcher, matching: Query, papers: int) -> dict[str, int]:
    """The authors with most of the papers found, and the exact number for each; in a library of many thousands it is a
    likely choice of them. `papers` is how many were found."""
    if papers <= FEW:
        counts = _read(searcher.aggregate(matching, ALL))
    else:
        sample = Query.term_set_query(schema, "sample", list(range(ceil(SAMPLES * FEW / papers))))
        likely = _count(searcher, all_of([matching, sample]), LIKELY, LIKELY)
        theirs = best(Query.term_query(schema, "author_key", key) for key in likely)
        # Those who wrote with them are counted as well, but seldom more than once or twice.
        of_theirs = _count(searcher, all_of([theirs, matching]), 2 * LIKELY, _MOST_OF_A_SEGMENT)
        counts = {key: of_theirs[key] for key in likely if key in of_theirs}
    return _named(searcher, counts)


def authors_of(searcher: Searcher, counted: Any) -> dict[str, int]:
    """The same of all papers found, read from what was counted when `ALL` was asked for."""
    return _named(searcher, _read(counted))


def _asked(most: int, most_of_a_segment: int) -> dict[str, Any]:
    return {"author": {"terms": {"field": "author_key", "size": most, "segment_size": most_of_a_segment}}}


ALL = _asked(MOST, _MOST_OF_A_SEGMENT)
"""To count every author of every paper found."""


def _count(searcher: Searcher, matching: Query, most: int, most_of_a_segment: int) -> dict[int, int]:
    return _read(searcher.aggregate(matching, _asked(most, most_of_a_segment)))


def _read(counted: Any) -> dict[int, int]:
    return {int(row["key"]): row["doc_count"] for row in counted["author"]["buckets"]}


def _named(searcher: Searcher, counts: Mapping[int, int]) -> dict[str, int]:
    most = sorted(counts.items(), key=lambda count: -count[1])[:MOST]
    return {_name(searcher, key): papers for key, papers in most}


_names: dict[int, str] = {}


def _name(searcher: Searcher, key: int) -> str:
    """The name that has this number. It is the same in every index, and so is remembered."""
    name = _names.get(key)
    if name is None:
        if len(_names) > _MOST_KNOWN_NAMES:
            _names.clear()
        ((written, _), *_) = searcher.terms_with_prefix("author", author_prefix(key), limit=1)
        name = _names[key] = author_name(written)
    return name
