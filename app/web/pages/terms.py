"""Which terms mean the same: what was mined, what is offered, what was decided. For administrators."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from app import terms
from app.db import Database
from app.errors import InvalidInputError
from app.i18n import message
from app.models import TermState
from app.web.deps import Admin, Db, Store
from app.web.paging import page_count
from app.web.params import MAX_QUERY, PageNumber
from app.web.redirects import see_other
from app.web.rendering import render_page
from app.web.urls import asking

router = APIRouter(default_response_class=Response)
GROUPS = 50
"""Groups on a page."""
_BETWEEN = re.compile(r"[=＝\n]")
Group = Annotated[int, Form()]
Text = Annotated[str, Form()]


@router.get("/terms")
def index(request: Request, user: Admin, db: Db, page: PageNumber, q: str = "", state: str = "") -> Response:
    """Groups of terms, the best first; or those with a term that contains some words, or in some state."""
    return _page(request, db, q[:MAX_QUERY], TermState(state) if state in set(TermState) else None, page)


@router.post("/terms")
def create(request: Request, user: Admin, store: Store, texts: Text = "", next: Text = "/terms") -> Response:
    """Say that some terms mean the same."""
    try:
        with store.write() as session:
            terms.add(session, filter(str.strip, _BETWEEN.split(texts)))
    except InvalidInputError as error:
        return _refused(request, store, error, texts)
    return see_other(next)


@router.post("/terms/accept")
def accept(request: Request, user: Admin, store: Store, group: Group, term: Text, next: Text = "/terms") -> Response:
    """Say that a term belongs to its group."""
    try:
        with store.write() as session:
            terms.accept(session, group, term)
    except InvalidInputError as error:
        return _refused(request, store, error)
    return see_other(next)


@router.post("/terms/reject")
def reject(user: Admin, store: Store, group: Group, term: Text, next: Text = "/terms") -> Response:
    """Say that a term does not belong to its group."""
    with store.write() as session:
        terms.reject(session, group, term)
    return see_other(next)


@router.post("/terms/remove")
def remove(user: Admin, store: Store, group: Group, term: Text, next: Text = "/terms") -> Response:
    """Take a term out of its group."""
    with store.write() as session:
        terms.remove(session, group, term)
    return see_other(next)


def _refused(request: Request, store: Database, error: InvalidInputError, typed: str = "") -> Response:
    with store.read() as session:
        return _page(request, session, error=str(error), typed=typed, status=422)


def _page(
    request: Request,
    session: Session,
    words: str = "",
    state: TermState | None = None,
    page: int = 1,
    *,
    error: str = "",
    typed: str = "",
    status: int = 200,
) -> Response:
    groups, total = terms.list_groups(session, words, state, (page - 1) * GROUPS, GROUPS)
    return render_page(
        request,
        "pages/terms/index.html",
        block="results",
        status=status,
        groups=groups,
        total=total,
        words=words,
        state=state,
        states=[(one, _address(words, one)) for one in (None, *_STATES)],
        labels=_STATES,
        page=page,
        pages=page_count(total, GROUPS),
        url_of=lambda number: _address(words, state, number),
        back=_address(words, state, page),
        error=error,
        typed=typed,
    )


_STATES = {
    TermState.OFFERED: message("To decide"),
    TermState.ACCEPTED: message("Accepted"),
    TermState.REJECTED: message("Rejected"),
}


def _address(words: str, state: TermState | None, page: int = 1) -> str:
    return asking("/terms", {"q": words, "state": state and state.value, "page": page if page > 1 else None})
