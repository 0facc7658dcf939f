"""What every format is parsed into. Plain values: no database, no files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ParsedFigure:
    """A screenshot as the digest names it: an address, often on a foreign host or relative and dead."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """A paper as it stands in one digest. Absent text is "", an absent list is ()."""

    title: str
    first_line: int
    """1-based line of the entry's heading in the decoded file."""
    last_line: int
    """1-based last line that belongs to the entry, trailing blank lines excluded."""
    arxiv_id: str | None = None
    """Without its version: "2412.04470", or an old one such as "cs/0501001"."""
    version: int | None = None
    authors: tuple[str, ...] = ()
    abstract: str = ""
    comment: str = ""
    """The authors' comment on arXiv: pages, venue, project page."""
    summary: str = ""
    key_points: tuple[str, ...] = ()
    analysis: str = ""
    """Markdown or HTML by strangers, exactly as written, without blank lines around it."""
    figures: tuple[ParsedFigure, ...] = ()
    tags: tuple[str, ...] = ()
    """As written, without the leading "#"."""
    doi: str | None = None
    """Lower case, without a resolver before it: "10.1145/3592433"."""
    url: str = ""
    """The link that names the paper where it has neither an arXiv id nor a DOI: OpenReview, ACL, GitHub."""
    rest: str = ""
    """What stands in the entry's lines and is in no other field: nothing of an entry is ever dropped."""
    lines: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """For each field that the entry has, its first and last line in the decoded file, counted from 1."""


@dataclass(frozen=True, slots=True)
class ParsedDigest:
    """One published document. `stated_date` is the date as the file writes it; first_day..last_day what it means."""

    format: str
    title: str
    first_day: date
    last_day: date
    stated_date: str
    topic: str | None = None
    tags: tuple[str, ...] = ()
    """Tags of the digest as a whole: each of its papers can be found under them. Not those of single entries."""
    preamble: str = ""
    """The text between the front matter and the first entry."""
    note_id: str | None = None
    """The identity a note keeps through its revisions (Dendron)."""
    revised_at: datetime | None = None
    """When the note was last changed, by its own word; tells a later revision from an earlier one."""
    source_url: str | None = None
    """Where the digest was published, if it says."""
    entries: tuple[ParsedEntry, ...] = ()
