"""Domain errors become HTTP statuses here, and nowhere else. Every error page is a page."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from app.errors import (
    AppError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    SearchUnavailableError,
    SignInRequiredError,
    StorageFullError,
    TooLargeError,
    TooManyAttemptsError,
)
from app.i18n import DEFAULT, gettext, in_language, message
from app.web.api.problems import is_for_programs, problem
from app.web.deps import SAFE_METHODS, SESSION_COOKIE, get_user
from app.web.headers import guard
from app.web.params import beside_words
from app.web.redirects import came_from
from app.web.rendering import render_page, wants_fragment

STATUS: dict[type[AppError], int] = {
    NotFoundError: 404,
    InvalidInputError: 422,
    SignInRequiredError: 401,
    NotAllowedError: 403,
    TooLargeError: 413,
    StorageFullError: 507,
    TooManyAttemptsError: 429,
    SearchUnavailableError: 503,
}
TITLES = {
    401: message("Please sign in"),
    403: message("Not allowed"),
    404: message("Not found"),
    405: message("Not possible here"),
    413: message("Too large"),
    422: message("That did not work"),
    429: message("Too many attempts"),
    503: message("Search is away"),
    507: message("The disk is full"),
}
_OTHERWISE = message("Something went wrong")
_FRAMEWORK = {
    404: message("There is no such page."),
    405: message("This address does not take such a request."),
}
"""For the framework's own errors, whose words are for developers."""
_LOG = logging.getLogger("papershelf.web")


def install(app: FastAPI) -> None:
    """Answer every error, ours or the framework's, with a page."""

    @app.exception_handler(AppError)
    def _(request: Request, error: AppError) -> Response:
        status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
        return error_page(request, status, str(error))

    @app.exception_handler(HTTPException)
    def _(request: Request, error: HTTPException) -> Response:
        # Starlette's own words: "Not Found", "Method Not Allowed".
        said = gettext(_FRAMEWORK[error.status_code]) if error.status_code in _FRAMEWORK else str(error.detail)
        _recognise(request)
        response = error_page(request, error.status_code, said)
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    def _(request: Request, error: RequestValidationError) -> Response:
        fields = {_parameter(found["loc"]): found["msg"].removeprefix("Value error, ") for found in error.errors()}
        said = gettext("Something is missing or cannot be read: %(fields)s.") % {"fields": ", ".join(sorted(fields))}
        if is_for_programs(request):
            return problem(422, gettext(TITLES[422]), said, fields)
        return error_page(request, 422, said)

    @app.exception_handler(Exception)
    def _(request: Request, error: Exception) -> Response:
        _LOG.exception("unexpected error at %s", request.url.path.encode("unicode_escape").decode(), exc_info=error)
        with in_language(getattr(request.state, "language", DEFAULT)):  # Starlette answers this outside all middleware
            response = error_page(
                request, 500, gettext("Something went wrong on our side. It has been noted in the log.")
            )
        guard(response.headers)
        return response


def _parameter(place: Sequence[int | str]) -> str:
    """The name of what cannot be read, of its place: ("query", "topic", 2)."""
    return str(place[1] if len(place) > 1 else place[0])


def _recognise(request: Request) -> None:
    """Who is signed in: an address that nobody answers has not asked."""
    if SESSION_COOKIE in request.cookies and not hasattr(request.state, "user"):
        with suppress(SQLAlchemyError), request.app.state.database.read() as session:
            get_user(request, session)


def error_page(request: Request, status: int, sentence: str) -> Response:
    """The page of an error; htmx gets the message alone, and is led to the sign-in where that is the matter. Programs
    get JSON."""
    if is_for_programs(request):
        return problem(status, gettext(TITLES.get(status, _OTHERWISE)), sentence)
    is_list = request.url.path == "/papers"
    sign_in = f"/sign-in?{urlencode({'next': came_from(request)})}"
    response = render_page(
        request,
        "pages/error.html",
        block="message",
        status=status,
        title=gettext(TITLES.get(status, _OTHERWISE)),
        message=sentence,
        number=status,
        asked=request.query_params.get("q", "") if is_list else "",
        beside=beside_words(request.url.query) if is_list else [],
        can_retry=request.method in SAFE_METHODS,
        sign_in=sign_in if status == 401 else None,
    )
    if status == 401 and wants_fragment(request):
        response.headers["HX-Redirect"] = sign_in
    elif request.method not in SAFE_METHODS:  # the button that was pressed stays as it is
        response.headers.update({"HX-Retarget": "#problem", "HX-Reswap": "innerHTML"})
    return response
