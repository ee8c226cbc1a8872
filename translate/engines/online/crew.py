"""Threads that work through a list and may be left at once: Ctrl+C does not wait for an answer that never comes.

concurrent.futures joins its threads when the program ends; these are daemons and are not waited for.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Crew:
    """Up to `size` threads, started when first needed and kept, so that connections stay open."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._started = 0
        self._open = 0
        self._lock = threading.Lock()
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        weakref.finalize(self, _dismiss, self._tasks, size)

    def map(self, work: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """`work` of each item, in order. An exception of `work` is raised here; what has not begun then never does."""
        self._expect(len(items))
        done: SimpleQueue[tuple[int, Any, BaseException | None]] = SimpleQueue()
        left = threading.Event()
        for index, item in enumerate(items):
            self._tasks.put(_task(work, item, index, done, left))
        results: list[Any] = [None] * len(items)
        try:
            for _ in items:
                index, result, error = done.get()
                if error is not None:
                    raise error
                results[index] = result
        except BaseException:
            left.set()
            raise
        finally:
            with self._lock:
                self._open -= len(items)
        return results

    def _expect(self, more: int) -> None:
        """A thread for every item that is waiting, of whatever call, up to the size."""
        with self._lock:
            self._open += more
            count = min(self._size, self._open)
            for _ in range(self._started, count):
                threading.Thread(target=_serve, args=(self._tasks,), name="Crew", daemon=True).start()
            self._started = max(self._started, count)


def _task(
    work: Callable[[T], R],
    item: T,
    index: int,
    done: SimpleQueue[tuple[int, Any, BaseException | None]],
    left: threading.Event,
) -> Callable[[], None]:
    def run() -> None:
        if left.is_set():
            return
        try:
            done.put((index, work(item), None))
        except BaseException as error:
            done.put((index, None, error))

    return run


def _serve(tasks: SimpleQueue[Callable[[], None] | None]) -> None:
    while (task := tasks.get()) is not None:
        task()
        # Who waits for the next task must not keep what the last one worked with: an engine whose last holder is a thread
        # is taken apart by it, and CTranslate2 aborts where that happens as the program ends.
        del task


def _dismiss(tasks: SimpleQueue[Callable[[], None] | None], size: int) -> None:
    for _ in range(size):
        tasks.put(None)
