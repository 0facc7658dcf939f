"""What a listing could be narrowed to, with the number of papers each choice would leave.

Values of one facet are alternatives. So a facet of which some values are chosen goes on offering the others, and says of
each how many papers have it under all other filters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.catalog.filters import PaperFilter

MAX_VALUES = 40
"""Values of one facet, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Facets:
    """For each facet its values, most frequent first (months: newest first), with the papers each would leave."""

    topics: Mapping[str, int] = field(default_factory=dict)
    tags: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    """As "2024-12"."""
    qualities: Mapping[str, int] = field(default_factory=dict)
    """`clean`, and ids of lint rules that found something."""
    authors: Mapping[str, int] = field(default_factory=dict)
    venues: Mapping[str, int] = field(default_factory=dict)
    has: Mapping[str, int] = field(default_factory=dict)
    """`code` and `figures`. These three are counted by the search index only."""


def shaped_facets(
    wanted: PaperFilter,
    *,
    topics: Mapping[str, int],
    tags: Mapping[str, int],
    months: Mapping[str, int],
    qualities: Mapping[str, int],
    authors: Mapping[str, int] | None = None,
    venues: Mapping[str, int] | None = None,
    has: Mapping[str, int] | None = None,
) -> Facets:
    """The counts in the order a reader sees them; of values without papers only those that are chosen."""
    return Facets(
        topics=_most_frequent(topics, wanted.topics),
        tags=_most_frequent(tags, wanted.tags),
        months={month: n for month, n in sorted(months.items(), reverse=True) if n},
        qualities=_most_frequent(qualities, wanted.qualities),
        authors={} if authors is None else _most_frequent(authors, wanted.authors),
        venues={} if venues is None else _most_frequent(venues, wanted.venues),
        has={name: n for name in ("code", "figures") if (n := (has or {}).get(name))},
    )


def _most_frequent(counts: Mapping[str, int], chosen: tuple[str, ...]) -> dict[str, int]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    first = {value: number for value, number in ordered[:MAX_VALUES] if number}
    return first | {value: counts.get(value, 0) for value in chosen if value not in first}
