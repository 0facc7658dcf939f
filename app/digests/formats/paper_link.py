"""Which paper an address names, and what of the address that does not say."""

import re
from dataclasses import dataclass

from app.arxiv import find_arxiv_id
from app.doi import find_doi

_BEFORE = re.compile(r"\s*(?:https?://)?(?:(?:www|export|browse)\.)?", re.IGNORECASE)
_AFTER = re.compile(r"(?:\.pdf)?/?\s*", re.IGNORECASE)
_PAPER_SITES = re.compile(
    r"https?://(?:www\.)?(?:"
    r"openreview\.net/(?:forum|pdf|attachment)\?\S*id=|aclanthology\.org/[\w.-]+|aclweb\.org/anthology/[\w.-]+"
    r"|openaccess\.thecvf\.com/\S+|proceedings\.mlr\.press/v\d+/\S+|papers\.nips\.cc/paper\S+"
    r"|proceedings\.neurips\.cc/paper\S+|ojs\.aaai\.org/\S+/article/\S+|(?:bio|med)rxiv\.org/content/\S+"
    r"|semanticscholar\.org/paper/\S+|nature\.com/articles/\S+|science\.org/doi/\S+|dl\.acm\.org/\S+"
    r"|ieeexplore\.ieee\.org/(?:document|abstract)/\S+)",
    re.IGNORECASE | re.ASCII,
)
_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/[\w.-]+/[\w.-]+", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class PaperLink:
    """The paper that an address names: by its arXiv id, else its DOI, else by the address itself."""

    arxiv_id: str | None = None
    version: int | None = None
    doi: str | None = None
    url: str = ""
    left: str = ""
    """What of the address is in none of these: "?context=cs.CV"."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that it fills."""
        return tuple(name for name in ("arxiv_id", "version", "doi", "url") if getattr(self, name))


def read_paper_link(address: str) -> PaperLink | None:
    """None if nothing about the address says that a paper is there."""
    if found := find_arxiv_id(address):
        return PaperLink(found["id"], int(found["version"]) if found["version"] else None, left=_left(address, found))
    if named := find_doi(address):
        return PaperLink(doi=named.doi, left=address[: named.start] + address[named.end :].strip("/"))
    return PaperLink(url=address) if _PAPER_SITES.match(address) else None


def is_github(address: str) -> bool:
    """Code, most often; a paper only where something else says so."""
    return _GITHUB.match(address) is not None


def _left(address: str, found: re.Match[str]) -> str:
    before, after = address[: found.start()], address[found.end() :]
    return ("" if _BEFORE.fullmatch(before) else before) + ("" if _AFTER.fullmatch(after) else after)
