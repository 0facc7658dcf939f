"""The files that digests were read from: what each holds, how it looked when it was last read, whether it is gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.digests.rows import insert_rows, table_of, update_rows
from app.models import Digest, Entry, Source, SourceFile


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a digest was read: the file, and the folder that was asked to be imported."""

    path: Path
    source: Path
    size: int | None = None
    """Bytes, when it was read."""
    modified_ns: int | None = None
    """Its time of change then; none if that cannot be trusted to change with the file."""


def held_by(session: Session, origins: Sequence[Origin]) -> dict[str, int]:
    """The digest that each of these files held, by path, for those that held one."""
    paths = [str(origin.path) for origin in origins]
    known = select(SourceFile.path, SourceFile.digest_id).where(SourceFile.path.in_(paths))
    return dict(session.execute(known).all()) if paths else {}


def remember_files(session: Session, held: Sequence[tuple[int, Origin]]) -> None:
    """Note which digest each file holds. Whose file it is does not change: the first source keeps it."""
    if not held:
        return
    holds = {str(origin.path): _holds(digest_id, origin) for digest_id, origin in held}
    sources = {folder: source_at(session, folder).id for folder in {origin.source for _, origin in held}}
    first = {str(origin.path): sources[origin.source] for _, origin in reversed(held)}
    file = table_of(SourceFile).c
    known = dict(session.execute(select(file.path, file.id).where(file.path.in_(holds))).all())
    new = [{"path": path, "source_id": first[path], **about} for path, about in holds.items() if path not in known]
    insert_rows(session, SourceFile, new)
    update_rows(session, SourceFile, [{"row": row_id, **holds[path]} for path, row_id in known.items()])


def _holds(digest_id: int, origin: Origin) -> dict[str, Any]:
    return {"digest_id": digest_id, "size": origin.size, "modified_ns": origin.modified_ns, "vanished_at": None}


def source_at(session: Session, folder: Path) -> Source:
    """The source of this folder, made if there is none yet."""
    source = session.scalar(select(Source).filter_by(location=str(folder)))
    if source is None:
        session.add(source := Source(location=str(folder)))
        session.flush()
    return source


def is_held_elsewhere(session: Session, digest_id: int, path: Path) -> bool:
    """Whether another file still holds the digest; one that is gone, moved away perhaps, is marked."""
    file = table_of(SourceFile).c
    holding = select(file.id, file.path, file.vanished_at).where(file.digest_id == digest_id, file.path != str(path))
    others = session.execute(holding).all()
    gone = [other for other in others if is_gone(Path(other.path))]
    now = datetime.now(UTC)
    missed = [{"row": other.id, "vanished_at": now} for other in gone if other.vanished_at is None]
    update_rows(session, SourceFile, missed)
    return len(gone) < len(others)


def is_gone(path: Path) -> bool:
    """Whether there is certainly no such file. What may not be looked at may be there."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the store knows of a file, without its digest."""

    id: int
    digest_id: int
    sha256: str
    """Of the digest as it is now."""
    entries: int
    size: int | None
    modified_ns: int | None
    is_missed: bool

    def looks_like(self, size: int, modified_ns: int) -> bool:
        """Whether the file certainly is as it was: the same size, and a time of change that could be trusted."""
        return (self.size, self.modified_ns) == (size, modified_ns)


def known_files(session: Session, folder: Path) -> dict[str, KnownFile]:
    """Every file below the folder that a digest was read from, by path, whichever source it belongs to. One query."""
    counted = select(Entry.digest_id, func.count().label("entries")).group_by(Entry.digest_id).subquery()
    rows = session.execute(
        select(
            SourceFile.path,
            SourceFile.id,
            SourceFile.digest_id,
            Digest.sha256,
            func.coalesce(counted.c.entries, 0),
            SourceFile.size,
            SourceFile.modified_ns,
            SourceFile.vanished_at.is_not(None),
        )
        .select_from(SourceFile)
        .join(Digest, Digest.id == SourceFile.digest_id)
        .outerjoin(counted, counted.c.digest_id == SourceFile.digest_id)
        .where(SourceFile.is_below(folder))
    )
    return {path: KnownFile(*about) for path, *about in rows}
