"""Links in a line of Markdown, and what stands around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINK = re.compile(
    r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*+\])*+)\]"
    r"\(\s*+<?(?P<url>(?:[^\s()<>]|\([^\s()]*+\))*+)>?(?:\s++\"(?P<name>[^\"]*+)\")?\s*+\)"
    r"|<?(?P<bare>https?://[^\s<>()\[\]|*\"，。；、）】]+)>?",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:the |full |read |original |official )?(?:paper|papers|arxiv|arxiv\.org|pdf|html|abs|abstract|link|links|url|doi"
    r"|openreview|acl|acl anthology|hf|hugging ?face|alphaxiv|papers\.cool|cool|here|source|preprint|article|论文|论文链接"
    r"|链接|原文|原文链接|地址|论文地址|全文|下载|code|github|repo|project|project page|website|page|demo|tweet|thread|blog"
    r"|video|slides|poster|data|dataset|model|models|代码|项目|项目主页|主页|推特|博客)?(?: link| page)?",
    re.IGNORECASE,
)
_SAYS_PAPER = re.compile(
    r"(?:the |full |read )?(?:paper|arxiv|pdf|preprint|论文|论文链接|原文|论文地址)", re.IGNORECASE
)
_JOINTS = " \t\u00a0|,，、;；/·•()（）[]【】.。:：&+*_~-–—"
"""What stands between links in a row of links."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link and where it stands in its line."""

    start: int
    end: int
    text: str
    address: str
    name: str = ""
    is_image: bool = False


def find_links(line: str) -> list[Link]:
    """All links of a line, in order; images are among them."""
    links = []
    for found in _LINK.finditer(line):
        if found["bare"] is not None:
            address = found["bare"].rstrip(".,;:!?'`")
            end = found.end() if found[0].endswith(">") else found.start("bare") + len(address)
            links.append(Link(found.start(), end, "", address))
        else:
            name, is_image = found["name"] or "", bool(found["image"])
            start, end = found.span()
            if line[start - 1 : start] == "[" and line[end : end + 1] == "]":  # [[code](…)]
                start, end = start - 1, end + 1
            links.append(Link(start, end, found["text"], found["url"], name, is_image))
    return links


def is_generic(text: str, arxiv_id: str | None = None, version: int | None = None) -> bool:
    """Whether a link's text only says what is behind it: "Paper", "arXiv:2412.04470", nothing."""
    words = text.replace(f"{arxiv_id}v{version}", " ").replace(arxiv_id, " ") if arxiv_id else text
    return _GENERIC.fullmatch(words.strip(_JOINTS + "`🔗📄📑📝")) is not None


def says_paper(text: str) -> bool:
    """Whether a link's text promises a paper behind it, wherever it leads."""
    return _SAYS_PAPER.fullmatch(text.strip(_JOINTS + "`🔗📄📑📝")) is not None


def strip_joints(text: str) -> str:
    """Without the separators around it."""
    return text.strip(_JOINTS)


def outside_links(line: str, links: Sequence[Link]) -> str:
    """The line's text but for its links."""
    pieces, at = [], 0
    for link in links:
        pieces.append(line[at : link.start])
        at = link.end
    return " ".join([*pieces, line[at:]])
