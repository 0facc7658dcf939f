"""Sign up, sign in, sign out."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from app import accounts
from app.errors import AppError, InvalidInputError, NotAllowedError
from app.i18n import gettext as _
from app.settings import Settings
from app.web.cookies import keep_cookie
from app.web.deps import SESSION_COOKIE, Attempts, Config, CurrentUser, Db, Store
from app.web.redirects import at_button, own_path, page_before, see_other
from app.web.rendering import render_page
from app.web.urls import asking

router = APIRouter(default_response_class=Response)
Text = Annotated[str, Form()]


@router.get("/sign-up")
def new_account(request: Request, config: Config, user: CurrentUser, next: str = "/") -> Response:
    """The form for a new account."""
    if not config.sign_up_open:
        raise NotAllowedError(_("New accounts are made by the administrator here."))
    return _form(request, "sign_up", next)


@router.post("/sign-up")
def create_account(
    request: Request, config: Config, store: Store, name: Text = "", password: Text = "", next: Text = "/"
) -> Response:
    """Make an account and sign in with it. The first one is the administrator's."""
    if not config.sign_up_open:
        raise NotAllowedError(_("New accounts are made by the administrator here."))
    try:
        password_hash = accounts.hash_password(password)  # slow on purpose: before the transaction, not within
        with store.write() as session:
            user = accounts.create_user(session, name, password_hash)
            token = accounts.open_session(session, user, _lifetime(config))
    except InvalidInputError as error:
        return _form(request, "sign_up", next, name=name, error=error, status=422)
    return _signed_in(request, config, token, next)


@router.get("/sign-in")
def new_session(request: Request, user: CurrentUser, next: str = "/", paper: int | None = None) -> Response:
    """The form to sign in with. Who comes from the button of a paper returns to it: a list has many, whose addresses are
    short, so it is looked up where one comes from, once, and said in the address of the form."""
    if paper is not None:
        button = at_button(page_before(request, f"/papers/{paper}/inside"), "bookmark", paper)
        return see_other(asking("/sign-in", {"next": button}))
    return see_other(next) if user else _form(request, "sign_in", next)


@router.post("/sign-in")
def create_session(
    request: Request,
    config: Config,
    store: Store,
    attempts: Attempts,
    name: Text = "",
    password: Text = "",
    next: Text = "/",
) -> Response:
    """Sign in. A wrong name and a wrong password look the same, and take as long."""
    address = request.client.host if request.client else ""
    attempts.check(name, address)
    with store.read() as session:
        user = accounts.check_password(session, name, password)
    if user is None:
        attempts.note_failure(name, address)
        error = InvalidInputError(_("Name and password do not fit."))
        return _form(request, "sign_in", next, name=name, error=error, status=422)
    with store.write() as session:
        token = accounts.open_session(session, user, _lifetime(config))
    return _signed_in(request, config, token, next)


@router.post("/sign-out")
def delete_session(request: Request, db: Db) -> Response:
    """Sign out; the cookie opens nothing afterwards, wherever it was copied to."""
    if token := request.cookies.get(SESSION_COOKIE):
        accounts.close_session(db, token)
    response = see_other("/")
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


def _form(
    request: Request, template: str, next: str, *, name: str = "", error: AppError | None = None, status: int = 200
) -> Response:
    return render_page(
        request,
        f"pages/accounts/{template}.html",
        block="main",
        status=status,
        name=name,
        next=own_path(next),
        error=str(error) if error else "",
    )


def _signed_in(request: Request, config: Settings, token: str, next: str) -> Response:
    response = see_other(next)
    keep_cookie(request, response, SESSION_COOKIE, token, int(_lifetime(config).total_seconds()))
    return response


def _lifetime(config: Settings) -> timedelta:
    return timedelta(days=config.session_days)
