"""A process that a test ends with Ctrl+C: it heeds it also where it is ignored around it, and never outlives its test."""

from __future__ import annotations

import functools
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


@contextmanager
def interruptible(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """The started process; tests started in the background inherit a Ctrl+C that is ignored, a person's shell does not."""
    heeds = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, preexec_fn=heeds, **options) as process:
        try:
            yield process
        finally:
            process.kill()
