"""Digests that come in together: each is a new one, a later state of one that is there, or there already."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.db import insert_if_absent
from app.digests.arrivals import Arrival, ImportResult, Outcome
from app.digests.findings import write_findings
from app.digests.known import Placed
from app.digests.naming import title_key
from app.digests.reading import Reading
from app.digests.rows import delete_rows, insert_rows, new_ids, row_ids, table_of
from app.digests.settling import settle_papers
from app.digests.source_files import Origin, held_by, is_held_elsewhere, remember_files
from app.digests.writing import OldEntries, write_entries
from app.models import Digest, DigestRevision, DigestTag, Entry, Tag, Topic

_TWIN = "the same content is in the library already"
_SUPERSEDED = "an earlier revision of a note that is in the library already"


def _unchanged(session: Session, digest_id: int, note: str = "") -> ImportResult:
    entries = session.scalar(select(func.count()).select_from(Entry).filter_by(digest_id=digest_id)) or 0
    return ImportResult(Outcome.UNCHANGED, digest_id, entries, note)


class Batch:
    """Digests on their way in. New ones are gathered; one that changes another waits until these are written."""

    def __init__(self, session: Session, arrivals: Sequence[Arrival], now: datetime) -> None:
        self._session, self._now = session, now
        self._by_hash = _ids_by(session, "sha256", (arrival.content_hash for arrival in arrivals))
        self._by_note = _ids_by(session, "note_id", (arrival.parsed.note_id for arrival in arrivals))
        self._held = held_by(session, [arrival.origin for arrival in arrivals if arrival.origin])
        self._ids = iter(new_ids(session, Digest, len(arrivals)))
        self._topics: dict[str, int] = {}
        self._digests: list[dict[str, Any]] = []
        self._tags: list[tuple[int, tuple[str, ...]]] = []
        self._items: list[Placed] = []
        self._files: list[tuple[int, Origin]] = []
        self._read: list[tuple[int, Reading]] = []
        self._old: OldEntries = {}
        self._touched: set[int] = set()

    def bring_in(self, arrival: Arrival) -> ImportResult:
        """Take one digest; it is in the store after `write`."""
        twin = self._by_hash.get(arrival.content_hash)
        if twin is not None:
            is_new_file = arrival.origin and self._held.get(str(arrival.origin.path)) != twin
            self._remember(twin, arrival)
            return self._leave(twin, _TWIN if is_new_file else "")
        digest_id = self._predecessor(arrival)
        if digest_id is None:
            return self._add(arrival)
        self.write()
        before = self._session.get_one(Digest, digest_id)
        said = arrival.parsed.revised_at
        if before.revised_at and said and said < before.revised_at:
            self._keep(digest_id, arrival.content_hash, arrival.raw, self._now, said)
            self._remember(digest_id, arrival)
            return self._leave(digest_id, _SUPERSEDED)
        return self._replace(before, arrival)

    def write(self) -> None:
        """Write all that was gathered."""
        if not (self._digests or self._read or self._files or self._old):
            return
        insert_rows(self._session, Digest, self._digests)
        self._write_tags()
        remember_files(self._session, self._files)
        touched = write_entries(self._session, self._items, self._old)
        delete_rows(self._session, Entry, "id", [entry_id for ids in self._old.values() for entry_id in ids])
        settle_papers(self._session, touched | self._touched)
        write_findings(self._session, [(digest_id, reading.findings) for digest_id, reading in self._read])
        for gathered in (self._digests, self._tags, self._items, self._read, self._files, self._old, self._touched):
            gathered.clear()

    def _leave(self, digest_id: int, note: str) -> ImportResult:
        entries = Counter(item.digest_id for item in self._items)[digest_id]
        result = _unchanged(self._session, digest_id, note)
        return ImportResult(result.outcome, digest_id, result.entries + entries, note)

    def _predecessor(self, arrival: Arrival) -> int | None:
        """The digest that this one is a later state of: the same note, else what the same file held before."""
        if arrival.parsed.note_id:
            return self._by_note.get(arrival.parsed.note_id)
        if arrival.origin is None or (held := self._held.get(str(arrival.origin.path))) is None:
            return None
        self.write()  # one of the files that were gathered may hold it too
        if is_held_elsewhere(self._session, held, arrival.origin.path):
            return None
        return self._session.scalar(select(Digest.id).filter_by(id=held, note_id=None))

    def _add(self, arrival: Arrival) -> ImportResult:
        digest_id = next(self._ids)
        self._digests.append({"id": digest_id, **self._columns(arrival), "imported_at": self._now})
        return self._gather(Outcome.NEW, digest_id, arrival)

    def _replace(self, before: Digest, arrival: Arrival) -> ImportResult:
        self._keep(before.id, before.sha256, before.original, before.updated_at, before.revised_at)
        self._by_hash.pop(before.sha256, None)
        again = delete(DigestRevision).filter_by(digest_id=before.id, sha256=arrival.content_hash)
        self._session.execute(again)  # it is the present state once more
        of_this = update(Digest).where(Digest.id == before.id)
        self._session.execute(of_this.values(self._columns(arrival)).execution_options(synchronize_session=False))
        self._session.execute(delete(DigestTag).filter_by(digest_id=before.id))
        self._set_aside(before.id)
        result = self._gather(Outcome.UPDATED, before.id, arrival)
        self.write()
        return result

    def _gather(self, outcome: Outcome, digest_id: int, arrival: Arrival) -> ImportResult:
        parsed = arrival.parsed
        self._by_hash[arrival.content_hash] = digest_id
        if parsed.note_id:
            self._by_note[parsed.note_id] = digest_id
        days = (parsed.first_day, parsed.last_day)
        for position, entry in enumerate(parsed.entries, start=1):
            self._items.append(Placed(digest_id, position, entry, title_key(entry.title), days))
        self._tags.append((digest_id, parsed.tags))
        self._read.append((digest_id, arrival.reading))
        self._remember(digest_id, arrival)
        return ImportResult(outcome, digest_id, len(parsed.entries), findings=len(arrival.reading.findings))

    def _remember(self, digest_id: int, arrival: Arrival) -> None:
        if arrival.origin:
            self._files.append((digest_id, arrival.origin))
            self._held[str(arrival.origin.path)] = digest_id

    def _columns(self, arrival: Arrival) -> dict[str, Any]:
        parsed, reading = arrival.parsed, arrival.reading
        return {
            "sha256": arrival.content_hash,
            "original": arrival.raw,
            "note_id": parsed.note_id,
            "revised_at": parsed.revised_at,
            "format": parsed.format,
            "title": parsed.title,
            "topic_id": self._topic_id(parsed.topic),
            "day": parsed.last_day,
            "first_day": parsed.first_day,
            "stated_date": parsed.stated_date,
            "source_url": parsed.source_url,
            "encoding": reading.encoding,
            "is_repaired": reading.is_repaired,
            "note": reading.note,
            "preamble": parsed.preamble,
            "updated_at": self._now,
        }

    def _topic_id(self, name: str | None) -> int | None:
        if not name:
            return None
        if name not in self._topics:
            self._topics |= row_ids(self._session, Topic, [name])
        return self._topics[name]

    def _write_tags(self) -> None:
        ids = row_ids(self._session, Tag, (name for _, names in self._tags for name in names))
        rows = [
            {"digest_id": digest_id, "tag_id": tag_id, "position": position}
            for digest_id, names in self._tags
            for position, tag_id in enumerate(dict.fromkeys(ids[name] for name in names), start=1)
        ]
        insert_rows(self._session, DigestTag, rows)

    def _set_aside(self, digest_id: int) -> None:
        """The entries there are: out of the way of the new positions, and at hand for the same papers."""
        entry = table_of(Entry)
        of_this = select(entry.c.id, entry.c.paper_id).where(entry.c.digest_id == digest_id)
        for entry_id, paper_id in self._session.execute(of_this.order_by(entry.c.position)):
            self._old.setdefault((digest_id, paper_id), []).append(entry_id)
            self._touched.add(paper_id)
        moved = update(entry).where(entry.c.digest_id == digest_id).values(position=-entry.c.position)
        self._session.execute(moved)

    def _keep(
        self, digest_id: int, digest_hash: str, original: bytes, came: datetime, revised_at: datetime | None
    ) -> None:
        """What is not the present state of the digest stays beside it."""
        insert_if_absent(
            self._session,
            DigestRevision,
            digest_id=digest_id,
            sha256=digest_hash,
            original=original,
            imported_at=came,
            revised_at=revised_at,
        )


def _ids_by(session: Session, column: str, values: Iterable[str | None]) -> dict[str, int]:
    """The ids of digests by one of their unique columns."""
    name = table_of(Digest).c[column]
    wanted = {value for value in values if value}
    rows = session.execute(select(name, Digest.id).where(name.in_(wanted))).all() if wanted else ()
    return dict(rows)
