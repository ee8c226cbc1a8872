"""How many requests of one engine run at once and how fast they start: slower at "too many requests", then recovering.

Additive increase, multiplicative decrease, as TCP does (Chiu and Jain 1989).
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

# Of a place more for every round that goes well: a server's limit is met again only now and then.
_RECOVERY = 0.25


class Pace:
    """Shared by the threads of an engine. `per_second` 0 is no limit."""

    def __init__(self, at_once: int, per_second: float = 0.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = at_once
        self._limit = float(at_once)
        self._gap = 1 / per_second if per_second else 0.0
        self._clock = clock
        self._running = 0
        self._next_start = 0.0
        self._last_cut = 0.0
        self._changed = threading.Condition()

    @property
    def limit(self) -> int:
        """How many may run at once now."""
        return max(1, int(self._limit))

    @contextlib.contextmanager
    def slot(self) -> Iterator[float]:
        """Wait for a place, hold it, give it back; the value is when it was taken."""
        began = self._enter()
        try:
            yield began
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def _enter(self) -> float:
        with self._changed:
            while True:
                now = self._clock()
                if self._running >= self.limit:
                    self._changed.wait()
                elif now < self._next_start:
                    self._changed.wait(self._next_start - now)
                else:
                    break
            self._running += 1
            if self._gap:
                self._next_start = now + self._gap
            return now

    def went_well(self) -> None:
        """A request succeeded: one more at once after some rounds that went well."""
        if self._limit < self.most:
            with self._changed:
                self._limit = min(float(self.most), self._limit + _RECOVERY / self._limit)
                self._changed.notify_all()

    def too_many(self, began: float, wait: float) -> None:
        """The server has had too many: half as many at once, and none starts for `wait` seconds.

        Requests that began before the last cut tell nothing new.
        """
        with self._changed:
            if began < self._last_cut:
                return
            now = self._clock()
            self._limit = max(1.0, self._limit / 2)
            self._last_cut = now
            self._next_start = max(self._next_start, now + wait)
