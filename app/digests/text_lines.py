"""What every format needs to know about lines: which are blank, and how to cut the blank ones off."""

from collections.abc import Iterable, Sequence

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters of no width, which `str.strip()` leaves alone; some digests fill empty lines with them."""
BLANKS = INVISIBLE + "".join(filter(str.isspace, map(chr, range(0x3001))))
"""All that is not to be seen."""


def is_blank(line: str) -> bool:
    """Nothing to be seen on it."""
    return not line or (line[0] in _BLANK and not line.strip(BLANKS))


def without_blanks(lines: Iterable[str]) -> list[str]:
    """Those on which there is something to be seen."""
    return [line for line in lines if line and (line[0] not in _BLANK or line.strip(BLANKS))]


def squeeze(text: str) -> str:
    """On one line, with single blanks: how a title is compared, shown and searched."""
    return " ".join((text if text.isascii() else text.translate(_NO_INVISIBLE)).split())


def trim(lines: Sequence[str]) -> Sequence[str]:
    """Without the blank lines before and after."""
    first, last = 0, len(lines)
    while first < last and is_blank(lines[first]):
        first += 1
    while last > first and is_blank(lines[last - 1]):
        last -= 1
    return lines[first:last] if last - first < len(lines) else lines


def without_blank_end(lines: list[str]) -> list[str]:
    """Without the blank lines after; the first line stays, whatever it is."""
    last = len(lines)
    while last > 1 and is_blank(lines[last - 1]):
        last -= 1
    return lines[:last]


def passage(lines: Sequence[str]) -> str:
    """Several lines as one text, exactly as written, without what is invisible around it."""
    return "\n".join(trim(lines)).rstrip()


_BLANK = frozenset(BLANKS)
"""Most lines show at their first character that they are not blank."""
_NO_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
