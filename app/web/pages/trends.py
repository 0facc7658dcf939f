"""Trends: what came up in a month and how topics went, each number a link to its papers."""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from app import catalog
from app.catalog import PaperFilter, Period, TopicWeeks, Trend
from app.web.deps import CurrentUser, Db, KnownFacts
from app.web.params import words_for
from app.web.places import Place
from app.web.plots import Plot, plot
from app.web.rendering import render_page
from app.web.urls import period_url

router = APIRouter(default_response_class=Response)


@router.get("/trends")
def show(request: Request, db: Db, user: CurrentUser, known: KnownFacts, month: str = "") -> Response:
    """Of one month; of the newest unless another one is asked for."""
    months = catalog.months(db)
    if not months:
        return render_page(request, "pages/days/empty_library.html", block="main")
    asked = Period.parse(month) if month else None
    period = asked if asked and asked.is_month else months[0]
    newest = catalog.newest_day(db) or period.last
    return render_page(
        request,
        "pages/trends/show.html",
        block="main",
        months=months,
        period=period,
        neighbours=catalog.neighbours(db, period),
        trends=known.trends_of(db, period),
        topics=_plots(catalog.topics_by_week(db, min(period.last, max(newest, period.first))), period),
        trend_url=lambda trend: trend_url(period, trend),
        month_url_of=trends_url,
    )


def trends_url(period: Period) -> str:
    return f"/trends?month={period}"


def trend_url(month: Period, trend: Trend) -> str:
    """The month's papers that were counted: with the tag, or with these words in a row in their titles."""
    place = Place(period_url(month), PaperFilter(period=month))
    if trend.kind == "tag":
        return place.url(place.says.adding("tags", trend.names[0]))
    return place.url(place.says.but(q=words_for("title", trend.names)))


def _plots(topics: Sequence[TopicWeeks], month: Period) -> list[tuple[TopicWeeks, Plot]]:
    """Small ones, all to one scale."""
    most = max((count.papers for topic in topics for count in topic.weeks), default=0)
    return [(topic, plot(topic.weeks, _weeks_of(topic.name), most, month)) for topic in topics]


def _weeks_of(topic: str) -> Callable[[Period], str]:
    query = urlencode({"topic": topic})
    return lambda week: f"{period_url(week)}?{query}"
