"""What imports did, and where digests come from: for those who keep the library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.db import LARGEST_ID
from app.errors import NotFoundError
from app.i18n import gettext as _
from app.models import FATES, Digest, ImportedFile, ImportRun, Source, SourceFile, User, inner_start

MOST_VANISHED = 100
"""Files of a source that are named as vanished."""
_LONGEST = timedelta(hours=1)


class RunState(StrEnum):
    """How far an import got."""

    FINISHED = "finished"
    RUNNING = "running"
    STOPPED = "did not finish"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """An import, whose it was, and how far it got."""

    run: ImportRun
    user: str | None
    """Who uploaded."""
    state: RunState

    @property
    def files(self) -> Mapping[str, int]:
        """The number of files with each fate that any had."""
        return {fate: number for fate in FATES if (number := getattr(self.run, fate))}

    @property
    def duration(self) -> timedelta | None:
        return self.run.finished_at - self.run.started_at if self.run.finished_at else None


def list_runs(session: Session, page: int, size: int, now: datetime | None = None) -> tuple[Sequence[RunSummary], int]:
    """Some imports, the newest first; how many there are."""
    total = session.scalar(select(func.count()).select_from(ImportRun)) or 0
    wanted = _with_user().order_by(ImportRun.id.desc()).offset((page - 1) * size).limit(size)
    newest = _newest(session)
    return [_summary(run, name, newest, now) for run, name in session.execute(wanted)], total


def find_run(session: Session, run_id: int, now: datetime | None = None) -> RunSummary:
    """One import."""
    found = session.execute(_with_user().where(ImportRun.id == min(run_id, LARGEST_ID))).first()
    if found is None or run_id > LARGEST_ID:
        raise NotFoundError(_("There is no import %(number)d.") % {"number": run_id})
    return _summary(*found, _newest(session), now)


@dataclass(frozen=True, slots=True)
class RunningImport:
    """An import that goes on at this moment."""

    id: int
    started_at: datetime
    digests: int
    """Those it has brought in or updated so far."""


def running_import(session: Session, now: datetime | None = None) -> RunningImport | None:
    """The import that runs, if one does."""
    newest = session.scalar(select(ImportRun).order_by(ImportRun.id.desc()).limit(1))
    if newest is None or _summary(newest, None, newest.id, now).state is not RunState.RUNNING:
        return None
    since = select(func.count()).select_from(Digest).where(Digest.updated_at >= newest.started_at)
    return RunningImport(newest.id, newest.started_at, session.scalar(since) or 0)


def files_of_run(
    session: Session, run_id: int, page: int, size: int, fate: str | None = None
) -> tuple[Sequence[ImportedFile], int]:
    """What became of files, some at a time, in the order they were read; those that were plainly unchanged are only
    counted. And how many there are.
    """
    wanted = [ImportedFile.run_id == run_id] + ([ImportedFile.status == fate] if fate else [])
    total = session.scalar(select(func.count()).select_from(ImportedFile).where(*wanted)) or 0
    some = select(ImportedFile).where(*wanted).order_by(ImportedFile.position)
    return session.scalars(some.offset((page - 1) * size).limit(size)).all(), total


@dataclass(frozen=True, slots=True)
class SourceState:
    """A registered source, and what is known of its files."""

    source: Source
    files: int
    """Files with digests, below its folder; the vanished ones included."""
    vanished: int
    names: Sequence[str]
    """Of vanished files, within the folder; the first hundred."""


def list_sources(session: Session) -> list[SourceState]:
    """The registered sources in order of their folders."""
    registered = session.scalars(select(Source).where(Source.is_registered).order_by(Source.location))
    return [_state(session, source) for source in registered.all()]


def _state(session: Session, source: Source) -> SourceState:
    below, gone = SourceFile.is_below(source.location), SourceFile.vanished_at.is_not(None)
    files = session.scalar(select(func.count()).select_from(SourceFile).where(below)) or 0
    vanished = session.scalar(select(func.count()).select_from(SourceFile).where(below, gone)) or 0
    paths = select(SourceFile.path).where(below, gone).order_by(SourceFile.path).limit(MOST_VANISHED)
    names = [path[len(inner_start(source.location)) :] for path in session.scalars(paths)] if vanished else []
    return SourceState(source, files, vanished, names)


def _with_user() -> Select[ImportRun, str | None]:
    return select(ImportRun, User.name).outerjoin(User, User.id == ImportRun.user_id)


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(ImportRun.id))) or 0


def _summary(run: ImportRun, user: str | None, newest: int, now: datetime | None) -> RunSummary:
    if run.finished_at:
        state = RunState.FINISHED
    else:
        is_young = (now or datetime.now(UTC)) - run.started_at < _LONGEST
        state = RunState.RUNNING if is_young and run.id == newest else RunState.STOPPED
    return RunSummary(run, user, state)
