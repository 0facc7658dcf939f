"""The record of an import: a row when it begins, completed when it ends, with what became known of files meanwhile."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.db import Database, Lock, take
from app.digests.files import FileReport
from app.digests.rows import update_rows
from app.digests.source_files import KnownFile, Origin, source_at
from app.digests.sources import Holding
from app.models import FATES, ImportedFile, ImportRun, Source, SourceFile, SourceKind, note_change

BROUGHT_IN = ("new", "updated")


class RunRecord:
    """Two transactions: one at the beginning, one at the end, which holds all that needs none of its own."""

    def __init__(self, database: Database, trigger: str, user_id: int | None) -> None:
        self._database, self._trigger, self._user_id = database, trigger, user_id
        self._run_id: int | None = None
        self._sources: Sequence[Holding] = ()
        self._refreshed: list[dict[str, Any]] = []
        self._missed: list[dict[str, Any]] = []
        self._has_returned = False

    @property
    def has_begun(self) -> bool:
        return self._run_id is not None

    def begin_unless_begun(self, sources: Sequence[Holding]) -> None:
        if not self.has_begun:
            self.begin(sources)

    def begin(self, sources: Sequence[Holding]) -> None:
        """Write down that the import has begun, and what it reads."""
        self._sources = sources
        with self._database.write() as session:
            take(session, Lock.IMPORT)
            for holding in sources:
                _settle(session, holding)
            run = ImportRun(trigger=self._trigger, user_id=self._user_id, started_at=datetime.now(UTC))
            session.add(run)
            session.flush()
            self._run_id = run.id

    def refresh(self, known: KnownFile, read: Origin) -> None:
        """The file holds what it held, but may look different, or had been missed."""
        self._has_returned = self._has_returned or known.is_missed
        if known.is_missed or (known.size, known.modified_ns) != (read.size, read.modified_ns):
            self._refreshed.append(
                {"row": known.id, "size": read.size, "modified_ns": read.modified_ns, "vanished_at": None}
            )

    def miss(self, known: KnownFile) -> None:
        """The file is gone."""
        if not known.is_missed:
            self._missed.append({"row": known.id, "vanished_at": datetime.now(UTC)})

    def finish(self, reports: Collection[FileReport], news: Sequence[FileReport]) -> int | None:
        """Write down what became of everything. A cycle of a watch that met no news is not kept: then none."""
        is_kept = bool(news) or self._trigger != "watch"
        with self._database.write() as session:
            take(session, Lock.IMPORT)
            update_rows(session, SourceFile, self._refreshed)
            update_rows(session, SourceFile, self._missed)
            if self._missed or self._has_returned:
                note_change(session)
            if not is_kept:
                session.execute(delete(ImportRun).where(ImportRun.id == self._run_id))
                return None
            self._complete(session, session.get_one(ImportRun, self._run_id), reports, news)
        return self._run_id

    def _complete(
        self, session: Session, run: ImportRun, reports: Collection[FileReport], news: Sequence[FileReport]
    ) -> None:
        for holding in self._sources:
            if holding.is_whole:
                source = source_at(session, holding.folder)
                source.read_at, source.commit = datetime.now(UTC), holding.commit
        counts = Counter(report.status for report in reports)
        for status in FATES:
            setattr(run, status, counts[status])
        run.entries = sum(report.entries for report in reports if report.status in BROUGHT_IN)
        run.findings = sum(report.findings for report in reports)
        run.finished_at = datetime.now(UTC)
        rows = [_row(run.id, position, report) for position, report in enumerate(news, start=1)]
        if rows:
            session.execute(insert(ImportedFile), rows)


def _row(run_id: int, position: int, report: FileReport) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "position": position,
        "path": str(report.path),
        "status": report.status,
        "digest_id": report.digest_id,
        "entries": report.entries,
        "findings": report.findings,
        "reason": storable(report.reason),
    }


def storable(text: str) -> str:
    """Text that any store takes: no NUL, no half of a pair."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "backslashreplace").decode()


def _settle(session: Session, holding: Holding) -> Source:
    source = source_at(session, holding.folder)
    source.is_registered = source.is_registered or holding.is_registered
    if holding.kind is SourceKind.UPLOADS or (holding.is_registered and source.kind != SourceKind.UPLOADS.value):
        source.kind = holding.kind.value  # uploads stay uploads, though they are read again like any folder
    return source
