"""The statements behind a page of cards: each made once, each asking for a whole page. The order is that of reading."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BindParameter, Executable, bindparam, select
from sqlalchemy.orm import Session

from app.models import Author, Authorship, Digest, DigestTag, Entry, EntryTag, Finding, Paper, PaperVersion, Tag, Topic

_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_IS_SHOWN = (PaperVersion.paper_id == Paper.id) & PaperVersion.is_shown
_PAPERS = (
    select(
        Paper.id,
        Paper.arxiv_id,
        Paper.slug,
        PaperVersion.number,
        PaperVersion.title,
        PaperVersion.abstract,
        PaperVersion.comment,
        Paper.first_day,
    )
    .join(PaperVersion, _IS_SHOWN)
    .where(Paper.id.in_(_IDS))
)
_AUTHORS = (
    select(PaperVersion.paper_id, Author.name, Author.slug)
    .join(Authorship, Authorship.version_id == PaperVersion.id)
    .join(Author, Author.id == Authorship.author_id)
    .where(PaperVersion.is_shown, PaperVersion.paper_id.in_(_IDS))
    .order_by(Authorship.version_id, Authorship.position)
)
_ENTRIES = (
    select(
        Entry.paper_id,
        Entry.id,
        Entry.digest_id,
        Entry.position,
        Entry.summary,
        Digest.day,
        Digest.updated_at,
        Topic.name.label("topic"),
        Topic.slug.label("topic_slug"),
    )
    .join(Digest, Digest.id == Entry.digest_id)
    .join(Topic, Topic.id == Digest.topic_id, isouter=True)
    .where(Entry.paper_id.in_(_IDS))
)
_TEXTS = select(Entry.id, Entry.key_points, Entry.analysis).where(Entry.paper_id.in_(_IDS))
_ENTRY_TAGS = (
    select(EntryTag.entry_id, Tag.name, Tag.slug)
    .join(Tag, Tag.id == EntryTag.tag_id)
    .join(Entry, Entry.id == EntryTag.entry_id)
    .where(Entry.paper_id.in_(_IDS))
    .order_by(EntryTag.entry_id, EntryTag.position)
)
_DIGEST_TAGS = (
    select(DigestTag.digest_id, Tag.name, Tag.slug)
    .join(Tag, Tag.id == DigestTag.tag_id)
    .where(DigestTag.digest_id.in_(_IDS))
    .order_by(DigestTag.digest_id, DigestTag.position)
)
_FINDINGS = (
    select(Finding.entry_id, Finding.rule, Finding.line, Finding.sentence, Finding.sentence_zh)
    .where(Finding.entry_id.in_(_IDS))
    .order_by(Finding.line)
)


def papers(session: Session, paper_ids: Collection[int]) -> Sequence[Any]:
    return _rows(session, _PAPERS, paper_ids)


def authors(session: Session, paper_ids: Collection[int]) -> Sequence[Any]:
    return _rows(session, _AUTHORS, paper_ids)


def entries(session: Session, paper_ids: Collection[int]) -> Sequence[Any]:
    return _rows(session, _ENTRIES, paper_ids)


def texts(session: Session, paper_ids: Collection[int]) -> Sequence[Any]:
    """The long texts, which only searches look into."""
    return _rows(session, _TEXTS, paper_ids)


def entry_tags(session: Session, paper_ids: Collection[int]) -> Sequence[Any]:
    return _rows(session, _ENTRY_TAGS, paper_ids)


def digest_tags(session: Session, digest_ids: Collection[int]) -> Sequence[Any]:
    return _rows(session, _DIGEST_TAGS, digest_ids)


def findings(session: Session, entry_ids: Collection[int]) -> Sequence[Any]:
    return _rows(session, _FINDINGS, entry_ids)


def _rows(session: Session, statement: Executable, ids: Collection[int]) -> Sequence[Any]:
    return session.connection().execute(statement, {"ids": sorted(ids)}).all()
