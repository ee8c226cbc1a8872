"""What `python -m translate engines` tells; keys are never in it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tests.translate.online.services import KEY, Services, english_of
from translate.__main__ import app
from translate.engines import EngineError, engine_names, get_engine


@pytest.fixture
def run(monkeypatch):
    def command(*arguments: str, status: int = 0) -> str:
        done = CliRunner().invoke(app, ["engines", *arguments])
        assert done.exit_code == status, done.output
        return done.output

    return command


def test_every_engine_tells_state_limits_key_and_what_leaves_the_machine(run, monkeypatch):
    monkeypatch.setenv("MICROSOFT_API_KEY", KEY)
    states = {state["name"]: state for state in json.loads(run("--json"))}
    assert tuple(states) == engine_names()
    assert states["gloss"]["default"] and states["gloss"]["sends"] == "nothing"
    assert states["microsoft"]["ready"] and states["microsoft"]["keys"] == {"MICROSOFT_API_KEY": True}
    assert all(state["sends"] != "nothing" for state in states.values() if state["online"])
    shown = run()
    assert all(name in shown for name in engine_names())
    assert KEY not in shown + json.dumps(states)


def test_check_makes_one_call(run, monkeypatch):
    server = Services()
    monkeypatch.setenv("LIBRETRANSLATE_URL", server.url)
    assert english_of("海关总署表示欢迎。") in run("--check", "libretranslate")
    assert len(server.seen) == 1
    server.close()
    assert "does not work" in run("--check", "deepl", status=1)
    assert json.loads(run("--check", "gloss", "--json"))["ok"]
    assert "the engines are" in run("--check", "nobody", status=2)


def test_names_that_are_no_engines_are_refused():
    for name in ("nobody", "google,nobody", "", "google:x"):
        with pytest.raises(EngineError, match="the engines are"):
            get_engine(name)
    assert get_engine("google,gloss").name == "google,gloss"
    assert get_engine("gloss,gloss").name == "gloss"
