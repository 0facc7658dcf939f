"""The accepted terms as search needs them, kept in memory until the library changes."""

from threading import Lock

from sqlalchemy.orm import Session

from app.models import library_version
from app.search.expanding import Equivalents
from app.terms.groups import accepted_groups


class KnownTerms:
    """Asks the store once for each version of the library; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[int, Equivalents] | None = None

    def equivalents(self, session: Session) -> Equivalents:
        """The accepted groups of now."""
        version = library_version(session)
        kept = self._kept
        if kept and kept[0] == version:
            return kept[1]
        with self._lock:
            if not self._kept or self._kept[0] != version:
                self._kept = version, Equivalents(accepted_groups(session))
            return self._kept[1]
