"""The way out: every digest as the library holds it."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from app.digests.decoding import read_text
from app.digests.document import ParsedDigest, ParsedEntry
from app.digests.encoding import CharacterModel
from app.digests.language import learn
from app.digests.parsing import parse_digest
from app.errors import AppError
from app.models import Authorship, Digest, DigestRevision, DigestTag, Entry, EntryTag, PaperVersion


def export_digests(session: Session) -> Iterator[dict[str, Any]]:
    """A dictionary for each digest, in order of day; one digest in memory at a time."""
    for digest_id in session.scalars(select(Digest.id).order_by(Digest.day, Digest.id)).all():
        yield _digest(session.scalars(_LOADED.where(Digest.id == digest_id)).one())
        session.expunge_all()


def export_revisions(session: Session) -> Iterator[dict[str, Any]]:
    """A dictionary for each earlier state of a digest that is kept: what its bytes say to today's reader.

    The words are the file's own here, for the library holds those of the present state.
    """
    language = cache(partial(learn, session))  # only if one is damaged, and then once
    kept = select(DigestRevision).options(undefer(DigestRevision.original))
    for revision_id in session.scalars(select(DigestRevision.id).order_by(DigestRevision.id)).all():
        revision = session.scalars(kept.filter_by(id=revision_id)).one()
        by_now = session.scalars(select(Digest.sha256).filter_by(id=revision.digest_id)).one()
        yield {"sha256": revision.sha256, "superseded_by": by_now, **_reread(revision.original, language)}
        session.expunge_all()


def _reread(raw: bytes, language: Callable[[], CharacterModel]) -> dict[str, Any]:
    try:
        return _parsed_digest(parse_digest(read_text(raw, language).text))
    except AppError as error:
        return {"problem": str(error), "entries": []}


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


def _parsed_digest(parsed: ParsedDigest) -> dict[str, Any]:
    of_entries = [tag for entry in parsed.entries for tag in entry.tags]
    return {
        "format": parsed.format,
        "topic": parsed.topic,
        "tags": list(dict.fromkeys([*parsed.tags, *of_entries])),
        "date": parsed.stated_date,
        "entries": [_parsed_entry(entry) for entry in parsed.entries],
    }


def _parsed_entry(entry: ParsedEntry) -> dict[str, Any]:
    return {
        "line": entry.first_line,
        "last_line": entry.last_line,
        "title": entry.title,
        "arxiv_id": entry.arxiv_id,
        "version": entry.version,
        "authors": entry.authors,
        "abstract": entry.abstract,
        "comment": entry.comment,
        "tags": entry.tags,
        "summary": entry.summary,
        "takeaways": entry.key_points,
        "analysis": entry.analysis,
        "rest": entry.rest,
        "doi": entry.doi,
        "url": entry.url,
        "lines": entry.lines,
        "figures": [figure.url for figure in entry.figures],
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
