"""What was worked out for one version of the library, until there is another."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """Values by key, all forgotten once they are asked for at a later version. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        """`most` values are kept; those that nobody asked for longest go first."""
        self._most = most
        self._lock = Lock()
        self._version = -1
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def find(self, version: int, keys: Iterable[Key]) -> dict[Key, Value]:
        """The values that are known of these. Who still reads an earlier version is told of none."""
        with self._lock:
            if version > self._version:
                self._version = version
                self._values.clear()
            found = {key: self._values[key] for key in keys if key in self._values} if version == self._version else {}
            for key in found:
                self._values.move_to_end(key)
            return found

    def keep(self, version: int, made: Mapping[Key, Value]) -> None:
        """Remember what was made at this version, unless there is a later one by now."""
        with self._lock:
            if version == self._version:
                self._values.update(made)
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
