"""Dendron notes: a reader's own list of papers, written by hand, one `## title` section a paper.

Everything but the heading is optional, and a heading may also be a part of the paper above it ("## 研究方法").
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from app.digests.document import ParsedDigest, ParsedEntry
from app.digests.formats.dendron_entry import is_section_title, parse_entry
from app.digests.formats.limits import refuse_too_many
from app.digests.front_matter import FrontMatter, SplitDigest, read_front_matter, split_front_matter
from app.digests.text_lines import passage, squeeze
from app.errors import DigestFormatError, NotADigestError

NAME = "dendron"

_HEADING = re.compile(r"##(?:[ \t]|$)")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_ID = re.compile(r"id:\s*\S")
_EPOCH = re.compile(r"(?:created|updated):\s*['\"]?\d{9,16}['\"]?\s*$", re.ASCII)
_DAY_OR_DAYS = re.compile(r"(\d{8})(?:-(\d{8}))?", re.ASCII)
_MILLISECONDS = re.compile(r"\d{1,16}", re.ASCII)
_START_OF_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def matches(lines: list[str]) -> bool:
    """By the key and the clock that Dendron writes into every note, even if the rest of its YAML is broken."""
    split = split_front_matter(lines)
    return split is not None and all(any(map(key.match, split.head)) for key in (_ID, _EPOCH))


def parse(lines: list[str]) -> ParsedDigest:
    split = split_front_matter(lines)
    if split is None:
        raise NotADigestError("This is no digest: it has no front matter (a block between two lines “---” at the top).")
    head = read_front_matter(split)
    headings = _paper_headings(lines, split.body_index)
    refuse_too_many(headings)
    entries = tuple(_entry(lines, first, end) for first, end in pairwise([*headings, len(lines)]))
    title = squeeze(head.text("title"))
    stated_date, first_day, last_day = _dates(head, title, split)
    return ParsedDigest(
        format=NAME,
        title=title or stated_date,
        first_day=first_day,
        last_day=last_day,
        stated_date=stated_date,
        preamble=passage(lines[split.body_index : headings[0]]),
        note_id=head.text("id") or None,
        revised_at=_moment(head.text("updated")),
        source_url=split.source_url,
        entries=entries,
    )


def _entry(lines: list[str], first: int, end: int) -> ParsedEntry:
    if not squeeze(lines[first][2:]):
        raise DigestFormatError(f"line {first + 1}: an entry without a title.")
    return parse_entry(lines[first:end], first_line=first + 1)


def _paper_headings(lines: list[str], start: int) -> list[int]:
    """Where papers begin; the parts of a paper are not papers."""
    headings = _headings(lines, start)
    if not headings:
        raise NotADigestError("This is no digest: the note lists no papers (headings “## ”).")
    papers = [i for i in headings if not is_section_title(lines[i][2:])]
    if not papers:
        raise NotADigestError(
            "This is no digest but a note on one paper: its headings are all parts, such as “Method”."
        )
    return papers


def _headings(lines: Sequence[str], start: int) -> list[int]:
    """Outside of code blocks; a block that is never closed is none, else it would swallow the papers below."""
    found: list[int] = []
    inside: list[int] = []
    fence = ""
    for index in range(start, len(lines)):
        line = lines[index]
        if not line:
            continue
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence, inside = "", []
        elif _HEADING.match(line):
            (inside if fence else found).append(index)
    return found + inside


def _dates(head: FrontMatter, title: str, split: SplitDigest) -> tuple[str, date, date]:
    """As written, first day, last day: from a title such as 20240118-20240124, else the day the note was begun."""
    if days := _read_days(title):
        return title, *days
    if created := _moment(head.text("created")):
        return created.date().isoformat(), created.date(), created.date()
    line = head.lines.get("created", head.lines.get("title", split.head_line))
    raise DigestFormatError(f"line {line}: the note has no date, neither in its title nor in `created`.")


def _read_days(title: str) -> tuple[date, date] | None:
    found = _DAY_OR_DAYS.fullmatch(title)
    if found is None:
        return None
    try:
        first, last = sorted(_read_day(written) for written in (found[1], found[2] or found[1]))
    except ValueError:
        return None
    return first, last


def _read_day(written: str) -> date:
    return date(int(written[:4]), int(written[4:6]), int(written[6:]))


def _moment(milliseconds: str) -> datetime | None:
    """Dendron counts milliseconds since 1970."""
    if not _MILLISECONDS.fullmatch(milliseconds):
        return None
    try:
        return _START_OF_TIME + timedelta(milliseconds=int(milliseconds))
    except OverflowError:
        return None
