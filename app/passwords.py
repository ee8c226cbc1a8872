"""Passwords: hashed with Argon2id, compared in the same time whether a name exists or not, and a wait after failures."""

from __future__ import annotations

import dataclasses
import threading
import time
import unicodedata
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST = 12
MOST = 1000
# Failures before there is a wait, for a name from an address, and for either alone.
_FREE = {"both": 3, "name": 10, "address": 20}
_REMEMBERED = 5000
# One hash takes 64 MiB and both cores for some 0.1 s: more at once would only be slower.
_AT_ONCE = threading.BoundedSemaphore(2)


class Passwords:
    """Hashes passwords and compares them with hashes (RFC 9106, the parameters of argon2-cffi)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self.hash("the password of nobody")

    def hash(self, password: str) -> str:
        """The hash to keep of a password."""
        with _AT_ONCE:
            return self._hasher.hash(_folded(password))

    def is_right(self, kept: str, password: str) -> bool:
        """Whether a password is that of a hash; "" is nobody's and takes as long to refuse."""
        with _AT_ONCE:
            try:
                self._hasher.verify(kept or self._nobodys, _folded(password))
            except (VerificationError, InvalidHashError):
                return False
        return bool(kept)

    def is_old(self, kept: str) -> bool:
        """Whether a hash was made with other parameters than would be used now."""
        return self._hasher.check_needs_rehash(kept)


def why_not(password: str) -> str:
    """In one sentence why a password will not do; "" if it will."""
    if len(password) < LEAST:
        return f"A password has at least {LEAST} characters."
    if len(password) > MOST:
        return f"A password has at most {MOST:,} characters."
    if len(set(password)) < 4:
        return "A password has at least four different characters."
    return ""


def _folded(password: str) -> str:
    """The same password from every keyboard: é typed as one character or as two."""
    return unicodedata.normalize("NFC", password)


@dataclasses.dataclass(slots=True)
class _Tries:
    failures: int = 0
    last: float = 0.0
    until: float = 0.0


class Waits:
    """How long to wait after failures, by name and address, by address, and by name.

    The wait doubles with each failure up to a minute, a try made while waiting is refused and does not lengthen it, and
    a quarter of an hour after the last failure all is forgotten: nobody can lock somebody else out for good. Where a
    name has signed in before from an address, only the failures of the two together count there.
    """

    MOST = 60.0
    FORGOTTEN = 900.0

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tries: dict[tuple[str, str, str], _Tries] = {}
        self._known: dict[tuple[str, str], float] = {}

    def seconds(self, name: str, address: str) -> float:
        """How long a try for this name from this address must wait; 0.0 if it need not."""
        now = self._clock()
        with self._lock:
            self._forget(now)
            until = [self._tries[key].until for key in self._keys(name, address) if key in self._tries]
        return max([0.0, *(moment - now for moment in until)])

    def failed(self, name: str, address: str) -> None:
        """Count a failure."""
        now = self._clock()
        with self._lock:
            for key in self._keys(name, address):
                tries = self._tries.setdefault(key, _Tries())
                tries.failures += 1
                tries.last = now
                over = tries.failures - _FREE[key[0]]
                if over >= 0:
                    tries.until = now + min(self.MOST, 2.0 ** min(over, 10))

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of this name from this address, and know the two from now on."""
        with self._lock:
            self._tries.pop(("both", name.casefold(), address), None)
            self._known[name.casefold(), address] = self._clock()
            while len(self._known) > 10_000:
                self._known.pop(next(iter(self._known)))

    def _keys(self, name: str, address: str) -> list[tuple[str, str, str]]:
        folded = name.casefold()[:200]
        both = ("both", folded, address)
        return [both] if (folded, address) in self._known else [both, ("name", folded, ""), ("address", "", address)]

    def _forget(self, now: float) -> None:
        kept = [(k, t) for k, t in self._tries.items() if now - t.last <= self.FORGOTTEN]
        if len(kept) > _REMEMBERED:
            # Made-up names by the thousand must not fill the memory, nor drive out what was tried often.
            kept = sorted(kept, key=lambda pair: (pair[1].failures, pair[1].last))[-_REMEMBERED:]
        self._tries = dict(kept)
