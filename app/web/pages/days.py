"""The library along time: the newest day as home, any day, week, month or year."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app import catalog, saved_searches
from app.catalog import PaperFilter, Period
from app.errors import NotFoundError
from app.i18n import gettext as _
from app.models import User
from app.periods import days_between
from app.search import SearchIndex
from app.web.deps import CurrentUser, Db, Index, KnownFacts
from app.web.known import Known
from app.web.listings import progress_of, render_listing
from app.web.params import ONE_PERIOD, Wanted
from app.web.places import Place
from app.web.plots import plot
from app.web.redirects import elsewhere, moved
from app.web.rendering import render_page, wants_fragment
from app.web.saved import shown_searches
from app.web.urls import day_url, period_url, with_query

router = APIRouter(default_response_class=Response)

_A_WEEK = Period.of_week(date(2024, 1, 1))
_WEEKDAYS = days_between(_A_WEEK.first, _A_WEEK.last)
"""From Monday to Sunday; of which week does not matter."""


@router.get("/")
def home(request: Request, db: Db, search: Index, user: CurrentUser, wanted: Wanted) -> Response:
    """The newest day; in an empty library how to fill it."""
    newest = catalog.newest_day(db)
    if newest is None:
        return render_page(request, "pages/days/empty_library.html", block="main")
    return _day(request, db, search, user, wanted, Period(newest, newest), is_home=True)


@router.get("/today")
def today(user: CurrentUser) -> Response:
    """Whatever day it is."""
    return elsewhere(day_url(datetime.now(UTC).date()))


@router.get("/latest")
def latest(db: Db, user: CurrentUser) -> Response:
    """The newest day under its own address; an empty library has none."""
    newest = catalog.newest_day(db)
    return elsewhere(day_url(newest) if newest else "/")


@router.get("/{when}")
def show(
    request: Request, db: Db, search: Index, user: CurrentUser, known: KnownFacts, wanted: Wanted, when: str
) -> Response:
    """A day such as 2024-12-07, a week 2024-W49, a month 2024-12, a year 2024. An impossible date is no page."""
    period = Period.parse(when) if ONE_PERIOD.fullmatch(when) else None
    if period is None:
        raise NotFoundError(
            _("There is no date %(date)s.") % {"date": when[:20]} if when[:1].isdigit() else _("There is no such page.")
        )
    if when != str(period):
        return moved(with_query(period_url(period), request.url.query))
    if period.is_day:
        return _day(request, db, search, user, wanted, period)
    days = catalog.papers_by_day(db, period)
    return render_listing(
        request,
        db,
        search,
        user,
        f"pages/days/{_kind(period)}.html",
        Place(period_url(period), PaperFilter(period=period)),
        wanted,
        period=period,
        neighbours=catalog.neighbours(db, period),
        days=days,
        **({} if wants_fragment(request) else _calendar(db, known, period, days)),
    )


def _news(request: Request, db: Session, search: SearchIndex, user: User) -> dict[str, Any]:
    """The reader's searches with new papers. Only what came in since they looked is searched, which is little."""
    unseen = saved_searches.unseen(db, user)
    shown = shown_searches(request, db, search, user, unseen.searches, with_totals=False)
    return {"news": [one for one in shown if one.news and one.news.new], "newest": unseen.newest}


def _kind(period: Period) -> str:
    if period.is_week:
        return "week"
    return "month" if period.is_month else "year"


def _calendar(db: Session, known: Known, period: Period, days: Iterable[date]) -> dict[str, Any]:
    """What stands above the list, and is not made anew when only the list is."""
    if period.is_month:
        return {"weeks": catalog.weeks_of(period), "weekdays": _WEEKDAYS}
    if period.is_week:
        months = {Period.of_month(day): None for day in (period.first, period.last)}
        return {"weekdays": days_between(period.first, period.last), "months": [*months]}
    weeks = catalog.periods_of(period, "week")
    # Whole weeks, as their own pages count them, though the first and the last may reach into other years.
    around = PaperFilter(period=Period(weeks[0].first, weeks[-1].last))
    return {
        "months": known.papers_over_time(db, PaperFilter(period=period), "month"),
        "listed": Counter(Period.of_month(day) for day in days),
        "plot": plot(known.papers_over_time(db, around, "week"), period_url),
    }


def _day(
    request: Request,
    db: Session,
    search: SearchIndex,
    user: User | None,
    wanted: PaperFilter,
    period: Period,
    *,
    is_home: bool = False,
) -> Response:
    place = Place(day_url(period.first), PaperFilter(period=period))
    page_size = request.app.state.settings.page_size
    return render_listing(
        request,
        db,
        search,
        user,
        "pages/days/day.html",
        place,
        wanted,
        period=period,
        is_home=is_home,
        neighbours=catalog.neighbours(db, period),
        progress=progress_of(db, user, place.says),
        **(_news(request, db, search, user) if is_home and user and not wants_fragment(request) else {"news": ()}),
        parts=[
            (part, place.url(PaperFilter(period=period, page=part.place // page_size + 1)) + f"#paper-{part.paper_id}")
            for part in catalog.parts_of_day(db, period.first)
        ],
    )
