"""Golden files: a digest of our own writing, and beside it, as JSON, what it says.

`python -m tests.digests.goldens` writes the JSON anew. Read the difference before you keep it.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.digests.decoding import with_newlines
from app.digests.encoding import read
from app.digests.parsing import parse_digest

FORMATS = Path(__file__).parent / "formats"


def golden_files(format_name: str) -> list[Path]:
    return sorted((FORMATS / format_name).glob("*.md"))


def expected(path: Path) -> dict[str, Any]:
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def parsed(path: Path) -> dict[str, Any]:
    """What the file says now, as JSON would hold it; mojibake as it is, since this is about parsing."""
    digest = asdict(parse_digest(with_newlines(read(path.read_bytes()).text)))
    return json.loads(json.dumps(digest, default=lambda moment: moment.isoformat()))


def _write_all() -> None:
    for path in sorted(FORMATS.glob("*/*.md")):
        text = json.dumps(parsed(path), ensure_ascii=False, indent=2)
        path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write_all()
