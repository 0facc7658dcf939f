"""Which papers are one: what is offered for merging, what was decided, and undoing it. For administrators."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from app import catalog, digests
from app.db import LARGEST_ID, Database
from app.errors import InvalidInputError
from app.i18n import gettext as _
from app.models import Entry, Paper
from app.search import SearchIndex
from app.web.asking import sync_if_there
from app.web.deps import Admin, Db, Index, Store
from app.web.redirects import see_other
from app.web.rendering import render_page
from app.web.urls import paper_url

router = APIRouter(default_response_class=Response)
MOST = 50
"""Offers, and decisions, on the page: when some are decided, the next come up."""
Text = Annotated[str, Form()]
Texts = Annotated[list[str], Form()]


@router.get("/merging")
def index(request: Request, user: Admin, db: Db) -> Response:
    """Offers side by side, and decisions, the newest first."""
    offers, total = digests.offers(db, MOST)
    return render_page(
        request,
        "pages/merging/index.html",
        block="main",
        offers=offers,
        total=total,
        decisions=digests.list_decisions(db, MOST),
    )


@router.post("/merging/merge")
def merge(user: Admin, store: Store, search: Index, keep: Text, other: Texts, next: Text = "/merging") -> Response:
    """Make the other papers part of the one to keep."""
    with _deciding(store, search) as session:
        for key in other:
            digests.merge(session, _find(session, keep), _find(session, key), user.id)
    return see_other(next)


@router.post("/merging/apart")
def keep_apart(user: Admin, store: Store, search: Index, paper: Text, other: Texts) -> Response:
    """Decline an offer."""
    with _deciding(store, search) as session:
        for key in other:
            digests.keep_apart(session, _find(session, paper), _find(session, key), user.id)
    return see_other("/merging")


@router.post("/merging/split")
def split(user: Admin, store: Store, search: Index, entry: Annotated[int, Form()], into: Text = "") -> Response:
    """Part an entry from its paper; then show the paper it went to."""
    with _deciding(store, search) as session:
        found = session.get(Entry, entry) if 0 < entry <= LARGEST_ID else None
        if found is None:
            raise InvalidInputError(_("That entry is not in the library any more."))
        decision = digests.split(session, [found], _find(session, into) if into.strip() else None, user.id)
        target = paper_url(session.get_one(Paper, decision.other_id))
    return see_other(target)


@router.post("/merging/undo")
def undo(user: Admin, store: Store, search: Index, decision: Annotated[int, Form(ge=1, le=LARGEST_ID)]) -> Response:
    """Take a decision back."""
    with _deciding(store, search) as session:
        digests.undo(session, digests.find_decision(session, decision))
    return see_other("/merging")


def _find(session: Session, key: str) -> Paper:
    return catalog.find_paper(session, key.strip())


@contextmanager
def _deciding(store: Database, search: SearchIndex) -> Iterator[Session]:
    """A transaction, and the index after it."""
    with store.write() as session:
        yield session
    sync_if_there(store, search)
