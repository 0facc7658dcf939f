"""Papers as citations see them, and the ways in which they can be had."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import Request, Response

from app import citations
from app.citations import Remark, Work
from app.models import Entry, Paper
from app.models.library import is_web_address
from app.web.language import language_of
from app.web.urls import paper_url


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A way to write citations down."""

    name: str
    media_type: str
    write: Callable[[Sequence[Work]], str]


FORMATS = {
    "bib": CitationFormat("BibTeX", "application/x-bibtex", citations.to_bibtex),
    "ris": CitationFormat("RIS", "application/x-research-info-systems", citations.to_ris),
    "json": CitationFormat("CSL-JSON", "application/vnd.citationstyles.csl+json", citations.to_csl_json),
    "md": CitationFormat("Markdown", "text/markdown", citations.to_markdown),
}
"""By the ending of the address."""


def work_of(paper: Paper, entries: Sequence[Entry] = (), base: str = "", link: str = "") -> Work:
    """What is known of a paper; with what its digests say, if their entries are given."""
    version = paper.shown
    return Work(
        title=version.title,
        authors=tuple(author.name for author in version.authors),
        abstract=version.abstract,
        comment=version.comment,
        arxiv_id=paper.arxiv_id or "",
        version=version.number,
        doi=paper.doi or "",
        link=link if is_web_address(link) else next((entry.url for entry in entries if entry.has_link), ""),
        page=base + paper_url(paper),
        language=language_of(version.title),
        remarks=tuple(_remark(entry) for entry in entries),
    )


def _remark(entry: Entry) -> Remark:
    topic = entry.digest.topic.name if entry.digest.topic else entry.digest.title
    return Remark(f"{entry.digest.day} {topic}", entry.summary, tuple(entry.key_points))


def base_url(request: Request) -> str:
    """Where this library stands, as its reader sees it."""
    return str(request.base_url).rstrip("/")


def citation_response(ending: str, works: Sequence[Work], name: str) -> Response:
    """A file to keep, named for what is in it."""
    form = FORMATS[ending]
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Cookie",
    }
    return Response(form.write(works), media_type=f"{form.media_type}; charset=utf-8", headers=headers)


def file_name(paper: Paper) -> str:
    """Plain letters only: not every browser reads others."""
    key = "".join(char if char.isascii() and (char.isalnum() or char in "-.") else "-" for char in paper.key)
    return key.strip("-.") or "paper"
