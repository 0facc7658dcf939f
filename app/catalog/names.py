"""Topics, tags and authors: found by the name in an address, listed with their number of papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import distinct, func, select, union
from sqlalchemy.orm import Session

from app.errors import NotFoundError
from app.models import (
    Author,
    Authorship,
    Digest,
    DigestTag,
    Entry,
    EntryTag,
    Paper,
    PaperVersion,
    Tag,
    Topic,
    tag_label,
)

Named = TypeVar("Named", bound=Author | Tag | Topic)


@dataclass(frozen=True, slots=True)
class NameCount:
    """A topic, tag or author, and in how many papers."""

    name: str
    slug: str
    papers: int
    latest_day: date | None = None

    @property
    def label(self) -> str:
        """As people read it."""
        return tag_label(self.name)


def find_named(session: Session, table: type[Named], key: str) -> Named:
    """By slug, else by the name itself, so that an address typed with the plain name leads there too."""
    row = session.scalar(select(table).where(table.slug == key)) or session.scalar(
        select(table).where(table.name == key)
    )
    if row is None:
        raise NotFoundError(f"The library knows no {table.__tablename__} “{key[:80]}”.")
    return row


def list_topics(session: Session) -> Sequence[NameCount]:
    """Every topic that some digest has, the one with most papers first."""
    papers = func.count(distinct(Entry.paper_id))
    query = (
        select(Topic.name, Topic.slug, papers, func.max(Digest.day))
        .join(Digest, Digest.topic_id == Topic.id)
        .join(Entry, Entry.digest_id == Digest.id, isouter=True)
        .group_by(Topic.id)
        .order_by(papers.desc(), Topic.name)
    )
    return [NameCount(*row) for row in session.execute(query)]


def list_tags(session: Session) -> Sequence[NameCount]:
    """Every tag that some paper can be found under, the one with most papers first."""
    own = select(EntryTag.tag_id, Entry.paper_id).join(Entry, Entry.id == EntryTag.entry_id)
    shared = select(DigestTag.tag_id, Entry.paper_id).join(Entry, Entry.digest_id == DigestTag.digest_id)
    pairs = union(own, shared).subquery()
    papers = func.count()
    query = (
        select(Tag.name, Tag.slug, papers)
        .join(pairs, pairs.c.tag_id == Tag.id)
        .group_by(Tag.id)
        .order_by(papers.desc(), Tag.name)
    )
    return [NameCount(*row) for row in session.execute(query)]


def list_authors(session: Session, limit: int = 200) -> Sequence[NameCount]:
    """The authors with most papers."""
    papers = func.count(distinct(PaperVersion.paper_id))
    query = (
        select(Author.name, Author.slug, papers)
        .join(Authorship, Authorship.author_id == Author.id)
        .join(PaperVersion, PaperVersion.id == Authorship.version_id)
        .join(Paper, Paper.id == PaperVersion.paper_id)
        .where(PaperVersion.is_shown, Paper.latest_day.is_not(None))
        .group_by(Author.id)
        .order_by(papers.desc(), Author.name)
        .limit(limit)
    )
    return [NameCount(*row) for row in session.execute(query)]
