"""Where digests come from: the folders that are registered, and what a folder or file that was named holds now."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.digests import git
from app.digests.files import files_below, is_wanted_name
from app.digests.source_files import source_at
from app.models import Source, SourceKind


@dataclass(frozen=True, slots=True)
class Holding:
    """What a source holds now, as far as it is to be read."""

    folder: Path
    """Absolute."""
    files: tuple[Path, ...] = ()
    kind: SourceKind = SourceKind.FOLDER
    is_whole: bool = False
    """Whether the files are all that are there, so that one that is not among them may have vanished."""
    is_registered: bool = False
    """Whether the folder is to be registered; false leaves it as it is."""
    is_bare: bool = False
    """Whether there is nothing at all in the folder, as where a disk was taken away."""
    commit: str | None = None
    failures: tuple[tuple[Path, str], ...] = field(default=())
    """What could not be read, and why."""
    remarks: tuple[str, ...] = ()
    """What a person should know of how the folder was read."""


def registered_sources(session: Session) -> Sequence[Source]:
    """In order of their folders."""
    return session.scalars(select(Source).where(Source.is_registered).order_by(Source.location)).all()


def register_sources(session: Session, folders: Collection[Path]) -> None:
    """From now on an import that names nothing reads these folders."""
    for folder in folders:
        source_at(session, folder).is_registered = True


def forget_source(session: Session, folder: Path) -> bool:
    """Register the folder no longer; its digests stay. Whether it was registered."""
    source = session.scalar(select(Source).filter_by(location=str(folder), is_registered=True))
    if source:
        source.is_registered = False
    return source is not None


def look_into(
    paths: Collection[Path],
    *,
    registered: Collection[Path] = (),
    pull: bool = False,
    passing_over: Collection[Path] = (),
) -> list[Holding]:
    """What is to be read for these paths: all of a folder, which is to be registered; a file alone.

    `registered` says which are known to be folders, should they be missing; `passing_over` what is never read.
    """
    return [_look(path.resolve(), set(registered), pull, set(passing_over)) for path in dict.fromkeys(paths)]


def _look(path: Path, registered: Collection[Path], pull: bool, passing_over: Collection[Path]) -> Holding:
    if not path.is_dir() and path not in registered:
        return Holding(path.parent, (path,))
    try:
        is_bare = _is_empty(path)
    except OSError as error:
        reason = f"The folder cannot be read: {error.strerror}. None of its files is taken for vanished."
        return Holding(path, failures=((path, reason),))
    if git.has_working_copy(path):
        return _look_with_git(path, pull, passing_over, is_bare=is_bare)
    return _look_around(path, passing_over, is_bare=is_bare)


def _is_empty(folder: Path) -> bool:
    with os.scandir(folder) as inside:
        return next(inside, None) is None


def _look_around(
    folder: Path, passing_over: Collection[Path], *, is_bare: bool = False, remarks: tuple[str, ...] = ()
) -> Holding:
    failures: list[tuple[Path, str]] = []

    def note(where: Path, error: OSError) -> None:
        failures.append((where, f"The folder cannot be read: {error.strerror}."))

    files = tuple(sorted(files_below(folder, passing_over, note)))
    return Holding(
        folder,
        files,
        is_whole=True,
        is_registered=True,
        is_bare=is_bare,
        failures=tuple(failures),
        remarks=remarks,
    )


def _look_with_git(folder: Path, pull: bool, passing_over: Collection[Path], *, is_bare: bool) -> Holding:
    """As git sees the folder; as any other folder if git is missing, or cannot make sense of it, or ignores it."""
    failures = list(_pull(folder)) if pull and git.is_installed() else []
    is_bare = is_bare and _is_empty(folder)  # what was pulled may be there now
    look_around = partial(_look_around, folder, passing_over, is_bare=is_bare)
    if not git.is_installed():
        return look_around(remarks=(f"{folder}: git is not on this machine; read as a folder.",))
    try:
        if not (folder / ".git").exists() and git.is_ignored(folder):
            return look_around()
        wanted = git.wanted_files(folder)
    except git.GitError as error:
        return look_around(remarks=(f"{folder}: read as a folder, since git says: {error}",))
    return Holding(
        folder,
        tuple(sorted(file for file in wanted if _is_wanted(file, folder, passing_over))),
        SourceKind.GIT,
        is_whole=True,
        is_registered=True,
        is_bare=is_bare,
        commit=git.commit_of(folder),
        failures=tuple(failures),
    )


def _pull(folder: Path) -> Iterator[tuple[Path, str]]:
    try:
        git.pull(folder)
    except git.GitError as error:
        yield folder, f"git pull failed, and the folder was read as it stands. Git says: {error}"


def _is_wanted(file: Path, folder: Path, passing_over: Collection[Path]) -> bool:
    inside = file.relative_to(folder)
    if not all(is_wanted_name(part) for part in inside.parts) or not file.is_file() or file.is_symlink():
        return False
    return not any(place in passing_over for place in (file, *file.parents))
