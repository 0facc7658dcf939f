"""What has been read of an entry, line by line, so that nothing of it is dropped and every field knows its place."""

from collections.abc import Sequence
from itertools import groupby

from app.digests.text_lines import is_blank, passage, squeeze


class Ledger:
    """Every line is left over until something is read from it. Lines are given by index; 0 is the entry's first."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self._first_line = first_line
        self._left: list[str | None] = list(lines)
        self._read: set[int] = set()
        self._spans: dict[str, tuple[int, int]] = {}

    def note(self, field: str, index: int) -> None:
        """A field has something from this line."""
        span = self._spans.get(field)
        if span is None:
            self._spans[field] = index, index
        elif index > span[1]:
            self._spans[field] = span[0], index
        elif index < span[0]:
            self._spans[field] = index, span[1]

    def read(self, index: int, *fields: str, left: str = "") -> None:
        """This line is dealt with: it went into these fields, or is mere markup, and `left` is in none of them."""
        self._read.add(index)
        self._left[index] = left if left and not is_blank(left) else None
        for field in fields:
            self.note(field, index)

    def read_all(self, field: str, lines: Sequence[str], indexes: Sequence[int]) -> None:
        """These lines are in the field, whole, in order. Blank ones may be among them, and do not count at the ends."""
        self._read.update(indexes)
        if isinstance(indexes, range):
            self._left[indexes.start : indexes.stop] = [None] * len(indexes)
        else:
            for index in indexes:
                self._left[index] = None
        first, last = 0, len(indexes) - 1
        while first <= last and is_blank(lines[indexes[first]]):
            first += 1
        if first > last:
            return
        while is_blank(lines[indexes[last]]):
            last -= 1
        self.note(field, indexes[first])
        self.note(field, indexes[last])

    def is_read(self, index: int) -> bool:
        """Whether this line is dealt with, but for what is left of it."""
        return index in self._read

    def rest(self) -> str:
        """What is left over, in order; an empty line stands where something else was in between."""
        over = [index for index, left in enumerate(self._left) if left and not is_blank(left)]
        if not over:
            return ""
        self.note("rest", over[0])
        self.note("rest", over[-1])
        runs = (passage([line or "" for line in run]) for is_read, run in groupby(self._left, _is_read) if not is_read)
        return "\n\n".join(run for run in runs if run)

    def lines(self) -> dict[str, tuple[int, int]]:
        """The first and last line of each field, counted from 1 in the file. To be asked after `rest`."""
        return {
            name: (self._first_line + first, self._first_line + last) for name, (first, last) in self._spans.items()
        }


def joined(*pieces: str) -> str:
    """What is left of a line, in one text."""
    return squeeze(" ".join(pieces))


def _is_read(left: str | None) -> bool:
    return left is None
