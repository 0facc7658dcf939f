"""What a rule is, and what it finds."""

from dataclasses import dataclass

_EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for."""

    id: str
    """Kept for good: it stands in settings and in stored findings."""
    title: str
    title_zh: str
    why: str
    """What the defect costs a reader."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect, at one place."""

    rule: str
    sentence: str
    sentence_zh: str
    line: int
    """Counted from 1 in the decoded file."""
    position: int | None
    """Of the entry in its digest, counted from 1; None if the digest as a whole is meant."""
    excerpt: str = ""


def excerpt(text: str, at: int = 0) -> str:
    """A short quote on one line, with what stands at `at` in it."""
    start = max(0, at - _EXCERPT // 3)
    piece = " ".join(text[start : start + _EXCERPT].split())
    before = "…" if text[:start].strip() else ""
    return f"{before}{piece}…" if text[start + _EXCERPT :].strip() else f"{before}{piece}"
