"""One paper of a list: a heading with its section, a list item, or a table row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.digests.document import ParsedEntry, ParsedFigure
from app.digests.formats.inline import Link, find_links, is_generic, outside_links, strip_joints
from app.digests.formats.ledger import Ledger, joined
from app.digests.formats.names import are_names, split_names
from app.digests.formats.paper_link import PaperLink
from app.digests.formats.paper_list_units import Unit, may_be_paper, paper_link, split_row
from app.digests.text_lines import is_blank, passage, squeeze

_MARKER = re.compile(
    r"\s*(?:#{1,6}(?=\s|$)|[-+•●](?=\s)|\*(?=\s))?\s*(?:\d{1,3}[.)、）:：](?!\d)\s*)?(?:\[[ xX]\]\s+)?"
)
_BOLD = re.compile(r"\s*(\*\*|__)(?P<text>(?!\s)[^*]{2,400}?)\1")
# A stranger's line may be all blanks: each pattern takes a run of them once, and gives none back.
_DASHES = r"(?<!\s)\s++[-–—|]++\s++"
_FULL_STOP = r"(?<=[^\s.]{2})\.(?:\s++|$)"
_SEPARATOR = re.compile(rf"{_DASHES}|{_FULL_STOP}|[。｜]|(?:(?<!\s)\s++)?[—–]{{2}}\s*+|<br\s*+/?>|(?<=[\w)])\s*\n")
_SENTENCE = re.compile(rf"{_FULL_STOP}|。|{_DASHES}")
_BREAK = re.compile(r"(?:(?<!\s)\s++)?(?:<br\s*+/?>\s*+)+", re.IGNORECASE)
_BEFORE_LINK = re.compile(
    r"(?:\*\*)?(?<!\w)(?:arxiv|paper|pdf|links?|url|doi|论文链接|论文|链接|原文)(?:\*\*)?\s*+[:：]?\s*+(?:\*\*)?\s*+[\[(]?\s*+$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*+(?:[-+•●]\s++|\*\s++|>\s*+)?(?:\*\*|__)?\s*+(?P<label>[A-Za-z\u4e00-\u9fff;/ -]{2,24}?)"
    r"\s*+(?:\*\*|__)?\s*+[:：]\s*+(?:\*\*|__)?\s*+(?P<text>\S.*)$"
)
_ROLES = {
    "title": r"(?:paper )?title|标题|题目|论文标题|论文题目|论文名称|名称|name|paper|papers|论文|文章",
    "authors": r"authors?|作者|作者列表",
    "abstract": r"abstract|摘要|论文摘要",
    "summary": r"summary|tl;?dr|tldr|description|总结|概述|简介|一句话总结|说明|中文摘要|in short",
    "comment": r"comments?|venue|conference|journal|publication|发表|会议|期刊|备注|published in",
    "tags": r"tags?|keywords?|标签|关键词",
    "link": r"arxiv|pdf|links?|url|doi|paper link|arxiv link|链接|论文链接|地址|原文|paper url",
}
_ROLE = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _ROLES.items()}
_IMAGES = re.compile(r"\s*!\[")


@dataclass(slots=True)
class _Draft:
    """What has been found of a paper so far."""

    ledger: Ledger
    title: str = ""
    link: PaperLink | None = None
    authors: tuple[str, ...] = ()
    said: dict[str, str] = field(default_factory=dict)
    """Abstract, summary, comment: what a label or a column names."""
    tags: tuple[str, ...] = ()
    figures: dict[ParsedFigure, None] = field(default_factory=dict)
    others: str = ""
    """What stands for more authors: "et al."."""
    text: list[str] = field(default_factory=list)
    places: set[int] = field(default_factory=set)
    """The lines that `text` is from."""


def parse_entry(lines: list[str], unit: Unit) -> ParsedEntry:
    """`lines` begins with the heading, item or row."""
    draft = _Draft(Ledger(lines, unit.first + 1))
    if unit.kind == "row":
        _read_row(lines[0], unit.header, draft)
    else:
        _read_first(lines[0], draft)
        for index in range(1, len(lines)):
            _read_line(lines, index, draft)
    return _finish(draft, lines, unit)


def _finish(draft: _Draft, lines: list[str], unit: Unit) -> ParsedEntry:
    ledger, link = draft.ledger, draft.link or PaperLink()
    text = passage(draft.text).strip("\n")
    is_summary = bool(text) and "summary" not in draft.said and not _has_parts(text)
    for index in sorted(draft.places):
        ledger.note("summary" if is_summary else "analysis", index)
    return ParsedEntry(
        title=draft.title or link.url or link.doi or link.arxiv_id or squeeze(lines[0]) or "?",
        first_line=unit.first + 1,
        last_line=unit.first + len(lines),
        arxiv_id=link.arxiv_id,
        version=link.version,
        authors=draft.authors,
        abstract=draft.said.get("abstract", ""),
        comment=draft.said.get("comment", ""),
        summary=text.strip() if is_summary else draft.said.get("summary", ""),
        analysis="" if is_summary else text,
        figures=tuple(draft.figures),
        tags=draft.tags,
        doi=link.doi,
        url=link.url,
        rest=ledger.rest(),
        lines=ledger.lines(),
    )


def _has_parts(text: str) -> bool:
    """Several paragraphs, or a list."""
    lines = text.split("\n")
    return any(map(is_blank, lines)) or any(re.match(r"\s*(?:[-+*•●]|\d{1,3}[.)])\s", line) for line in lines)


def _read_first(line: str, draft: _Draft) -> None:
    """The heading or item itself."""
    marker = _MARKER.match(line)
    text = line[marker.end() :] if marker else line
    left = _read_inline(text, 0, draft)
    draft.ledger.read(0, "title", left=left)


def _read_inline(text: str, index: int, draft: _Draft) -> str:
    """Title, link, names and words from one text; what is left over is returned."""
    links = find_links(text)
    own = _own_link(links)
    start, end, title = _find_title(text, links)
    taken, left = [(start, end)], []
    draft.title = draft.title or squeeze(title)
    named = next((link for link in links if start <= link.start < end), None)
    if named is not None and named is not own:
        left.append(named.address)
    if named is not None:
        left.append(named.name)
    if own is not None and draft.link is None:
        left.append(_take_link(own, index, draft, is_title=own is named))
        if own is not named:
            before = _BEFORE_LINK.search(text, max(end if end <= own.start else 0, own.start - 40), own.start)
            taken.append((before.start() if before else own.start, own.end))
    body, more = _body(text, links, sorted(taken))
    body = _take_names(body, index, draft)
    if body:
        draft.text.append(_BREAK.sub("\n\n", body).strip())
        draft.places.add(index)
    return joined(draft.others, *left, *more)


def _own_link(links: Sequence[Link]) -> Link | None:
    sure = (link for link in links if paper_link(link))
    return next(sure, next((link for link in links if may_be_paper(link)), None))


def _take_link(link: Link, index: int, draft: _Draft, is_title: bool) -> str:
    """Make it the paper's link; returned is what of it says more."""
    found = paper_link(link) or PaperLink(url=link.address)
    draft.link = found
    for name in found.fields:
        draft.ledger.note(name, index)
    text = "" if is_title or is_generic(link.text, found.arxiv_id, found.version) else link.text
    return joined(text, "" if is_title else link.name, found.left)


