"""What takes long to work out is worked out once for each version of the library."""

from collections.abc import Callable
from threading import Lock
from typing import Generic

from sqlalchemy.orm import Session

from app.models import library_version
from app.remembering import Key, Memory, Value

MOST = 16


class Kept(Generic[Key, Value]):
    """Values by key, made anew once the library has changed. Safe to share between threads."""

    def __init__(self, make: Callable[[Session, Key], Value], most: int = MOST) -> None:
        self._make = make
        self._values: Memory[Key, Value] = Memory(most)
        self._lock = Lock()
        self._making: dict[tuple[int, Key], Lock] = {}

    def of(self, session: Session, key: Key) -> Value:
        """The value as the library is now. Who asks for it while it is made waits; other values are at hand meanwhile."""
        version = library_version(session)
        if known := self._values.find(version, [key]):
            return known[key]
        with self._lock:
            making = self._making.setdefault((version, key), Lock())
        try:
            with making:
                if known := self._values.find(version, [key]):
                    return known[key]
                value = self._make(session, key)
                self._values.keep(version, {key: value})
                return value
        finally:
            with self._lock:
                self._making.pop((version, key), None)
