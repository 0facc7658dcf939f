"""How many papers one file may list, and how long the names in it may be."""

from collections.abc import Iterable, Sequence

from app.digests.document import ParsedDigest
from app.errors import DigestFormatError

MAX_ENTRIES = 100_000
"""Each takes some kilobytes of memory until it is stored, however short it is; no digest of a day has a thousand."""
MAX_NAME = 600
"""Characters of a name that is looked up; what is longer is none, and more than an index of PostgreSQL takes."""


def refuse_too_many(indexes: Sequence[int]) -> None:
    """`indexes` are those of the lines on which papers begin. To be asked before the papers are read."""
    if len(indexes) > MAX_ENTRIES:
        line = indexes[MAX_ENTRIES] + 1
        raise DigestFormatError(
            f"line {line}: here begins one paper more than the {MAX_ENTRIES:,} that a file may list."
        )


def refuse_too_long(parsed: ParsedDigest) -> None:
    """Names go into indexes, and into addresses. To be asked before the digest is stored."""
    _refuse("the name of the topic", (parsed.topic or "",), 1)
    _refuse("the note's id", (parsed.note_id or "",), 1)
    _refuse("a tag", parsed.tags, 1)
    for entry in parsed.entries:
        _refuse("an author's name", entry.authors, entry.first_line)
        _refuse("a tag", entry.tags, entry.first_line)
        _refuse("the DOI", (entry.doi or "",), entry.first_line)


def _refuse(what: str, names: Iterable[str], line: int) -> None:
    longest = max(map(len, names), default=0)
    if longest > MAX_NAME:
        raise DigestFormatError(f"line {line}: {what} has {longest:,} characters, but at most {MAX_NAME} are read.")
