"""What `python -m translate engines` tells; keys are never in it."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from storage import open_workspace
from tests.translate.online.services import KEY, Services, english_of
from translate.__main__ import app
from translate.engines import Engine, EngineError, engine_names, get_engine
from translate.forcing.profile import measure, ways_of
from translate.store import load_profile


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
    assert states["builtin"]["default"] and states["builtin"]["ready"] and states["builtin"]["sends"] == "nothing"
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


def test_what_an_engine_keeps_is_measured_and_the_best_way_is_tried_first(run, tmp_path):
    shares = {
        row["way"]: row
        for row in json.loads(run("--measure", "gloss", "--workspace", str(tmp_path / "w.db"), "--json"))
    }
    assert shares["hint"]["kept"] == shares["hint"]["sent"] > 10
    assert shares["plain"]["kept"] < shares["hint"]["kept"]
    workspace = open_workspace(tmp_path / "w.db")
    with workspace.session() as session:
        profile = load_profile(session, get_engine("gloss").signature)
    workspace.close()
    assert {share.way: share.kept for share in profile} == {way: row["kept"] for way, row in shares.items()}


def test_an_engine_that_loses_hints_is_given_codes_first():
    class Deaf(Engine):
        name = title = description = "deaf"

        def translate(self, texts):
            return [" ".join(re.findall("[A-Z]{2}[0-9]+[A-Z]", text)) or "nothing" for text in texts]

    profile = measure(Deaf())
    assert ways_of(Deaf(), profile) == ("placeholder", "hint")
    assert ways_of(Deaf(), []) == ("hint", "placeholder")

    class Dead(Deaf):
        def translate(self, texts):
            raise EngineError("dead: no.")

    with pytest.raises(EngineError, match="dead"):
        measure(Dead())
