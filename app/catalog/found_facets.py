"""Facets counted by the index: all of them in one pass, and one more for each of which values are chosen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.catalog.facets import MAX_VALUES, Facets, shaped_facets
from app.catalog.filters import PaperFilter
from app.periods import Period
from app.search import FACETS, SearchIndex, SearchQuery, SearchResults

MOST_MONTHS = 60
"""Months of which papers under a topic are counted one by one, the newest."""
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
    """By the index's names of the facets; where values are chosen, as if none were."""
    counted: Counted = {name: results.facets.get(name, {}) for name in FACETS}
    for name, loosened in _loosened(asked):
        counted[name] = index.search(replace(loosened, limit=0, offset=0)).facets.get(name, {})
    return counted


def shape_counted(wanted: PaperFilter, counted: Counted) -> Facets:
    return shaped_facets(
        wanted,
        topics=counted["topic"],
        tags=counted["tag"],
        months=counted["month"],
        qualities=counted["quality"],
        authors=counted["author"],
        venues=counted["venue"],
        has=counted["has"],
    )


def _loosened(asked: SearchQuery) -> Iterator[tuple[str, SearchQuery]]:
    if asked.topics:
        yield "topic", replace(asked, topics=())
    if asked.tags:
        yield "tag", replace(asked, tags=())
    if asked.authors:
        yield "author", replace(asked, authors=())
    if asked.venues:
        yield "venue", replace(asked, venues=())
    if asked.qualities:
        yield "quality", replace(asked, qualities=())
    if asked.since or asked.until:
        yield "month", replace(asked, since=None, until=None)


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
