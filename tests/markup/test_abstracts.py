"""Every text of real digests with a sign of LaTeX in it, as each was read by eye once.

The texts are the authors' and not ours to hand on: the table holds their hashes, and what becomes of them in numbers.
`python -m tests.markup.test_abstracts` writes it anew; then read what changed, and docs/mathematics.md with it.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from app.digests.decoding import read_text
from app.digests.parsing import parse_digest
from app.errors import AppError
from app.markup import render_math
from app.markup.mathematics import has_latex, pieces
from tests.conftest import REAL_DIGESTS
from tests.markup.seeing import Seen

TABLE = Path(__file__).with_suffix(".json")


@dataclass(frozen=True)
class Row:
    """What becomes of a text."""

    field: str
    dollars: int
    set: int
    """Formulas that became MathML."""
    words: int
    """Formulas that were words, and commands that were read."""
    left: int
    """Dollars and backslashes that a reader sees."""
    shown: str
    """Hash of all that a reader sees."""


def row_of(field: str, text: str) -> Row:
    seen = Seen(render_math(text)).text
    made = [piece.html for piece in pieces(text) if piece.html is not None]
    formulas = sum("<math" in html for html in made)
    return Row(
        field, text.count("$"), formulas, len(made) - formulas, seen.count("$") + seen.count("\\"), name_of(seen)
    )


def name_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


@cache
def texts() -> dict[str, tuple[str, str]]:
    """Field and text by the hash of the text."""
    found = {}
    for path in sorted(REAL_DIGESTS.rglob("*")):
        if path.suffix in {".md", ".txt"}:
            found.update({name_of(text): (field, text) for field, text in texts_of(path) if has_latex(text)})
    return found


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    try:
        entries = parse_digest(read_text(path.read_bytes()).text).entries
    except AppError:  # no digest
        return
    for entry in entries:
        yield from (("title", entry.title), ("abstract", entry.abstract), ("comment", entry.comment))
        yield "summary", entry.summary
        yield from (("key point", point) for point in entry.key_points)


def table() -> dict[str, Row]:
    return {name: Row(**row) for name, row in json.loads(TABLE.read_text()).items()}


def test_the_table_has_every_abstract_with_a_dollar():
    rows = [row for row in table().values() if row.field == "abstract" and row.dollars]
    assert len(rows) == 32
    assert sum(row.set for row in rows) == 57
    assert sorted(row.left for row in rows if row.left) == [1, 1, 2]  # macros of the authors' own, and a stray dollar


@pytest.mark.skipif(not REAL_DIGESTS.exists(), reason="the shared digests are not here")
def test_every_text_becomes_what_it_was_read_as():
    assert {name: row_of(*given) for name, given in texts().items()} == table()


if __name__ == "__main__":
    rows = {name: asdict(row_of(*given)) for name, given in sorted(texts().items())}
    TABLE.write_text(
        "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items()) + "\n}\n"
    )
