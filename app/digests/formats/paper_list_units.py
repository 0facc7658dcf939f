"""Where the papers of a list stand: in headings, in list items or in table rows that link to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.digests.formats.inline import Link, find_links, is_generic, outside_links, says_paper, strip_joints
from app.digests.formats.paper_link import PaperLink, is_github, read_paper_link
from app.digests.text_lines import is_blank

_HEADING = re.compile(r"(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*)|$)")
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-+•●*](?!\*\*?\S)|[-+•●]|\*(?=\s)|\d{1,3}[.)、）])\s+(?P<text>\S.*)$")
_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-*+:?\s*+)*+$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_SAYS_PAPERS = re.compile(r"\bpapers?\b|\bpublications?\b|\bpreprints?\b|\barxiv\b|论文|文献", re.IGNORECASE)
_LONGEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class Unit:
    """One paper: the lines it has, from its heading, item or row on."""

    kind: str
    """"heading", "item" or "row"."""
    first: int
    end: int
    header: tuple[str, ...] = ()
    """What the columns of the table are called."""


@dataclass(slots=True)
class _Line:
    index: int
    kind: str
    level: int
    text: str
    section: int
    """The heading above it."""
    header: tuple[str, ...] = ()
    links: list[Link] = field(default_factory=list)
    end: int = 0
    is_paper: bool = False
    is_maybe: bool = False
    parent: int = -1


def paper_link(link: Link) -> PaperLink | None:
    """The paper that a link leads to beyond doubt."""
    return None if link.is_image else read_paper_link(link.address)


def may_be_paper(link: Link) -> bool:
    """Whether a link may lead to a paper, if other signs say so."""
    return not link.is_image and link.address.startswith("http") and (is_github(link.address) or says_paper(link.text))


def heading_text(line: str) -> str | None:
    """What a heading says; None if the line is none."""
    found = _HEADING.match(line)
    return (found["text"] or "").strip(" #") if found else None


def split_row(line: str) -> list[str]:
    """The cells of a table row."""
    cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    return [cell.strip() for cell in cells]


def find_units(lines: Sequence[str], start: int) -> list[Unit]:
    """The papers of a list, in order; none of them within another."""
    found = _scan(lines, start)
    _set_ends(found, lines)
    _set_parents(found)
    _judge_headings(found, lines)
    _trust_siblings(found)
    units: list[Unit] = []
    for line in found:
        if line.is_paper and (not units or line.index >= units[-1].end):
            units.append(Unit(line.kind, line.index, line.end, line.header))
    return units


def _scan(lines: Sequence[str], start: int) -> list[_Line]:
    """Every heading, list item and table row, and whether it links to a paper by itself."""
    found: list[_Line] = []
    section, says_papers, is_code = -1, False, False
    header: tuple[str, ...] = ()
    for index in range(start, len(lines)):
        line = lines[index]
        if line and _FENCE.match(line):
            is_code = not is_code
        if is_code or is_blank(line):
            header = () if not is_code else header
            continue
        here = _read_line(line, index, section)
        if here is None:
            continue
        if here.kind == "heading":
            section, says_papers = len(found), _SAYS_PAPERS.search(here.text) is not None
        elif here.kind == "row":
            is_header = index + 1 < len(lines) and _RULE.match(lines[index + 1]) is not None
            header = tuple(split_row(line)) if is_header else header
            if is_header or _RULE.match(line):
                continue
            here.header = header
        here.links = find_links(here.text)
        here.is_paper = any(paper_link(link) for link in here.links)
        here.is_maybe = not here.is_paper and any(may_be_paper(link) for link in here.links)
        by_header = any(_SAYS_PAPERS.search(cell) for cell in here.header)
        here.is_paper = here.is_paper or (here.is_maybe and (says_papers or by_header) and here.kind != "heading")
        found.append(here)
    return found


def _read_line(line: str, index: int, section: int) -> _Line | None:
    if heading := _HEADING.match(line):
        return _Line(index, "heading", len(heading["marks"]), (heading["text"] or "").strip(" #"), section)
    if line.lstrip().startswith("|"):
        return _Line(index, "row", 0, line, section)
    if item := _ITEM.match(line):
        return _Line(index, "item", len(item["indent"].expandtabs(4)), item["text"], section)
    return None


def _set_ends(found: list[_Line], lines: Sequence[str]) -> None:
    """A section ends at the next heading of its rank; an item at the next one of its rank, or at a new paragraph."""
    next_rank: dict[int, int] = {}
    for line in reversed(found):
        if line.kind == "heading":
            line.end = min((end for level, end in next_rank.items() if level <= line.level), default=len(lines))
            next_rank = {level: end for level, end in next_rank.items() if level < line.level}
            next_rank[line.level] = line.index
    for place, line in enumerate(found):
        if line.kind == "row":
            line.end = line.index + 1
        elif line.kind == "item":
            line.end = _own_end(found, place, lines)


def _own_end(found: list[_Line], place: int, lines: Sequence[str]) -> int:
    """The line after an item itself, without the items that follow; those nested in it are added later."""
    until = found[place + 1].index if place + 1 < len(found) else len(lines)
    for index in range(found[place].index + 1, until):
        if is_blank(lines[index - 1]) and not is_blank(lines[index]) and not lines[index].startswith((" ", "\t")):
            return index
    return until


def _set_parents(found: list[_Line]) -> None:
    """Nested items belong to the one above, unless two of them are papers: then it only names a group."""
    stack: list[int] = []
    papers_in: dict[int, int] = {}
    for place, line in enumerate(found):
        if line.kind != "item" or (place and found[place - 1].end != line.index):
            stack.clear()
        if line.kind != "item":
            continue
        while stack and found[stack[-1]].level >= line.level:
            stack.pop()
        line.parent = stack[-1] if stack else -1
        papers_in[line.parent] = papers_in.get(line.parent, 0) + line.is_paper
        stack.append(place)
    for place in range(len(found) - 1, -1, -1):
        line = found[place]
        if line.parent >= 0:
            above = found[line.parent]
            above.end = max(above.end, line.end)
            above.is_paper = above.is_paper or (line.is_paper and papers_in[line.parent] == 1)


def _judge_headings(found: list[_Line], lines: Sequence[str]) -> None:
    """A heading is a paper's also if the lines below link to one paper, in a line that holds nothing but links."""
    headings = [line for line in found if line.kind == "heading"]
    ends = [line.index for line in headings[1:]] + [len(lines)]
    for line, end in zip(headings, ends, strict=False):
        line.is_paper = line.is_paper or len(_papers_below(lines[line.index + 1 : end])) == 1


