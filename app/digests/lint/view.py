"""A digest as the rules see it: every line of its prose with the place where it stands in the file."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from app.digests.document import ParsedDigest, ParsedEntry
from app.digests.lint.markup import plain
from app.digests.text_lines import is_blank

_MACHINE_MADE = frozenset({"chatpaperfree"})
_NEAR = 48
"""How many lines to look ahead for text that stands beside a marker or a label."""
_TELLING = 30
"""Characters of a line by which it is found again: an item that was wrapped is one line now."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose and its place in the file."""

    number: int
    text: str
    """As written."""
    plain: str
    """Without its markup."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with its prose, line by line; blank lines are left out."""

    entry: ParsedEntry
    position: int
    summary: tuple[Line, ...]
    key_points: tuple[Line, ...]
    analysis: tuple[Line, ...]

    @property
    def prose(self) -> tuple[Line, ...]:
        """All that was written about the paper, and not by its authors."""
        return self.summary + self.key_points + self.analysis


@dataclass(frozen=True, slots=True)
class DigestView:
    """A digest, its entries and its lines."""

    parsed: ParsedDigest
    entries: tuple[EntryView, ...]
    lines: tuple[str, ...]
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
    lines = tuple(text.split("\n"))
    entries = tuple(_view_entry(entry, position, lines) for position, entry in enumerate(parsed.entries, 1))
    return DigestView(parsed=parsed, entries=entries, lines=lines, is_repaired=is_repaired)


def _view_entry(entry: ParsedEntry, position: int, lines: Sequence[str]) -> EntryView:
    """Where the parser does not say in which lines a field stands, it stands below the field before it."""
    found: list[tuple[Line, ...]] = []
    below = entry.first_line
    texts = {
        "summary": entry.summary.split("\n"),
        "key_points": list(entry.key_points),
        "analysis": entry.analysis.split("\n"),
    }
    for field, written in texts.items():
        first, last = entry.lines.get(field, (below, entry.last_line))
        found.append(_locate([line for line in written if not is_blank(line)], lines, first, last))
        below = found[-1][-1].number if found[-1] else below
    return EntryView(entry, position, *found)


def _locate(written: Sequence[str], lines: Sequence[str], first: int, last: int) -> tuple[Line, ...]:
    """Each written line at the next place where it stands; one that cannot be found stands with the one before."""
    places: dict[str, list[int]] = {}
    last = min(last, len(lines))
    for number in range(first, last + 1):
        places.setdefault(lines[number - 1].strip(), []).append(number)
    located: list[Line] = []
    below = first
    for text in written:
        key = text.strip()
        same = places.get(key, [])
        index = bisect_left(same, below)
        if index < len(same):
            below = same[index]
        else:
            near = range(below, min(below + _NEAR, last + 1))
            below = next((number for number in near if key[:_TELLING] in lines[number - 1]), below)
        located.append(Line(below, text, plain(text)))
    return tuple(located)
