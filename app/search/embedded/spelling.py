"""Words that are spelled nearly like another one, out of those that the index holds.

What is one edit away is tried out, letter by letter: the index is asked for each, which takes next to no time and is
always true. Two edits are too many to try, so long words are compared with the dictionary of their first letter.
"""

import re
import time
from collections.abc import Callable, Iterator
from string import ascii_lowercase
from typing import NamedTuple

from tantivy import Searcher

from app.search.words import LONGEST_COMPOUND

ONE_EDIT_FROM, TWO_EDITS_FROM = 5, 9
"""Letters that a word must have for one or two of them to be wrong."""
LARGEST_DICTIONARY = 30_000
"""Words of one first letter, the most frequent first; past these, rarer ones are found by one edit only."""
REST = 100
"""A dictionary serves this many times as long as it took to read, even if the index changes meanwhile."""

_FIELD = "all"
_LATIN = re.compile(f"[a-z]{{{ONE_EDIT_FROM},{LONGEST_COMPOUND}}}")
_LONG = re.compile(f"[a-z]{{{TWO_EDITS_FROM - 2},}}")


class Near(NamedTuple):
    """A word of the index, how many edits away it is, and how many documents have it."""

    word: str
    edits: int
    documents: int


class _Dictionary(NamedTuple):
    """The long words of one first letter, by their length."""

    words: dict[int, list[str]]
    state: tuple[int, int]
    """Of the index: it is another after a change, but for rare coincidences, which do little harm here."""
    expires: float


class Spelling:
    """The spelling of one index. It keeps what it read, so that one serves all questions; threads may share it."""

    def __init__(self, searcher: Callable[[], Searcher]) -> None:
        """`searcher` gives the index as it is now."""
        self._searcher = searcher
        self._dictionaries: dict[str, _Dictionary] = {}

    def near(self, word: str, most: int = 10) -> tuple[Near, ...]:
        """Other words, those two edits away with the same first letter: the nearest, and of these the most frequent, first.

        An edit is a letter too many, too few or another, or two neighbours swapped. The word is a folded one; if it is
        short, or holds more than the letters from a to z, nothing is near.
        """
        if not _LATIN.fullmatch(word):
            return ()
        searcher = self._searcher()
        edits = dict.fromkeys(self._within_two(searcher, word), 2) if len(word) >= TWO_EDITS_FROM else {}
        edits |= dict.fromkeys(_within_one(word), 1)
        edits.pop(word, None)
        found = [Near(w, e, n) for w, e in edits.items() if (n := searcher.doc_freq(_FIELD, w))]
        return tuple(sorted(found, key=lambda near: (near.edits, -near.documents, near.word))[:most])

    def _within_two(self, searcher: Searcher, word: str) -> Iterator[str]:
        from rapidfuzz import process  # Slow to import, and few questions need it.
        from rapidfuzz.distance import OSA

        words = self._dictionary(searcher, word[0]).words
        for length in range(len(word) - 2, len(word) + 3):
            choices = words.get(length, ())
            for like, _, _ in process.extract(word, choices, scorer=OSA.distance, score_cutoff=2, limit=None):
                yield like

    def _dictionary(self, searcher: Searcher, letter: str) -> _Dictionary:
        state = (searcher.num_docs, searcher.num_segments)
        known = self._dictionaries.get(letter)
        if known is None or (known.state != state and known.expires < time.monotonic()):
            started = time.thread_time()
            words = _read(searcher, letter)
            rest = REST * (time.thread_time() - started)
            known = self._dictionaries[letter] = _Dictionary(words, state, time.monotonic() + rest)
        return known


def _within_one(word: str) -> Iterator[str]:
    """Everything one edit away, and the word itself."""
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]


def _read(searcher: Searcher, letter: str) -> dict[int, list[str]]:
    words: dict[int, list[str]] = {}
    for word, _ in searcher.terms_with_prefix(_FIELD, letter, limit=LARGEST_DICTIONARY):
        if _LONG.fullmatch(word):
            words.setdefault(len(word), []).append(word)
    return words
