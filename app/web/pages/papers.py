"""Lists of papers, one paper, and what a reader can do to it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from app import bookmarks, catalog
from app.web.deps import CurrentUser, Db, Index, SignedIn
from app.web.headers import content_policy
from app.web.listings import Place, kept_of, render_listing, seen_of
from app.web.params import Wanted
from app.web.redirects import at_button, elsewhere, moved, opened, see_other
from app.web.rendering import render_component, render_page, wants_fragment
from app.web.urls import paper_url

router = APIRouter(default_response_class=Response)


@router.get("/papers")
def index(request: Request, db: Db, search: Index, user: CurrentUser, wanted: Wanted) -> Response:
    """Every paper, narrowed by words and filters. A link or id of a paper opens that paper."""
    is_typing = request.headers.get("HX-Source", "").startswith("input") and "://" not in wanted.q
    if wanted.q and not is_typing and (paper := catalog.pasted_paper(db, wanted.q)):
        return opened(request, paper_url(paper))
    return render_listing(request, db, search, user, "pages/papers/index.html", Place("/papers"), wanted)


@router.post("/papers/{paper_id:int}/bookmark")
def bookmark(
    request: Request,
    db: Db,
    user: SignedIn,
    paper_id: int,
    bookmarked: Annotated[bool, Form()],
    next: Annotated[str, Form()] = "/papers",
) -> Response:
    """Keep a paper, or let it go."""
    paper = bookmarks.set_bookmarked(db, user, paper_id, bookmarked)
    if wants_fragment(request):
        return render_component(request, "bookmark_button", paper=paper, is_kept=bookmarked, next=next)
    return see_other(at_button(next, "bookmark", paper.id))


@router.get("/papers/{key:path}")
def show(request: Request, db: Db, user: CurrentUser, key: str, figures: str = "") -> Response:
    """One paper with every entry about it. Its figures are on foreign hosts: loaded only when asked for."""
    paper = catalog.find_paper(db, key)
    if key != paper.key:
        is_spelling = bool(paper.arxiv_id and paper.arxiv_id in key)
        return moved(paper_url(paper)) if is_spelling else elsewhere(paper_url(paper))
    shows_figures = figures == "shown"
    response = render_page(
        request,
        "pages/papers/show.html",
        block="main",
        paper=paper,
        version=paper.shown,
        entries=catalog.newest_first(paper.entries),
        kept=kept_of(db, user, [paper.id]),
        seen=seen_of(db, user, [paper.id]),
        shows_figures=shows_figures,
    )
    if shows_figures:
        response.headers["Content-Security-Policy"] = content_policy(("'self'", "https:", "http:"))
    return response
