"""Topics, tags and authors by the beginning of their names, for the palette."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models import Author, Authorship, Digest, DigestTag, EntryTag, PaperVersion, Tag, Topic, tag_label
from app.search.folding import fold

MOST_NAMES = 6
"""Of each kind."""
_LAST = "\U0010ffff"
"""Behind every other character."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name, and what stands for it in addresses."""

    label: str
    slug: str


def suggest_topics(session: Session, text: str) -> Sequence[Suggestion]:
    """Topics some word of whose name begins so."""
    query = select(Topic.name, Topic.slug).where(_begins(Topic.name, text), exists().where(Digest.topic_id == Topic.id))
    rows = session.execute(query.order_by(Topic.name).limit(MOST_NAMES))
    return [Suggestion(name, slug) for name, slug in rows]


def suggest_tags(session: Session, text: str) -> Sequence[Suggestion]:
    """Tags that some paper can be found under."""
    used = or_(exists().where(EntryTag.tag_id == Tag.id), exists().where(DigestTag.tag_id == Tag.id))
    query = select(Tag.name, Tag.slug).where(_begins(Tag.name, text.removeprefix("#")), used)
    rows = session.execute(query.order_by(func.length(Tag.name), Tag.name).limit(MOST_NAMES))
    return [Suggestion(tag_label(name), slug) for name, slug in rows]


def suggest_authors(session: Session, text: str) -> Sequence[Suggestion]:
    """Authors whose name begins so, without regard to case and accents; the first one met of several spellings."""
    key = fold(text).strip()
    if not key:
        return []
    is_written = exists().where(
        Authorship.author_id == Author.id, PaperVersion.id == Authorship.version_id, PaperVersion.is_shown
    )
    first_met = select(func.min(Author.id)).where(_key_begins(session, key), is_written).group_by(Author.name_key)
    some = first_met.order_by(Author.name_key).limit(MOST_NAMES)
    rows = session.execute(select(Author.name, Author.slug).where(Author.id.in_(some)).order_by(Author.name_key))
    return [Suggestion(name, slug) for name, slug in rows]


def _key_begins(session: Session, key: str) -> ColumnElement[bool]:
    """SQLite compares by code points, and finds a span of these in its index."""
    if session.get_bind().dialect.name == "sqlite":
        return Author.name_key.between(key, key + _LAST)
    return Author.name_key.startswith(key, autoescape=True)


def _begins(name: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """At the beginning, or behind a blank, a slash or the like. Few are topics and tags: they may be looked through."""
    typed = text.strip().lower()
    if typed.isascii():
        marks = [func.lower(name).contains(mark + typed, autoescape=True) for mark in " /-_#("]
        return or_(func.lower(name).startswith(typed, autoescape=True), *marks)
    # In Chinese no blank says where a word begins. And SQLite's lower() leaves "É" as it is.
    high = "".join(letter if letter.isascii() else letter.upper() for letter in typed)
    return or_(*(func.lower(name).contains(written, autoescape=True) for written in sorted({typed, high})))
