"""Digests on disk: which files there are, and what each holds."""

import os
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.digests.source_files import Origin
from app.errors import UnreadableFileError

MAX_BYTES = 64 * 1024 * 1024
"""A larger file is refused: reading takes some ten times as much memory. A digest of a day has less than one MiB."""
RACY_NS = 2_000_000_000
"""A file changed this shortly before it was read may change again without a new time: some disks count in such steps."""
TEMPORARY = ("~", ".tmp", ".part", ".swp")
"""How the names end that editors and downloads give to what is not finished, or to what was before."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: its outcome as a word, the entries it holds, the reason if it was not taken."""

    path: Path
    status: str
    """One of "new", "updated", "unchanged", "skipped" (is no digest), "failed" or "vanished" (its digest stays)."""
    entries: int = 0
    reason: str = ""
    findings: int = 0
    """What the lint found, in a digest that was brought in now."""
    digest_id: int | None = None


def find_files(paths: list[Path]) -> Iterator[Origin]:
    """Every file named, and every file below a folder named, each once, in order of their paths.

    Hidden files and folders below a named folder are passed over, and so is what a symbolic link leads to.
    """
    seen: set[Path] = set()
    for path in paths:
        root = path.resolve()
        for file in sorted(files_below(root)) if root.is_dir() else [root]:
            if file not in seen:
                seen.add(file)
                yield Origin(file, root if root.is_dir() else root.parent)


def files_below(
    folder: Path, passing_over: Collection[Path] = (), on_error: Callable[[Path, OSError], None] = lambda *_: None
) -> Iterator[Path]:
    """Every file below the folder that may be a digest; `on_error` hears of each folder that cannot be read."""
    try:
        with os.scandir(folder) as found:
            inside = [entry for entry in found if is_wanted_name(entry.name)]
    except OSError as error:
        on_error(folder, error)
        return
    for entry in inside:
        if (path := folder / entry.name) in passing_over:
            continue
        if entry.is_file(follow_symlinks=False):
            yield path
        elif entry.is_dir(follow_symlinks=False):
            yield from files_below(path, passing_over, on_error)


def is_wanted_name(name: str) -> bool:
    """Whether a file or folder of this name is read when it lies in a folder that was named."""
    return not name.startswith((".", "#")) and not name.endswith(TEMPORARY)


def read_file(origin: Origin) -> tuple[Origin, bytes]:
    """The bytes of a file, and how the file looked before they were read. Raises UnreadableFileError."""
    path = origin.path
    if tellable(path) != path:
        raise UnreadableFileError("The name of the file is no valid text.")
    try:
        if not path.is_file():
            raise UnreadableFileError("There is no such file." if not path.exists() else "This is no regular file.")
        with path.open("rb") as file:
            now, looked = time.time_ns(), os.fstat(file.fileno())
            if looked.st_size > MAX_BYTES:
                raise UnreadableFileError(f"The file has {looked.st_size:,} bytes; at most {MAX_BYTES:,} are read.")
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFileError(f"The file cannot be read: {error.strerror}.") from error
    settled = looked.st_mtime_ns < now - RACY_NS and len(raw) == looked.st_size
    return replace(origin, size=len(raw), modified_ns=looked.st_mtime_ns if settled else None), raw


def tellable(path: Path) -> Path:
    """The path in characters that can be shown and stored: a name on disk may be any bytes."""
    return Path(os.fsencode(path).decode(errors="backslashreplace"))
