"""The line of authors in a ChatPaperFree entry, and what arXiv did to nicknames in it."""

import re
from collections.abc import Iterator

from app.digests.text_lines import squeeze

_AUTHORS = re.compile(r"\s*\*\*\s*Authors?(?:\*\*)?\s*[:：]", re.IGNORECASE)


def read_authors(line: str) -> tuple[str, ...] | None:
    """The names, or None if this is no line of authors."""
    if not (label := _AUTHORS.match(line)):
        return None
    names = line[label.end() :].replace("*", "")
    if ",  " in names:
        return tuple(name for name in map(squeeze, _mended(names.split(","))) if name)
    return tuple(name for name in map(str.strip, squeeze(names).split(",")) if name)


def _mended(pieces: list[str]) -> Iterator[str]:
    """The names, those that were torn in two made whole."""
    index = 0
    while index < len(pieces):
        if pieces[index].startswith("  ") and _is_torn_name(pieces, index):
            pieces[index + 1] = f"{pieces[index]} {pieces[index + 1]}"
            index += 1
        yield pieces[index]
        index += 1


def _is_torn_name(pieces: list[str], index: int) -> bool:
    """arXiv drops the nickname of "Yingyan (Celine) Lin" and leaves two blanks after the comma on either side.

    One of the two pieces is a single word, unless the whole list is written with two blanks and nothing is torn.
    """
    pair = pieces[index : index + 2]
    if len(pair) < 2 or not all(piece.startswith("  ") for piece in pair):
        return False
    return any(len(piece.split()) == 1 for piece in pair) and all(piece.strip() for piece in pair)
