"""What is known about Chinese before the first digest is in the library: words from a dictionary, and a few sentences.

The words and how often they occur are those of jieba's dictionary, which its package brings along (MIT). Only that file
is read: the package itself is not imported, since it would load a segmenter nobody needs.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.digests.encoding.character_model import EMPTY, CharacterModel, train, train_on_words
from app.digests.encoding.phrases import PHRASES

_SIGHTINGS_PER_COUNT = 30
"""The dictionary counts sixty million words. Two million weigh as much as a library does, and fit its smoothing."""
_RAREST_WORD = 15
_SMALLEST_COUNT = 2
# No dictionary holds the signs that the process damages.
_SIGNS = {"、": 1000, "”": 300, "！": 30, "【": 15, "】": 15}


def priors() -> tuple[CharacterModel, ...]:
    """The models to repair with when there is nothing else, the most general one first."""
    return (dictionary(), phrases())


@cache
def dictionary(package: str = "jieba") -> CharacterModel:
    """Some two seconds' work, so it is done when the first file needs it and kept. Empty if there is no dictionary."""
    path = _dictionary_file(package)
    if path is None:
        return EMPTY
    return train_on_words([*_SIGNS.items(), *_words(path)]).pruned(_SMALLEST_COUNT)


@cache
def phrases() -> CharacterModel:
    return train([PHRASES])


def _dictionary_file(package: str) -> Path | None:
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return next((file for place in places or () if (file := Path(place) / "dict.txt").is_file()), None)


def _words(path: Path) -> Iterator[tuple[str, int]]:
    """Lines are a word, how often it was seen and its part of speech."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, seen, *_ = line.split(" ")
            if not word.isascii() and int(seen) >= _RAREST_WORD:
                yield word, max(1, round(int(seen) / _SIGHTINGS_PER_COUNT))
