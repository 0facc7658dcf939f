"""Papers by month as a row of bars, for the column beside a list. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.catalog import PaperFilter, Period
from app.i18n import format_month
from app.web.places import Place

MONTHS = 24
HEIGHT = 40
STEP = 8
"""Of the drawing, whose width is that of all months."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A month: where it stands, how high, and the address of the list of its papers."""

    x: int
    height: int
    label: str
    url: str
    is_chosen: bool


def month_bars(place: Place, wanted: PaperFilter, counts: Mapping[str, int]) -> list[Bar]:
    """The newest months in a row, those without papers as gaps; none where there is nothing to compare."""
    if place.says.period or len(counts) < 2:
        return []
    months = _before(date.fromisoformat(f"{max(counts)}-01"))
    most = max(counts.get(f"{month:%Y-%m}", 0) for month in months)
    return [
        _bar(place, wanted, month, x * STEP, number, most)
        for x, month in enumerate(months)
        if (number := counts.get(f"{month:%Y-%m}", 0))
    ]


def _before(last: date) -> list[date]:
    """So many months, the last one included."""
    number = last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(max(12, number - MONTHS + 1), number + 1)]


def _bar(place: Place, wanted: PaperFilter, month: date, x: int, number: int, most: int) -> Bar:
    period = Period.of_month(month)
    label = f"{format_month(month)}: {number}"
    height = max(2, round(HEIGHT * number / most))
    return Bar(x, height, label, place.url(wanted.but(period=period)), wanted.period == period)
