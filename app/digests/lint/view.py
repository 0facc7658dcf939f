"""A digest as the rules see it: every line of its prose with the place where it stands in the file."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from app.digests.document import ParsedDigest, ParsedEntry
from app.digests.lint.markup import plain
from app.digests.text_lines import without_blanks

_MACHINE_MADE = frozenset({"chatpaperfree"})
_NEAR = 48
"""How many lines to look ahead for text that stands beside a marker or a label."""
_FEW = 300
"""Lines that may be looked through for each one that is asked for."""
_TELLING = 30
"""Characters of a line by which it is found again: an item that was wrapped is one line now."""


class Line:
    """A line of prose. Few are found guilty, and only of those anyone asks where they stand in the file."""

    __slots__ = ("_index", "_passage")

    def __init__(self, passage: "Passage", index: int) -> None:
        self._passage, self._index = passage, index

    @property
    def text(self) -> str:
        """As written."""
        return self._passage.texts[self._index]

    @property
    def plain(self) -> str:
        """Without its markup."""
        return self._passage.plains[self._index]

    @property
    def number(self) -> int:
        """In the file, counted from 1."""
        return self._passage.number_of(self._index)


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with all that was written about the paper, and not by its authors."""

    entry: ParsedEntry
    position: int
    summary: "Passage"
    key_points: "Passage"
    analysis: "Passage"
    plains: tuple[str, ...]
    """The lines of all three, without their markup."""
    prose: str
    """The same as one text."""
    latin: str
    """What of it is ASCII, in lower case: in Chinese prose that is little, and soon looked through."""

    def line(self, index: int) -> Line:
        """One of the lines of all three."""
        for passage in (self.summary, self.key_points):
            if index < len(passage.plains):
                return passage.line(index)
            index -= len(passage.plains)
        return self.analysis.line(index)

    @property
    def texts(self) -> Iterator[str]:
        """The lines of all three as written."""
        return chain(self.summary.texts, self.key_points.texts, self.analysis.texts)


@dataclass(frozen=True, slots=True)
class DigestView:
    """A digest, its entries and its lines."""

    parsed: ParsedDigest
    text: str
    entries: tuple[EntryView, ...]
    lines: Sequence[str]
    is_repaired: bool

    @property
    def is_machine_made(self) -> bool:
        """Whether each entry was to have a summary, key points and a whole analysis. What a person leaves out is no
        defect."""
        return self.parsed.format in _MACHINE_MADE

    def line_with(self, words: str, entry: ParsedEntry) -> int:
        """The first line of the entry that holds `words`, else its heading."""
        numbers = range(entry.first_line, min(entry.last_line, len(self.lines)) + 1)
        return next((number for number in numbers if words in self.lines[number - 1]), entry.first_line)


def view(parsed: ParsedDigest, text: str, *, is_repaired: bool) -> DigestView:
    lines = text.split("\n")
    entries = tuple(_view_entry(entry, position, lines) for position, entry in enumerate(parsed.entries, 1))
    return DigestView(parsed=parsed, text=text, entries=entries, lines=lines, is_repaired=is_repaired)


def _view_entry(entry: ParsedEntry, position: int, lines: list[str]) -> EntryView:
    summary = Passage("summary", entry.summary.split("\n"), entry, lines)
    key_points = Passage("key_points", entry.key_points, entry, lines, after=summary)
    analysis = Passage("analysis", entry.analysis.split("\n"), entry, lines, after=key_points)
    plains = (*summary.plains, *key_points.plains, *analysis.plains)
    prose = "\n".join(plains)
    latin = prose.encode("ascii", "ignore").decode().lower()
    return EntryView(entry, position, summary, key_points, analysis, plains, prose, latin)


class Passage:
    """The lines of one field; blank lines are left out."""

    def __init__(
        self,
        field: str,
        written: Sequence[str],
        entry: ParsedEntry,
        lines: list[str],
        after: "Passage | None" = None,
    ) -> None:
        self.texts = without_blanks(written)
        """As written."""
        self.plains = plain(self.texts)
        """Without their markup."""
        self._field, self._entry, self._file, self._after = field, entry, lines, after

    def line(self, index: int) -> Line:
        """It knows the passage and the passage does not know it: a ring would wait for the garbage collector."""
        return Line(self, index)

    def number_of(self, index: int) -> int:
        """Where a line stands. Nearly every line stands there once, and is found without a look at the others."""
        first, last = self._range
        key = self.texts[index].strip()
        if last - first > _FEW:
            return self.numbers[index]  # there may be as many to ask for as there are to look at
        return first + self._here.index(key) if self._here.count(key) == 1 else self.numbers[index]

    @cached_property
    def _here(self) -> list[str]:
        """The lines among which its own stand."""
        first, last = self._range
        return [line.strip() for line in self._file[first - 1 : last]]

    @cached_property
    def numbers(self) -> list[int]:
        """Where each line stands: at the next place with the same words, or with the line before if there is none."""
        first, last = self._range
        places = _Places(self._file, first, last)
        numbers: list[int] = []
        for text in self.texts:
            numbers.append(places.of(text.strip(), numbers[-1] if numbers else first))
        return numbers

    @cached_property
    def _range(self) -> tuple[int, int]:
        first, last = self._entry.lines.get(self._field) or (self._below, self._entry.last_line)
        return first, min(last, len(self._file))

    @property
    def _below(self) -> int:
        """Where the parser does not say in which lines a field stands, it stands below the field before it."""
        if self._after is None:
            return self._entry.first_line
        return self._after.numbers[-1] if self._after.numbers else self._after._below


class _Places:
    """Where lines stand between two others, both included."""

    def __init__(self, lines: list[str], first: int, last: int) -> None:
        self._lines, self._last = lines, last
        self._same: dict[str, list[int]] = {}
        for number in range(first, last + 1):
            self._same.setdefault(lines[number - 1].strip(), []).append(number)

    def of(self, key: str, below: int) -> int:
        """The next place from `below` on of this line, else of one not far off that begins so, else `below`."""
        same = self._same.get(key, [])
        index = bisect_left(same, below)
        if index < len(same):
            return same[index]
        near = range(below, min(below + _NEAR, self._last + 1))
        return next((number for number in near if key[:_TELLING] in self._lines[number - 1].strip()), below)
