"""The accepted terms as search needs them, kept in memory until the library changes."""

from threading import Lock

from sqlalchemy.orm import Session

from app.models import library_version
from app.remembering import Memory
from app.search.expanding import Equivalents
from app.terms.groups import accepted_groups

_ALL = "all"


class KnownTerms:
    """Asks the store once for each version of the library; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._memory: Memory[str, Equivalents] = Memory(1)

    def equivalents(self, session: Session) -> Equivalents:
        """The accepted groups of now."""
        version = library_version(session)
        found = self._memory.find(version, [_ALL])
        if not found:
            with self._lock:  # they are made once, though many ask at the same moment
                found = self._memory.find(version, [_ALL]) or {_ALL: Equivalents(accepted_groups(session))}
                self._memory.keep(version, found)
        return found[_ALL]
