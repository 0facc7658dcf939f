"""Which format is this, and what does it say?"""

from typing import Protocol

from app.digests.document import ParsedDigest
from app.digests.formats import chatpaperfree, dendron, paper_list
from app.digests.front_matter import split_front_matter
from app.digests.text_lines import is_blank
from app.errors import NotADigestError

__all__ = ["FORMATS", "Format", "parse_digest"]


class Format(Protocol):
    """What a module in formats/ offers."""

    @property
    def NAME(self) -> str: ...  # noqa: N802 - a constant of the module

    def matches(self, lines: list[str]) -> bool: ...
    def parse(self, lines: list[str]) -> ParsedDigest: ...


FORMATS: tuple[Format, ...] = (dendron, chatpaperfree, paper_list)
"""Asked in this order: a note shows itself by its front matter alone, which is quick to see and hard to mistake.

A list of papers can look like anything, so it is asked last."""


def parse_digest(text: str) -> ParsedDigest:
    """What a file says. NotADigestError if it holds no digest, DigestFormatError if it holds a broken one."""
    lines = text.split("\n")
    for fmt in FORMATS:
        if fmt.matches(lines):
            return fmt.parse(lines)
    raise NotADigestError(_why_not(lines))


def _why_not(lines: list[str]) -> str:
    """What a person would look for and not find."""
    if all(is_blank(line) for line in lines):
        return "This is no digest: the file is empty."
    return f"This is no digest: {_no_frame(lines)}; and no list of papers: {paper_list.why_not(lines)}."


def _no_frame(lines: list[str]) -> str:
    if split_front_matter(lines) is None:
        return "it has no front matter (a block between two lines “---” at the top)"
    if not any(line.startswith("## ") for line in lines):
        return "it has front matter, but no papers (headings “## ”)"
    return "it has front matter and headings, but none of them is followed by a paper's authors"
