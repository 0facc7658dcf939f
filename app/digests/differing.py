"""Two texts and what is different between them: word by word, Chinese by runs of characters. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import Match, SequenceMatcher
from enum import StrEnum
from itertools import groupby

MOST_TOKENS = 6_000
"""Tokens of both sides of a passage that are compared; a longer one is shown as taken out and put in as a whole."""
MOST_LINES = 40_000
"""Lines of both texts that are compared; of longer ones only what they begin and end with alike."""
MOST_WORK = 4_000_000
"""Steps of comparing a passage; a third of a second. The analyses we have met take a tenth of it at most; texts of few
words that come again and again would take minutes, and what is left of them is shown as taken out and put in."""
CONTEXT = 1
"""Unchanged lines that are shown around a changed one."""

_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|\n|[^\S\n]+|."
)


class Kind(StrEnum):
    """Whose words a piece is."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is in both, in the earlier, or in the later one."""

    kind: Kind
    text: str


@dataclass(slots=True)
class Row:
    """A line of the earlier text with what was done to it, or lines that were put in; or how many were left out."""

    number: int | None = None
    """Its number in the earlier text, counted from 1; none if it was put in."""
    pieces: list[Piece] = field(default_factory=list)
    skipped: int = 0
    """So many lines as before stand here."""

    @property
    def is_changed(self) -> bool:
        return any(piece.kind is not Kind.SAME for piece in self.pieces)


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order, every line with its end.

    Those that are the same and the removed ones make up the earlier text, those that are the same and the added ones
    the later.
    """
    old, new = _with_ends(before), _with_ends(after)
    pieces = []
    for tag, a, b, c, d in _opcodes(old, new, MOST_LINES, autojunk=True):
        first, second = "".join(old[a:b]), "".join(new[c:d])
        pieces += [Piece(Kind.SAME, first)] if tag == "equal" else _by_word(first, second)
    return _joined(pieces)


def by_line(pieces: Sequence[Piece]) -> list[Row]:
    """The pieces line by line, unchanged lines far from any change left out."""
    return list(_without_far(list(_lines(pieces))))


def _with_ends(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")] if text else []


def _by_word(before: str, after: str) -> list[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if not old or not new:
        return [*_piece(Kind.REMOVED, before), *_piece(Kind.ADDED, after)]
    pieces: list[Piece] = []
    for tag, a, b, c, d in _calmed(_opcodes(old, new, MOST_TOKENS), old, new):
        if tag == "equal":
            pieces += _piece(Kind.SAME, "".join(old[a:b]))
        else:
            pieces += _piece(Kind.REMOVED, "".join(old[a:b]))
            pieces += _piece(Kind.ADDED, "".join(new[c:d]))
    return pieces


Opcode = tuple[str, int, int, int, int]


def _opcodes(old: Sequence[str], new: Sequence[str], most: int, *, autojunk: bool = False) -> Iterator[Opcode]:
    """What difflib says, without what both begin and end with, and with a limit to the work."""
    start, end = _common(old, new)
    old_end, new_end = len(old) - end, len(new) - end
    if start:
        yield "equal", 0, start, 0, start
    middle, other = old[start:old_end], new[start:new_end]
    if not middle or not other or len(middle) + len(other) > most:
        if middle or other:
            yield "replace", start, old_end, start, new_end
    else:
        for tag, a, b, c, d in _Matcher(middle, other, autojunk).get_opcodes():
            yield tag, a + start, b + start, c + start, d + start
    if end:
        yield "equal", old_end, len(old), new_end, len(new)


class _Matcher(SequenceMatcher[str]):
    """Python's own, which finds nothing more when it has worked long enough."""

    def __init__(self, old: Sequence[str], new: Sequence[str], autojunk: bool) -> None:
        super().__init__(None, old, new, autojunk)
        self._old, self._left = old, MOST_WORK

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        places: dict[str, list[int]] = self.b2j  # type: ignore[attr-defined]  # documented, but not in the types
        self._left -= sum([len(places.get(item, [])) for item in self._old[alo:ahi]])
        return super().find_longest_match(alo, ahi, blo, bhi) if self._left > 0 else Match(alo, blo, 0)


def _common(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many items both begin with, and end with."""
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    most -= start
    end = next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
    return start, end


def _calmed(opcodes: Iterator[Opcode], old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    """Without scraps: a few characters alike by chance, between two changes that are longer than they, change too."""
    calm: list[Opcode] = []
    for opcode in opcodes:
        calm.append(opcode)
        while len(calm) > 2 and calm[-1][0] != "equal" and _is_scrap(calm[-2], calm[-3], calm[-1], old, new):
            first, last = calm[-3], calm[-1]
            calm[-3:] = [("replace", first[1], last[2], first[3], last[4])]
    return calm


def _is_scrap(middle: Opcode, before: Opcode, after: Opcode, old: Sequence[str], new: Sequence[str]) -> bool:
    if middle[0] != "equal" or before[0] == "equal":
        return False
    text = "".join(old[middle[1] : middle[2]])
    if "\n" in text:
        return False
    return len(text.strip()) <= min(_weight(before, old, new), _weight(after, old, new), _LONGEST_SCRAP)


_LONGEST_SCRAP = 2


def _weight(opcode: Opcode, old: Sequence[str], new: Sequence[str]) -> int:
    return max(len("".join(old[opcode[1] : opcode[2]])), len("".join(new[opcode[3] : opcode[4]])))


def _piece(kind: Kind, text: str) -> list[Piece]:
    return [Piece(kind, text)] if text else []


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece; what was removed before what was added in its place."""
    joined: list[Piece] = []
    for is_same, some in groupby(pieces, key=lambda piece: piece.kind is Kind.SAME):
        group = list(some)
        for kind in (Kind.SAME,) if is_same else (Kind.REMOVED, Kind.ADDED):
            joined += _piece(kind, "".join(piece.text for piece in group if piece.kind is kind))
    return joined


def _lines(pieces: Sequence[Piece]) -> Iterator[Row]:
    number, is_told, row = 1, False, Row()
    for piece in pieces:
        for part in _LINE.findall(piece.text):
            text = part.removesuffix("\n")
            if piece.kind is not Kind.ADDED and not is_told:
                row.number, is_told = number, True
            if text or (piece.kind is not Kind.SAME and not row.pieces):
                row.pieces.append(Piece(piece.kind, text))
            if text != part:
                yield row
                row = Row()
                number, is_told = (number + 1, False) if piece.kind is not Kind.ADDED else (number, is_told)
    if row.pieces or row.number:
        yield row


def _without_far(every: Sequence[Row]) -> Iterator[Row]:
    changed = [place for place, row in enumerate(every) if row.is_changed]
    near = {place for at in changed for place in range(at - CONTEXT, at + CONTEXT + 1)}
    for is_near, some in groupby(enumerate(every), key=lambda item: item[0] in near):
        group = [row for _, row in some]
        yield from group if is_near or len(group) == 1 else [Row(skipped=len(group))]


_LINE = re.compile(r"[^\n]*\n|[^\n]+")
