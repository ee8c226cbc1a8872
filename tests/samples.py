"""The workspace that the tests of the app and of its pages in a browser begin with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import delete

from app.intake import take_files
from app.settings import Settings, save_settings
from storage import open_workspace
from storage.models import SettingRow
from tests.hostile import HOSTILE, put_markup_back
from tests.once import made_once


def sample_workspace(factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """Two sample documents and a hostile one, as the commands would leave them; to be copied."""
    return made_once(factory, "samples", lambda folder: _make(folder, seeds)) / "workspace.db"


def _make(folder: Path, seeds: Path) -> None:
    hostile = folder / "<img src=x onerror=window.hacked=1> $x^2$ [a](b).txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    pages = sorted(seeds.glob("*.txt"))
    store = open_workspace(folder / "workspace.db")
    # Quicker than the default engine, which the pictures show.
    if os.environ.get("ZHENGMING_SCREENSHOTS") != "1":
        with store.session() as session:
            save_settings(session, Settings(engine="draft"))
    take_files(store, [str(pages[0]), str(pages[2]), str(hostile)], lambda text, share: None)
    with store.session() as session:
        session.execute(delete(SettingRow))
    put_markup_back(store)
    store.close()
