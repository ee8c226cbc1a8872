"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A timing is no test: the first example of many loads a dictionary.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

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
