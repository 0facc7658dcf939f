"""One paper of a Dendron note: what is marked is read, and everything else is the author's analysis, as written."""

import re
from collections.abc import Iterable

from app.digests.arxiv import read_arxiv_link
from app.digests.document import ParsedEntry, ParsedFigure
from app.digests.text_lines import is_blank, passage, squeeze, trim

_TAGS = re.compile(r"\s*#[^\s#!]\S*(?:\s+#[^\s#!]\S*)*\s*$")
_IMAGE = re.compile(r"!\[(?P<caption>[^\[\]]*)\]\((?P<path>[^()\s]+)(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\s*(?:\[[^\[\]]*\]\(|<)?(?P<url>https?://[^\s<>()]+)[>)]?\s*$")
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
    body = lines[1:]
    head_end = _head_end(body)
    head, rest = body[:head_end], body[head_end:]
    part = next((i for i, line in enumerate(rest) if line.startswith("## ")), len(rest))
    links = [line for line in [*head, *rest[:part]] if _read_link(line)]
    link = _read_link(links[0]) if links else None
    authors = next((found["names"] for found in map(_AUTHORS.match, head) if found), "")
    abstract = next((found["text"] for found in map(_ABSTRACT.match, head) if found), "")
    return ParsedEntry(
        title=squeeze(lines[0][2:]),
        first_line=first_line,
        last_line=first_line + len(trim(["x", *body])) - 1,
        arxiv_id=link[0] if link else None,
        version=link[1] if link else None,
        authors=_names(authors),
        abstract=abstract.strip(),
        analysis=_analysis(head, rest, links[:1]),
        figures=tuple(_figures(body)),
        tags=tuple(dict.fromkeys(tag for line in head if _TAGS.match(line) for tag in _read_tags(line))),
    )


def _head_end(body: list[str]) -> int:
    """The head of an entry is what is marked, in any order; prose ends it, and no tag is looked for below."""
    marks = (_TAGS.match, _is_images, _read_link, _AUTHORS.match, _ABSTRACT.match)
    return next(
        (i for i, line in enumerate(body) if not is_blank(line) and not any(mark(line) for mark in marks)), len(body)
    )


def _analysis(head: list[str], rest: list[str], link: list[str]) -> str:
    """What the note says. A quoted abstract is part of that, as often it is all that the author put down."""
    quoted = [line for line in head if _ABSTRACT.match(line)]
    prose = trim([line for line in rest if not _is_images(line) and line not in link])
    return passage([*quoted, "", *prose] if prose else quoted)


def _read_tags(line: str) -> list[str]:
    return [word[1:] for word in line.split()]


def _read_link(line: str) -> tuple[str, int | None] | None:
    """An arXiv paper linked on a line of its own; links within a text lead to other papers."""
    found = _LINK.match(line)
    return read_arxiv_link(found["url"]) if found else None


def _is_images(line: str) -> bool:
    """Nothing but images on this line."""
    return line.lstrip().startswith("![") and not _IMAGE.sub("", line).strip()


def _figures(lines: Iterable[str]) -> dict[ParsedFigure, None]:
    shown = (image for line in lines if _is_images(line) for image in _IMAGE.finditer(line))
    return dict.fromkeys(ParsedFigure(image["path"], squeeze(image["caption"])) for image in shown)


def _names(written: str) -> tuple[str, ...]:
    names = written.split(";" if ";" in written else ",")
    return tuple(name for name in map(squeeze, names) if name)
