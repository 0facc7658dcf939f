"""Facets counted by the index: all of them in one pass, and one more for each of which values are chosen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from app.catalog.facets import MAX_VALUES, Facets, shaped_facets
from app.catalog.filters import PARAMETERS, PaperFilter
from app.periods import Period
from app.search import FACETS, SearchIndex, SearchQuery, SearchResults

MOST_MONTHS = 60
"""Months of which papers under a topic are counted one by one, the newest."""
MOST_ALONE = 20
"""Values that are counted by themselves: each takes a search, and an address may name thousands."""
Counted = dict[str, Mapping[str, int]]


def count_found(index: SearchIndex, asked: SearchQuery, wanted: PaperFilter, results: SearchResults) -> Facets:
    """The facets of a search."""
    counted = count_alternatives(index, asked, results)
    if wanted.period:  # a topic must be that of an appearance within the period, which the engine does not count
        counted["topic"] = _by_topic(index, asked, counted["topic"], wanted.topics)
    if wanted.topics:
        counted["month"] = dict(_by_month(index, asked, counted["month"]))
    return shape_counted(wanted, counted)


def count_alternatives(index: SearchIndex, asked: SearchQuery, results: SearchResults) -> Counted:
    """By the index's names of the facets; where values are chosen, as if none were. The engine counts the most frequent
    values only: one that is chosen is counted by itself if it is not among them, and if there are not too many."""
    counted: Counted = {name: results.facets.get(name, {}) for name in FACETS}
    for name, loosened in _loosened(asked):
        counted[name] = index.search(replace(loosened, limit=0, offset=0)).facets.get(name, {})
    uncounted = ((name, value, alone) for name, value, alone in _alone(asked) if value not in counted[name])
    for name, value, alone in islice(uncounted, MOST_ALONE):
        counted[name] = {**counted[name], value: _total(index, alone)}
    return counted


def shape_counted(wanted: PaperFilter, counted: Counted) -> Facets:
    chosen: dict[str, Any] = {
        attribute: tuple(value for value in getattr(wanted, attribute) if value in counted[name])
        for attribute, name in PARAMETERS.items()
    }
    return shaped_facets(
        wanted.but(**chosen),
        topics=counted["topic"],
        tags=counted["tag"],
        months=counted["month"],
        qualities=counted["quality"],
        authors=counted["author"],
        venues=counted["venue"],
        has=counted["has"],
    )


def _loosened(asked: SearchQuery) -> Iterator[tuple[str, SearchQuery]]:
    for attribute, name in PARAMETERS.items():
        if getattr(asked, attribute):
            yield name, _choosing(asked, attribute)
    if asked.since or asked.until:
        yield "month", replace(asked, since=None, until=None)


def _alone(asked: SearchQuery) -> Iterator[tuple[str, str, SearchQuery]]:
    """Every value that is chosen, with what asks for no other of its facet."""
    for attribute, name in PARAMETERS.items():
        for value in getattr(asked, attribute):
            yield name, value, _choosing(asked, attribute, value)


def _choosing(asked: SearchQuery, attribute: str, *values: str) -> SearchQuery:
    chosen: dict[str, Any] = {attribute: values}
    return replace(asked, **chosen)


def _by_topic(
    index: SearchIndex, asked: SearchQuery, at_most: Mapping[str, int], chosen: Sequence[str]
) -> dict[str, int]:
    """Each topic takes a search, so they are counted only until no other can be among the first that are shown."""
    exact: dict[str, int] = {}
    for name in sorted(at_most, key=lambda name: (name not in chosen, -at_most[name])):
        shown = sorted(exact.values(), reverse=True)[:MAX_VALUES]
        if len(shown) == MAX_VALUES and shown[-1] >= at_most[name]:
            break
        exact[name] = _total(index, replace(asked, topics=(name,)))
    return exact


def _by_month(index: SearchIndex, asked: SearchQuery, months: Iterable[str]) -> Iterator[tuple[str, int]]:
    for month in sorted(months, reverse=True)[:MOST_MONTHS]:
        if period := Period.parse(month):
            yield month, _total(index, replace(asked, since=period.first, until=period.last))


def _total(index: SearchIndex, asked: SearchQuery) -> int:
    return index.search(replace(asked, limit=0, offset=0, with_facets=False)).total
