"""Numbers, days and times as the reader's language writes them. Addresses and `datetime` attributes stay ISO.

A page of a list says hundreds of them, mostly the same ones: each is worked out once.
"""

from datetime import UTC, date, datetime
from functools import lru_cache

from app.i18n.speaking import current_language, gettext
from app.periods import Period

_PATTERNS = {
    "en": {
        "full": "EEEE, d MMMM y",
        "long": "d MMMM y",
        "medium": "d MMM y",
        "short": "d MMM",
        "month": "MMMM y",
        "month-name": "MMMM",
        "month-short": "MMM",
        "year": "y",
        "weekday": "EEEE",
        "weekday-short": "EEE",
        "time": "d MMM y, HH:mm 'UTC'",
    },
    "zh": {
        "full": "y年M月d日 EEEE",
        "long": "y年M月d日",
        "medium": "y年M月d日",
        "short": "M月d日",
        "month": "y年M月",
        "month-name": "M月",
        "month-short": "M月",
        "year": "y年",
        "weekday": "EEEE",
        "weekday-short": "EEE",
        "time": "y年M月d日 HH:mm 'UTC'",
    },
}
"""How each language writes a day: Unicode's date patterns, for Babel."""


def format_number(number: int) -> str:
    """With its thousands apart."""
    return _number(number, current_language())


def format_date(day: date, how: str = "long") -> str:
    """A day: `full` with its weekday, `long`, `medium` with a short month, `short` without the year."""
    return _formatted(date(day.year, day.month, day.day), how, current_language())


def format_month(day: date | Period, how: str = "month") -> str:
    """A month and its year; `month-name` or `month-short` for the month alone."""
    first = day.first if isinstance(day, Period) else day
    return _formatted(first.replace(day=1), how, current_language())


def format_weekday(day: date, how: str = "weekday") -> str:
    """The day of the week; `weekday-short` for as few letters as will do."""
    return _formatted(day, how, current_language())


def format_time(instant: datetime) -> str:
    """A day and the time of it, for all readers by one clock, which is named."""
    return _formatted(instant.astimezone(UTC).replace(second=0, microsecond=0), "time", current_language())


def format_period(period: Period, how: str = "long") -> str:
    """A day, a month, a year, or from one day to another."""
    if period.is_day:
        return format_date(period.first, how)
    if period.is_month:
        return format_month(period)
    if period.is_year:
        return _formatted(period.first, "year", current_language())
    is_of_months = period.first.day == 1 and period.last == Period.of_month(period.last).last
    said = [format_month(day) if is_of_months else format_date(day, "medium") for day in (period.first, period.last)]
    return gettext("%(first)s to %(last)s") % {"first": said[0], "last": said[1]}


@lru_cache(maxsize=4096)
def _number(number: int, language: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(number, locale=language)


@lru_cache(maxsize=4096)
def _formatted(day: date, how: str, language: str) -> str:
    from babel import dates

    pattern = _PATTERNS[language][how]
    if isinstance(day, datetime):
        return dates.format_datetime(day, pattern, tzinfo=day.tzinfo, locale=language)
    return dates.format_date(day, pattern, locale=language)
