"""Words that no one has written: the same place always gives the same word, and no two places do."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

SYLLABLES = [
    first + vowel
    for first in ("b", "d", "f", "g", "k", "l", "m", "n", "r", "s", "t", "v", "z", "ch", "sh")
    for vowel in "aeio"
]
LENGTH = 4
SPREAD = 7_368_787
"""A prime, so that neighbours in number are none in spelling."""


@dataclass(frozen=True, slots=True)
class Heaps:
    """How many different words there are after so many."""

    factor: float
    exponent: float
    per_document: float

    def different(self, documents: int) -> int:
        return int(self.factor * (documents * self.per_document) ** self.exponent)

    def taken_by(self, number: int, real: int, reused: int, source: Random) -> list[int]:
        """The places of the made-up words in this paper: the new ones, and earlier ones, seldom those of high places."""
        known = self.different(real)
        before, now = (max(0, self.different(documents) - known) for documents in (number - 1, number))
        earlier = [int(before ** source.random()) - 1 for _ in range(reused)] if before else []
        return [*range(before, now), *earlier]


def invent_word(place: int) -> str:
    spread = place * SPREAD % len(SYLLABLES) ** LENGTH
    return "".join(SYLLABLES[spread // len(SYLLABLES) ** digit % len(SYLLABLES)] for digit in range(LENGTH))


def invent_han(place: int, characters: Sequence[str]) -> str:
    """Two characters that exist, seldom seen side by side."""
    spread = place * SPREAD % len(characters) ** 2
    return characters[spread // len(characters)] + characters[spread % len(characters)]
