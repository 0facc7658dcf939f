"""From a conjunction to one search request."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.search.meilisearch.conjunctions import Conjunction, Row
from app.search.meilisearch.encoding import EVERY, token
from app.search.meilisearch.settings import FIELDS, SPELLED

MOST_ROWS = 10
"""The server reads no more words or phrases of one request, and says nothing of the rest."""

Asked = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that one request can ask for: of one field, few enough, and at most one of them open."""

    rows: tuple[Row, ...]
    is_wanted: bool = True


def parts(conjunction: Conjunction) -> list[Part]:
    """The first is asked with its ranking; of the others it only matters which papers they find."""
    wanted = [row for row in conjunction.rows if row.is_wanted]
    scopes = sorted({row.field for row in wanted}, key=lambda field: field is not None)
    rows = [part for scope in scopes for part in _of_one_field([row for row in wanted if row.field is scope])]
    first = rows[0] if rows else Part(())
    scope = first.rows[0].field if first.rows else None
    refused = [row for row in conjunction.rows if not row.is_wanted]
    near = tuple(row for row in refused if row.field is scope and not row.is_open and not row.is_loose)
    apart = [Part((row,), is_wanted=False) for row in refused if row not in near]
    return [Part(first.rows + near), *rows[1:], *apart]


def _of_one_field(rows: Sequence[Row]) -> Iterator[Part]:
    """The first holds the beginning of a word, if there is one: only there is it ranked."""
    closed = [row for row in rows if not row.is_open]
    begun = [row for row in rows if row.is_open]
    size = MOST_ROWS - 1
    chunks = [tuple(closed[at : at + size]) for at in range(0, len(closed), size)] or [()]
    yield Part((*chunks[0], *begun[:1]))
    yield from map(Part, chunks[1:])
    yield from (Part((row,)) for row in begun[1:])


def words(part: Part, misspelled: Collection[str] = (), *, is_one_of_several: bool = False) -> Asked:
    """What to look for, and in which fields."""
    scope = part.rows[0].field if part.rows else None
    tolerated = [row.words[0] for row in part.rows if row.may_be_misspelled and row.words[0] in misspelled]
    ordered = sorted(part.rows, key=lambda row: (row.is_wanted, row.is_open)) if part.is_wanted else part.rows
    texts = [
        _written(row, is_bare=row.words[0] in tolerated, is_refused=part.is_wanted and not row.is_wanted)
        for row in ordered
    ]
    if is_one_of_several and not any(row.is_wanted for row in part.rows):
        texts.append(f'"{EVERY}"')  # requests that look for nothing cannot be mixed with such as do
    fields = (*FIELDS[scope], SPELLED) if tolerated else FIELDS[scope]
    return {"q": " ".join(texts), "attributesToSearchOn": list(fields)}


def _written(row: Row, *, is_bare: bool, is_refused: bool) -> str:
    """Between quotes a word is taken as it is; the beginning of one must stand bare, at the end."""
    tokens = [token(word) for word in row.words]
    if row.is_open or (is_bare and row.may_be_misspelled):
        return tokens[0]
    quoted = f'"{" ".join(tokens)}"'
    return f"-{quoted}" if is_refused else quoted
