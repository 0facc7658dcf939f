"""What a handler may ask for, each as one annotated name."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app import accounts, catalog
from app.db import Database
from app.digests import RepairedTexts
from app.errors import NotAllowedError, SignInRequiredError
from app.i18n import gettext as _
from app.models import User
from app.search import SearchIndex
from app.settings import Settings
from app.web.asking import AskedIndex
from app.web.known import Known

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION_COOKIE = "papershelf_session"


# These wait for nothing, and so need no thread.
async def get_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def get_database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


async def get_index(request: Request) -> SearchIndex:
    return AskedIndex(request.app.state.index, request.scope)


async def get_known(request: Request) -> Known:
    known: Known = request.app.state.known
    return known


async def get_attempts(request: Request) -> accounts.Attempts:
    attempts: accounts.Attempts = request.app.state.attempts
    return attempts


async def get_repaired_texts(request: Request) -> RepairedTexts:
    texts: RepairedTexts = request.app.state.repaired_texts
    return texts


Config = Annotated[Settings, Depends(get_settings)]
Store = Annotated[Database, Depends(get_database)]
Index = Annotated[SearchIndex, Depends(get_index)]
KnownFacts = Annotated[Known, Depends(get_known)]
Attempts = Annotated[accounts.Attempts, Depends(get_attempts)]
Repaired = Annotated[RepairedTexts, Depends(get_repaired_texts)]


def get_session(request: Request, database: Store) -> Iterator[Session]:
    """The method decides the transaction: safe methods read a snapshot, the others write and commit."""
    opened = database.read() if request.method in SAFE_METHODS else database.write()
    with opened as session:
        yield session


# scope="function": the commit happens before the response leaves, not after it (FastAPI's default).
Db = Annotated[Session, Depends(get_session, scope="function")]


def get_user(request: Request, session: Db) -> User | None:
    """Who is signed in; pages find them in `request.state.user`, error pages too."""
    token = request.cookies.get(SESSION_COOKIE)
    user = accounts.find_user(session, token) if token else None
    if user:
        session.expunge(user)  # an error page still greets them when this session was rolled back
    request.state.user = user
    request.state.running = catalog.running_import(session) if user and user.is_admin else None
    return user


CurrentUser = Annotated[User | None, Depends(get_user, scope="function")]


def get_signed_in(user: CurrentUser) -> User:
    if user is None:
        raise SignInRequiredError(_("Please sign in first."))
    return user


SignedIn = Annotated[User, Depends(get_signed_in, scope="function")]


def get_admin(request: Request, database: Store) -> User:
    """An administrator, asked for in a transaction of its own: what they do may take several, one after the other."""
    with database.read() as session:
        user = get_signed_in(get_user(request, session))
    if not user.is_admin:
        raise NotAllowedError(_("This is for administrators only."))
    return user


Admin = Annotated[User, Depends(get_admin)]
