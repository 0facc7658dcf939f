"""How the pages look and what they speak: chosen here, kept in the browser, signed in or not."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from app.web.cookies import keep_cookie
from app.web.deps import CurrentUser
from app.web.preferences import PREFERENCES_COOKIE, Preferences, preferences_of
from app.web.redirects import came_from, own_path, see_other
from app.web.rendering import render_page

router = APIRouter(default_response_class=Response)
Choice = Annotated[str, Form()]
_YEAR_SECONDS = 365 * 24 * 60 * 60


@router.get("/preferences")
def show(request: Request, user: CurrentUser, next: str = "/") -> Response:
    """The form, with what holds now."""
    return render_page(
        request, "pages/preferences/show.html", block="main", chosen=preferences_of(request), next=own_path(next)
    )


@router.post("/preferences")
def update(
    request: Request,
    language: Choice = "",
    theme: Choice = "",
    density: Choice = "",
    keyboard: Choice = "",
    next: Choice = "",
    here: Choice = "/",
) -> Response:
    """Keep what was chosen, and go on: to the page the form names, else to the one it is on. What the form does not
    say stays as it is.
    """
    said = preferences_of(request)
    chosen = said.but(language=language, theme=theme, density=density, keyboard=keyboard)
    return _keeping(request, see_other(next or came_from(request, own_path(here))), chosen)


def _keeping(request: Request, response: Response, chosen: Preferences) -> Response:
    if not chosen.cookie:
        response.delete_cookie(PREFERENCES_COOKIE, path="/")
        return response
    keep_cookie(request, response, PREFERENCES_COOKIE, chosen.cookie, _YEAR_SECONDS)
    return response
