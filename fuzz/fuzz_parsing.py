"""Any bytes at all, through decoding and parsing: they are read or refused, and nothing else. See docs/fuzzing.md."""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["app.digests"]):
    from app.digests.decoding import read_text
    from app.digests.formats import chatpaperfree, dendron, paper_list
    from app.digests.parsing import parse_digest
    from app.errors import DigestFormatError, NotADigestError, UnreadableFileError

FORMATS = (dendron, chatpaperfree, paper_list)


def read(raw: bytes) -> None:
    """One file."""
    try:
        text = read_text(raw).text
    except UnreadableFileError:
        return
    lines = text.count("\n") + 1
    for parse in (parse_digest, *(fmt.parse for fmt in FORMATS)):
        try:
            digest = parse(text)
        except (DigestFormatError, NotADigestError):
            continue
        for entry in digest.entries:
            if not entry.title or not 1 <= entry.first_line <= entry.last_line <= lines:
                raise AssertionError(entry)
            for first, last in entry.lines.values():
                if not entry.first_line <= first <= last <= entry.last_line:
                    raise AssertionError(entry)


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
