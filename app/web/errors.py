"""Domain errors become HTTP statuses here, and nowhere else. Every error page is a page."""

import logging
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
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
from app.web.deps import SAFE_METHODS
from app.web.headers import guard
from app.web.redirects import own_path
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
    401: "Please sign in",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    413: "Too large",
    422: "That did not work",
    429: "Too many attempts",
    503: "Search is away",
    507: "The disk is full",
}
_LOG = logging.getLogger("papershelf.web")


def install(app: FastAPI) -> None:
    """Answer every error, ours or the framework's, with a page."""

    @app.exception_handler(AppError)
    def _(request: Request, error: AppError) -> Response:
        status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
        return error_page(request, status, str(error))

    @app.exception_handler(HTTPException)
    def _(request: Request, error: HTTPException) -> Response:
        message = "There is no such page." if error.status_code == 404 else str(error.detail)
        response = error_page(request, error.status_code, message)
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    def _(request: Request, error: RequestValidationError) -> Response:
        fields = ", ".join(sorted({str(found["loc"][-1]) for found in error.errors()}))
        return error_page(request, 422, f"Something is missing or cannot be read: {fields}.")

    @app.exception_handler(Exception)
    def _(request: Request, error: Exception) -> Response:
        _LOG.exception("unexpected error at %s", request.url.path.encode("unicode_escape").decode(), exc_info=error)
        response = error_page(request, 500, "Something went wrong on our side. It has been noted in the log.")
        guard(response.headers)  # Starlette answers this one outside of all middleware
        return response


def error_page(request: Request, status: int, message: str) -> Response:
    """The page of an error; htmx gets the message alone, and is led to the sign-in where that is the matter."""
    sign_in = f"/sign-in?{urlencode({'next': _came_from(request)})}"
    response = render_page(
        request,
        "pages/error.html",
        block="message",
        status=status,
        title=TITLES.get(status, "Something went wrong"),
        message=message,
        sign_in=sign_in if status == 401 else None,
    )
    if status == 401 and wants_fragment(request):
        response.headers["HX-Redirect"] = sign_in
    return response


def _came_from(request: Request) -> str:
    """The page a reader is on: this one, or the one whose button they pressed."""
    if request.method in SAFE_METHODS:
        return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    try:
        page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/")
    except ValueError:  # such as "http://["
        return "/"
    return own_path(f"{page.path}?{page.query}" if page.query else page.path)
