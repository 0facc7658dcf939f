"""Stop asking who does not answer: readers then hear so at once, and the server may recover."""

import time
from collections.abc import Callable
from threading import Lock

FAILURES = 3
"""In a row."""
PAUSE_SECONDS = 5.0


class Breaker:
    """Open after several failures in a row; after a pause one caller may try, and the others still wait."""

    def __init__(
        self,
        failures: int = FAILURES,
        pause_seconds: float = PAUSE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._pause, self._clock = failures, pause_seconds, clock
        self._failed = 0
        self._paused_until = 0.0
        self._lock = Lock()

    def lets_through(self) -> bool:
        """Whether to ask now. Who is let through after a pause is the only one until the next pause is over."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._clock() < self._paused_until:
                return False
            self._paused_until = self._clock() + self._pause
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            self._paused_until = self._clock() + self._pause
