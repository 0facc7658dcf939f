"""Spans of days, written as in an address: 2024-12-07, 2024-W49, 2024-12, 2024, 2024-11..2024-12. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_PART = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
_WEEK = re.compile(r"(?P<year>\d{4})-[Ww](?P<week>\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; equal if they are one day."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for what is no period, impossible dates included. The order of two ends does not matter."""
        ends = [_span(part) for part in text.strip().split("..")]
        if len(ends) > 2 or any(end is None for end in ends):
            return None
        days = [day for end in ends if end for day in end]
        return cls(min(days), max(days))

    @classmethod
    def of_week(cls, day: date) -> Self:
        """From Monday to Sunday, as far as the calendar reaches."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + min(timedelta(days=6), date.max - monday))

    @classmethod
    def of_month(cls, day: date) -> Self:
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @classmethod
    def of_year(cls, day: date) -> Self:
        return cls(date(day.year, 1, 1), date(day.year, 12, 31))

    @property
    def month(self) -> Self:
        """The month it begins in."""
        return self.of_month(self.first)

    @property
    def week(self) -> Self:
        """The week it begins in."""
        return self.of_week(self.first)

    @property
    def year(self) -> Self:
        """The year it begins in."""
        return self.of_year(self.first)

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    @property
    def is_week(self) -> bool:
        return self == Period.of_week(self.first)

    @property
    def is_month(self) -> bool:
        return self == Period.of_month(self.first)

    @property
    def is_year(self) -> bool:
        return self == Period.of_year(self.first)

    def __str__(self) -> str:
        """The shortest writing that `parse` reads back."""
        if self.is_day:
            return self.first.isoformat()
        if self.is_month:
            return self.first.isoformat()[:7]
        if self.is_year:
            return self.first.isoformat()[:4]
        if self.is_week:
            year, week, _ = self.first.isocalendar()
            return f"{year:04}-W{week:02}"
        return f"{self.first}..{self.last}"


def _span(text: str) -> tuple[date, date] | None:
    return _week(text.strip()) or _day_month_or_year(text)


def _week(text: str) -> tuple[date, date] | None:
    match = _WEEK.fullmatch(text)
    if match is None:
        return None
    try:
        week = Period.of_week(date.fromisocalendar(int(match["year"]), int(match["week"]), 1))
    except ValueError:
        return None
    return week.first, week.last


def _day_month_or_year(text: str) -> tuple[date, date] | None:
    match = _PART.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = int(match["year"]), match["month"], match["day"]
    try:
        first = date(year, int(month or 1), int(day or 1))
        if day:
            return first, first
        if month:
            return first, first.replace(day=monthrange(year, int(month))[1])
        return first, date(year, 12, 31)
    except ValueError:
        return None


def days_between(first: date, last: date) -> list[date]:
    """Every day from first to last, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
