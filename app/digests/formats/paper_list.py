"""Lists of papers: any Markdown whose headings, list items or table rows link to papers, and that states its day.

Weekly and daily lists are written in a hundred ways. What is not found stays empty, and what is not understood is
kept as text. A post that speaks of papers in its prose is no list of papers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.digests.document import ParsedDigest, ParsedEntry
from app.digests.formats.inline import find_links
from app.digests.formats.limits import refuse_too_many
from app.digests.formats.paper_list_entry import parse_entry
from app.digests.formats.paper_list_units import Unit, find_units, heading_text, paper_link
from app.digests.formats.stated_days import Days, read_days, states_no_year
from app.digests.front_matter import FrontMatter, SplitDigest, read_front_matter, split_front_matter
from app.digests.text_lines import is_blank, passage, squeeze, without_blank_end
from app.errors import DigestFormatError, NotADigestError

NAME = "paper_list"

FEWEST_PAPERS = 2


@dataclass(frozen=True, slots=True)
class _Layout:
    """A file cut into papers and what is around them."""

    lines: list[str]
    split: SplitDigest | None
    start: int
    units: list[Unit]


def matches(lines: list[str]) -> bool:
    return _why_not(_lay_out(lines)) == ""


def why_not(lines: list[str]) -> str:
    """What is missing for a list of papers, as the end of a sentence; "" if nothing is."""
    return _why_not(_lay_out(lines))


def parse(lines: list[str]) -> ParsedDigest:
    layout = _lay_out(lines)
    if reason := _why_not(layout):
        raise NotADigestError(f"This is no digest: {reason}.")
    refuse_too_many([unit.first for unit in layout.units])
    head = read_front_matter(layout.split) if layout.split else FrontMatter()
    headings = _headings(layout)
    days = _days(layout, head, headings)
    entries = tuple(_entry(layout.lines, unit) for unit in layout.units)
    return ParsedDigest(
        format=NAME,
        title=squeeze(head.text("title")) or next((squeeze(text) for _, text in headings if text), days.stated),
        first_day=days.first,
        last_day=days.last,
        stated_date=days.stated,
        topic=_topic(head),
        tags=tuple(dict.fromkeys(squeeze(tag) for tag in head.texts("tags"))),
        preamble=_around(layout, entries),
        source_url=layout.split.source_url if layout.split else None,
        entries=entries,
    )


def _lay_out(lines: list[str]) -> _Layout:
    split = split_front_matter(lines)
    start = split.body_index if split else 0
    return _Layout(lines, split, start, find_units(lines, start))


def _entry(lines: list[str], unit: Unit) -> ParsedEntry:
    return parse_entry(without_blank_end(lines[unit.first : unit.end]), unit)


def _why_not(layout: _Layout) -> str:
    body = layout.lines[layout.start :]
    if len(layout.units) < FEWEST_PAPERS:
        if any(paper_link(link) for line in body if "http" in line for link in find_links(line)):
            return (
                "it links to papers in its text, but a list of papers has at least two headings, list items or table "
                "rows that link to one each"
            )
        return "no heading, list item or table row links to a paper"
    if not _is_made_of(layout):
        return "it has a list of papers, but that is the smaller part of it, as in the references of a post"
    return ""


def _is_made_of(layout: _Layout) -> bool:
    """Whether the papers are at least half of the file, in lines or in characters; headings are not counted."""
    inside_lines = inside_chars = all_lines = all_chars = 0
    places = iter(layout.units)
    unit = next(places, None)
    for index in range(layout.start, len(layout.lines)):
        while unit and unit.end <= index:
            unit = next(places, None)
        line = layout.lines[index]
        is_inside = unit is not None and unit.first <= index
        if is_blank(line) or (not is_inside and line.startswith(("#", "|"))):
            continue
        all_lines, all_chars = all_lines + 1, all_chars + len(line)
        if is_inside:
            inside_lines, inside_chars = inside_lines + 1, inside_chars + len(line)
    return inside_lines * 2 >= all_lines or inside_chars * 2 >= all_chars


def _headings(layout: _Layout) -> list[tuple[int, str]]:
    """Those that are no papers and in none."""
    headings = []
    places = iter(layout.units)
    unit = next(places, None)
    for index in range(layout.start, len(layout.lines)):
        while unit and unit.end <= index:
            unit = next(places, None)
        if not (unit and unit.first <= index) and (text := heading_text(layout.lines[index])) is not None:
            headings.append((index, text))
    return headings


def _days(layout: _Layout, head: FrontMatter, headings: Sequence[tuple[int, str]]) -> Days:
    """Of several dated sections with papers, the whole span; else of the front matter; else of a heading or title."""
    dated = [(index, days) for index, text in headings if (days := read_days(text))]
    sections = _with_papers(layout, dated)
    if len(sections) > 1:
        return _span(sections)
    stated = head.text("date")
    if days := read_days(stated):
        return Days(stated, days.first, days.last)
    if found := [*sections, *(days for _, days in dated[:1]), *filter(None, [read_days(head.text("title"))])]:
        return found[0]
    raise DigestFormatError(_no_day(layout, head, headings))


def _with_papers(layout: _Layout, dated: Sequence[tuple[int, Days]]) -> list[Days]:
    """The days of the sections that hold papers, before the next day is named."""
    sections = []
    units = iter(layout.units)
    unit = next(units, None)
    for (start, days), end in zip(dated, [*(index for index, _ in dated[1:]), len(layout.lines)], strict=False):
        while unit and unit.first < start:
            unit = next(units, None)
        if unit and unit.first < end:
            sections.append(days)
    return sections


def _span(sections: Sequence[Days]) -> Days:
    """From the earliest to the latest, whichever stands first."""
    first = min(sections, key=lambda days: days.first)
    last = max(sections, key=lambda days: days.last)
    stated = first.stated if first == last else f"{first.stated} … {last.stated}"
    return Days(stated, first.first, last.last)


def _no_day(layout: _Layout, head: FrontMatter, headings: Sequence[tuple[int, str]]) -> str:
    if stated := head.text("date"):
        return f"line {head.lines['date']}: “{stated[:40]}” is no date."
    for index, text in headings:
        if states_no_year(text):
            return f"line {index + 1}: the list of papers has a date without a year, “{text[:60]}”."
    line = headings[0][0] + 1 if headings else layout.start + 1
    return f"line {line}: the list of papers has no date, neither as `date` in front matter nor in a heading."


def _topic(head: FrontMatter) -> str | None:
    """What the front matter says, if it says one thing: the first of many tags would be a guess."""
    for key in ("topic", "tags", "tag", "category", "categories"):
        if len(texts := head.texts(key)) == 1:
            return squeeze(texts[0])
    return None


def _around(layout: _Layout, entries: Sequence[ParsedEntry]) -> str:
    """All that is in no entry, so that nothing is lost: the introduction, the headings between, the closing words."""
    pieces, at = [], layout.start
    for entry in entries:
        pieces.append(passage(layout.lines[at : entry.first_line - 1]))
        at = entry.last_line
    return "\n\n".join(piece for piece in [*pieces, passage(layout.lines[at:])] if piece)
