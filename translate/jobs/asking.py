"""Asking the engines for a chunk of requests: names forced in, quality checked, all that is to be kept of each answer.

Nothing of the workspace is touched here but the answers of online engines, so that it can be done in a thread or on
another machine.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping, Sequence

from translate.checks import Flag, run_checks
from translate.engines.base import Engine, Strategy
from translate.forcing.chain import Enforced, Request, force_all
from translate.jobs.answers import begin_chunk


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request: the English and its proof, which member of the engine made it, how long that took.

    `seconds` is its share of what was asked together.
    """

    forced: Enforced
    member: int
    seconds: float
    flags: tuple[Flag, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """The answers to a chunk, in its order, and engines that can do nothing more, with why."""

    answers: list[Answer]
    gone: dict[str, str]


def ask(
    engine: Engine,
    requests: Sequence[Request],
    ways: Mapping[str, Sequence[Strategy]],
    gone: Mapping[str, str],
) -> Asked:
    """Ask the engine's members in turn, but those that are `gone`: what one cannot do the next may."""
    begin_chunk(engine)
    told = dict(gone)
    answers: dict[int, Answer] = {}
    open_ones = list(range(len(requests)))
    for number, member in enumerate(engine.members):
        if member.name in told or not open_ones:
            continue
        started = time.perf_counter()
        made = force_all([requests[at] for at in open_ones], member, ways.get(member.name, ()))
        seconds = (time.perf_counter() - started) / len(open_ones)
        for at, forced in zip(open_ones, made, strict=True):
            if forced.error and at in answers:
                forced = dataclasses.replace(forced, error=f"{answers[at].forced.error} {forced.error}")
            answers[at] = Answer(forced, number, seconds)
        if member.gave_up is not None:
            told[member.name] = str(member.gave_up)
        open_ones = [at for at in open_ones if answers[at].forced.error]
    return Asked([_checked(requests[at], answers[at]) for at in range(len(requests))], told)


def _checked(request: Request, answer: Answer) -> Answer:
    if answer.forced.error:
        return answer
    flags = run_checks(request.source, answer.forced.text, answer.forced.ledger)
    return dataclasses.replace(answer, flags=tuple(flags))
