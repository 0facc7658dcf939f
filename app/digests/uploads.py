"""Digests that a person uploads: each a file in one folder, which is a source like any other.

A file keeps the name it was sent under. One of the same name takes the place of the former as its later state; what
the former said stays in the library as an earlier state of its digest. What is no digest, or fails, is taken out of the
folder again, and the former put back.
"""

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from filecmp import cmp
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import BinaryIO

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app.db import Database
from app.digests.files import FileReport
from app.digests.naming import safe_file_name
from app.digests.runs import RunResult, Trigger, run_import
from app.digests.source_files import known_files
from app.digests.sources import Holding
from app.errors import StorageFullError
from app.i18n import gettext as _
from app.models import SourceKind

STAGING = ".upload-"
"""How the names of folders begin in which files lie while they come in; hidden, so that no import looks into them."""
_STALE_SECONDS = 24 * 3600
_ACCEPTED = ("new", "updated", "unchanged")
_FULL = (errno.ENOSPC, errno.EDQUOT)
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in: the name it was sent under, and where it lies until it has its place."""

    name: str
    path: Path


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A hidden folder within the folder of uploads, gone in the end; and those that a crash left behind a day ago."""
    with _room():
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        staged = TemporaryDirectory(prefix=STAGING, dir=folder, ignore_cleanup_errors=True)
    with staged as name:
        yield Path(name)


def settle(file: BinaryIO) -> None:
    """Whatever was written to the file outlives a power cut."""
    file.flush()
    os.fsync(file.fileno())


def import_uploads(
    database: Database,
    folder: Path,
    uploads: Sequence[Upload],
    *,
    user_id: int | None = None,
    switched_off: Collection[str] = (),
) -> RunResult:
    """Give the files their places in the folder and import them. Raises StorageFullError; then what was not accepted
    before is not there.
    """
    folder = folder.resolve()
    with _one_at_a_time, _room():
        placed = _Places(folder)
        try:
            for upload in uploads:
                placed.put(upload)
            _sync(folder)
            held = Holding(folder, tuple(placed.paths), SourceKind.UPLOADS, is_registered=True)
            return run_import(
                database,
                [held],
                Trigger.UPLOAD,
                user_id=user_id,
                switched_off=switched_off,
                on_file=placed.note,
            )
        except BaseException:
            with suppress(SQLAlchemyError):
                placed.note_stored(database)
            raise
        finally:
            placed.take_back()


class _Places:
    """Where the files of one upload came to lie, and what lay there before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._former: dict[Path, Path | None] = {}
        self._accepted: set[Path] = set()

    @property
    def paths(self) -> list[Path]:
        return list(self._former)

    def put(self, upload: Upload) -> None:
        """Give a file its place, all of it or nothing."""
        path = self._free(upload)
        former = upload.path.with_name(f"{upload.path.name}-former")
        if path.exists():
            _second_name(path, former)
        self._former[path] = former if former.exists() else None
        upload.path.replace(path)

    def note(self, report: FileReport) -> None:
        """Remember what the import made of a file."""
        if report.status in _ACCEPTED:
            self._accepted.add(report.path)

    def note_stored(self, database: Database) -> None:
        """Remember what came in before the import broke off, for it may not have come to tell."""
        with database.read() as session:
            known = known_files(session, self._folder)
        for path in self._former:
            if path.exists() and str(path) in known:
                with path.open("rb") as file:
                    if file_digest(file, "sha256").hexdigest() == known[str(path)].sha256:
                        self._accepted.add(path)

    def take_back(self) -> None:
        """Leave nothing in the folder that is no digest."""
        for path, former in self._former.items():
            if path in self._accepted:
                continue
            if former:
                former.replace(path)
            else:
                path.unlink(missing_ok=True)

    def _free(self, upload: Upload) -> Path:
        """The place of that name; if another file of this upload has it, the next that is free or holds the same."""
        path = first = self._folder / safe_file_name(upload.name)
        number = 1
        while path in self._former or (path != first and path.exists() and not cmp(path, upload.path, shallow=False)):
            number += 1
            path = first.with_name(f"{first.stem}-{number}{first.suffix}")
        return path


def _second_name(path: Path, former: Path) -> None:
    """The same file under two names, so that there is no moment without it."""
    try:
        former.hardlink_to(path)
    except OSError:  # some disks know no second names
        shutil.copy2(path, former)


def _sync(folder: Path) -> None:
    """What the folder holds outlives a power cut, as the files do already."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{STAGING}*"):
        if left.stat().st_mtime < time.time() - _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except (OSError, OperationalError) as error:
        if not is_disk_full(error):
            raise
        raise StorageFullError(
            _("There is no room left on the disk. The files that are not in the library were taken away again.")
        ) from error


def is_disk_full(error: OSError | OperationalError) -> bool:
    """Whether the system or the store says that there is no room left."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    full = (sqlite3.SQLITE_FULL, "53100")  # the second is PostgreSQL's
    return getattr(error.orig, "sqlite_errorcode", None) in full or getattr(error.orig, "sqlstate", None) in full
