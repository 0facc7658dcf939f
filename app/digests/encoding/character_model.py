"""Which characters follow which, as counts: what a library, a dictionary or a few sentences know about Chinese."""

import json
import re
import zlib
from collections import Counter
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

    def pruned(self, minimum: int) -> "CharacterModel":
        """Without the pairs and threes seen less often: much smaller, hardly worse. Merge first and prune last."""
        return CharacterModel({gram: n for gram, n in self.counts.items() if n >= minimum or len(gram) == 1})

    def to_bytes(self) -> bytes:
        """Compressed; the same bytes for equal models."""
        grams: dict[int, tuple[list[str], ...]] = {}
        for gram, count in sorted(self.counts.items()):
            grams.setdefault(count, tuple([] for _ in range(ORDER)))[len(gram) - 1].append(gram)
        # All of one count and length make one string: it is cut again by the length.
        joined = {count: ["".join(found) for found in by_length] for count, by_length in sorted(grams.items())}
        return zlib.compress(json.dumps(joined, ensure_ascii=False).encode(), level=9)


EMPTY = CharacterModel({})


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
    counts: Counter[str] = Counter()
    for word, times in words:
        marked = f"{WORD_BREAK}{WORD_BREAK}{word}{WORD_BREAK}"
        for end in range(2, len(marked)):
            for length in range(1, ORDER + 1):
                counts[marked[end + 1 - length : end + 1]] += times
    return CharacterModel(counts)


def merge(models: Iterable[CharacterModel]) -> CharacterModel:
    """What all of them have seen together."""
    counts: Counter[str] = Counter()
    for model in models:
        counts.update(model.counts)
    return CharacterModel(counts)


def from_bytes(packed: bytes) -> CharacterModel:
    """Read back what `to_bytes` wrote. ValueError if it did not write this."""
    try:
        grams: dict[str, list[str]] = json.loads(zlib.decompress(packed))
        return CharacterModel(
            {
                joined[start : start + length]: int(count)
                for count, by_length in grams.items()
                for length, joined in enumerate(by_length, start=1)
                for start in range(0, len(joined), length)
            }
        )
    except (zlib.error, TypeError, AttributeError) as error:
        raise ValueError("These bytes are no character model.") from error


def fold(text: str) -> str:
    """As it is counted: which Latin word or number it is does not matter, and the end of a line is two blanks."""
    return _BLANKS.sub(" ", _NUMBER.sub("0", _LATIN.sub("a", text))).replace("\n", "  ")
