"""Forcing: whatever an engine does, every occurrence has its row, and no name is silently lost."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import Concept, Glossary
from translate import enforce, translate
from translate.engines.base import Engine, EngineError
from translate.forcing.ledger import Occurrence, serve

IAEA = Concept(
    "国际原子能机构",
    "International Atomic Energy Agency",
    "IAEA",
    forbidden=("International Atomic Energy Organization",),
)
CENTRE = Concept("国际原子能机构核安保协作中心", "IAEA Collaborating Centre for nuclear security")
SECURITY = Concept("核安保", "nuclear security", forbidden=("nuclear safety",))
SAFETY = Concept(
    "国家核安全局", "National Nuclear Safety Administration", target_variants=("nuclear safety administration",)
)
GLOSSARY = Glossary((IAEA, CENTRE, SECURITY, SAFETY))


class Scripted(Engine):
    """An engine whose answers a function makes of what it is sent (the engine that lies, stalls on one text, dies)."""

    name = "scripted"
    title = "Scripted"
    description = "for tests"

    def __init__(self, answer, strategies=("hint", "placeholder"), hint_format="{}"):
        self.answer = answer
        self.strategies = strategies
        self.hint_format = hint_format
        self.sent: list[str] = []

    def translate(self, texts):
        self.sent.extend(texts)
        return [self.answer(text) for text in texts]


def forced(source: str, engine: Engine):
    [result] = translate([source], engine, GLOSSARY)
    assert len(result.ledger) == len(GLOSSARY.matcher.find(source))
    for row in result.ledger:
        if row.outcome != "unresolved":
            assert result.text[row.target_start : row.target_end] == row.found
    return result


def outcomes(result) -> list[str]:
    return [row.outcome for row in result.ledger]


def test_an_engine_that_is_right_by_itself_is_left_alone():
    engine = Scripted(lambda text: "The IAEA promotes nuclear security.", strategies=("plain",))
    result = forced("国际原子能机构促进核安保。", engine)
    assert result.text == "The IAEA promotes nuclear security."
    assert outcomes(result) == ["engine", "engine"]


def test_a_hint_that_comes_through_is_hinted():
    engine = Scripted(lambda text: text.replace("访问", "visits"))
    result = forced("国际原子能机构访问", engine)
    assert engine.sent == ["International Atomic Energy Agency 访问"]
    assert (result.text, outcomes(result)) == ("International Atomic Energy Agency visits", ["hinted"])


def test_placeholders_are_tried_where_hints_are_lost_and_found_however_mangled():
    def answer(text: str) -> str:
        hit = re.search(r"XT(\d+)X", text)
        return f"He joined the x t {hit.group(1)} X." if hit else "He joined the agency."

    result = forced("他加入国际原子能机构。", Scripted(answer))
    assert result.text == "He joined the International Atomic Energy Agency."
    assert outcomes(result) == ["placeholder"]


def test_a_doubled_or_unknown_placeholder_leaves_no_trace():
    result = forced("加入国际原子能机构。", Scripted(lambda text: "Join XT0X and XT0X and XT7X."))
    assert "XT" not in result.text
    assert result.text.count("International Atomic Energy Agency") == 1


def test_the_engines_own_rendering_is_repaired_with_article():
    def answer(text: str) -> str:
        return "Global Atom Bureau" if text == "国际原子能机构" else "It is a Global Atom Bureau plan."

    result = forced("这是国际原子能机构计划。", Scripted(answer, strategies=("plain",)))
    assert result.text == "It is an International Atomic Energy Agency plan."
    assert outcomes(result) == ["repaired"]


def test_a_forbidden_rendering_is_replaced_but_not_where_it_is_right():
    result = enforce("核安保很重要。", "Nuclear safety is important.", GLOSSARY)
    assert (result.text, outcomes(result)) == ("Nuclear security is important.", ["repaired"])
    both = enforce("国家核安全局谈核安保。", "The National Nuclear Safety Administration spoke.", GLOSSARY)
    assert both.text.startswith("The National Nuclear Safety Administration spoke")
    assert outcomes(both) == ["engine", "inserted"]


def test_a_name_found_nowhere_is_inserted_in_its_clause_and_marked():
    result = enforce(
        "会议由国际原子能机构主办，在维也纳举行。", "The meeting was hosted by it, and held in Vienna.", GLOSSARY
    )
    assert result.text == "The meeting was hosted by it (International Atomic Energy Agency), and held in Vienna."
    assert outcomes(result) == ["inserted"]


def test_one_english_span_serves_one_occurrence():
    result = enforce("国际原子能机构与国际原子能机构", "The IAEA and others", GLOSSARY)
    assert sorted(outcomes(result)) == ["engine", "inserted"]
    nested = enforce("国际原子能机构核安保协作中心", "the IAEA Collaborating Centre for nuclear security", GLOSSARY)
    assert outcomes(nested) == ["engine"]


def test_case_is_mended_and_a_sentence_start_kept():
    assert (
        enforce("国际原子能机构", "the international atomic energy agency", GLOSSARY).text
        == "the International Atomic Energy Agency"
    )
    assert enforce("核安保", "Nuclear security matters", GLOSSARY).text == "Nuclear security matters"


@pytest.mark.parametrize("answer", ["", "   ", None])
def test_no_answer_is_an_error_not_a_gap(answer):
    result = forced("国际原子能机构。", Scripted(lambda text: answer))
    assert "no translation" in result.error
    assert outcomes(result) == ["unresolved"]


def test_one_failing_segment_does_not_take_the_others_down():
    def answer(text: str) -> str:
        if "坏" in text:
            raise EngineError("Scripted: broke on this sentence.")
        return "fine"

    results = translate(["好", "坏", "好"], Scripted(answer), GLOSSARY)
    assert [(r.text, r.error) for r in results] == [
        ("fine", ""),
        ("", "Scripted: broke on this sentence."),
        ("fine", ""),
    ]


def test_an_engine_that_gives_too_few_answers_is_asked_one_by_one():
    class Short(Scripted):
        def translate(self, texts):
            return super().translate(texts)[:1]

    assert [r.text for r in translate(["甲", "乙"], Short(lambda text: text + "!"), GLOSSARY)] == ["甲!", "乙!"]


_ENGLISH = st.lists(
    st.sampled_from([*"abc .,()XT01", "IAEA ", "nuclear safety ", "the ", "International Atomic Energy Agency ", "核"]),
    max_size=40,
).map("".join)
_CHINESE = st.lists(
    st.sampled_from(
        ["国际原子能机构", "核安保", "国家核安全局", "国际原子能机构核安保协作中心", "，", "。", "访问", "IAEA"]
    ),
    max_size=10,
).map("".join)


@given(_CHINESE, _ENGLISH)
def test_every_occurrence_is_served_and_a_second_run_changes_nothing(source, target):
    once = enforce(source, target, GLOSSARY)
    assert len(once.ledger) == len(GLOSSARY.matcher.find(source))
    assert "unresolved" not in outcomes(once)
    spans = sorted((row.target_start, row.target_end) for row in once.ledger)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(once.text[row.target_start : row.target_end] == row.found for row in once.ledger)
    assert enforce(source, once.text, GLOSSARY).text == once.text


@given(_CHINESE, _ENGLISH)
def test_through_any_engine_every_occurrence_is_accounted_for(source, answer):
    result = forced(source, Scripted(lambda text: answer))
    assert bool(result.error) or "unresolved" not in outcomes(result)


def test_spans_are_served_as_the_wmt_scorer_counts_longest_first():
    occurrences = [
        Occurrence(0, 2, "机构", "机构", "Agency", ("Agency",)),
        Occurrence(2, 8, "原子能机构总部", "总部", "Agency Headquarters", ("Agency Headquarters",)),
    ]
    assert serve("Agency Headquarters of the Agency", occurrences) == [(27, 33), (0, 19)]
