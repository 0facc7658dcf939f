"""Store a parsed digest. Importing the same bytes twice changes nothing; changed bytes update in place."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.db import Lock, take
from app.digests.document import ParsedDigest, ParsedEntry
from app.digests.findings import replace_findings
from app.digests.identity import Papers
from app.digests.reading import Reading
from app.digests.rows import named
from app.digests.settling import settle_papers
from app.digests.source_files import Origin, is_held_elsewhere, is_known_to_hold, remember_file
from app.digests.telling import Teller
from app.models import Digest, DigestTag, Entry, EntryTag, Figure, SourceFile, Tag, Topic, note_change

ORDINARY = Reading()
CHUNK = 500
"""Entries looked up and written at a time: bounds the memory and the length of a query."""


class Outcome(StrEnum):
    """What an import did."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one digest."""

    outcome: Outcome
    digest_id: int
    entries: int
    note: str = ""
    """Why, where the outcome alone may surprise."""
    findings: int = 0
    """What the lint found in what was brought in."""


def content_hash(raw: bytes) -> str:
    """The identity of a digest: SHA-256 of its bytes, hexadecimal."""
    return sha256(raw).hexdigest()


def find_unchanged(session: Session, raw: bytes, origin: Origin | None = None) -> ImportResult | None:
    """The result, if these very bytes were imported from there before: nothing is to be done then, or written."""
    digest = session.scalar(select(Digest).filter_by(sha256=content_hash(raw)))
    if digest is None:
        return None
    seen = origin is None or is_known_to_hold(session, origin, digest.id)
    return _unchanged(session, digest) if seen else None


def import_digest(
    session: Session,
    raw: bytes,
    parsed: ParsedDigest,
    origin: Origin | None = None,
    now: datetime | None = None,
    reading: Reading = ORDINARY,
) -> ImportResult:
    """Bring one digest in, within the caller's transaction; `parsed` is what `raw` says, `reading` how it was read."""
    take(session, Lock.IMPORT)
    if twin := session.scalar(select(Digest).filter_by(sha256=content_hash(raw))):
        remember_file(session, twin, origin)
        return _unchanged(session, twin, "the same content is in the library already")
    digest = _predecessor(session, parsed, origin)
    if digest and digest.revised_at and parsed.revised_at and parsed.revised_at < digest.revised_at:
        return _unchanged(session, digest, "an earlier revision of a note that is in the library already")
    outcome = Outcome.UPDATED if digest else Outcome.NEW
    now = now or datetime.now(UTC)
    digest = digest or Digest(imported_at=now, tags=[], entries=[], files=[])
    digest.encoding, digest.is_repaired, digest.note = reading.encoding, reading.is_repaired, reading.note
    _describe(session, digest, raw, parsed, now)
    _replace_entries(session, digest, parsed.entries)
    replace_findings(session, digest.id, reading.findings)
    remember_file(session, digest, origin)
    note_change(session)
    return ImportResult(outcome, digest.id, len(parsed.entries), findings=len(reading.findings))


def _unchanged(session: Session, digest: Digest, note: str = "") -> ImportResult:
    entries = session.scalar(select(func.count()).select_from(Entry).filter_by(digest_id=digest.id)) or 0
    return ImportResult(Outcome.UNCHANGED, digest.id, entries, note)


def _predecessor(session: Session, parsed: ParsedDigest, origin: Origin | None) -> Digest | None:
    """The digest that this one is a later state of: the same note, else what the same file held before."""
    loaded = select(Digest).options(selectinload(Digest.tags), selectinload(Digest.entries).options(*_PARTS))
    if parsed.note_id:
        return session.scalar(loaded.filter_by(note_id=parsed.note_id))
    if origin is None:
        return None
    held = session.scalar(select(SourceFile.digest_id).filter_by(path=str(origin.path)))
    if held is None or is_held_elsewhere(session, held, origin.path):
        return None
    return session.scalar(loaded.filter_by(id=held, note_id=None))


_PARTS = (selectinload(Entry.tags), selectinload(Entry.figures))


