"""Links that lead nowhere, or to another paper."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from app.arxiv import read_arxiv_link
from app.digests.lint.finding import Finding, Rule, excerpt
from app.digests.lint.markup import URL, said
from app.digests.lint.view import DigestView, EntryView, Line

FAKE_URL = Rule(
    id="fake-url",
    title="Made-up link",
    title_zh="虚假链接",
    why="It looks like a source and is none.",
)
OTHER_PAPER = Rule(
    id="other-paper",
    title="Another paper's arXiv id",
    title_zh="引用了其他论文的 arXiv 编号",
    why="Where the model made up the paper's own link, the rest of the analysis deserves doubt too.",
)
DEAD_IMAGE = Rule(
    id="dead-image",
    title="Dead relative image",
    title_zh="失效的相对路径图片",
    why="The picture lay beside the digest on its author's disk, and no reader will ever see it.",
)

_MADE_UP = re.compile(
    r"https?://(?:www\.)?(?:example\.(?:com|org|net)(?![\w.-])|x{3,}(?![\w-])|(?:your|my)[-_]?(?:domain|site|link)\b)"
    r"|https?://[^/]*/(?:[^/]*/){0,6}(?:x{3,}|(?:your|user)[-_]?(?:name|repo|paper)|x{2,}\.x{2,}|\d{4}\.x{4,5})(?![\w-])"
    r"|https?://[^/]*/.{0,80}(?:链接|网址|地址)",
    re.IGNORECASE | re.ASCII,
)
_DOI_FORM = re.compile(r"https?://[^/]*doi\.org/.{0,30}\.x{2,}\.x{2,}", re.IGNORECASE)
_TARGET = re.compile(r"(?<!!)\[[^\[\]\n]{1,60}\]\((?P<target>[^()\n]{1,60})\)")
_NO_TARGET = re.compile(
    r"\s*#?\s*(?:(?:论文|文章|代码|项目|原文|数据|git\s?hub|此处|填写|实际|真实|的)*(?:链接|地址|网址|填写)+|待补充|待填写|暂无"
    r"|(?:the[_ -]?)?(?:url|link)(?:[_ -](?:of|to)[_ -]the[_ -]?(?:paper|code))?|git\s?hub\s*[:：]\s*(?:none|无)"
    r"|如果[^()]{0,40}填写[^()]{0,20})\s*",
    re.IGNORECASE,
)
_OWN_LINK = re.compile(
    r"(?:(?:论文|文章|原文|arxiv)?(?:链接|网址|地址)|论文|urls?|links?|paper(?: (?:link|page|url))?)(?:\*\*)?\s*[:：]",
    re.IGNORECASE,
)
_HAS_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE | re.ASCII)


def fake_url(digest: DigestView) -> Iterator[Finding]:
    for entry in digest.entries:
        whole = entry.entry.summary, entry.entry.analysis, *entry.entry.key_points
        texts = enumerate(entry.texts) if any(map(_has_link, whole)) else ()
        for index, text in texts:
            if _has_link(text) and (made_up := _made_up(text)) is not None:
                yield Finding(
                    rule=FAKE_URL.id,
                    sentence="This link is made up: it leads nowhere.",
                    sentence_zh="这个链接是编造的，打不开任何页面。",
                    line=entry.line(index).number,
                    position=entry.position,
                    excerpt=excerpt(text, made_up),
                )


def _has_link(text: str) -> bool:
    """Most texts have none, and that is soon seen."""
    return "http" in text or "](" in text


def _made_up(text: str) -> int | None:
    """Where a made-up link begins."""
    for url in URL.finditer(text):
        if _MADE_UP.match(unquote(url[0])) or _DOI_FORM.match(url[0]):
            return url.start()
    targets = (link for link in _TARGET.finditer(text) if _NO_TARGET.fullmatch(link["target"]))
    return next((link.start() for link in targets), None)


def other_paper(digest: DigestView) -> Iterator[Finding]:
    """Only where the paper's own link should stand, and where its id is nowhere in the analysis."""
    for entry in digest.entries:
        own = entry.entry.arxiv_id
        if own is None or "://" not in entry.prose or own in entry.entry.analysis:
            continue
        if (cited := _cited_as_own(entry)) is not None:
            line, other = cited
            yield Finding(
                rule=OTHER_PAPER.id,
                sentence=f"The analysis gives {other} as the paper's link, but the paper is {own}.",
                sentence_zh=f"分析把 {other} 当作本文的链接，而本文的编号是 {own}。",
                line=line.number,
                position=entry.position,
                excerpt=excerpt(line.plain),
            )


def _cited_as_own(entry: EntryView) -> tuple[Line, str] | None:
    for index, plain in enumerate(entry.analysis.plains):
        if "://" not in plain or not _OWN_LINK.match(text := said(plain)):
            continue
        first = URL.search(text)
        arxiv = read_arxiv_link(first[0]) if first else None
        if arxiv is not None:
            return entry.analysis.line(index), arxiv[0]
    return None


def dead_image(digest: DigestView) -> Iterator[Finding]:
    for entry in digest.entries:
        dead = [figure.url for figure in entry.entry.figures if not _HAS_ORIGIN.match(figure.url)]
        if dead:
            yield Finding(
                rule=DEAD_IMAGE.id,
                sentence=f"Images that are nowhere on the web: {len(dead)}. Their addresses are relative.",
                sentence_zh=f"有 {len(dead)} 张图片使用相对路径，在网上无法访问。",
                line=digest.line_with(dead[0], entry.entry),
                position=entry.position,
                excerpt=excerpt(dead[0]),
            )
