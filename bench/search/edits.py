"""Typing errors: one edit, as fingers make them."""

from random import Random
from string import ascii_lowercase


def mistyped(word: str, source: Random) -> str:
    """The word with one letter changed, left out, put in, or two neighbours the other way round; never the same word."""
    while True:
        edited = source.choice((_changed, _left_out, _put_in, _swapped))(word, source)
        if edited != word:
            return edited


def _changed(word: str, source: Random) -> str:
    place = source.randrange(len(word))
    return word[:place] + source.choice(ascii_lowercase) + word[place + 1 :]


def _left_out(word: str, source: Random) -> str:
    place = source.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _put_in(word: str, source: Random) -> str:
    place = source.randrange(len(word) + 1)
    return word[:place] + source.choice(ascii_lowercase) + word[place:]


def _swapped(word: str, source: Random) -> str:
    place = source.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
