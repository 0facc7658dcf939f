"""UTF-8 that was read as Windows-1252 or Windows-1254: how it comes about, how it is known, what may have stood there.

Such a reading turns each byte of a character into a character of its own. A few bytes mean nothing in these code pages
and are dropped on the way, and so is the soft hyphen, which nobody sees. The first byte of a character is never among
them, and says how many follow: so it is certain how many characters there were and where, and only which ones they
were has to be chosen, from some twenty each. (Found by doing it to a digest known in both states: byte for byte.)
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from typing import Literal, NamedTuple

Codec = Literal["cp1252", "cp1254"]


class Piece(NamedTuple):
    """A stretch of text and what it was: a single character where candidates are given, else just what it is."""

    text: str
    candidates: str = ""


def corrupt(text: str, codec: Codec) -> str:
    """The exact process: read in the wrong code page, with unknown bytes and soft hyphens dropped."""
    return text.encode().translate(None, lost_bytes(codec)).decode(codec)


@cache
def lost_bytes(codec: Codec) -> bytes:
    """The bytes that do not survive the process."""
    return bytes(byte for byte in _HIGH if byte == _SOFT_HYPHEN or not _read(byte, codec))


def detect(text: str) -> Codec | None:
    """The code page this text was misread in, None if it was not.

    "é" is hardly ever followed by "¡" or "€" in clean text, and mostly is in mojibake. Hardly ever is not never (French
    sets a hard blank and » after a word), so it takes more whole and usual characters than letters left over.
    """
    damaged = [run for line in _suspects(text) for run in _runs(line) if _is_damaged(run)]
    if not damaged:
        return None
    return "cp1252" if any(_ONLY_IN_1252.search(run) for run in damaged) else "cp1254"


def _suspects(text: str) -> Iterator[str]:
    """The lines with a letter and a sign that may be one character. Clean text has hardly any: one look is enough."""
    end = 0
    for match in _SUSPECT.finditer(text):
        if match.start() >= end:
            start, end = text.rfind("\n", end, match.start()) + 1, text.find("\n", match.end())
            end = end if end >= 0 else len(text)
            yield text[start:end]


def split(text: str, codec: Codec) -> Iterator[Piece]:
    """The text in pieces, each with its candidates. Joined, their texts are the text.

    Where a file is damaged from end to end, so is every letter beyond ASCII. Where clean text stands between, only
    stretches that show it are taken; a stretch ends at a character no mojibake holds, as a Chinese one.
    """
    is_all_damaged = not _FOREIGN.search(text) and _evidence(text).is_overwhelming
    for run in _runs(text):
        if is_all_damaged or _is_damaged(run):
            yield from _split_run(run, codec)
        else:
            yield Piece(run)


def _split_run(run: str, codec: Codec) -> Iterator[Piece]:
    end = 0
    for match in _CHARACTER.finditer(run):
        if found := candidates(match.group(), codec):
            if end < match.start():
                yield Piece(run[end : match.start()])
            yield Piece(match.group(), found)
            end = match.end()
    if end < len(run):
        yield Piece(run[end:])


@cache
def candidates(garbled: str, codec: Codec) -> str:
    """Every character the process may have made this of: one if no byte was lost, up to some hundred if three were."""
    first, *survivors = (_BYTES[char] for char in garbled)
    due = 1 if first < 0xE0 else 2 if first < 0xF0 else 3
    missing = due - len(survivors)
    found: set[str] = set()
    for places in combinations(range(due), missing):
        for lost in product(lost_bytes(codec), repeat=missing):
            rest, gone = iter(survivors), iter(lost)
            follow = [next(gone) if place in places else next(rest) for place in range(due)]
            found.update(bytes([first, *follow]).decode("utf-8", "ignore"))
    return "".join(sorted(filter(_is_written, found)) or sorted(found))


class _Evidence(NamedTuple):
    usual: int
    """Whole sequences of bytes that are a character somebody may well have written."""
    alone: int
    """Letters followed by nothing, and signs following none."""

    @property
    def is_overwhelming(self) -> bool:
        return self.usual > 4 * self.alone


def _evidence(run: str) -> _Evidence:
    found = [match.group() for match in _CHARACTER.finditer(run)]
    signs = len(_SIGN.findall(run)) - sum(map(len, found))
    return _Evidence(sum(map(_is_usual, found)), signs + sum(len(garbled) == 1 for garbled in found))


def _is_damaged(run: str) -> bool:
    usual, alone = _evidence(run)
    return usual > alone


@cache
def _is_usual(garbled: str) -> bool:
    """Common in Chinese or in Western Europe, or an emoji. (“é »” would make a traditional character.)"""
    char = bytes(_BYTES[char] for char in garbled).decode("utf-8", "ignore")
    return char >= "\U0001f000" or any(char.encode(codec, "ignore") for codec in ("gb2312", "cp1252"))


def _is_written(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cn", "Cs"}


def _runs(text: str) -> Iterator[str]:
    """Stretches of what mojibake can hold and stretches of what it cannot, by turns and by lines."""
    return (match.group() for match in _RUN.finditer(text))


def _read(byte: int, codec: Codec) -> str:
    return bytes([byte]).decode(codec, "ignore")


_HIGH = range(0x80, 0x100)
_SOFT_HYPHEN = 0xAD
# Some programs keep an unknown byte as the control character of that number: nothing is lost then.
_BYTES = {chr(byte): byte for byte in _HIGH} | {
    _read(byte, codec): byte for byte in _HIGH for codec in ("cp1252", "cp1254") if _read(byte, codec)
}


def _among(first: int, last: int) -> str:
    return "[" + "".join(re.escape(char) for char, byte in _BYTES.items() if first <= byte <= last) + "]"


_FOLLOWING = _among(0x80, 0xBF)
_CHARACTER = re.compile(
    f"{_among(0xC2, 0xDF)}{_FOLLOWING}?|{_among(0xE0, 0xEF)}{_FOLLOWING}{{0,2}}|{_among(0xF0, 0xF4)}{_FOLLOWING}{{0,3}}"
)
_SUSPECT = re.compile(_among(0xC2, 0xF4) + _FOLLOWING)
_SIGN = re.compile(_among(0x80, 0xFF))
_ANY = _among(0x80, 0xFF)[1:-1]
_FOREIGN = re.compile(f"[^\x00-\x7f{_ANY}]")
_RUN = re.compile(f"[\x00-\x09\x0b-\x7f{_ANY}]+|[^\x00-\x7f{_ANY}]+|\n")
_ONLY_IN_1252 = re.compile(f"{_among(0xC2, 0xF4)}{_FOLLOWING}*[Žž]")
