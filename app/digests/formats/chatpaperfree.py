"""ChatPaperFree digests: Hexo posts made by a machine, one `## title` section a paper.

The frame of an entry is reliable; whatever a language model wrote into it is not, and is never searched for
structure. A file may be two runs in a row, with the preamble again in the middle.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, pairwise

from app.digests.document import ParsedDigest, ParsedEntry
from app.digests.formats.chatpaperfree_entry import has_frame, has_gallery, is_marker, parse_entry
from app.digests.formats.limits import refuse_too_many
from app.digests.front_matter import FrontMatter, read_front_matter, split_front_matter
from app.digests.text_lines import is_blank, passage, squeeze
from app.errors import DigestFormatError

NAME = "chatpaperfree"

_HEADING = re.compile(r"##(?:[ \t]|$)")
_DATE = re.compile(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)", re.ASCII)


def matches(lines: list[str]) -> bool:
    """By the frame of an entry; or, when there are no papers today, by the dated heading with nothing under it."""
    split = split_front_matter(lines)
    start = split.body_index if split else 0
    if any(has_frame(lines[first + 1 : end]) for first, end in _sections(lines, start)):
        return True
    return split is not None and _ends_with_dated_heading(lines[start:])


def parse(lines: list[str]) -> ParsedDigest:
    split = split_front_matter(lines)
    if split is None:
        raise DigestFormatError("line 1: the digest has no front matter (a block between two lines “---” at the top).")
    head = read_front_matter(split)
    ranges = _entry_ranges(lines, split.body_index)
    refuse_too_many([first for first, _ in ranges])
    entries = [_entry(lines, first, end) for first, end in ranges]
    until = entries[0].first_line - 1 if entries else len(lines)
    stated_date, day = _date(head, lines[split.body_index : until], split.head_line)
    tags = tuple(squeeze(tag) for tag in head.texts("tags"))
    title = squeeze(head.text("title")) or (tags[0] if tags else "")
    if not title:
        raise DigestFormatError(f"line {head.lines.get('title', split.head_line)}: the digest has no title.")
    return ParsedDigest(
        format=NAME,
        title=title,
        first_day=day,
        last_day=day,
        stated_date=stated_date,
        topic=tags[0] if tags else title,
        tags=tags,
        preamble=_preamble(lines, split.body_index, until, entries),
        source_url=split.source_url,
        entries=tuple(entries),
    )


def _entry(lines: list[str], first: int, end: int) -> ParsedEntry:
    if not squeeze(lines[first][2:]):
        raise DigestFormatError(f"line {first + 1}: an entry without a title.")
    return parse_entry(lines[first : _end_without_preamble(lines, first, end)], first_line=first + 1)


def _preamble(lines: list[str], start: int, until: int, entries: list[ParsedEntry]) -> str:
    """What stands above the entries; and what a second run says between them, unless it only repeats that."""
    above = list(lines[start:until])
    known = set(above)
    for entry, following in pairwise(entries):
        between = lines[entry.last_line : following.first_line - 1]
        above.extend(["", *between] if any(line not in known and not is_blank(line) for line in between) else [])
    if entries:
        after = lines[entries[-1].last_line :]
        above.extend(["", *after] if any(line not in known and not is_blank(line) for line in after) else [])
    return passage(above)


def _sections(lines: list[str], start: int) -> Iterator[tuple[int, int]]:
    """One by one: whoever looks for the first that is an entry need not look at all the others."""
    headings = (i for i in range(start, len(lines)) if lines[i][:1] == "#" and _HEADING.match(lines[i]))
    return pairwise(chain(headings, [len(lines)]))


def _entry_ranges(lines: list[str], start: int) -> list[tuple[int, int]]:
    """Where entries begin and end. A heading inside an analysis that no gallery has closed yet begins none."""
    ranges: list[tuple[int, int]] = []
    is_in_analysis = False
    for first, end in _sections(lines, start):
        section = lines[first + 1 : end]
        if is_in_analysis and not has_frame(section):
            ranges[-1] = (ranges[-1][0], end)
            is_in_analysis = not has_gallery(section)
        else:
            ranges.append((first, end))
            is_in_analysis = not has_gallery(section) and any(map(is_marker, section))
    return ranges


def _end_without_preamble(lines: list[str], first: int, end: int) -> int:
    """The preamble of a second run follows the last entry of the first; it is not that entry's."""
    last = end - 1
    while last > first and is_blank(lines[last]):
        last -= 1
    if last == first or _heading_date(lines[last]) is None:
        return end
    while last > first + 1 and (is_blank(lines[last - 1]) or lines[last - 1].startswith(">")):
        last -= 1
    return last


def _ends_with_dated_heading(body: Sequence[str]) -> bool:
    seen = [line for line in body if not is_blank(line)]
    return bool(seen) and _heading_date(seen[-1]) is not None


def _date(head: FrontMatter, preamble: Sequence[str], head_line: int) -> tuple[str, date]:
    """The date as written and the day it means: from the front matter, else from the heading."""
    stated = head.text("date")
    if day := _read_day(stated):
        return stated, day
    for line in preamble:
        if heading := _heading_date(line):
            return heading
    if stated:
        raise DigestFormatError(f"line {head.lines['date']}: “{stated[:40]}” is no date.")
    raise DigestFormatError(f"line {head_line}: the digest has no date, neither here nor in a heading.")


def _heading_date(line: str) -> tuple[str, date] | None:
    """Of the machine's heading, "# 2024-12-06 更新"; the date is all that is sure to survive a wrong encoding."""
    if not line.startswith("# ") or not (day := _read_day(line[2:])):
        return None
    return line[2:].split()[0], day


def _read_day(text: str) -> date | None:
    found = _DATE.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
