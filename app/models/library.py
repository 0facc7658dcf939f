"""What was imported: digests, their entries, and the papers these are about."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint, and_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.sources import SourceFile


class Topic(Base):
    """The subject of a series of digests, such as "3DGS"."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)


class Tag(Base):
    """A word a paper can be found under, exactly as digests write it."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)

    @property
    def label(self) -> str:
        """As people read it."""
        return tag_label(self.name)


def is_web_address(text: str) -> bool:
    """Whether a stranger's address may become a link: never "javascript:" and its like."""
    return text.lower().startswith(("https://", "http://"))


def tag_label(name: str) -> str:
    """A tag as people read it: Dendron writes `_3D` for "3D", since its tags may not begin with a digit."""
    return name[1:] if name[:1] == "_" and name[1:2].isdigit() else name


class Author(Base):
    """A person as named on a paper; another spelling is another author, with the same `name_key` if little differs."""

    __tablename__ = "author"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name_key: Mapped[str] = mapped_column(index=True, server_default="")
    """The name without accents, case, hyphens and widths."""


class Digest(Base):
    """One published document: the papers of one topic on one day."""

    __tablename__ = "digest"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    """Hexadecimal hash of the original bytes: the identity of what was imported."""
    note_id: Mapped[str | None] = mapped_column(unique=True)
    """The identity that a note keeps through its revisions."""
    revised_at: Mapped[datetime | None]
    """When the note was last changed, by its own word."""
    format: Mapped[str]
    title: Mapped[str]
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    """The day it is listed under: the last one it covers."""
    first_day: Mapped[date]
    """The first day it covers; the same as `day` unless it spans several."""
    stated_date: Mapped[str]
    """The date as the file writes it."""
    source_url: Mapped[str | None]
    encoding: Mapped[str] = mapped_column(default="utf-8")
    """What the bytes were read as."""
    is_repaired: Mapped[bool] = mapped_column(default=False)
    """Whether the text was damaged and made readable again; a few characters may be wrong then."""
    note: Mapped[str] = mapped_column(default="")
    """What a reader should know of how the file was read; empty for an ordinary one."""
    preamble: Mapped[str] = mapped_column(deferred=True)
    original: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """The bytes of the file, untouched."""
    imported_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    @property
    def has_link(self) -> bool:
        """Whether the address it was published at is one that may be followed: it is a stranger's word."""
        return is_web_address(self.source_url or "")

    topic: Mapped[Topic | None] = relationship(lazy="raise")
    tags: Mapped[list["DigestTag"]] = relationship(
        order_by="DigestTag.position", cascade="all, delete-orphan", lazy="raise"
    )
    files: Mapped[list[SourceFile]] = relationship(back_populates="digest", lazy="raise", passive_deletes=True)
    entries: Mapped[list["Entry"]] = relationship(
        back_populates="digest", order_by="Entry.position", cascade="all, delete-orphan", lazy="raise"
    )
    findings: Mapped[list["Finding"]] = relationship(order_by="Finding.line", lazy="raise", viewonly=True)


class DigestTag(Base):
    """A tag of a digest as a whole; its entries can be found under it too."""

    __tablename__ = "digest_tag"

    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True, index=True)
    position: Mapped[int]

    tag: Mapped[Tag] = relationship(lazy="raise")


