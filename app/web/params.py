"""The query string of a listing, read kindly: a person mistyping a page number is no error."""

from typing import Annotated

from fastapi import Depends, Query

from app.catalog import PaperFilter, Period, Sort

MAX_QUERY = 512
MAX_PAGE = 1_000_000


def read_filter(
    q: str = "",
    topic: Annotated[list[str], Query()] = [],  # noqa: B006  (FastAPI copies it)
    tag: Annotated[list[str], Query()] = [],  # noqa: B006
    author: Annotated[list[str], Query()] = [],  # noqa: B006
    date: str = "",
    has: str = "",
    sort: str = "",
    page: str = "1",
) -> PaperFilter:
    return PaperFilter(
        q=q[:MAX_QUERY] if q.strip() else "",
        topics=_values(topic),
        tags=_values(tag),
        authors=_values(author),
        period=Period.parse(date) if date else None,
        has_figures=has == "figures",
        sort=Sort(sort) if sort in set(Sort) else None,
        page=read_page(page),
    )


def read_page(page: str = "1") -> int:
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 8 else 1
    return min(max(number, 1), MAX_PAGE)


def _values(given: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:200] for value in given if value))


Wanted = Annotated[PaperFilter, Depends(read_filter)]
PageNumber = Annotated[int, Depends(read_page)]
