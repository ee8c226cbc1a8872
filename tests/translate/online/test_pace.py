"""The pace of requests, and the threads that keep it, without any network."""

from __future__ import annotations

import threading
import weakref

import pytest

from translate.engines.online.crew import Crew
from translate.engines.online.pace import Pace


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_too_many_halves_once_a_round_and_success_brings_it_back():
    clock = Clock()
    pace = Pace(8, clock=clock)
    for _ in range(5):
        pace.too_many(began=99.0 if pace.limit < 8 else 100.0, wait=0)
    assert pace.limit == 4
    clock.now = 101.0
    pace.too_many(began=100.5, wait=0)
    assert pace.limit == 2
    for _ in range(160):
        pace.went_well()
    assert pace.limit == 8


def test_the_limit_never_falls_to_nothing():
    clock = Clock()
    pace = Pace(2, clock=clock)
    for _ in range(9):
        clock.now += 1
        pace.too_many(began=clock.now, wait=0)
    with pace.slot():
        assert pace.limit == 1


def test_a_crew_keeps_order_and_raises_what_its_work_raises():
    crew = Crew(4)
    assert crew.map(lambda n: n * n, range(50)) == [n * n for n in range(50)]
    with pytest.raises(ZeroDivisionError):
        crew.map(lambda n: 1 // (n - 3), range(10))
    assert crew.map(str, [1, 2]) == ["1", "2"]


def test_a_crew_that_is_gone_leaves_no_threads():
    before = set(threading.enumerate())
    crew = Crew(4)
    crew.map(str, range(9))
    started = set(threading.enumerate()) - before
    assert len(started) == 4
    del crew
    for thread in started:
        thread.join(5)
    assert not any(thread.is_alive() for thread in started)


def test_a_crew_does_not_keep_what_it_worked_with():
    class Engine:
        def __init__(self):
            self.crew = Crew(2)

        def work(self, text):
            return text

    engine = Engine()
    assert engine.crew.map(engine.work, "abc") == ["a", "b", "c"]
    gone = threading.Event()
    weakref.finalize(engine, gone.set)
    del engine
    assert gone.wait(5)
