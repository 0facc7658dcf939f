"""One paper of a Dendron note: what is marked is read, and everything else is the author's analysis, as written."""

import re
from dataclasses import replace

from app.digests.document import ParsedEntry, ParsedFigure
from app.digests.formats.ledger import Ledger, joined
from app.digests.formats.paper_link import PaperLink, read_paper_link
from app.digests.text_lines import is_blank, passage, squeeze, trim, without_blank_end

_TAGS = re.compile(r"\s*#[^\s#!]\S*(?:\s+#[^\s#!]\S*)*\s*$")
_IMAGE = re.compile(r"!\[(?P<caption>[^\[\]]*)\]\((?P<path>[^()\s]+)(?:\s+\"(?P<name>[^\"]*)\")?\)")
_LINK = re.compile(r"\s*(?:\[(?P<text>[^\[\]]*)\]\(|<)?(?P<url>https?://[^\s<>()]+)[>)]?\s*$")
_AUTHORS = re.compile(r"\s*(?:\*\*)?Authors?(?:\*\*)?\s*[:：](?:\*\*)?(?P<names>.+)$", re.IGNORECASE)
_ABSTRACT = re.compile(r"\s*(?:\*\*)?(?:Summary|Abstract)(?:\*\*)?\s*[:：](?:\*\*)?(?P<text>.+)$", re.IGNORECASE)
_NUMBERING = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、．:：)）]\s*")

_PARTS_OF_A_PAPER = """
    介绍, 简介, 引言, 概述, 概要, 摘要, 总结, 小结, 结论, 背景, 研究背景, 论文背景, 动机, 研究动机, 论文动机, 论文的motivation,
    方法, 研究方法, 论文方法, 方法概述, 过去方案, 贡献, 创新点, 贡献和创新点, 贡献与创新点, 主要贡献, 相关工作, 相关研究, 实验,
    实验结果, 结果, 讨论, 局限, 局限性, 未来工作, 参考文献, 参考, 附录, 标签, 其他, 其它, 备注, 思考, 想法, 问题, 问题定义,
    abstract, introduction, intro, background, motivation, motivations, problem, problem definition, preliminary,
    preliminaries, related work, related works, method, methods, methodology, approach, our approach, proposed method,
    contribution, contributions, experiment, experiments, experimental results, evaluation, result, results,
    discussion, limitation, limitations, future work, conclusion, conclusions, summary, overview, in a word, tl;dr,
    tldr, tag, tags, reference, references, appendix, acknowledgement, acknowledgements, other, others, note, notes,
    misc, idea, ideas, thoughts, link, links, code, implementation, implementation details, ablation, ablation study,
    question, questions, takeaways, key takeaways
"""
_PARTS = frozenset(part.strip() for part in _PARTS_OF_A_PAPER.split(","))
"""Headings that no one gives a paper, in small letters and without numbering."""


def is_section_title(title: str) -> bool:
    """Whether a heading names a part of a paper rather than a paper."""
    words = squeeze(title.replace("*", " ")).casefold().strip(" :：#.。")
    numbering = _NUMBERING.match(words)
    return words[numbering.end() if numbering else 0 :] in _PARTS


def parse_entry(lines: list[str], first_line: int) -> ParsedEntry:
    """`lines` begins with the heading and may end in blank lines."""
    lines = without_blank_end(lines)
    ledger = Ledger(lines, first_line)
    ledger.read(0, "title")
    head_end = _head_end(lines)
    head, rest = range(1, head_end), range(head_end, len(lines))
    figures, tags = _read_figures(lines, ledger), _read_tags(lines, head, ledger)
    link, authors, abstract = (
        _link(lines, head_end, ledger),
        _authors(lines, head, ledger),
        _abstract(lines, head, ledger),
    )
    return ParsedEntry(
        title=squeeze(lines[0][2:]),
        first_line=first_line,
        last_line=first_line + len(lines) - 1,
        arxiv_id=link.arxiv_id,
        version=link.version,
        authors=authors,
        abstract=abstract,
        analysis=_analysis(lines, head, rest, ledger),
        figures=figures,
        tags=tags,
        rest=ledger.rest(),
        lines=ledger.lines(),
    )


def _head_end(lines: list[str]) -> int:
    """The head of an entry is what is marked, in any order; prose ends it, and no tag is looked for below."""
    marks = (_TAGS.match, _is_images, _read_link, _AUTHORS.match, _ABSTRACT.match)
    prose = (i for i in range(1, len(lines)) if not is_blank(lines[i]) and not any(mark(lines[i]) for mark in marks))
    return next(prose, len(lines))


def _read_figures(lines: list[str], ledger: Ledger) -> tuple[ParsedFigure, ...]:
    """Each figure once, from lines that hold nothing else, wherever they stand."""
    figures: dict[ParsedFigure, None] = {}
    for index in range(1, len(lines)):
        if _is_images(lines[index]):
            images = list(_IMAGE.finditer(lines[index]))
            figures.update(dict.fromkeys(ParsedFigure(image["path"], squeeze(image["caption"])) for image in images))
            ledger.read(index, "figures", left=joined(*(image["name"] or "" for image in images)))
    return tuple(figures)


def _read_tags(lines: list[str], head: range, ledger: Ledger) -> tuple[str, ...]:
    tags: dict[str, None] = {}
    for index in head:
        if _TAGS.match(lines[index]):
            tags.update(dict.fromkeys(word[1:] for word in lines[index].split()))
            ledger.read(index, "tags")
    return tuple(tags)


def _link(lines: list[str], head_end: int, ledger: Ledger) -> PaperLink:
    """An arXiv paper linked on a line of its own, in the head or before the first part; others are left as they are."""
    end = next((i for i in range(head_end, len(lines)) if lines[i].startswith("## ")), len(lines))
    for index in range(1, end):
        if link := _read_link(lines[index]):
            ledger.read(index, *link.fields, left=link.left)
            return link
    return PaperLink()


def _authors(lines: list[str], head: range, ledger: Ledger) -> tuple[str, ...]:
    for index in head:
        if (found := _AUTHORS.match(lines[index])) and (names := _names(found["names"])):
            ledger.read(index, "authors")
            return names
    return ()


def _abstract(lines: list[str], head: range, ledger: Ledger) -> str:
    for index in head:
        if (found := _ABSTRACT.match(lines[index])) and (text := found["text"].strip()):
            ledger.note("abstract", index)
            return text
    return ""


def _analysis(lines: list[str], head: range, rest: range, ledger: Ledger) -> str:
    """What the note says. A quoted abstract is part of that, as often it is all that the author put down."""
    quoted = [i for i in head if _ABSTRACT.match(lines[i])]
    prose = [i for i in rest if not ledger.is_read(i)]
    ledger.read_all("analysis", lines, sorted([*quoted, *prose]))
    text = trim([lines[i] for i in prose])
    return passage([*(lines[i] for i in quoted), *(["", *text] if text else [])])


def _read_link(line: str) -> PaperLink | None:
    """An arXiv paper linked on a line of its own; links within a text lead to other papers."""
    found = _LINK.match(line)
    link = read_paper_link(found["url"]) if found else None
    if found is None or link is None or link.arxiv_id is None:
        return None
    return replace(link, left=joined(found["text"] or "", link.left))


def _is_images(line: str) -> bool:
    """Nothing but images on this line."""
    return line.lstrip().startswith("![") and not _IMAGE.sub("", line).strip()


def _names(written: str) -> tuple[str, ...]:
    names = written.split(";" if ";" in written else ",")
    return tuple(name for name in map(squeeze, names) if name)
