"""The built-in model watched by the draft: whose English is taken, and what comes out of both together."""

from __future__ import annotations

import pytest

from translate.engines import EngineError, get_engine
from translate.engines.builtin.choice import chosen
from translate.engines.tags import tagged

CUSTOMS = tagged("海关总署", "General Administration of Customs")


@pytest.mark.parametrize(
    ("source", "fluent", "literal", "takes_fluent"),
    [
        # Says the same in other words.
        ("她昨天买了一台新电脑。", "She bought a new computer yesterday.", "she yesterday bought one new computers.", True),
        # Leaves half of it out.
        ("她昨天买了一台新电脑，今天去了学校。", "She went out.", "she yesterday bought new computer, today went to school.", False),
        # Another number; no negation.
        ("公司有35名员工。", "The company has 45 employees.", "company has 35 employees.", False),
        ("不得进口废物。", "Waste shall be imported.", "may not import waste.", False),
        # A name that was given.
        (f"{CUSTOMS}表示欢迎。", "Customs welcomes it.", "General Administration of Customs welcomes.", False),
        (f"{CUSTOMS}表示欢迎。", "The General Administration of Customs welcomes it.", "General Administration of Customs hi.", True),
        # Given twice, said once.
        (
            f"{CUSTOMS}和{CUSTOMS}欢迎。",
            "The General Administration of Customs welcomes it.",
            "General Administration of Customs and General Administration of Customs welcomes.",
            False,
        ),
        ("欢迎。", "", "welcome.", False),
        ("", "", "", True),
    ],
)  # fmt: skip
def test_the_models_english_is_taken_where_it_leaves_nothing_out(source, fluent, literal, takes_fluent):
    assert chosen(source, fluent, literal) == (fluent if takes_fluent else literal)


def test_without_weights_the_engine_says_so_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr("translate.engines.builtin.engine.WEIGHTS", tmp_path)
    state = get_engine("builtin").readiness()
    assert not state.ready and "its weights are not part of this copy" in state.text
    with pytest.raises(EngineError, match="weights are not part of this copy"):
        get_engine("builtin").translate(["欢迎"])
