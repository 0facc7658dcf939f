"""Our words and values as the server keeps them without touching them.

It cuts and folds text by rules of its own. A word of letters from a to z and digits it leaves alone; every other word is
written as code points behind a letter that no word of ours begins with, so that no beginning of a word is found there.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from app.search.words import Run

VERSION = 2
"""Raise it whenever this module, documents.py or words.py writes something else: the index is then made anew."""

MARK = "\u01c2"
"""A letter of click languages: it is in no word of ours, since such words are encoded too."""
EVERY = MARK
"""A word that every document has."""
LONGEST_WORD = 200
LONGEST_VALUE = 470
"""The server forgets what is longer."""
_SPACE = "+"
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-|/:")
_ESCAPE = re.compile(r"\^(.)|_([0-9a-f]{4})|~([0-9a-f]{6})|(\+)")


def token(word: str) -> str:
    """A word of ours as one word of the server's."""
    return word if word.isascii() else _encoded(word)


@lru_cache(maxsize=65_536)
def _encoded(word: str) -> str:
    """Of the pairs of a library most are the same few thousands."""
    return (MARK + "".join(map(_code, word)))[:LONGEST_WORD]


def is_plain(written: str) -> bool:
    return not written.startswith(MARK)


def in_sequence(text: Iterable[Run]) -> list[str]:
    """Every word at its position."""
    return [token(word) for run in text for word in run.words]


def value(text: str) -> str:
    """A name that is compared letter by letter: upper case, accents and blanks at its ends count."""
    written = ""
    for character in text:
        piece = _letter(character)
        if len(written) + len(piece) > LONGEST_VALUE:
            break
        written += piece
    return written


def original(written: str) -> str:
    """The name that a value was made of."""
    return _ESCAPE.sub(_read, written)


def _letter(character: str) -> str:
    if character in _KEPT:
        return character
    if character == " ":
        return _SPACE
    if "A" <= character <= "Z":
        return f"^{character.lower()}"
    return _escape(character, "_")


def _code(character: str) -> str:
    return _escape(character, "")


def _escape(character: str, mark: str) -> str:
    number = ord(character)
    return f"{mark}{number:04x}" if number <= 0xFFFF else f"{'~' if mark else 'g'}{number:06x}"


def _read(match: re.Match[str]) -> str:
    upper, short, long, _ = match.groups()
    if upper:
        return upper.upper()
    return chr(int(short or long, 16)) if short or long else " "
