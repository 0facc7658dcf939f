"""Digests as they were imported."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app import catalog, digests
from app.web.deps import CurrentUser, Db, Repaired
from app.web.doubts import doubts_by_rule
from app.web.listings import kept_of, seen_of
from app.web.numbers import read_number
from app.web.rendering import render_page
from app.web.source_lines import blocks
from app.web.urls import LINES, page_of_line, source_url

router = APIRouter(default_response_class=Response)


@router.get("/digests/{digest_id:number}.md")
def original(db: Db, digest_id: int) -> Response:
    """The bytes that were imported, untouched. Plain text: a browser shows them and runs nothing."""
    raw = catalog.digest_original(db, digest_id)
    return Response(raw, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "private, no-cache"})


@router.get("/digests/{digest_id:number}/source")
def source(
    request: Request,
    db: Db,
    user: CurrentUser,
    repaired: Repaired,
    digest_id: int,
    start: Annotated[str, Query(alias="from")] = "",
    shape: Annotated[str, Query(alias="as")] = "",
) -> Response:
    """The original line by line, some at a time: every entry, every finding and every field points here."""
    digest = catalog.find_original(db, digest_id)
    as_original = digest.is_repaired and shape == "original"
    if digest.is_repaired and not as_original:
        lines = repaired.read(db, digest, digest.original).split("\n")
    else:
        lines = digests.text_as_it_came(digest, digest.original).split("\n")
    pages = page_of_line(len(lines))
    page = min(page_of_line(read_number(start) or 1), pages)
    first, last = (page - 1) * LINES + 1, min(page * LINES, len(lines))
    return render_page(
        request,
        "pages/digests/source.html",
        block="results",
        digest=digest,
        total=len(lines),
        first=first,
        last=last,
        blocks=blocks(lines[first - 1 : last], first, catalog.marks_between(db, digest, first, last)),
        as_original=as_original,
        page=page,
        pages=pages,
        url_of=lambda number: source_url(digest, (number - 1) * LINES + 1, as_original=as_original),
    )


@router.get("/digests/{digest_id:number}")
def show(request: Request, db: Db, user: CurrentUser, digest_id: int) -> Response:
    """A digest with its entries in their order."""
    digest = catalog.find_digest(db, digest_id)
    return render_page(
        request,
        "pages/digests/show.html",
        block="main",
        digest=digest,
        doubts=doubts_by_rule(digest),
        revisions=catalog.count_revisions(db, digest_id),
        kept=kept_of(db, user, [entry.paper_id for entry in digest.entries]),
        seen=seen_of(db, user, [entry.paper_id for entry in digest.entries]),
    )
