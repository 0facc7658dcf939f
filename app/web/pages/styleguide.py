"""How pages look and why, shown with the very sheets they use. For who writes the next page."""

import re
from functools import lru_cache

from fastapi import APIRouter, Request, Response

from app.web.deps import CurrentUser
from app.web.rendering import render_page
from app.web.static import STATIC

router = APIRouter(default_response_class=Response)

_COLOUR = re.compile(r"^\s*--(?P<name>[a-z-]+): light-dark\((?P<light>[^,]+), (?P<dark>[^)]+)\);", re.MULTILINE)


@router.get("/styleguide")
def show(request: Request, user: CurrentUser) -> Response:
    return render_page(request, "pages/styleguide/show.html", block="main", colours=_colours())


@lru_cache(maxsize=1)
def _colours() -> list[dict[str, str]]:
    """Name, light and dark value of every colour, out of the sheet that defines them."""
    sheet = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    return [found.groupdict() for found in _COLOUR.finditer(sheet)]
