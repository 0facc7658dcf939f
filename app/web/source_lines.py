"""The lines of an original in blocks: those of an entry together, and those that belong to none. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.catalog import Marks
from app.models import Entry, Finding


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what is doubted in it."""

    number: int
    text: str
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring lines that belong to the same entries, mostly one; or to none."""

    lines: Sequence[Line]
    entries: Sequence[Entry]

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def begins(self) -> list[Entry]:
        """The entries whose first line is the first of these."""
        return [entry for entry in self.entries if entry.first_line == self.first]

    @property
    def goes_on(self) -> list[Entry]:
        """The entries that began before."""
        return [entry for entry in self.entries if entry.first_line < self.first]

    @property
    def is_blank(self) -> bool:
        return not any(line.text.strip() for line in self.lines)


def blocks(lines: Sequence[str], first: int, marks: Marks) -> list[Block]:
    """The lines, of which the first has the number `first`."""
    holders: dict[int, list[Entry]] = defaultdict(list)
    for entry in marks.entries:
        for number in range(max(entry.first_line, first), min(entry.last_line, first + len(lines) - 1) + 1):
            holders[number].append(entry)
    doubts: dict[int, list[Finding]] = defaultdict(list)
    for finding in marks.findings:
        doubts[finding.line].append(finding)
    numbered = [Line(number, text, doubts.get(number, ())) for number, text in enumerate(lines, first)]
    grouped = groupby(numbered, key=lambda line: [entry.id for entry in holders.get(line.number, ())])
    return [_block(list(group), holders) for _, group in grouped]


def _block(lines: Sequence[Line], holders: dict[int, list[Entry]]) -> Block:
    return Block(lines, holders.get(lines[0].number, ()))
