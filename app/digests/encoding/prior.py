"""What is known about Chinese before the first digest is in the library: words from a dictionary, and a few sentences.

The words and how often they occur are those of jieba's dictionary, which a package brings along (ADR 14). Only that file
is read: the package itself is not imported, since it would load a segmenter nobody needs.
"""

from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from app.digests.encoding.character_model import CharacterModel, train, train_on_words
from app.digests.encoding.phrases import PHRASES

_PACKAGE, _FILE = "jieba-py", "jieba/_data/dict.txt"
_SIGHTINGS_PER_COUNT = 30
"""The dictionary counts sixty million words. Two million weigh as much as a library does, and fit its smoothing."""
_RAREST_WORD = 45
"""Rarer ones, five of six, make it no better: the bench says so."""
# No dictionary holds the signs that the process damages.
_SIGNS = {"、": 1000, "”": 300, "！": 30, "【": 15, "】": 15}


def priors() -> tuple[CharacterModel, ...]:
    """The models to repair with when there is nothing else, the most general one first."""
    return (dictionary(), phrases())


@cache
def dictionary() -> CharacterModel:
    """A third of a second's work, so it is done when the first file needs it and kept."""
    counted = ((word, round(seen / _SIGHTINGS_PER_COUNT)) for word, seen in _words())
    return train_on_words([*_SIGNS.items(), *counted])


@cache
def phrases() -> CharacterModel:
    return train([PHRASES])


def _words() -> Iterator[tuple[str, int]]:
    """Lines are a word, how often it was seen and its part of speech."""
    with Path(str(distribution(_PACKAGE).locate_file(_FILE))).open(encoding="utf-8") as lines:
        for line in lines:
            word, seen, _ = line.split(" ")
            if int(seen) >= _RAREST_WORD and not word.isascii():
                yield word, int(seen)
