"""What was noted of an index and still holds, known without opening it: the engine is slow to wake."""

import json
from hashlib import sha256
from pathlib import Path

VERSION = 6
"""Raise it whenever embedded/schema.py, words.py or the library writes something else: the index is then made anew."""


def folder(location: Path) -> Path:
    """A folder for each version, so that an older process never writes into a newer index."""
    return location / f"v{VERSION}"


def fingerprint(location: Path) -> str:
    """Another one after every change to the index at this place; nothing if there is none. Every commit replaces one
    small file."""
    try:
        return sha256((folder(location) / "meta.json").read_bytes()).hexdigest()
    except OSError:
        return ""


def mark(location: Path, fingerprint: str, note: str) -> None:
    """Note something of the index as it was when it had this fingerprint."""
    temporary = _marks(location).with_suffix(".tmp")
    temporary.write_text(json.dumps([fingerprint, note]), encoding="utf-8")
    temporary.replace(_marks(location))


def marked(location: Path) -> str:
    """What was noted of the index as it is now; nothing if it changed since, or if there is none."""
    try:
        of, note = json.loads(_marks(location).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(note) if of and of == fingerprint(location) else ""


def _marks(location: Path) -> Path:
    return location / "mark.json"
