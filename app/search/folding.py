"""Widths, cases, accents and forms of characters made equal, for writing an index, asking it and marking what it found."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from unicodedata import category, normalize

from app.search.variants import simplified

UNSEEN = "\u200b"
"""The zero-width blank may stand inside of a word or between two: it never parts Han, and makes Latin a compound."""
_BEYOND_ASCII = (
    (0x80, 0x2FF),
    (0x2000, 0x200A),
    (0x200C, 0x2BFF),
    (0x3000, 0x3020),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xFF01, 0xFF5E),
)
_PLAIN = re.compile("[\0-\x7f{}]*".format("".join(f"{chr(first)}-{chr(last)}" for first, last in _BEYOND_ASCII)))
_OFTEN = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"))
_NOT_DECOMPOSED = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
_ACCENT = re.compile("[\u0300-\u036f]")


class _Folds(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = "".join(map(_fold_character, normalize("NFKC", chr(code))))
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """ "Ｎｉｅßｎｅｒ" is "niessner", "點雲" is "点云"."""
    if text.isascii():
        return text.lower()
    return _fold_plain(text) if is_plain(text) else normalize("NFKC", text).translate(_FOLDS)


def is_plain(text: str) -> bool:
    """Whether no character is composed with the next, or unseen, and once folded letters above U+3000 are all Han: of
    such characters nearly every text is made, and it is soon read."""
    return _PLAIN.fullmatch(text) is not None


def is_aligned(text: str, folded: str) -> bool:
    """Whether each character folded to just one, so that what stands in one text stands at the same place in the other.

    A plain text may also lose some and gain as many; where none can be lost, that is told by the length.
    """
    return len(text) == len(folded) and (text.isascii() or (is_plain(text) and not _lost().search(text)))


def _fold_plain(text: str) -> str:
    """Most characters are as they are to be: to find the others is a quarter of the work of looking each one up."""
    for wide, narrow in _OFTEN:
        text = text.replace(wide, narrow)
    return _changing().sub(lambda match: _FOLDS[ord(match[0])], text).lower()


@cache
def _changing() -> re.Pattern[str]:
    """Any plain character beyond ASCII that folds to another."""
    return _any_of(code for code in _beyond_ascii() if _FOLDS[code] != chr(code))


@cache
def _lost() -> re.Pattern[str]:
    """Any plain character that folds to nothing."""
    return _any_of(code for code in _beyond_ascii() if not _FOLDS[code])


def _beyond_ascii() -> Iterator[int]:
    return (code for first, last in _BEYOND_ASCII for code in range(first, last + 1))


def _any_of(codes: Iterable[int]) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, codes)))}]")


def _fold_character(character: str) -> str:
    """One character, already in NFKC; marks that stand alone and what has no width are nothing at all."""
    if character == UNSEEN:
        return character
    if category(character) in {"Mn", "Me", "Cf"}:
        return ""
    bare = _ACCENT.sub("", normalize("NFKD", simplified(character).casefold()))
    return "".join(_NOT_DECOMPOSED.get(c, c) for c in normalize("NFKC", bare).casefold())
