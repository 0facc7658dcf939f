"""Counts over time as bars: where each stands in a drawing, what it says, and where it leads. No script, no style."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from app.catalog import Count, Period
from app.i18n import format_date, format_period, gettext

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


def _height(papers: int, most: int) -> int:
    return max(LEAST, ceil(HEIGHT * papers / most)) if papers else 0