def _find_title(text: str, links: Sequence[Link]) -> tuple[int, int, str]:
    """Where it stands, and what it is: the words of the first link, or what is bold, or what comes first."""
    first = next((link for link in links if not link.is_image), None)
    if first is not None and not strip_joints(text[: first.start]) and not _says_nothing(first):
        return first.start, first.end, first.text.strip("*_ ")
    if (bold := _BOLD.match(text)) and not find_links(bold["text"]) and strip_joints(bold["text"]):
        return bold.start(1), bold.end(), bold["text"].strip().rstrip(":：.。")
    return _leading_words(text, links)


def _says_nothing(link: Link) -> bool:
    known = paper_link(link)
    return is_generic(link.text, known.arxiv_id, known.version) if known else is_generic(link.text)


def _leading_words(text: str, links: Sequence[Link]) -> tuple[int, int, str]:
    """The first words that are no link, up to a separator or the next link; at worst a link's address."""
    at = 0
    for stop in [*links, None]:
        end = stop.start if stop else len(text)
        while at < end:
            found = _SEPARATOR.search(text, at, end)
            until = found.start() if found else end
            before = _BEFORE_LINK.search(text, max(at, until - 40), until) if stop and not found else None
            if words := strip_joints(text[at : before.start() if before else until]):
                start = text.index(words, at)
                return start, start + len(words), words
            at = found.end() if found else end
        at = stop.end if stop else end
    best = next((link for link in links if link.text), links[0] if links else None)
    return (best.start, best.end, best.text or best.address) if best else (0, 0, "")


