"""What can go wrong with one exchange, in kinds that decide what happens next: tried again, given up, or all given up.

Only what an HTTP status or a known page says is used; the servers' own texts are never passed on, they may hold the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class Fault(Exception):  # noqa: N818
    """An exchange that gave nothing. `sentence` follows the engine's name in what a person reads."""

    # May go well if tried again.
    passing: ClassVar[bool] = False
    # Every further text would fail the same way.
    fatal: ClassVar[bool] = False

    def __init__(self, sentence: str, retry_after: float = 0.0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.retry_after = retry_after


class TooMany(Fault):
    """A limit of requests, which passes."""

    passing = True
    fatal = True

    def __init__(self, retry_after: float = 0.0) -> None:
        super().__init__("too many requests; wait some minutes and start again.", retry_after)


class Passing(Fault):
    """The server's own trouble, no answer in time, or a damaged answer."""

    passing = True


class Unreachable(Fault):
    """No connection."""

    passing = True
    fatal = True

    def __init__(self) -> None:
        super().__init__("not reachable; check the network, or use an offline engine.")


class Barred(Fault):
    """A refused key, a spent quota, a captcha page: nothing further will go well."""

    fatal = True


class Unusable(Fault):
    """No usable answer for this text; others may go well."""


_LONGEST_WAIT = 120.0


def fault_of(status: int, headers: Mapping[str, str], keys: tuple[str, ...]) -> Fault | None:
    """The fault that an HTTP status tells, None for a success. `keys` are the variables that hold the engine's keys."""
    if 200 <= status < 300:
        return None
    if status == 429:
        return TooMany(_seconds(headers.get("Retry-After", "")))
    if status >= 500 or status == 408:
        return Passing(
            f"the server has trouble (status {status}); try again later.", _seconds(headers.get("Retry-After", ""))
        )
    if status in (401, 403):
        hint = f"check {' and '.join(keys)}" if keys else "it may be closed to this machine"
        return Barred(f"refused access (status {status}); {hint}.")
    if status in (404, 405):
        return Barred(f"has nothing at this address (status {status}); check the address or the model's name.")
    if status in (402, 456):
        return Barred("the quota is spent; wait for the next period or use another engine.")
    if status in (413, 414):
        return Unusable("the sentence is too long for it; split it.")
    return Unusable(f"refused the sentence (status {status}).")


def _seconds(value: str) -> float:
    """Retry-After in seconds; 0 where it is missing or a date."""
    try:
        return min(max(float(value), 0.0), _LONGEST_WAIT)
    except ValueError:
        return 0.0
