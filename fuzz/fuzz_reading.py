"""Any bytes at all, from the file to what the lint finds: read or refused, and nothing else. See docs/fuzzing.md."""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["app.digests"]):
    from app.digests.reading import read_digest
    from app.errors import DigestFormatError, NotADigestError, UnreadableFileError


def read(raw: bytes) -> None:
    """One file."""
    try:
        digest, reading = read_digest(raw)
    except (DigestFormatError, NotADigestError, UnreadableFileError):
        return
    for finding in reading.findings:
        if finding.line < 1 or not (finding.position is None or 1 <= finding.position <= len(digest.entries)):
            raise AssertionError(finding)
        if not finding.sentence or not finding.sentence_zh:
            raise AssertionError(finding)


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
