"""A limit on wrong passwords, by name and by address, kept in memory: a restart forgives."""

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.accounts.users import name_key
from app.errors import TooManyAttemptsError
from app.i18n import gettext as _

PER_NAME, PER_ADDRESS = parse("10 per 15 minutes"), parse("50 per 15 minutes")


class Attempts:
    """Counts wrong passwords; each process has its own count."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def check(self, name: str, address: str) -> None:
        """Raises TooManyAttemptsError when this name or address has to wait."""
        if not all(self._limiter.test(limit, key) for limit, key in _counted(name, address)):
            raise TooManyAttemptsError(_("Too many wrong passwords. Please try again in a quarter of an hour."))

    def note_failure(self, name: str, address: str) -> None:
        """Count one wrong password."""
        for limit, key in _counted(name, address):
            self._limiter.hit(limit, key)


def _counted(name: str, address: str) -> list[tuple[RateLimitItem, str]]:
    return [(PER_NAME, f"name:{name_key(name)[:100]}"), (PER_ADDRESS, f"address:{address}")]