class Paper(Base):
    """A scientific work, once, however many digests announce it."""

    __tablename__ = "paper"
    __table_args__ = (
        Index("ix_paper_latest_day_id", "latest_day", "id"),
        # Nearly always empty, and asked at every search.
        Index(
            "ix_paper_stale", "id", sqlite_where=text("changed <> indexed"), postgresql_where=text("changed <> indexed")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    arxiv_id: Mapped[str | None] = mapped_column(unique=True)
    """Without a version."""
    doi: Mapped[str | None] = mapped_column(unique=True)
    """Lower case, without a resolver before it."""
    slug: Mapped[str | None] = mapped_column(unique=True)
    """Its name in addresses while it has no arXiv id; kept when it gets one, so that old links still lead here."""
    first_day: Mapped[date | None]
    latest_day: Mapped[date | None]
    """First and last day that a digest lists it; none when no digest does any more."""

    changed: Mapped[int] = mapped_column(default=1)
    """Counts the changes to what search should find."""
    indexed: Mapped[int] = mapped_column(default=0)
    """The value of `changed` that the search index has seen; different means stale."""

    versions: Mapped[list["PaperVersion"]] = relationship(
        back_populates="paper", order_by="PaperVersion.number", cascade="all, delete-orphan", lazy="raise"
    )
    shown: Mapped["PaperVersion"] = relationship(
        primaryjoin=lambda: and_(PaperVersion.paper_id == Paper.id, PaperVersion.is_shown),
        viewonly=True,
        lazy="raise",
    )
    """The highest version: what lists and pages show as title, authors, abstract and comment."""
    entries: Mapped[list["Entry"]] = relationship(back_populates="paper", lazy="raise")

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return self.arxiv_id or self.slug or str(self.id)

    @property
    def findings(self) -> list["Finding"]:
        """What the lint found in any of its entries."""
        return [finding for entry in self.entries for finding in entry.findings]


class PaperVersion(Base):
    """The authors' own words about a paper, in one version of it."""

    __tablename__ = "paper_version"
    __table_args__ = (
        UniqueConstraint("paper_id", "number"),
        Index(
            "uq_paper_version_shown",
            "paper_id",
            unique=True,
            sqlite_where=text("is_shown"),
            postgresql_where=text("is_shown"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(default=0)
    """arXiv's version number; 0 where the digest names none."""
    is_shown: Mapped[bool] = mapped_column(default=False)
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digest.id", ondelete="SET NULL"), index=True)
    """The digest whose words these are: the first that told them. Its later revisions may correct them."""
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(index=True)
    """The title folded for comparing."""
    abstract: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")

    paper: Mapped[Paper] = relationship(back_populates="versions", lazy="raise")
    authorships: Mapped[list["Authorship"]] = relationship(
        order_by="Authorship.position", cascade="all, delete-orphan", lazy="raise"
    )

    @property
    def authors(self) -> list[Author]:
        """In the order of the paper."""
        return [authorship.author for authorship in self.authorships]


class Authorship(Base):
    """Who is named on a version of a paper, and in which place."""

    __tablename__ = "authorship"

    version_id: Mapped[int] = mapped_column(ForeignKey("paper_version.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"), index=True)

    author: Mapped[Author] = relationship(lazy="raise")


class Entry(Base):
    """A paper as it stands in one digest: the digest's words about it, and its place there."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("digest_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"))
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("paper_version.id"), index=True)
    position: Mapped[int]
    """1 for the first of the digest."""
    first_line: Mapped[int]
    last_line: Mapped[int]
    """Its line span in the digest's original, counted from 1, both included."""
    stated_arxiv_id: Mapped[str | None]
    """The id that the digest itself names; the paper may know one from elsewhere."""
    url: Mapped[str] = mapped_column(default="")
    """The link that names the paper where it has neither an arXiv id nor a DOI; a stranger's word."""
    lines: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict, deferred=True)
    """For each field that the digest tells, its first and last line in the original."""
    summary: Mapped[str] = mapped_column(default="")
    key_points: Mapped[list[str]] = mapped_column(JSON, default=list)
    analysis: Mapped[str] = mapped_column(default="", deferred=True)
    """Markdown or HTML of strangers, as written."""
    rest: Mapped[str] = mapped_column(default="", deferred=True)
    """What stands in the entry's lines and is in no other field."""

    digest: Mapped[Digest] = relationship(back_populates="entries", lazy="raise")
    paper: Mapped[Paper] = relationship(back_populates="entries", lazy="raise")
    version: Mapped[PaperVersion] = relationship(lazy="raise")
    tags: Mapped[list["EntryTag"]] = relationship(
        order_by="EntryTag.position", cascade="all, delete-orphan", lazy="raise"
    )
    figures: Mapped[list["Figure"]] = relationship(
        order_by="Figure.position", cascade="all, delete-orphan", lazy="raise"
    )
    findings: Mapped[list["Finding"]] = relationship(order_by="Finding.line", lazy="raise", viewonly=True)

    @property
    def has_link(self) -> bool:
        """Whether its link is one that may be followed."""
        return is_web_address(self.url)


class EntryTag(Base):
    """A tag that a digest gives to one of its entries."""

    __tablename__ = "entry_tag"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True, index=True)
    position: Mapped[int]

    tag: Mapped[Tag] = relationship(lazy="raise")


class Figure(Base):
    """A screenshot that a digest shows with an entry; the address is the digest's, often foreign or dead."""

    __tablename__ = "figure"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    caption: Mapped[str] = mapped_column(default="")

    @property
    def is_remote(self) -> bool:
        """Whether a browser could load it at all; a relative path leads nowhere outside its author's machine."""
        return is_web_address(self.url)


class Finding(Base):
    """What the lint found wrong with a digest, or with one of its entries."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    """None for what concerns the digest as a whole."""
    rule: Mapped[str] = mapped_column(index=True)
    line: Mapped[int]
    """Where it stands in the digest's original, counted from 1."""
    sentence: Mapped[str]
    sentence_zh: Mapped[str]
    excerpt: Mapped[str]
