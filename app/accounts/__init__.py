"""Who is reading: accounts, passwords, signed-in browsers."""

from app.accounts.attempts import Attempts
from app.accounts.sessions import close_session, find_user, open_session
from app.accounts.users import check_password, create_user, hash_password, set_password

__all__ = [
    "Attempts",
    "check_password",
    "close_session",
    "create_user",
    "find_user",
    "hash_password",
    "open_session",
    "set_password",
]
