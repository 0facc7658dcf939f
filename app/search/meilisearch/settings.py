"""How the index is set up, as code; and a name that changes when it does."""

import json
from hashlib import sha256
from typing import Any

from app.search.index import FACETS
from app.search.meilisearch.encoding import VERSION
from app.search.question import Field

TEXTS = ("ids", "title", "authors", "tags", "summary", "key_points", "abstract", "analysis")
"""The fields of words, the most telling first."""
MORE = "more"
"""Compounds as one word and single Han characters, each found but in no row with another."""
EDGES = "edges"
"""Where a Han run begins: its first character behind the words before it."""
SPELLED = "spelled"
"""Each Latin word once: the only field in which a word is found that is only like the one asked for."""
PLAIN = {name: f"{name}_plain" for name in TEXTS}
"""The same words as one text each; not searched, but read where the server says more than it knows."""
EXACT = (*TEXTS, MORE, EDGES)
FIELDS: dict[Field | None, tuple[str, ...]] = {
    None: EXACT,
    Field.TITLE: ("title",),
    Field.AUTHOR: ("authors",),
    Field.ABSTRACT: ("abstract",),
    Field.SUMMARY: ("summary", "key_points"),
    Field.NOTE: ("analysis",),
}
"""Where the words behind a name stand; None: anywhere."""

KEYS = ("tag_key", "topic_key", "venue_key", "name", "appearance")
"""Values that are asked for, and not counted."""
FILTERED = ("paper_id", *FACETS, *KEYS)
LONGEST_WITHOUT_TYPO = 4
MOST_FACET_VALUES = 10_000
MOST_HITS = 2**31
"""Totals are counted up to here; the default would be a thousand."""
CUTOFF_MILLISECONDS = 3_000

_EQUALITY = {"facetSearch": False, "filter": {"equality": True, "comparison": False}}
SETTINGS: dict[str, Any] = {
    "searchableAttributes": [*EXACT, SPELLED],
    "filterableAttributes": [{"attributePatterns": list(FILTERED), "features": _EQUALITY}],
    "sortableAttributes": ["day", "paper_id"],
    "rankingRules": [  # measured by bench.search: where a word stands says more than how near words are
        *("sort", "words", "typo", "attributeRank", "proximity", "exactness", "wordPosition"),
        *("day:desc", "paper_id:asc"),
    ],
    "typoTolerance": {
        "enabled": True,
        "minWordSizeForTypos": {"oneTypo": LONGEST_WITHOUT_TYPO + 1, "twoTypos": 9},
        "disableOnNumbers": True,
        "disableOnAttributes": list(EXACT),
    },
    "localizedAttributes": [{"attributePatterns": ["*"], "locales": ["eng"]}],
    "pagination": {"maxTotalHits": MOST_HITS},
    "faceting": {"maxValuesPerFacet": MOST_FACET_VALUES, "sortFacetValuesBy": {"*": "count"}},
    "searchCutoffMs": CUTOFF_MILLISECONDS,
    "stopWords": [],
    "synonyms": {},
    "dictionary": [],
    "separatorTokens": [],
    "nonSeparatorTokens": [],
    "proximityPrecision": "byWord",
    "prefixSearch": "indexingTime",
}

_WRITING = f"papershelf-{VERSION}"
FINGERPRINT = f"{_WRITING}-{sha256(json.dumps(SETTINGS, sort_keys=True).encode()).hexdigest()[:12]}"


def settings() -> dict[str, Any]:
    """The settings with their own name among the displayed attributes: they are swapped with the index, and so is it."""
    return SETTINGS | {"displayedAttributes": [*EXACT, SPELLED, *PLAIN.values(), *FILTERED, "day", FINGERPRINT]}


def is_ours(displayed: list[str]) -> bool:
    """Whether these displayed attributes are of an index that is set up like this."""
    return FINGERPRINT in displayed


def is_written_alike(displayed: list[str]) -> bool:
    """Whether its documents can be taken over into one that is."""
    return any(name.startswith(f"{_WRITING}-") for name in displayed)
