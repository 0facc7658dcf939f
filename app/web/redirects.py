"""Where to look next. Only paths of our own are ever followed."""

import re
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.web.deps import SAFE_METHODS
from app.web.rendering import here_of, wants_fragment
from app.web.urls import with_query

_OF_BUTTON = re.compile(r"/papers/(?P<paper>\d{1,18})/(?P<kind>bookmark|read)", re.ASCII)
_ALLOWED = re.compile(r"/[^\\\x00-\x20\x7f]*")


def own_path(target: str, fallback: str = "/") -> str:
    """The target if it is a path of ours, else the fallback. Browsers read "\\" as "/" and skip control characters."""
    if not _ALLOWED.fullmatch(target) or target.startswith("//"):
        return fallback
    parts = urlsplit(target)
    return fallback if parts.scheme or parts.netloc else target


def see_other(target: str, fallback: str = "/") -> RedirectResponse:
    """After a POST, look there with GET."""
    return RedirectResponse(own_path(target, fallback), status_code=303)


def at_button(target: str, kind: str, paper_id: int) -> str:
    """The page with the focus on a button of a paper: `/papers#read-12`."""
    return f"{own_path(target).partition('#')[0]}#{kind}-{paper_id}"


def moved(target: str) -> RedirectResponse:
    """The address of the same thing, for good."""
    return RedirectResponse(own_path(target), status_code=301)


def elsewhere(target: str) -> RedirectResponse:
    """The address of the same thing as far as we know today: which papers are one may be decided anew."""
    return RedirectResponse(own_path(target), status_code=302)


def opened(request: Request, target: str) -> Response:
    """Look there with GET, the whole page, also where only a part was asked for."""
    if wants_fragment(request):
        return Response(headers={"HX-Redirect": own_path(target), "Cache-Control": "no-store"})
    return see_other(target)


def came_from(request: Request, fallback: str = "/") -> str:
    """The page a reader is on: this one, or the one that asked for a part, or whose button they pressed, at that button."""
    if request.method in SAFE_METHODS and not wants_fragment(request):
        return here_of(request)
    pressed = _OF_BUTTON.fullmatch(request.url.path)
    page = page_before(request, fallback)
    return at_button(page, pressed["kind"], int(pressed["paper"])) if pressed else page


def page_before(request: Request, fallback: str = "/") -> str:
    """The page of ours that a reader comes from, as far as the browser tells."""
    try:
        page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or fallback)
    except ValueError:  # such as "http://["
        return fallback
    return own_path(with_query(page.path, page.query), fallback)
