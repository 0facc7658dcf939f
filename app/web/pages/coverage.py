"""Coverage: a calendar of what there is and what is missing, topic by day or by month."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app import catalog
from app.catalog import Cell, Coverage, PaperFilter, Period, Row
from app.web.deps import CurrentUser, Db
from app.web.params import PageNumber
from app.web.rendering import render_page
from app.web.urls import coverage_url, digest_path, period_url

router = APIRouter(default_response_class=Response)


@router.get("/coverage")
def show(request: Request, db: Db, user: CurrentUser, page: PageNumber, month: str = "", year: str = "") -> Response:
    """One month by day, or one year by month; the newest month if neither is asked for."""
    period = _asked(month, year) or _newest_month(db)
    if period is None:
        return render_page(request, "pages/days/empty_library.html", block="main")
    found = catalog.coverage_of(db, period)
    return render_page(
        request,
        "pages/coverage/show.html",
        block="results",
        coverage=found,
        rows=found.page(page),
        totals=found.totals(),
        page=page,
        neighbours=_neighbours(found),
        year=Period.of_year(period.first),
        column_url=period_url if period.is_month else coverage_url,
        cell_url=cell_url,
        url_of=lambda number: coverage_url(period, number),
    )


def cell_url(row: Row, cell: Cell) -> str:
    """The digest; of several the list of their papers; where there is none, the day or month with its neighbours."""
    if len(cell.digests) == 1:
        return digest_path(cell.digests[0].id)
    topic = PaperFilter(topics=(row.name,) if row.name and cell.digests else ())
    if all(cell.period.first <= digest.last <= cell.period.last for digest in cell.digests):
        return period_url(cell.period) + topic.query()
    # A digest is listed under the last of its days, which is not in this column.
    days = [digest.last for digest in cell.digests]
    return "/papers" + topic.but(period=Period(min(days), max(days))).query()


def _asked(month: str, year: str) -> Period | None:
    """Read kindly, as all query strings: what is no month is as good as nothing."""
    wanted = Period.parse(month) if month else None
    if wanted and wanted.is_month:
        return wanted
    wanted = Period.parse(year) if year else None
    return wanted if wanted and wanted.is_year else None


def _newest_month(db: Session) -> Period | None:
    newest = catalog.newest_day(db)
    return Period.of_month(newest) if newest else None


def _neighbours(found: Coverage) -> tuple[Period | None, Period | None]:
    """The month or year before and after, as far as the library reaches; empty ones are not skipped: they tell."""
    like = Period.of_month if found.period.is_month else Period.of_year
    before = like(found.period.first - _DAY) if found.has_before else None
    return before, like(found.period.last + _DAY) if found.has_after else None


_DAY = timedelta(days=1)
