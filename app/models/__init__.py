"""The vocabulary of the application, as tables."""

from app.models.library import (
    Author,
    Authorship,
    Digest,
    DigestTag,
    Entry,
    EntryTag,
    Figure,
    Finding,
    Paper,
    PaperVersion,
    Source,
    SourceFile,
    Tag,
    Topic,
    tag_label,
)
from app.models.people import Bookmark, LoginSession, Role, User
from app.models.state import LibraryState, library_version, note_change

__all__ = [
    "Author",
    "Authorship",
    "Bookmark",
    "Digest",
    "DigestTag",
    "Entry",
    "EntryTag",
    "Figure",
    "Finding",
    "LibraryState",
    "LoginSession",
    "Paper",
    "PaperVersion",
    "Role",
    "Source",
    "SourceFile",
    "Tag",
    "Topic",
    "User",
    "library_version",
    "note_change",
    "tag_label",
]
