"""The filter as SQL: which papers match, words apart."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, not_, or_, select, union

from app.catalog.filters import CLEAN, PaperFilter
from app.models import (
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
    Reading,
    Tag,
    Topic,
)
from app.periods import Period


def matching_papers(wanted: PaperFilter) -> Select[int]:
    """Ids of the papers that match all but the words. A paper that no digest lists matches nothing."""
    query = select(Paper.id).where(Paper.latest_day.is_not(None))
    if wanted.topics or wanted.period:
        query = query.where(_appears(wanted))
    if wanted.tags:
        query = query.where(or_(_has_entry_tag(wanted.tags), _has_digest_tag(wanted.tags)))
    if wanted.authors:
        query = query.where(_is_by(wanted.authors))
    if wanted.qualities:
        query = query.where(_has_quality(wanted.qualities))
    if wanted.read is not None and wanted.reader_id is not None:  # of nobody in particular nothing is known
        read = Paper.id.in_(select(Reading.paper_id).where(Reading.user_id == wanted.reader_id))
        query = query.where(read if wanted.read else ~read)
    if wanted.after is not None:
        query = query.where(Paper.id > wanted.after)
    if wanted.has_figures:
        query = query.where(exists().where(Entry.paper_id == Paper.id, Figure.entry_id == Entry.id))
    for unwanted in _unwanted(wanted):
        query = query.where(not_(unwanted))
    return query


def _unwanted(wanted: PaperFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.not_topics:
        yield _appears(PaperFilter(topics=wanted.not_topics))
    if wanted.not_tags:
        yield or_(_has_entry_tag(wanted.not_tags), _has_digest_tag(wanted.not_tags))
    if wanted.not_authors:
        yield _is_by(wanted.not_authors)
    if wanted.not_qualities:
        yield _has_quality(wanted.not_qualities)


def in_period(period: Period) -> ColumnElement[bool]:
    """Whether a digest is listed under a day of the period."""
    return Digest.day.between(period.first, period.last)


def of_appearance(wanted: PaperFilter) -> ColumnElement[bool]:
    """Topic and day are said of one appearance: an entry of a digest of that topic, on such a day."""
    conditions: list[ColumnElement[bool]] = [in_period(wanted.period)] if wanted.period else []
    if wanted.topics:
        conditions.append(Digest.topic_id.in_(select(Topic.id).where(Topic.name.in_(wanted.topics))))
    return and_(*conditions) if conditions else Digest.id.is_not(None)


def tagged_papers(papers: Select[int] | None = None) -> Subquery:
    """Pairs of tag_id and paper_id, each once, of all papers or of these: by a paper's own tags or by its digests'."""
    own = select(EntryTag.tag_id, Entry.paper_id).join(Entry, Entry.id == EntryTag.entry_id)
    shared = select(DigestTag.tag_id, Entry.paper_id).join(Entry, Entry.digest_id == DigestTag.digest_id)
    if papers is not None:
        own, shared = (tags.where(Entry.paper_id.in_(papers)) for tags in (own, shared))
    return union(own, shared).subquery()


def _appears(wanted: PaperFilter) -> ColumnElement[bool]:
    return Paper.id.in_(select(Entry.paper_id).join(Entry.digest).where(of_appearance(wanted)))


def _has_entry_tag(names: tuple[str, ...]) -> ColumnElement[bool]:
    tagged = select(Entry.paper_id).join(EntryTag, EntryTag.entry_id == Entry.id).join(EntryTag.tag)
    return Paper.id.in_(tagged.where(Tag.name.in_(names)))


def _has_digest_tag(names: tuple[str, ...]) -> ColumnElement[bool]:
    tagged = select(Entry.paper_id).join(DigestTag, DigestTag.digest_id == Entry.digest_id).join(DigestTag.tag)
    return Paper.id.in_(tagged.where(Tag.name.in_(names)))


def _has_quality(names: tuple[str, ...]) -> ColumnElement[bool]:
    found = select(Entry.paper_id).join(Finding, Finding.entry_id == Entry.id)
    conditions = [Paper.id.in_(found.where(Finding.rule.in_(names)))]
    if CLEAN in names:
        conditions.append(Paper.id.not_in(found))
    return or_(*conditions)


def _is_by(names: tuple[str, ...]) -> ColumnElement[bool]:
    written = select(PaperVersion.paper_id).join(PaperVersion.authorships).join(Authorship.author)
    return Paper.id.in_(written.where(PaperVersion.is_shown, Author.name.in_(names)))