def _papers_below(section: Sequence[str]) -> set[PaperLink]:
    """Told apart, but no more than two. In a list, a link that is called like a paper is a paper of its own."""
    papers: set[PaperLink] = set()
    for line in section:
        if line.startswith("|") or len(papers) > 1:
            break
        links = find_links(line) if "http" in line else []
        item = _ITEM.match(line)
        named = item is not None and not all(is_generic(link.text) or not _leads(link) for link in links)
        if links and not named and len(strip_joints(outside_links(line, links))) <= _LONGEST_LABEL:
            papers.update(replace(link, version=None, left="") for link in map(paper_link, links) if link)
        elif item and any(map(paper_link, links)):
            return set()
    return papers


def _leads(link: Link) -> bool:
    return (known := paper_link(link)) is not None and not is_generic(link.text, known.arxiv_id, known.version)


def _trust_siblings(found: list[_Line]) -> None:
    """In a list or table that links to papers, a link called "Paper" leads to one, whatever the address."""
    trusted = {(line.kind, line.level, line.section) for line in found if line.is_paper}
    for line in found:
        line.is_paper = line.is_paper or (line.is_maybe and (line.kind, line.level, line.section) in trusted)


__all__ = ["Unit", "find_units", "heading_text", "is_generic", "may_be_paper", "paper_link", "split_row"]
