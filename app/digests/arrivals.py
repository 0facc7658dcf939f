"""A digest on its way into the library, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from app.digests.document import ParsedDigest
from app.digests.reading import Reading
from app.digests.source_files import Origin

ORDINARY = Reading()


class Outcome(StrEnum):
    """What an import did."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one digest."""

    outcome: Outcome
    digest_id: int
    entries: int
    note: str = ""
    """Why, where the outcome alone may surprise."""
    findings: int = 0
    """What the lint found in what was brought in."""


@dataclass(frozen=True)
class Arrival:
    """A digest that was read and is to be brought in."""

    raw: bytes
    parsed: ParsedDigest
    """What `raw` says."""
    reading: Reading = ORDINARY
    """How it was read."""
    origin: Origin | None = None

    @cached_property
    def content_hash(self) -> str:
        return content_hash(self.raw)

    def require_origin(self) -> Origin:
        """Where it was read, if it was read from a file."""
        if self.origin is None:
            raise ValueError("This digest was read from no file.")
        return self.origin


def content_hash(raw: bytes) -> str:
    """The identity of a digest: SHA-256 of its bytes, hexadecimal."""
    return sha256(raw).hexdigest()
