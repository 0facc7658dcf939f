"""The query string of a listing, read kindly: a person mistyping a page number is no error."""

import re
from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from inspect import signature
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qs, parse_qsl

from fastapi import Depends, Query

from app.catalog import PaperFilter, Period, Sort
from app.catalog.filters import SIZES
from app.search.clauses import LONGEST_TEXT
from app.web.numbers import read_number

Value = TypeVar("Value")
ONE_PERIOD = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?|-[Ww]\d{2})?", re.ASCII)
"""A day, a week, a month or a year as the path of a page: a range is none."""
MAX_QUERY = LONGEST_TEXT + 1
"""Characters of a search that are read: of one more than are searched the reader is told."""
MOST_VALUES = 100
"""In a query string that stands for a list."""
MAX_PAGE = 1_000_000


def read_filter(
    q: str = "",
    topic: Annotated[list[str], Query()] = [],  # noqa: B006  (FastAPI copies it)
    tag: Annotated[list[str], Query()] = [],  # noqa: B006
    author: Annotated[list[str], Query()] = [],  # noqa: B006
    venue: Annotated[list[str], Query()] = [],  # noqa: B006
    quality: Annotated[list[str], Query()] = [],  # noqa: B006
    not_topic: Annotated[list[str], Query()] = [],  # noqa: B006
    not_tag: Annotated[list[str], Query()] = [],  # noqa: B006
    not_author: Annotated[list[str], Query()] = [],  # noqa: B006
    not_venue: Annotated[list[str], Query()] = [],  # noqa: B006
    not_quality: Annotated[list[str], Query()] = [],  # noqa: B006
    date: str = "",
    has: Annotated[list[str], Query()] = [],  # noqa: B006
    read: str = "",
    after: str = "",
    literal: str = "",
    sort: str = "",
    size: str = "",
    page: str = "1",
) -> PaperFilter:
    return PaperFilter(
        q=_words(q),
        topics=_values(topic),
        tags=_values(tag),
        authors=_values(author),
        qualities=_values(quality),
        not_topics=_values(not_topic),
        not_tags=_values(not_tag),
        not_authors=_values(not_author),
        not_venues=_values(not_venue),
        not_qualities=_values(not_quality),
        period=Period.parse(date) if date else None,
        venues=_values(venue),
        has_code="code" in has,
        has_figures="figures" in has,
        read={"yes": True, "no": False}.get(read),
        after=read_number(after),
        is_literal=literal == "1",
        sort=Sort(sort) if sort in set(Sort) else None,
        size=next((known for known in SIZES if str(known) == size), None),
        page=read_page(page),
    )


def filter_of(query: str) -> PaperFilter:
    """What the page of a list reads from a query string. Raises ValueError for one of too many values."""
    given = parse_qs(query.removeprefix("?"), max_num_fields=MOST_VALUES)
    expected = signature(read_filter).parameters
    values = {name: given[name] for name in expected if name in given}
    return read_filter(
        **{name: value if isinstance(expected[name].default, list) else value[-1] for name, value in values.items()}  # type: ignore[arg-type]
    )


def words_for(field: str, names: Sequence[str]) -> str:
    """What asks in words for any of these names: `title:("a" OR "b")`."""
    quoted = " OR ".join('"{}"'.format(name.replace('"', " ")) for name in names)
    return f"{field}:({quoted})" if len(names) > 1 else f"{field}:{quoted}"


def beside_words(query: str) -> list[tuple[str, str]]:
    """What a query string asks for beside words, name by name, whichever page of it is shown."""
    return [(name, value) for name, value in parse_qsl(query.removeprefix("?")) if name not in ("q", "page")]


def read_page(page: str = "1") -> int:
    return read_number(page, MAX_PAGE) or 1


def _words(q: str) -> str:
    """A blank at the end means something: the last word is whole."""
    q = q[:MAX_QUERY].replace("\0", " ")
    return q if q.strip() else ""


def _values(given: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:200] for value in given if value and "\0" not in value))


def _at_once(read: Callable[..., Value]) -> Callable[..., Awaitable[Value]]:
    """A dependency with these parameters that needs no thread of its own."""

    @wraps(read)
    async def called(**given: Any) -> Value:
        return read(**given)

    return called


Wanted = Annotated[PaperFilter, Depends(_at_once(read_filter))]
PageNumber = Annotated[int, Depends(_at_once(read_page))]
