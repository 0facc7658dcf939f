"""The way out: every digest as the library holds it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from app.models import Authorship, Digest, DigestTag, Entry, EntryTag, PaperVersion


def export_digests(session: Session) -> Iterator[dict[str, Any]]:
    """A dictionary for each digest, in order of day; one digest in memory at a time."""
    for digest_id in session.scalars(select(Digest.id).order_by(Digest.day, Digest.id)).all():
        yield _digest(session.scalars(_LOADED.where(Digest.id == digest_id)).one())
        session.expunge_all()


_LOADED = select(Digest).options(
    selectinload(Digest.topic),
    selectinload(Digest.tags).selectinload(DigestTag.tag),
    selectinload(Digest.entries).options(
        undefer(Entry.analysis),
        undefer(Entry.rest),
        undefer(Entry.lines),
        selectinload(Entry.paper),
        selectinload(Entry.tags).selectinload(EntryTag.tag),
        selectinload(Entry.figures),
        selectinload(Entry.version).selectinload(PaperVersion.authorships).selectinload(Authorship.author),
    ),
)


def _digest(digest: Digest) -> dict[str, Any]:
    return {
        "sha256": digest.sha256,
        "format": digest.format,
        "topic": digest.topic.name if digest.topic else None,
        "tags": _all_tags(digest),
        "date": digest.stated_date,
        "entries": [_entry(entry) for entry in digest.entries],
    }


def _all_tags(digest: Digest) -> list[str]:
    """Its own, then those of its entries, each once."""
    of_entries = [tag.tag.name for entry in digest.entries for tag in entry.tags]
    return list(dict.fromkeys([tag.tag.name for tag in digest.tags] + of_entries))


def _entry(entry: Entry) -> dict[str, Any]:
    version = entry.version
    return {
        "line": entry.first_line,
        "last_line": entry.last_line,
        "title": version.title,
        "arxiv_id": entry.stated_arxiv_id,
        "version": version.number or None,
        "authors": [author.name for author in version.authors],
        "abstract": version.abstract,
        "comment": version.comment,
        "tags": [tag.tag.name for tag in entry.tags],
        "summary": entry.summary,
        "takeaways": entry.key_points,
        "analysis": entry.analysis,
        "rest": entry.rest,
        "doi": entry.paper.doi,
        "url": entry.url,
        "lines": entry.lines,
        "figures": [figure.url for figure in entry.figures],
    }
