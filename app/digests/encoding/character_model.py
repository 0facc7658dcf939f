"""Which characters follow which, as counts: what a library, a dictionary or a few sentences know about Chinese."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

ORDER = 3
WORD_BREAK = "\0"
"""Stands around the words of a dictionary. No text holds it: a file that does is refused as binary."""

_LATIN = re.compile(r"[A-Za-z]+")
_NUMBER = re.compile(r"[0-9]+")
_BLANKS = re.compile(r"[^\S\n]+")


@dataclass(frozen=True)
class CharacterModel:
    """How often each character, each pair and each three in a row were seen. Models with equal counts are equal."""

    counts: Mapping[str, int]

    @cached_property
    def total(self) -> int:
        """How many characters were seen, breaks between words aside."""
        return sum(count for gram, count in self.counts.items() if len(gram) == 1 and gram != WORD_BREAK)


def train(texts: Iterable[str]) -> CharacterModel:
    """Count in these texts, each distinct line once: what many digests repeat is known well enough from one."""
    lines = dict.fromkeys(line for text in texts for line in text.split("\n"))
    folded = fold("\n".join(["", *lines, ""]))
    counts: Counter[str] = Counter()
    for length in range(1, ORDER + 1):
        counts.update(map("".join, zip(*(folded[start:] for start in range(length)), strict=False)))
    return CharacterModel(counts)


def train_on_words(words: Iterable[tuple[str, int]]) -> CharacterModel:
    """Count in words that stand alone, each as often as it is said to occur."""
    counts: defaultdict[str, int] = defaultdict(int)
    for word, times in words:
        marked = f"{WORD_BREAK}{word}{WORD_BREAK}"
        for end in range(2, len(marked) + 1):
            for start in range(max(end - ORDER, 0), end):
                counts[marked[start:end]] += times
    return CharacterModel(dict(counts))


def fold(text: str) -> str:
    """As it is counted: which Latin word or number it is does not matter, and the end of a line is two blanks."""
    return _BLANKS.sub(" ", _NUMBER.sub("0", _LATIN.sub("a", text))).replace("\n", "  ")
