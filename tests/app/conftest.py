"""A workspace as the commands make it, a fresh copy for each test."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from argon2 import PasswordHasher

from app import users
from app.admission import SWITCH
from app.passwords import Passwords
from storage import Workspace, open_workspace
from tests.samples import sample_workspace

GOOD = "correct horse battery"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A workspace of two sample documents and a hostile one."""
    return sample_workspace(tmp_path_factory, seeds)


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Path of a copy of that workspace, which the app opens."""
    path = Path(shutil.copy(made, tmp_path / "workspace.db"))
    monkeypatch.setenv("ZHENGMING_WORKSPACE", str(path))
    return path


@pytest.fixture
def store(place: Path) -> Iterator[Workspace]:
    """The same workspace, opened beside the app as a command would."""
    opened = open_workspace(place)
    yield opened
    opened.close()
    st.cache_resource.clear()
    st.cache_data.clear()


@dataclasses.dataclass
class Browser:
    """What the app sees of a browser elsewhere."""

    cookies: dict[str, str] = dataclasses.field(default_factory=dict)
    headers: tuple[tuple[str, str], ...] = (("host", "zhengming.example.org"),)
    remote_ip: str = "10.0.0.9"


@pytest.fixture
def people(store: Workspace, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A user for each role; the secret of a browser of each, by role."""
    monkeypatch.setenv(SWITCH, "always")
    passwords = Passwords(QUICK)
    monkeypatch.setattr("app.sign_in.Passwords", lambda: passwords)
    secrets = {}
    for role in ("administrator", "terminologist", "reviewer", "reader"):
        with store.session() as session:
            users.add_user(session, passwords, f"{role}@example.org", role, GOOD)
        secrets[role] = users.sign_in(store, passwords, f"{role}@example.org", GOOD) or ""
    return secrets


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    seen = Browser()
    monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: seen)
    return seen
