"""Which language a browser asks for. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.i18n.catalogues import DEFAULT, LANGUAGES

_WISH = re.compile(
    r"\s*(?P<tag>[a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*(?P<weight>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?",
    re.ASCII | re.IGNORECASE,
)
_LONGEST = 1000


@lru_cache(maxsize=1024)
def negotiate(accepted: str) -> str:
    """The language of ours that `Accept-Language` wants most: any Chinese is ours, any English too; else English."""
    weights = {language: _weight(language, list(_wishes(accepted))) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: (weights[language], language == DEFAULT))
    return best if weights[best] > (0, 0) else DEFAULT


def _wishes(accepted: str) -> Iterator[tuple[str, float, int]]:
    """Each tag with its weight and minus its place; what cannot be read is passed over."""
    for place, part in enumerate(accepted[:_LONGEST].split(",")):
        if wish := _WISH.fullmatch(part):
            yield wish["tag"].lower(), float(wish["weight"] or 1), -place


def _weight(language: str, wishes: list[tuple[str, float, int]]) -> tuple[float, int]:
    """The best weight that any tag of this language has, named first before named later; `*` is what none names."""
    own = [(weight, place) for tag, weight, place in wishes if tag.split("-")[0] == language]
    other = [(weight, place) for tag, weight, place in wishes if tag == "*"]
    return max(own or other, default=(0.0, 0))
