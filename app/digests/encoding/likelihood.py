"""How likely a character is after two others, by everything known about the language."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import log

from app.digests.encoding.character_model import WORD_BREAK, CharacterModel

Likelihood = Callable[[str, str], float]
"""The logarithm of how likely the second argument, a character, follows the first, two characters."""

_SHARE_OF_FORMER_MODEL = 0.9
"""A more general model knows the context; how common a character is in this model alone says little beside that."""
_TRUST_IN_CHARACTERS = 800
_TRUST_IN_PAIRS = 100
"""How many sightings of a context it takes to believe its counts as much as what is known without them.

All three were chosen on twelve digests: the bench says what they are worth.
"""


def likelihood(models: Sequence[CharacterModel]) -> Likelihood:
    """From several models, the most general one first, the one nearest to the text last.

    Each context believes its own counts as far as they go and a shorter one for the rest, and each model an earlier one:
    Dirichlet smoothing (MacKay and Peto, “A hierarchical Dirichlet language model”, 1995). Words of a dictionary stand
    alone: what follows one is any beginning of another, so where a word may end both ways are added up.
    """
    layers = [_Layer(model) for model in models if model.total]

    @cache
    def of(context: str, char: str) -> float:
        chance = _usualness(char)
        for layer in layers:
            chance = layer.chance(context, char, chance)
        return log(chance)

    return of


class _Layer:
    """One model, asked again and again: what concerns a context alone, or a character alone, is looked up once."""

    def __init__(self, model: CharacterModel) -> None:
        self._counts: Mapping[str, int] = model.counts
        self._total = model.total
        self._words = model.counts.get(WORD_BREAK, 0) or 1
        self._seen: dict[str, tuple[int, int]] = {}
        self._alone: dict[str, tuple[int, float]] = {}

    def chance(self, context: str, char: str, before: float) -> float:
        """`before` is how likely it was thought to be without this model."""
        count, starts = self._alone.get(char) or self._look_up_char(char)
        chance = _SHARE_OF_FORMER_MODEL * before + (1 - _SHARE_OF_FORMER_MODEL) * count / self._total
        for known, trust in ((context[1], _TRUST_IN_CHARACTERS), (context, _TRUST_IN_PAIRS)):
            seen, ends = self._seen.get(known) or self._look_up(known)
            if seen:
                chance = (self._counts.get(known + char, 0) + ends * starts + trust * chance) / (seen + trust)
        return chance

    def _look_up(self, known: str) -> tuple[int, int]:
        found = self._seen[known] = (self._counts.get(known, 0), self._counts.get(known + WORD_BREAK, 0))
        return found

    def _look_up_char(self, char: str) -> tuple[int, float]:
        found = self._alone[char] = (
            self._counts.get(char, 0),
            self._counts.get(WORD_BREAK + char, 0) / self._words,
        )
        return found


def is_everyday(char: str) -> bool:
    """A sign or one of the 3,755 common characters of GB 2312; 3,008 less common ones follow them there."""
    row = _row(char)
    return row in _SIGNS or row in _COMMON


def _usualness(char: str) -> float:
    """How likely a character is when nothing was read yet."""
    return 2e-4 if is_everyday(char) else 1e-5 if _row(char) else 1e-7


@cache
def _row(char: str) -> int:
    return int.from_bytes(char.encode("gb2312", "ignore")[:1])


_SIGNS = range(0xA1, 0xAA)
_COMMON = range(0xB0, 0xD8)
