"""The day or days that a line of text states: "June 23 - June 29) - 2025", "2024年12月7日", "2024-12-02 ~ 12-08"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|ober|ember)?\.?"
_TO = r"\s*(?:[-–—~〜～至到]+|to|until|through|&)\s*"
_NUMERIC = re.compile(
    r"(?<!\d)(?P<y>20\d\d)(?P<sep>[-/.]|\s*年\s*)(?P<m>\d{1,2})(?:[-/.]|\s*月\s*)(?P<d>\d{1,2})(?!\d)\s*[日号]?"
    rf"(?:{_TO}(?:(?:(?P<y2>20\d\d)(?:[-/.]|\s*年\s*))?(?P<m2>\d{{1,2}})(?:[-/.]|\s*月\s*))?(?P<d2>\d{{1,2}})(?![\d:])"
    r"\s*[日号]?)?",
    re.IGNORECASE | re.ASCII,
)
_PLAIN = re.compile(
    r"(?<!\d)(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:\s*[-~]\s*(?P<y2>20\d\d)(?P<m2>\d\d)(?P<d2>\d\d))?(?!\d)", re.ASCII
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<m>{_NAME})\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s*(?P<y>20\d\d)\b)?"
    rf"(?:{_TO}(?:(?P<m2>{_NAME})\s*)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b)?\s*\)?\s*[,–—-]?\s*(?P<y2>20\d\d)?\b",
    re.IGNORECASE | re.ASCII,
)
_DAY_FIRST = re.compile(
    rf"(?<![\d.])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?P<m>{_NAME})(?:,?\s*(?P<y>20\d\d))?)?"
    rf"(?:{_TO}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{_NAME}))?\s*\)?,?\s*(?P<y2>20\d\d)?\b",
    re.IGNORECASE | re.ASCII,
)
_WEEK = re.compile(r"(?<!\d)(?P<y>20\d\d)-W(?P<w>\d\d)(?!\d)", re.ASCII)
_MONTH = re.compile(
    rf"(?:\b(?P<name>{_NAME})\s*,?\s*(?P<y>20\d\d)\b)|(?<!\d)(?P<y2>20\d\d)(?:[-/.](?P<m2>\d\d)(?![\d.-])"
    r"|\s*年\s*(?P<m3>\d{1,2})\s*月(?!\s*\d))",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, and how it is written."""

    stated: str
    first: date
    last: date


def read_days(text: str) -> Days | None:
    """The first day or stretch of days in a text; None if it states none, or leaves out the year."""
    for pattern in (_NUMERIC, _PLAIN, _MONTH_FIRST, _DAY_FIRST):
        for found in pattern.finditer(text[:400]):
            if days := _read_range(found):
                return days
    return _read_week(text[:400]) or _read_month(text[:400])


def states_no_year(text: str) -> bool:
    """Whether there would be a day if only it had a year."""
    return any(found["d"] and found["m"] for found in _MONTH_FIRST.finditer(text[:400]))


def _read_range(found: re.Match[str]) -> Days | None:
    """The later day may leave out what it shares with the earlier, and the earlier its year."""
    part = found.groupdict()
    year = part["y"] or part["y2"]
    month = part["m"] or part["m2"]
    if not year or not month or not part["d"]:
        return None
    try:
        last_year = int(part["y2"] or year)
        first = date(int(year), _month(month), int(part["d"]))
        last = date(last_year, _month(part["m2"] or month), int(part["d2"])) if part["d2"] else first
        if last < first and not part["y"]:  # "December 30 - January 5, 2025": the year is that of the end
            first = first.replace(year=first.year - 1)
        elif last < first and not part["y2"]:  # "2024-12-30 ~ 01-05"
            last = last.replace(year=last.year + 1)
    except ValueError:
        return None
    stated = found[0].strip(" ,-–—")
    return Days(stated if "(" in stated else stated.replace(")", ""), *sorted((first, last)))


def _read_week(text: str) -> Days | None:
    if not (found := _WEEK.search(text)):
        return None
    try:
        monday = date.fromisocalendar(int(found["y"]), int(found["w"]), 1)
    except ValueError:
        return None
    return Days(found[0], monday, monday + timedelta(days=6))


def _read_month(text: str) -> Days | None:
    if not (found := _MONTH.search(text)):
        return None
    year = int(found["y"] or found["y2"])
    month = _month(found["name"] or found["m2"] or found["m3"])
    if not 1 <= month <= 12:
        return None
    return Days(found[0].strip(), date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written[:3].lower()) + 1
