"""A library as large as asked for, made of real digests: each copy is of other papers on other days."""

import re
from datetime import date, timedelta
from pathlib import Path

_ID = re.compile(r"\b(\d{4})\.(\d{5})(?=v?\d?\b)")
_DAY = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_NOTE = re.compile(r"^(id: *['\"]?)(?=\w)", re.MULTILINE)
_TITLE = re.compile(r"^## (?=\S)(.*)$", re.MULTILINE)


def copy_digests(files: list[Path], place: Path, digests: int) -> Path:
    """Write so many digests below `place`, which is returned; the first copies are the files themselves."""
    for number in range(digests):
        file, copy = files[number % len(files)], number // len(files)
        target = place / str(copy) / f"{number:06}{file.suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        raw = file.read_bytes()
        target.write_bytes(raw if copy == 0 else _as_other(raw, copy))
    return place


def _as_other(raw: bytes, copy: int) -> bytes:
    """The same text about other papers: other numbers, longer titles, earlier days."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw + b"\n" * copy
    text = _ID.sub(lambda found: f"{found[1]}.{(int(found[2]) + copy * 7919) % 100_000:05}", text)
    text = _DAY.sub(lambda found: _earlier(found, copy), text)
    text = _NOTE.sub(rf"\g<1>{copy}-", text)
    return _TITLE.sub(rf"## \1, part {copy}", text).encode()


def _earlier(found: re.Match[str], copy: int) -> str:
    try:
        return str(date(*map(int, found.groups())) - timedelta(days=copy * 400))
    except ValueError:
        return found[0]
