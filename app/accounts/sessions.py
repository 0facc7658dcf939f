"""Signed-in browsers. The browser holds a random token, the store only its hash."""

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import LoginSession, User

TOKEN_BYTES = 32


def open_session(session: Session, user: User, lifetime: timedelta, now: datetime | None = None) -> str:
    """Sign a browser in; the token for its cookie. Sessions that are over are cleared away on the occasion."""
    now = now or datetime.now(UTC)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.execute(delete(LoginSession).where(LoginSession.expires_at <= now))
    session.add(
        LoginSession(token_hash=_hash(token), user_id=user.id, created_at=now, expires_at=now + lifetime),
    )
    session.flush()
    return token


def find_user(session: Session, token: str, now: datetime | None = None) -> User | None:
    """Who holds this token, unless its time is over."""
    now = now or datetime.now(UTC)
    return session.scalar(
        select(User)
        .join(LoginSession, LoginSession.user_id == User.id)
        .where(LoginSession.token_hash == _hash(token), LoginSession.expires_at > now)
    )


def close_session(session: Session, token: str) -> None:
    """Sign the browser out; the token opens nothing from now on."""
    session.execute(delete(LoginSession).where(LoginSession.token_hash == _hash(token)))


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
