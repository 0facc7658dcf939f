"""A month as weeks from Monday to Sunday. Pure."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.periods import Period


@dataclass(frozen=True, slots=True)
class Week:
    """A week as far as it lies in the month; the other days are none."""

    period: Period
    days: Sequence[date | None]


def weeks_of(month: Period) -> list[Week]:
    """Every week that the month touches."""
    year, number = month.first.year, month.first.month
    rows = Calendar().monthdayscalendar(year, number)
    return [_week([date(year, number, day) if day else None for day in row]) for row in rows]


def _week(days: Sequence[date | None]) -> Week:
    return Week(Period.of_week(next(day for day in days if day)), days)
