"""Ranges of days as few terms: the beginnings of ISO dates ("2024-12-07", "2024-12", "2024", "202", …) that fill them."""

from collections.abc import Iterator
from datetime import date

DATE_LEVELS = (0, 1, 2, 3, 4, 7)
"""How much of "2024-12-07" an index holds besides the day itself: any range of days is then a few terms."""
_EARLIEST = "0000-01-01"
_LATEST = "9999-12-31"
_LEVELS = (*DATE_LEVELS, len(_LATEST))


def beginnings(day: date) -> list[str]:
    """All that an index holds of a day."""
    return [day.isoformat()[:level] for level in _LEVELS]


def covering(since: date | None, until: date | None) -> list[str]:
    """A few beginnings that together hold every day from the first to the last and no other."""
    first = since.isoformat() if since else _EARLIEST
    last = until.isoformat() if until else _LATEST
    return list(_cover("", first, last)) if first <= last else []


def _cover(start: str, first: str, last: str) -> Iterator[str]:
    earliest, latest = _bounds(start)
    if first <= earliest and latest <= last:
        yield start
    elif earliest <= last and first <= latest:
        for longer in _continuations(start):
            yield from _cover(longer, first, last)


def _bounds(start: str) -> tuple[str, str]:
    """The first and the last day that a beginning holds; a 31st where there is none does no harm."""
    return start + _EARLIEST[len(start) :], start + _LATEST[len(start) :]


def _continuations(start: str) -> Iterator[str]:
    level = _LEVELS[_LEVELS.index(len(start)) + 1]
    match level:
        case 7:
            yield from (f"{start}-{month:02}" for month in range(1, 13))
        case 10:
            yield from (f"{start}-{day:02}" for day in range(1, 32))
        case _:
            yield from (f"{start}{digit}" for digit in range(10))
