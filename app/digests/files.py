"""Digests on disk: which files, and each one's way into the library."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.db import Database
from app.digests.encoding import CharacterModel
from app.digests.importer import ImportResult, Outcome, find_unchanged, import_digest
from app.digests.reading import read_digest
from app.digests.source_files import Origin
from app.errors import DigestFormatError, NotADigestError, UnreadableFileError

MAX_BYTES = 256 * 1024 * 1024
"""A larger file is refused: it would have to be held in memory several times over."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: its outcome as a word, the entries it holds, the reason if it was not taken."""

    path: Path
    status: str
    """One of "new", "updated", "unchanged", "skipped" (is no digest) or "failed"."""
    entries: int = 0
    reason: str = ""
    findings: int = 0
    """What the lint found, in a digest that was brought in now."""


def find_files(paths: list[Path]) -> Iterator[Origin]:
    """Every file named, and every file below a folder named, each once, in order of their paths.

    Hidden files and folders below a named folder are passed over, and so is what a symbolic link leads to.
    """
    seen: set[Path] = set()
    for path in paths:
        root = path.resolve()
        for file in _below(root) if root.is_dir() else [root]:
            if file not in seen:
                seen.add(file)
                yield Origin(file, root if root.is_dir() else root.parent)


def _below(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file()
        and not file.is_symlink()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def import_file(
    database: Database,
    origin: Origin,
    switched_off: Collection[str] = (),
    model_source: Callable[[], CharacterModel] | None = None,
) -> FileReport:
    """One file, one transaction: a bad file spoils no other. Never raises for what the file holds.

    `switched_off` are ids of lint rules; `model_source` knows the library's language, should the text be damaged.
    """
    try:
        result = _import(database, origin, switched_off, model_source)
    except NotADigestError as error:
        return FileReport(origin.path, "skipped", reason=str(error))
    except (DigestFormatError, UnreadableFileError) as error:
        return FileReport(origin.path, "failed", reason=str(error))
    return FileReport(origin.path, result.outcome.value, result.entries, result.note, result.findings)


def _import(
    database: Database,
    origin: Origin,
    switched_off: Collection[str],
    model_source: Callable[[], CharacterModel] | None,
) -> ImportResult:
    raw = _read(origin.path)
    with database.read() as session:
        if result := find_unchanged(session, raw, origin):
            return result
    parsed, reading = read_digest(raw, model_source, switched_off)  # before the transaction: it is for writing only
    with database.write() as session:
        return import_digest(session, raw, parsed, origin, reading=reading)


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableFileError("There is no such file." if not path.exists() else "This is no regular file.")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise UnreadableFileError(f"The file has {size:,} bytes; at most {MAX_BYTES:,} are read.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"The file cannot be read: {error.strerror}.") from error


__all__ = ["FileReport", "Outcome", "find_files", "import_file"]
