"""What titles speak of: terms that are known, and words and pairs of words that are not. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from app.search.clauses import whole

Phrase = tuple[str, ...]
LONGEST = 3
"""Words that are looked at together."""
MOSTLY = 0.7
_ASCII_WORD = re.compile("[a-z0-9]+")
_PART = re.compile(r"[^:;,.!?()\[\]{}\"“”–—/|]+")
_IDLE_WORDS = (
    "a against all among an and are as at based be between beyond by can do does for from how in into is it its more not"
    " of on one only or our over that the their this through to toward towards two under up us using via we what when"
    " where with within without you your approach approaches better effective efficient enabling enhanced fast framework"
    " high improved improving leveraging method methods need new novel paper review robust study survey"
)
_IDLE = frozenset(_IDLE_WORDS.split())
"""What no term begins or ends with."""


def words_of(title: str) -> Phrase:
    """Its words in a row, as the search index has them."""
    return tuple(_ASCII_WORD.findall(title.lower()) if title.isascii() else whole(title).split())


def phrase_of(text: str) -> Phrase:
    """What stands in a title that has the text, whatever follows; of a run of Chinese its pairs."""
    words = whole(text).split()
    return tuple(words[:-1] if len(words) > 1 and len(words[-1]) == 1 and not words[-1].isascii() else words)


def phrases_in(title: str) -> set[Phrase]:
    """Words and rows of words that might be terms; Chinese, which has no blanks, is left to the terms that are known."""
    found: set[Phrase] = set()
    for part in _PART.findall(title):
        words = [word if word.isascii() else "" for word in words_of(part)]
        rows = (
            tuple(words[at : at + length]) for length in range(1, LONGEST + 1) for at in range(len(words) - length + 1)
        )
        found.update(row for row in rows if _may_be_term(row))
    return found


def _may_be_term(row: Phrase) -> bool:
    if not all(row) or row[0] in _IDLE or row[-1] in _IDLE:
        return False
    if any(word in _IDLE and word != "of" for word in row[1:-1]) or row[-1].isdigit():
        return False
    return any(len(word) > 2 and not word.isdigit() for word in row)


class PhraseCounter:
    """Counts in how many titles each of some phrases stands. Several phrases may count as one."""

    def __init__(self, keys: Mapping[Phrase, str]) -> None:
        self._by_first: dict[str, list[tuple[Phrase, str]]] = defaultdict(list)
        for phrase, key in keys.items():
            if phrase:
                self._by_first[phrase[0]].append((phrase, key))

    def count(self, titles: Iterable[str]) -> Counter[str]:
        """Each title once for a key, however often it has it."""
        counts: Counter[str] = Counter()
        for title in titles:
            counts.update(self._keys(words_of(title)))
        return counts

    def _keys(self, words: Phrase) -> set[str]:
        return {
            key
            for at, word in enumerate(words)
            for phrase, key in self._by_first.get(word, ())
            if words[at : at + len(phrase)] == phrase
        }


def without_parts(counts: Mapping[Phrase, int]) -> list[Phrase]:
    """The phrases, each with its count, without those that hardly occur but as a part of a longer one."""
    longer: dict[Phrase, int] = {}
    for phrase, count in counts.items():
        for length in range(1, len(phrase)):
            for at in range(len(phrase) - length + 1):
                part = phrase[at : at + length]
                longer[part] = max(longer.get(part, 0), count)
    return [phrase for phrase, count in counts.items() if longer.get(phrase, 0) < MOSTLY * count]
