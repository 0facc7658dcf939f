"""A library as large as asked for, made of real digests: each copy is of other papers on other days.

`python -m bench.libraries FOLDER --digests 9400` writes the digests below a folder, for `papershelf import`.
"""

import argparse
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from app import digests
from app.digests.decoding import read_text
from app.digests.encoding import detect, read
from app.errors import AppError
from bench.places import default_folder

_ID = re.compile(r"\b(\d{4})\.(\d{5})(?=v?\d?\b)")
_DAY = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_NOTE = re.compile(r"^(id: *['\"]?)(?=\w)", re.MULTILINE)
_TITLE = re.compile(r"^## (?=\S)(.*)$", re.MULTILINE)

YEARS = 5
"""The copies are of so many years; a library of a hundred thousand papers seldom goes back further."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.libraries", description=__doc__)
    parser.add_argument("place", type=Path)
    parser.add_argument("--digests", type=int, default=263)
    given = parser.parse_args()
    copy_digests(sound_digests([default_folder()]), given.place, given.digests)


def sound_digests(folders: Sequence[Path]) -> list[Path]:
    """The files that hold a digest which needs no repair: that takes a second, and is measured by itself."""
    return [origin.path for origin in digests.find_files(list(folders)) if _is_sound(origin.path.read_bytes())]


def _is_sound(raw: bytes) -> bool:
    try:
        if detect(read(raw).text):
            return False
        digests.parse_digest(read_text(raw).text)
    except AppError:
        return False
    return True


def copy_digests(files: Sequence[Path], place: Path, number: int) -> Path:
    """Write so many digests below `place`, which is returned; the first copies are the files themselves."""
    for position in range(number):
        file, copy = files[position % len(files)], position // len(files)
        target = place / str(copy) / f"{position:06}{file.suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = read_text(file.read_bytes()).text
        target.write_text(_of_other_papers(text, copy) if copy else text, encoding="utf-8", newline="\n")
    return place


def _of_other_papers(text: str, copy: int) -> str:
    """The same text with other numbers, longer titles, earlier days."""
    text = _ID.sub(lambda found: f"{found[1]}.{(int(found[2]) + copy * 7919) % 100_000:05}", text)
    text = _DAY.sub(lambda found: _earlier(found, copy), text)
    text = _NOTE.sub(rf"\g<1>{copy}-", text)
    return _TITLE.sub(rf"## \1, part {copy}", text)


def _earlier(found: re.Match[str], copy: int) -> str:
    """400 days for each copy, and round again."""
    try:
        return str(date(*map(int, found.groups())) - timedelta(days=copy * 400 % (YEARS * 365 + 1)))
    except ValueError:
        return found[0]


if __name__ == "__main__":
    main()