def _body(text: str, links: Sequence[Link], taken: Sequence[tuple[int, int]]) -> tuple[str, list[str]]:
    """The words that are left, and the links at their ends; links in the midst of them are part of the text."""
    pieces = []
    at = 0
    for start, end in taken:
        pieces.append((at, max(at, start)))
        at = max(at, end)
    pieces.append((at, len(text)))
    bodies: list[str] = []
    left: list[str] = []
    for start, end in pieces:
        inside = [link for link in links if start <= link.start and link.end <= end]
        first, last = _between_links(text, start, end, inside)
        left.append(_links_as_written(text, start, first))
        bodies.append(_trim_joints(text[first:last]))
        left.append(_links_as_written(text, last, end))
    return " ".join(body for body in bodies if body), [piece for piece in left if piece]


def _between_links(text: str, start: int, end: int, links: Sequence[Link]) -> tuple[int, int]:
    """A stretch of text without the links at either end of it."""
    left = list(links)
    while left and not strip_joints(text[start : left[0].start]):
        start = left.pop(0).end
    while left and not strip_joints(text[left[-1].end : end]):
        end = left.pop().start
    return start, end


def _links_as_written(text: str, start: int, end: int) -> str:
    piece = text[start:end].strip(" \t|,，、;；/·•:：-–—.。")
    return piece if strip_joints(piece) else ""


def _trim_joints(text: str) -> str:
    """Without separators around; brackets and full stops only if nothing else is there."""
    bare = text.strip(" \t|,，、;；/·•:：-–—&")
    bare = bare.removeprefix("**").removesuffix("**") if bare.count("**") == 1 else bare
    bare = bare.lstrip(".。) ").strip(" |")
    return bare.rstrip("([（【 ") if strip_joints(bare) else ""


def _take_names(body: str, index: int, draft: _Draft) -> str:
    """Names at the beginning of a text; the text without them."""
    if draft.authors or not body:
        return body
    found = _SENTENCE.search(body)
    first, rest = (body[: found.start()], body[found.end() :]) if found else (body, "")
    bare = first.strip("*_ ()（）").removeprefix("by ").removeprefix("By ")
    if not are_names(bare):
        return body
    draft.authors, others = split_names(bare)
    draft.ledger.note("authors", index)
    draft.others = others
    return rest.strip()


def _read_line(lines: list[str], index: int, draft: _Draft) -> None:
    """A line below the heading or item."""
    line, ledger = lines[index], draft.ledger
    if is_blank(line):
        draft.text.append("")
        return
    links = find_links(line)
    if _IMAGES.match(line) and not strip_joints(outside_links(line, links)) and all(link.is_image for link in links):
        draft.figures.update(dict.fromkeys(ParsedFigure(link.address, squeeze(link.text)) for link in links))
        ledger.read(index, "figures", left=joined(*(link.name for link in links)))
        return
    if _read_label(line, index, draft) or _read_links(line, links, index, draft):
        return
    bare = strip_joints(line.strip().strip("*_> "))
    if not draft.authors and not draft.places and are_names(bare.removeprefix("by ").removeprefix("By ")):
        draft.authors, others = split_names(bare.removeprefix("by ").removeprefix("By "))
        ledger.read(index, "authors", left=others)
        return
    draft.text.append(line)
    draft.places.add(index)
    ledger.read(index)


def _read_label(line: str, index: int, draft: _Draft) -> bool:
    """A line such as "Authors: A, B"."""
    found = _LABEL.match(line)
    role = _role(found["label"]) if found else None
    if found is None or role in (None, "title", "link"):
        return False
    left = _say(role or "", found["text"].strip(), index, draft)
    if left is None:
        return False
    draft.ledger.read(index, left=left)
    return True


