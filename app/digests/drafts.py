"""Files that are not in the library, linted where they lie: nothing is stored."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.digests.document import ParsedDigest
from app.digests.files import find_files, read_file
from app.digests.lint import Finding
from app.digests.reading import read_digest
from app.errors import AppError, DigestFormatError, NotADigestError, UnreadableFileError


@dataclass(frozen=True, slots=True)
class Draft:
    """A file, and what it says; or why it could not be linted."""

    path: Path
    parsed: ParsedDigest | None = None
    findings: Sequence[Finding] = ()
    error: AppError | None = None


def lint_files(paths: list[Path], switched_off: Collection[str] = ()) -> Iterator[Draft]:
    """Every file named or below a folder named. A damaged one is repaired without the library: its lines are the same."""
    for origin in find_files(paths):
        try:
            _, raw = read_file(origin)
            parsed, reading = read_digest(raw, switched_off=switched_off)
        except (NotADigestError, DigestFormatError, UnreadableFileError) as error:
            yield Draft(origin.path, error=error)
        else:
            yield Draft(origin.path, parsed, reading.findings)
