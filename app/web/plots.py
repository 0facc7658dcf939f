"""Counts over time as bars: where each stands in a drawing, what it says, and where it leads. No script, no style."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from app.catalog import Count, Period
from app.i18n import format_date, format_month, format_period, gettext

HEIGHT = 100
STEP, GAP = 10, 2
"""Width of a bar with the gap behind it, and the gap, in the drawing's own units."""
LEAST = 3
"""So high is the bar of a single paper, however many the highest stands for."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number of papers in a stretch of time, and the search that finds them."""

    period: Period
    papers: int
    url: str
    left: int
    height: int
    is_marked: bool = False

    @property
    def label(self) -> str:
        return period_label(self.period)

    @property
    def top(self) -> int:
        return HEIGHT - self.height


@dataclass(frozen=True, slots=True)
class Row:
    """Bars as a row of a table: the months of a year, or the weeks that begin in a month."""

    label: str
    bars: Sequence[Bar | None]


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars from left to right."""

    bars: Sequence[Bar]
    most: int
    height: int = HEIGHT

    @property
    def width(self) -> int:
        return max(1, len(self.bars)) * STEP - GAP

    @property
    def bar_width(self) -> int:
        return STEP - GAP

    @property
    def columns(self) -> list[str]:
        """The heads of the table that says the same."""
        first = self.bars[0].period
        if first.is_week:
            return [gettext("Week %(number)d") % {"number": number} for number in range(1, 6)]
        if first.is_month:
            return [format_month(date(first.first.year, month, 1), "month-short") for month in range(1, 13)]
        return [gettext("Papers")]

    @property
    def rows(self) -> list[Row]:
        """The table, empty where the plot has no bar."""
        cells: dict[Period, list[Bar | None]] = {}
        for bar in self.bars:
            row, place = _cell(bar.period)
            cells.setdefault(row, [None] * len(self.columns))[place] = bar
        return [Row(format_period(row), bars) for row, bars in cells.items()]

    @property
    def is_telling(self) -> bool:
        """One bar, or none, shows no course of things."""
        return sum(1 for bar in self.bars if bar.papers) > 1


def plot(
    counts: Sequence[Count], url_of: Callable[[Period], str], most: int | None = None, marked: Period | None = None
) -> Plot:
    """Bars as high as their counts; plots that are compared share the count of the highest, `most`."""
    most = most or max((count.papers for count in counts), default=0)
    bars = [
        Bar(
            count.period,
            count.papers,
            url_of(count.period),
            left=place * STEP,
            height=_height(count.papers, most),
            is_marked=marked is not None and marked.first <= count.period.last and count.period.first <= marked.last,
        )
        for place, count in enumerate(counts)
    ]
    return Plot(bars, most)


def period_label(period: Period) -> str:
    """As people read it; of a week the day it begins on."""
    if not period.is_week:
        return format_period(period, "medium")
    return gettext("Week of %(day)s") % {"day": format_date(period.first, "medium")}


def _cell(period: Period) -> tuple[Period, int]:
    """In which row of the table a period stands, and at which place there."""
    if period.is_week:
        return period.month, (period.first.day - 1) // 7
    return (period.year, period.first.month - 1) if period.is_month else (period, 0)


def _height(papers: int, most: int) -> int:
    return max(LEAST, ceil(HEIGHT * papers / most)) if papers else 0
