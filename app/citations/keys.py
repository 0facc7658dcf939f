"""The keys by which works are cited: "wang2024gaussian". Pure."""

import re
import unicodedata
from collections.abc import Sequence

from app.citations.names import split_name
from app.citations.work import Work

_SMALL = "a an and at by for from in is of on or the to towards toward via with without how what why"
_SMALL_WORDS = frozenset(_SMALL.split())
_WORD = re.compile(r"[^\W_]+")
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}


def citation_keys(works: Sequence[Work]) -> list[str]:
    """A key for each work: family name of the first author, year, first telling word of the title; none of them twice."""
    taken: set[str] = set()
    keys = []
    for work in works:
        key = _free(_key(work), taken)
        taken.add(key)
        keys.append(key)
    return keys


def _key(work: Work) -> str:
    family = _ascii(split_name(work.authors[0]).family) if work.authors else ""
    year = str(work.submitted[0]) if work.submitted else ""
    words = [_ascii(word) for word in _WORD.findall(work.title)]
    word = next((word for word in words if word and word not in _SMALL_WORDS), "")
    return f"{family}{year}{word}" or _ascii(work.arxiv_id or work.doi) or "paper"


def _free(key: str, taken: set[str]) -> str:
    number, candidate = 1, key
    while candidate in taken:
        number += 1
        candidate = f"{key}-{number}"
    return candidate


def _ascii(text: str) -> str:
    """Lower case, without accents; what has no Latin letters is left out."""
    folded = "".join(_LETTERS.get(char, char) for char in text.casefold())
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(char for char in plain if char.isascii() and char.isalnum())
