"""What a reader has read, and how far they got."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from app import readings
from app.catalog import PaperFilter, Period
from app.errors import NotFoundError
from app.i18n import gettext as _
from app.web.deps import Db, SignedIn
from app.web.listings import progress_of
from app.web.redirects import at_button, see_other
from app.web.rendering import render_component, wants_fragment

router = APIRouter(default_response_class=Response)
CHANGED = "papershelf-read"
"""The event in the page by which its progress knows that it is another."""


@router.post("/papers/{paper_id:number}/read")
def read(
    request: Request,
    db: Db,
    user: SignedIn,
    paper_id: int,
    read: Annotated[bool, Form()],
    next: Annotated[str, Form()] = "/papers",
) -> Response:
    """Mark a paper as read, or as unread."""
    paper = readings.set_read(db, user, paper_id, read)
    if not wants_fragment(request):
        return see_other(at_button(next, "read", paper.id))
    response = render_component(request, "read_button", paper=paper, is_read=read)
    response.headers["HX-Trigger"] = CHANGED
    return response


@router.get("/progress")
def progress(request: Request, db: Db, user: SignedIn, date: str) -> Response:
    """How many papers of a day the reader has read."""
    period = Period.parse(date)
    if period is None:
        raise NotFoundError(_("There is no such page."))
    progress = progress_of(db, user, PaperFilter(period=period))
    return render_component(request, "progress", progress=progress, period=period)
