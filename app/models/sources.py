"""Where digests come from, and what each import did."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, LargeBinary, UniqueConstraint, false, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base

if TYPE_CHECKING:
    from app.models.library import Digest


class SourceKind(StrEnum):
    """What a source is: that decides which of its files are read."""

    FOLDER = "folder"
    GIT = "git"
    UPLOADS = "uploads"


class Source(Base):
    """A folder that digests come from; for a single file that was named, the folder it lies in."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    location: Mapped[str] = mapped_column(unique=True)
    """Absolute path of the folder."""
    kind: Mapped[str] = mapped_column(default=SourceKind.FOLDER.value, server_default=SourceKind.FOLDER.value)
    is_registered: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether an import that names no paths reads it again."""
    read_at: Mapped[datetime | None]
    """When it was last read as a whole."""
    commit: Mapped[str | None]
    """The commit that a git working copy stood at then."""

    files: Mapped[list["SourceFile"]] = relationship(back_populates="source", lazy="raise", passive_deletes=True)


class SourceFile(Base):
    """A file that was seen to hold a digest. Two files with the same bytes hold the same digest."""

    __tablename__ = "source_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(unique=True)
    """Absolute path."""
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"), index=True)
    size: Mapped[int | None] = mapped_column(BigInteger)
    """Bytes, when it was last read."""
    modified_ns: Mapped[int | None] = mapped_column(BigInteger)
    """Its time of change, in nanoseconds since 1970, when it was last read; none if that cannot be trusted."""
    vanished_at: Mapped[datetime | None]
    """When it was first missed; none while it is there. Its digest stays."""

    source: Mapped[Source] = relationship(back_populates="files", lazy="raise")
    digest: Mapped["Digest"] = relationship(back_populates="files", lazy="raise")

    @classmethod
    def is_below(cls, folder: str | Path) -> ColumnElement[bool]:
        """That the file lies in the folder, or in one within it."""
        start = inner_start(folder)
        return func.substr(cls.path, 1, len(start)) == start


def inner_start(folder: str | Path) -> str:
    """How the path of whatever lies in the folder begins."""
    return str(Path(folder) / "_")[:-1]


class DigestRevision(Base):
    """What a digest's file said before it changed: kept, so that nothing is lost and the two can be compared."""

    __tablename__ = "digest_revision"
    __table_args__ = (UniqueConstraint("digest_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(index=True)
    original: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """The bytes of the file, untouched."""
    imported_at: Mapped[datetime]
    """When these bytes came in."""
    revised_at: Mapped[datetime | None]
    """When the note was last changed, by its own word."""


FATES = ("new", "updated", "unchanged", "skipped", "failed", "vanished")
"""What can become of a file in an import; `ImportRun` counts each."""


class ImportRun(Base):
    """One import: when, of what, and what became of it. It is written when it begins and when it ends."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    trigger: Mapped[str]
    """What set it off: "command", "watch" or "upload"."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    """Who uploaded."""
    started_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    """None while it runs, and for ever if it was killed."""
    new: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    vanished: Mapped[int] = mapped_column(default=0)
    """Files with each fate."""
    entries: Mapped[int] = mapped_column(default=0)
    """Entries of the files that were new or updated."""
    findings: Mapped[int] = mapped_column(default=0)
    """What the lint found in those."""

    files: Mapped[list["ImportedFile"]] = relationship(
        order_by="ImportedFile.position", cascade="all, delete-orphan", lazy="raise"
    )


class ImportedFile(Base):
    """What became of one file in an import. Files that had not changed are only counted."""

    __tablename__ = "imported_file"

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str]
    status: Mapped[str]
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digest.id", ondelete="SET NULL"), index=True)
    entries: Mapped[int] = mapped_column(default=0)
    findings: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    """Why, where the status alone may surprise."""
