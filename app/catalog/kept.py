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

    def of(self, session: Session, key: Key) -> Value:
        """The value as the library is now. Whoever asks meanwhile waits rather than to work it out a second time."""
        version = library_version(session)
        with self._lock:
            if version > self._version:
                self._version = version
                self._values.clear()
            if version == self._version and key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            value = self._make(session, key)
            if version == self._version:
                self._keep(key, value)
            return value

    def _keep(self, key: Key, value: Value) -> None:
        self._values[key] = value
        while len(self._values) > self._most:
            self._values.popitem(last=False)
