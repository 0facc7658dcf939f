"""What takes long to work out is worked out once for each version of the library."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from app.models import library_version

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
MOST = 16
"""Values kept; the one that nobody asked for longest goes first."""


class Kept(Generic[Key, Value]):
    """Values by key, made anew once the library has changed. Safe to share between threads."""

    def __init__(self, make: Callable[[Session, Key], Value], most: int = MOST) -> None:
        self._make, self._most = make, most
        self._lock = Lock()
        self._version = -1
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._making: dict[tuple[int, Key], Lock] = {}

    def of(self, session: Session, key: Key) -> Value:
        """The value as the library is now. Who asks for it while it is made waits; other values are at hand meanwhile."""
        version = library_version(session)
        with self._lock:
            if self._has(version, key):
                return self._values[key]
            making = self._making.setdefault((version, key), Lock())
        with making:
            with self._lock:
                if self._has(version, key):
                    return self._values[key]
            try:
                value = self._make(session, key)
                with self._lock:
                    self._keep(version, key, value)
            finally:
                with self._lock:
                    self._making.pop((version, key), None)
            return value

    def _has(self, version: int, key: Key) -> bool:
        if version > self._version:
            self._version = version
            self._values.clear()
        if version < self._version or key not in self._values:
            return False
        self._values.move_to_end(key)
        return True

    def _keep(self, version: int, key: Key, value: Value) -> None:
        if version == self._version:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
