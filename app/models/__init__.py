"""The vocabulary of the application, as tables."""

from app.models.identity import Decision, DecisionKind, EntryPin, MergedPaper
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
    Tag,
    Topic,
    tag_label,
)
from app.models.people import Bookmark, LoginSession, Reading, Role, User
from app.models.sources import FATES, DigestRevision, ImportedFile, ImportRun, Source, SourceFile, SourceKind
from app.models.state import LibraryState, library_version, note_change
from app.models.terms import Language, Term, TermOrigin, TermState

__all__ = [
    "FATES",
    "Author",
    "Authorship",
    "Bookmark",
    "Decision",
    "DecisionKind",
    "Digest",
    "DigestRevision",
    "DigestTag",
    "Entry",
    "EntryPin",
    "EntryTag",
    "Figure",
    "Finding",
    "ImportRun",
    "ImportedFile",
    "Language",
    "LibraryState",
    "LoginSession",
    "MergedPaper",
    "Paper",
    "PaperVersion",
    "Reading",
    "Role",
    "Source",
    "SourceFile",
    "SourceKind",
    "Tag",
    "Term",
    "TermOrigin",
    "TermState",
    "Topic",
    "User",
    "library_version",
    "note_change",
    "tag_label",
]
