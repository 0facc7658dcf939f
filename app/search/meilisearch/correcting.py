"""Which words were found in place of misspelled ones: the server marks them in its answer."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from rapidfuzz.distance import OSA

from app.search.meilisearch.settings import SPELLED

MOST_LIKE = 5
_BEGIN, _END = "[", "]"
LIKE_WORDS: dict[str, Any] = {
    "attributesToRetrieve": ["paper_id", SPELLED],
    "attributesToHighlight": [SPELLED],
    "highlightPreTag": _BEGIN,
    "highlightPostTag": _END,
}
"""What a request asks for besides."""


def like_words(misspelled: Collection[str], hits: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """For each word those that the hits of this page have in its place, the nearest first."""
    marked = sorted({word for hit in hits for word in _marked(hit)} - set(misspelled))
    near = {word: _nearest(word, marked) for word in misspelled}
    return {word: found for word, found in near.items() if found}


def _marked(hit: Mapping[str, Any]) -> Iterator[str]:
    for text in hit.get("_formatted", {}).get(SPELLED, ()):
        if text.startswith(_BEGIN):
            yield text.replace(_BEGIN, "").replace(_END, "")


def _nearest(word: str, marked: Sequence[str]) -> tuple[str, ...]:
    """A beginning is compared with beginnings."""
    far = {like: min(OSA.distance(word, like), OSA.distance(word, like[: len(word)])) for like in marked}
    return tuple(sorted((like for like in marked if far[like] <= 2), key=far.__getitem__))[:MOST_LIKE]
