"""Names and passwords. Hashing takes its time on purpose, so it is done outside any write transaction."""

import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.db import Lock, take
from app.errors import InvalidInputError, NotFoundError
from app.i18n import gettext as _
from app.models import LoginSession, Role, User

MIN_PASSWORD, MAX_PASSWORD = 8, 512
_NAME = re.compile(r"[\w][\w.\- ]{0,38}[\w]|\w")


def hash_password(password: str) -> str:
    """An argon2id hash. Raises InvalidInputError for a password that is too short or too long."""
    if len(password) < MIN_PASSWORD:
        raise InvalidInputError(_("A password needs at least %(least)d characters.") % {"least": MIN_PASSWORD})
    if len(password) > MAX_PASSWORD:
        raise InvalidInputError(_("A password may have at most %(most)d characters.") % {"most": MAX_PASSWORD})
    return _hasher().hash(password.encode("utf-8", "surrogatepass"))


def create_user(
    session: Session, name: str, password_hash: str, role: Role | None = None, now: datetime | None = None
) -> User:
    """A new account. Without a role the first account is the administrator's, the others are readers'.

    Raises InvalidInputError for a name that cannot be used or is taken.
    """
    name = _checked(name)
    take(session, Lock.NEW_USER)  # of two at the same moment only one is the first, and only one gets the name
    if session.scalar(select(User.id).filter_by(name_key=name_key(name))):
        raise InvalidInputError(_("This name is taken."))
    is_first = not session.scalar(select(func.count()).select_from(User))
    role = role or (Role.ADMIN if is_first else Role.READER)
    user = User(name=name, name_key=name_key(name), password_hash=password_hash, role=role.value, created_at=_at(now))
    session.add(user)
    session.flush()
    return user


def check_password(session: Session, name: str, password: str) -> User | None:
    """The user, if name and password fit. A name that nobody has takes as long as a wrong password."""
    user = session.scalar(select(User).filter_by(name_key=name_key(name)))
    known_hash = user.password_hash if user else _hash_of_nobody()
    fits = _hasher().verify(password[: MAX_PASSWORD + 1].encode("utf-8", "surrogatepass"), known_hash)
    return user if fits else None


def set_password(session: Session, name: str, password_hash: str) -> User:
    """Give the user another password, and sign out whoever used the old one. Raises NotFoundError if there is none of that name."""
    user = session.scalar(select(User).filter_by(name_key=name_key(name)))
    if user is None:
        raise NotFoundError(_("There is no user “%(name)s”.") % {"name": name})
    user.password_hash = password_hash
    session.execute(delete(LoginSession).where(LoginSession.user_id == user.id))
    return user


def _checked(name: str) -> str:
    name = unicodedata.normalize("NFKC", name).strip()
    if not _NAME.fullmatch(name):
        raise InvalidInputError(_("A name has 1 to 40 letters or digits; between them also . - _ and blanks."))
    return name


def name_key(name: str) -> str:
    """The name folded for comparing. No store takes a NUL, and no name has one."""
    return unicodedata.normalize("NFKC", name).strip().casefold().replace("\0", "\ufffd")


def _at(now: datetime | None) -> datetime:
    return now or datetime.now(UTC)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@lru_cache(maxsize=1)
def _hash_of_nobody() -> str:
    return _hasher().hash("nobody signs in with this")