def _describe(session: Session, digest: Digest, raw: bytes, parsed: ParsedDigest, now: datetime) -> None:
    digest.sha256, digest.original = content_hash(raw), raw
    digest.format, digest.title, digest.preamble = parsed.format, parsed.title, parsed.preamble
    digest.first_day, digest.day, digest.stated_date = parsed.first_day, parsed.last_day, parsed.stated_date
    digest.note_id, digest.revised_at, digest.source_url = parsed.note_id, parsed.revised_at, parsed.source_url
    digest.updated_at = now
    digest.topic_id = _topic_id(session, parsed.topic)
    session.add(digest)
    session.flush()
    rows = named(session, Tag, parsed.tags)
    session.flush()
    digest.tags = [
        DigestTag(digest_id=digest.id, tag_id=tag_id, position=position)
        for position, tag_id in enumerate(dict.fromkeys(rows[name].id for name in parsed.tags), start=1)
    ]


def _topic_id(session: Session, name: str | None) -> int | None:
    if not name:
        return None
    topic = named(session, Topic, [name])[name]
    session.flush()
    return topic.id


def _replace_entries(session: Session, digest: Digest, parsed: Sequence[ParsedEntry]) -> None:
    """The same paper keeps its row, so that whatever points at an entry goes on pointing at it."""
    old: dict[int, list[Entry]] = defaultdict(list)
    for before in digest.entries:
        old[before.paper_id].append(before)
        before.position = -before.position  # out of the way of the new positions
    touched = set(old)
    session.flush()
    position = 0
    for chunk in _chunks(parsed):
        rows = _write_chunk(session, digest, chunk, position, old)
        touched.update(row.paper_id for row in rows)
        position += len(chunk)
    for left in old.values():
        for row in left:
            session.delete(row)
    session.flush()
    settle_papers(session, touched)


def _write_chunk(
    session: Session, digest: Digest, chunk: Sequence[ParsedEntry], after: int, old: dict[int, list[Entry]]
) -> list[Entry]:
    """The rows of some entries, those of `old` used again; one flush for all."""
    teller, papers = Teller(session, digest, chunk), Papers(session, chunk, digest.id)
    tags = named(session, Tag, (name for entry in chunk for name in entry.tags))
    session.flush()
    rows = []
    with session.no_autoflush:
        for position, entry in enumerate(chunk, start=after + 1):
            paper = papers.find_or_add(entry)
            version = teller.tell(paper, entry)
            kept = old.get(paper.id)
            row = kept.pop(0) if kept else Entry(digest_id=digest.id, paper=paper, tags=[], figures=[])
            row.version = version
            _fill(row, entry, position, [tags[name].id for name in entry.tags])
            session.add(row)
            rows.append(row)
        papers.name_the_nameless()
    session.flush()
    return rows


def _chunks(entries: Sequence[ParsedEntry]) -> Iterator[list[ParsedEntry]]:
    rest = iter(entries)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _fill(row: Entry, entry: ParsedEntry, position: int, tag_ids: list[int]) -> None:
    row.position, row.stated_arxiv_id, row.url, row.rest = position, entry.arxiv_id, entry.url, entry.rest
    row.lines = {name: list(span) for name, span in entry.lines.items()}
    row.first_line, row.last_line = entry.first_line, entry.last_line
    row.summary, row.key_points, row.analysis = entry.summary, list(entry.key_points), entry.analysis
    kept = {tag.tag_id: tag for tag in row.tags}
    row.tags = [kept.get(tag_id) or EntryTag(tag_id=tag_id) for tag_id in dict.fromkeys(tag_ids)]
    for place, tag in enumerate(row.tags, start=1):
        tag.position = place
    drawn = {figure.position: figure for figure in row.figures}
    row.figures = [drawn.get(place) or Figure(position=place) for place in range(1, len(entry.figures) + 1)]
    for figure, told in zip(row.figures, entry.figures, strict=True):
        figure.url, figure.caption = told.url, told.caption
