"""What a paper's own words claim of it: where it appears, and where its code and its pages are. Pure.

The authors write this into the comment that arXiv shows ("Accepted by CVPR 2024, code at …"), in no form at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_VENUES = """
    3DV AAAI ACCV ACL ACM-MM AISTATS BMVC CHI CIKM COLING COLM CVPR CoNLL CoRL EACL ECAI ECCV ECML EMNLP Eurographics
    GCPR ICASSP ICCP ICCV ICDAR ICIP ICLR ICME ICML ICPR ICRA IJCAI IJCNN IJCV INTERSPEECH IROS ISBI ISMAR ISMRM JMLR KDD
    MICCAI MIDL NAACL NeurIPS PAMI PMLR RA-L RSS SIGGRAPH SIGGRAPH-Asia SIGIR TACL TCSVT TIP TKDE TMI TMLR TMM TNNLS TOG
    TPAMI TVCG UAI UIST VISAPP WACV WSDM WWW
"""
"""As they are written here they are shown; "-" is a blank or nothing."""
_NAMES = {name.replace("-", "").casefold(): name.replace("-", " ") for name in _VENUES.split()}
_WRITTEN = "|".join(sorted((name.replace("-", "[ -]?") for name in _VENUES.split()), key=len, reverse=True))
_VENUE = re.compile(
    rf"(?<![\w/.-])(?P<name>{_WRITTEN})(?:\s*+[-,:('’]?\s*+(?:20)?(?P<year>\d\d)(?!\d))?(?![\w/-])",
    re.IGNORECASE | re.ASCII,
)
_YEAR_BEFORE = re.compile(r"\b20(\d\d)\s+(?:IEEE(?:/\w+)*\s+)?$", re.ASCII)
_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com/[\w.-]+/[\w.-]+|gitlab\.com/[\w.-]+/[\w.-]+|bitbucket\.org/[\w.-]+/[\w.-]+"
    r"|huggingface\.co/(?!papers/)(?:spaces/|datasets/)?[\w.-]+/[\w.-]+)",
    re.IGNORECASE | re.ASCII,
)

_ADDRESS = re.compile(
    r"https?://(?:[^\s<>\"'{}\\|^`]|\\[_%#&~])+|(?<![\w/.@-])[\w-]+\.github\.io(?:/[\w./~-]*)?",
    re.ASCII | re.IGNORECASE,
)
_CLOSING = {")": "(", "]": "["}
_ENDS = frozenset(".,;:!?)]*'\"")
_BEFORE_LINK, _BEFORE_VENUE = 80, 40
"""So many characters before one are looked at: a comment may hold thousands of links, and name as many venues."""
_OF_PROJECT = re.compile(r"(?:project|home|main|web)[\s-]*(?:page|site|link|url)?s?\b[^.!?]{0,40}$", re.IGNORECASE)
_PAGE_HOSTS = re.compile(
    r"https?://(?:[\w-]+\.)+(?:github|gitlab)\.io(?:/|$)|https?://sites\.google\.com/", re.IGNORECASE
)
_OF_THE_PAPER = re.compile(
    r"https?://(?:[\w-]+\.)*(?:arxiv\.org|doi\.org|papers\.cool|alphaxiv\.org)/|https?://(?:huggingface\.co|hf\.co)/papers/",
    re.IGNORECASE,
)


class LinkKind(StrEnum):
    """What an address leads to, as far as it can be told."""

    CODE = "code"
    PROJECT = "project"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Link:
    """An address that the authors give."""

    kind: LinkKind
    url: str


def find_links(text: str) -> Iterator[Link]:
    """The addresses in a comment or an abstract, each once; those of the paper itself left out."""
    seen: set[str] = set()
    for match in _ADDRESS.finditer(text):
        written = match[0].replace("\\", "")  # LaTeX writes "\\_"
        url = _without_end(written if "://" in written else f"https://{written}")
        if url.casefold() not in seen and not _OF_THE_PAPER.match(url):
            seen.add(url.casefold())
            yield Link(_kind(url, text[max(0, match.start() - _BEFORE_LINK) : match.start()]), url)


def _without_end(url: str) -> str:
    """Without the full stop, or the bracket that was opened before the address."""
    end, unopened = len(url), {closing: url.count(closing) - url.count(of) for closing, of in _CLOSING.items()}
    while (last := url[end - 1]) in _ENDS:
        if unopened.get(last, 1) <= 0:
            break
        if last in unopened:
            unopened[last] -= 1
        end -= 1
    return url[:end]


def _kind(url: str, before: str) -> LinkKind:
    if _CODE.match(url):
        return LinkKind.CODE
    if _PAGE_HOSTS.match(url) or _OF_PROJECT.search(before):
        return LinkKind.PROJECT
    return LinkKind.OTHER


def find_venues(comment: str) -> tuple[str, ...]:
    """The conferences and journals that a comment names, with the year if it is there: "CVPR 2024"."""
    found: dict[str, None] = {}
    for match in _VENUE.finditer(comment):
        name = _NAMES[re.sub("[ -]", "", match["name"]).casefold()]
        if name.islower() or (match["name"].islower() and len(name) <= 4):
            continue  # "tip", "chi", "rss": words
        before = _YEAR_BEFORE.search(comment, max(0, match.start() - _BEFORE_VENUE), match.start())
        year = match["year"] or (before[1] if before else None)
        found[f"{name} 20{year}" if year else name] = None
    return tuple(found)


def mentions_code(texts: Iterable[str]) -> bool:
    """Whether one of the texts links to a place where code is kept."""
    return any("http" in text and _CODE.search(text) for text in texts)
