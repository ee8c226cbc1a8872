"""Engines that misbehave, through the program's own adapters against a server on loopback; 10,000 segments in the benchmark."""

from __future__ import annotations

import pytest

from benchmarks import misbehaving
from glossary import Concept
from translate import requests_for
from translate.engines.answers import cleaned, fault_of, is_foreign
from translate.engines.base import Engine
from translate.forcing.carriers import CARRIERS
from translate.forcing.carriers.placeholder import code


def test_no_occurrence_is_lost_and_no_text_strays_whatever_the_engines_answer():
    results = misbehaving.run(segments=96, share=0.5)
    assert set(results) == {"google", "libretranslate", "mymemory", "chat"}
    for name, counts in results.items():
        assert {what: count for what, count in counts.items() if what.startswith("wrong") and count} == {}, name
        assert counts["hinted"] > 50, name


@pytest.mark.parametrize(
    "mangle",
    [
        str.lower,
        lambda c: " ".join(c),
        lambda c: f"{c[:2]}-{c[2:-1]}-{c[-1]}",
        lambda c: f"{c[:2]} # {c[2:-1]}",
        lambda c: c[1:],
        lambda c: f"{c[0]}.{c[1]}.{c[2:-1]}.{c[-1]}.",
        lambda c: "".join(chr(ord(char) + 0xFEE0) for char in c),
    ],
)
def test_a_placeholder_is_known_again_however_it_is_mangled(mangle):
    source, answer = "他加入国际原子能机构。", f"He joined {mangle(code('他加入国际原子能机构。', 0))} today"
    [request] = requests_for([source], _glossary())
    restored = CARRIERS["placeholder"].receive(source, answer, request.occurrences)
    assert restored.replace(".", "") == "He joined International Atomic Energy Agency today"


def test_a_placeholder_of_another_segment_becomes_no_name():
    source = "他加入国际原子能机构。"
    other = next(f"{n}号" for n in range(99) if code(f"{n}号", 0) != code(source, 0))
    [request] = requests_for([source], _glossary())
    assert CARRIERS["placeholder"].receive(source, f"Join {code(other, 0)} now", request.occurrences) == "Join now"


def test_a_source_that_holds_the_letters_of_a_code_gets_others():
    source = "型号XT17X由国际原子能机构检验。"
    [request] = requests_for([source], _glossary())
    sent = CARRIERS["placeholder"].send(source, request.occurrences, _Engine())
    assert "XT17X" in sent
    received = CARRIERS["placeholder"].receive(source, sent, request.occurrences)
    assert "XT17X" in received
    assert "International Atomic Energy Agency" in received


@pytest.mark.parametrize(
    "answer",
    [None, "", "  ", "<html><title>Sorry</title>", "MYMEMORY WARNING: YOU USED ALL", "检验检疫工作很重要"],
)
def test_what_is_no_translation_is_told(answer):
    assert fault_of("检验检疫工作很重要", answer)


def test_entities_are_put_back_and_a_strange_answer_is_seen():
    assert cleaned("他说好", "He said &quot;good&quot; &amp; left") == 'He said "good" & left'
    assert cleaned("写作&amp;的", "written &amp;") == "written &amp;"
    asked = "海关总署发布公告，禁止进口该国水果和蔬菜。"
    assert is_foreign(asked, "The children went swimming because the weather was lovely.")
    assert not is_foreign(asked, "Customs announced a ban on imports of the country's fruit and vegetables.")


class _Engine(Engine):
    name, title, description = "e", "E", "for tests"

    def translate(self, texts):
        return texts


def _glossary():
    from glossary import Glossary

    return Glossary((Concept("国际原子能机构", "International Atomic Energy Agency"),))
