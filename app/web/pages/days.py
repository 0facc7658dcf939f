"""The library along time: the newest day as home, any day, any month."""

import re

from fastapi import APIRouter, Request, Response

from app import catalog
from app.catalog import PaperFilter, Period
from app.errors import NotFoundError
from app.web.deps import CurrentUser, Db, Index
from app.web.listings import Place, render_listing
from app.web.params import Wanted
from app.web.rendering import render_page
from app.web.urls import day_url

router = APIRouter(default_response_class=Response)
_DAY_OR_MONTH = re.compile(r"\d{4}-\d{2}(?:-\d{2})?", re.ASCII)


@router.get("/")
def home(request: Request, db: Db, search: Index, user: CurrentUser, wanted: Wanted) -> Response:
    """The newest day; in an empty library how to fill it."""
    newest = catalog.newest_day(db)
    if newest is None:
        return render_page(request, "pages/days/empty_library.html", block="main")
    return _day(request, db, search, user, wanted, Period(newest, newest), is_home=True)


@router.get("/{when}")
def show(request: Request, db: Db, search: Index, user: CurrentUser, wanted: Wanted, when: str) -> Response:
    """A day such as 2024-12-07 or a month such as 2024-12. An impossible date is no page."""
    period = Period.parse(when) if _DAY_OR_MONTH.fullmatch(when) else None
    if period is None:
        raise NotFoundError("There is no such page." if not when[:1].isdigit() else f"There is no date {when[:20]}.")
    if period.is_day:
        return _day(request, db, search, user, wanted, period)
    place = Place(f"/{when}", PaperFilter(period=period))
    return render_listing(
        request,
        db,
        search,
        user,
        "pages/days/month.html",
        place,
        wanted,
        period=period,
        neighbours=catalog.neighbours(db, period),
        days=catalog.papers_by_day(db, period),
    )


def _day(
    request: Request,
    db: Db,
    search: Index,
    user: CurrentUser,
    wanted: PaperFilter,
    period: Period,
    *,
    is_home: bool = False,
) -> Response:
    place = Place(day_url(period.first), PaperFilter(period=period))
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
        digests=catalog.digests_in(db, period),
    )