def _say(role: str, text: str, index: int, draft: _Draft) -> str | None:
    """Put a text where it belongs, and return what is left of it; None if that is taken already."""
    left = ""
    if role == "authors" and not draft.authors:
        links = find_links(text)
        draft.authors, others = split_names(outside_links(text, links))
        left = joined(others, *(text[link.start : link.end] for link in links))
    elif role == "tags" and not draft.tags:
        words = (squeeze(word).lstrip("#") for word in re.split(r"[,，、;；]|\s(?=#)", text.replace("`", " ")))
        draft.tags = tuple(dict.fromkeys(word for word in words if word))
    elif role in ("abstract", "summary", "comment") and role not in draft.said:
        draft.said[role] = squeeze(text) if role == "comment" else text
    else:
        return None
    if role in ("authors", "tags") and not getattr(draft, role):
        return None
    draft.ledger.note(role, index)
    return left


def _read_links(line: str, links: Sequence[Link], index: int, draft: _Draft) -> bool:
    """A line of nothing but links, perhaps behind a label: the paper's is taken, the others are left over."""
    label = strip_joints(outside_links(line, links))
    if not links or (label and not (len(label) <= 24 and _role(label) in ("link", "title"))):
        return False
    own = _own_link(links) if draft.link is None else None
    if own is None:
        return True
    left = _take_link(own, index, draft, is_title=False)
    others = [line[link.start : link.end] for link in links if link is not own]
    draft.ledger.read(index, left=joined(left, "" if _role(label) else label, *others))
    return True


def _role(label: str) -> str | None:
    words = squeeze(label.replace("*", " ").replace("`", " ")).strip(" :：")
    return next((name for name, pattern in _ROLE.items() if pattern.fullmatch(words)), None)


def _read_row(line: str, header: tuple[str, ...], draft: _Draft) -> None:
    """The cells of a row, by what their columns are called."""
    cells = split_row(line)
    roles = dict(_roles(header, len(cells)))
    place = _title_cell(cells, roles)
    left: dict[int, str] = {}
    if (own := _own_link(find_links(cells[place]))) is None or paper_link(own) is None:
        _take_from_other_cells(cells, place, draft, left)
    marker = _MARKER.match(cells[place])
    left[place] = _read_inline(cells[place][marker.end() if marker else 0 :], 0, draft)
    for number, cell in enumerate(cells):
        if number not in left:
            over = _say(roles.get(number) or "", cell, 0, draft) if cell else ""
            left[number] = cell if over is None else over
    draft.ledger.read(
        0, "title", left=" | ".join(left[number] for number in sorted(left) if strip_joints(left[number]))
    )


def _roles(header: tuple[str, ...], width: int) -> Iterator[tuple[int, str | None]]:
    for number in range(width):
        yield number, _role(header[number]) if number < len(header) else None


def _title_cell(cells: Sequence[str], roles: dict[int, str | None]) -> int:
    """The column called so; else the first with a link that has words of its own; else the longest."""
    named = [number for number, role in roles.items() if role == "title" and _has_words(cells[number])]
    linked = [number for number, cell in enumerate(cells) if any(not _says_nothing(link) for link in _titles(cell))]
    longest = max(range(len(cells)), key=lambda number: len(cells[number]))
    return next(iter([*named, *linked]), longest)


def _titles(cell: str) -> Iterable[Link]:
    return (link for link in find_links(cell) if paper_link(link))


def _has_words(cell: str) -> bool:
    links = find_links(cell)
    return bool(strip_joints(outside_links(cell, links))) or any(not _says_nothing(link) for link in links)


def _take_from_other_cells(cells: Sequence[str], title: int, draft: _Draft, left: dict[int, str]) -> None:
    """The paper's link, where the title has none."""
    found = [(number, link) for number, cell in enumerate(cells) if number != title for link in find_links(cell)]
    sure = [(number, link) for number, link in found if paper_link(link)]
    maybe = [(number, link) for number, link in found if may_be_paper(link)]
    for number, own in [*sure, *maybe][:1]:
        cell = cells[number]
        more = _take_link(own, 0, draft, is_title=False)
        before = strip_joints(_BEFORE_LINK.sub("", cell[: own.start]))
        left[number] = joined(more, cell[: own.start] if before else "", cell[own.end :].lstrip(" ,，|;；、*"))
