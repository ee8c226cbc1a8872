"""The tests of properties and of damaged files once more, with ten times the examples and every damaged file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ("tests/documents", "tests/glossary", "tests/translate")


def main() -> None:
    """Run them. Exits with a sentence when one fails."""
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *TESTS]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "ZHENGMING_FUZZ": "thorough"}, check=False)
    if done.returncode:
        raise SystemExit("A property does not hold; pytest said above which.")


if __name__ == "__main__":
    main()
