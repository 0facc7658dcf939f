"""English words as terms are made of: folded, in the singular, and back as they are written. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from app.search.folding import fold

Parts = tuple[str, ...]
LONGEST_LATIN = 4
"""Words of a term."""
COUNTED = frozenset({"2d", "3d", "4d"})
_LATIN_ROW = re.compile(r"[a-z0-9]+(?:[-\u2010\u2011'’/ ]+[a-z0-9]+)*")
_LATIN = re.compile(r"[a-z0-9]+")
_WRITTEN_ROW = re.compile(_LATIN_ROW.pattern, re.IGNORECASE)
_WRITTEN = re.compile(_LATIN.pattern, re.IGNORECASE)
_STOP_WORDS = (
    "a an and are as at be been being both but by can could each for from had has have how however if in into is it its"
    " may more most much not of on only or other our out over such than that the their them then there these they this"
    " those through thus to two under up upon use used uses using via was we well were what when where which while who"
    " will with within without would yet based new novel propose proposed proposes present presents presented show shows"
    " shown demonstrate demonstrates first second one three many some several various also all any no so work works paper"
    " approach approaches recent existing previous et al e g i ie eg do does let us either neither often still even"
    " between among across during after before about against towards toward significantly achieve achieves achieved"
    " introduce introduces introduced due further especially make makes made furthermore moreover additionally"
    " specifically finally despite different same able provide provides enable enables allow allows com github http"
    " https www project page code available leverage leveraging including include like address addresses given"
)
STOP_LATIN = frozenset(_STOP_WORDS.split())


def latin_rows(texts: Sequence[str]) -> list[list[Parts]]:
    return [[tuple(latin_words(row)) for row in _LATIN_ROW.findall(fold(text))] for text in texts]


def latin_words(text: str) -> Iterator[str]:
    """The words of a folded text in the singular, as far as an "s" tells."""
    return (singular(word) for word in _LATIN.findall(text))


def singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def uncounted(parts: Parts) -> Parts:
    """Without a "3D" before it: that is a term, "scene" is one, and both together are no third."""
    return parts[1:] if len(parts) > 1 and parts[0] in COUNTED else parts


def spelled(texts: Sequence[str], wanted: set[Parts]) -> dict[Parts, str]:
    """How each English string is mostly written, in the singular or not."""
    found: dict[Parts, Counter[str]] = defaultdict(Counter)
    for row in (row for text in texts for row in _WRITTEN_ROW.findall(text)):
        words = list(_WRITTEN.finditer(row))
        parts = tuple(singular(word[0].lower()) for word in words)
        for at in range(len(parts)):
            for end in range(at + 1, min(at + LONGEST_LATIN, len(parts)) + 1):
                if parts[at:end] in wanted:
                    found[parts[at:end]][" ".join(row[words[at].start() : words[end - 1].end()].split())] += 1
    return {parts: spellings.most_common(1)[0][0] for parts, spellings in found.items()}
