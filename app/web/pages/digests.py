"""Digests as they were imported."""

from fastapi import APIRouter, Request, Response

from app import catalog
from app.web.deps import CurrentUser, Db
from app.web.listings import kept_of
from app.web.rendering import render_page

router = APIRouter(default_response_class=Response)


@router.get("/digests/{digest_id:int}.md")
def original(db: Db, digest_id: int) -> Response:
    """The bytes that were imported, untouched. Plain text: a browser shows them and runs nothing."""
    raw = catalog.digest_original(db, digest_id)
    return Response(raw, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "private, no-cache"})


@router.get("/digests/{digest_id:int}/source")
def source(request: Request, db: Db, user: CurrentUser, digest_id: int) -> Response:
    """The original line by line: every entry, every finding and every field points here."""
    digest = catalog.find_digest(db, digest_id)
    text = catalog.digest_original(db, digest_id).decode(digest.encoding, "replace")
    return render_page(
        request,
        "pages/digests/source.html",
        block="main",
        digest=digest,
        lines=text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"),
        starts={entry.first_line for entry in digest.entries},
        doubted={finding.line for finding in digest.findings},
    )


@router.get("/digests/{digest_id:int}")
def show(request: Request, db: Db, user: CurrentUser, digest_id: int) -> Response:
    """A digest with its entries in their order."""
    digest = catalog.find_digest(db, digest_id)
    return render_page(
        request,
        "pages/digests/show.html",
        block="main",
        digest=digest,
        kept=kept_of(db, user, [entry.paper_id for entry in digest.entries]),
    )
