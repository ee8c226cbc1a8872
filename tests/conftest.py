"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A timing is no test: the first example of many loads a dictionary.
settings.register_profile("project", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile("thorough" if os.environ.get("ZHENGMING_FUZZ") == "thorough" else "project")

pytest_plugins = ["tests.postgresql"]

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seeds(root: Path) -> Path:
    return root / "seeds"


@pytest.fixture(scope="session")
def gold(root: Path) -> Path:
    return root / "tests" / "data" / "gold"
