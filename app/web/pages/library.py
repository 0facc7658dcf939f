"""What a reader keeps."""

from fastapi import APIRouter, Request, Response

from app import bookmarks
from app.catalog import PaperFilter
from app.web.cards import show_papers
from app.web.deps import Config, Db, SignedIn
from app.web.listings import seen_of
from app.web.paging import page_count
from app.web.params import PageNumber
from app.web.pieces import Marks
from app.web.rendering import render_page
from app.web.urls import asking

router = APIRouter(default_response_class=Response)


@router.get("/library")
def index(request: Request, db: Db, config: Config, user: SignedIn, page: PageNumber) -> Response:
    """The reader's bookmarks, the one kept last first."""
    ids, total = bookmarks.bookmarked_page(db, user, page, config.page_size)
    marks = Marks(request, set(ids), seen_of(db, user, ids))
    return render_page(
        request,
        "pages/library/index.html",
        block="results",
        cards=marks.on(show_papers(db, request.app.state.pieces, ids, PaperFilter())),
        total=total,
        page=page,
        pages=page_count(total, config.page_size),
        url_of=lambda number: asking("/library", {"page": number if number > 1 else None}),
    )
