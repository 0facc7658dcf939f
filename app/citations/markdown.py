"""Markdown: a paper as a note of its own, several as a list. Pure."""

import re
from collections.abc import Iterator, Sequence

from app.citations.work import Remark, Work

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def to_markdown(works: Sequence[Work]) -> str:
    """One work with its abstract and what digests say of it; of several a line each."""
    if len(works) == 1:
        return "\n\n".join(_note(works[0])) + "\n"
    return "".join(f"- {_reference(work)}\n" for work in works)


def _reference(work: Work) -> str:
    title = f"[{_plain(work.title)}](<{work.url or work.page}>)" if work.url or work.page else _plain(work.title)
    year = f" {work.submitted[0]}." if work.submitted else ""
    name = f" arXiv:{work.arxiv_id}." if work.arxiv_id else f" doi:{work.doi}." if work.doi else ""
    authors = f"{_plain(', '.join(work.authors))}. " if work.authors else ""
    return f"{authors}{title}.{year}{name}"


def _note(work: Work) -> Iterator[str]:
    yield f"# {_plain(work.title)}"
    yield _reference(work)
    if work.comment:
        yield f"*{_plain(work.comment)}*"
    if work.abstract:
        yield "\n".join(f"> {_plain(line)}" for line in work.abstract.splitlines())
    for remark in work.remarks:
        yield from _said(remark)
    if work.page:
        yield f"<{work.page}>"


def _said(remark: Remark) -> Iterator[str]:
    """The digest's own words are Markdown already."""
    if remark.summary or remark.key_points:
        yield f"## {_plain(remark.heading)}"
    if remark.summary:
        yield remark.summary
    if remark.key_points:
        yield "\n".join(f"- {point}" for point in remark.key_points)


def _plain(text: str) -> str:
    """Words that mean what they say, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
