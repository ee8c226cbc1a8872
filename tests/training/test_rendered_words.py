"""Which Chinese words count as nearly always rendered recognisably."""

from __future__ import annotations

from training.corpus import Pair
from training.rendered_words import rendered_words


def _pairs(*texts: tuple[str, str], times: int = 10) -> list[Pair]:
    return [Pair(chinese, english, "x") for chinese, english in texts for _ in range(times)]


def test_words_count_by_how_often_their_english_stands() -> None:
    always = ("海关欢迎。", "The customs welcomed it.")
    seldom = ("海关的工作。", "What the customs does.")
    assert rendered_words(_pairs(always, seldom), 0.7) == ["欢迎", "海关"]
    assert "海关" not in rendered_words(_pairs(always, ("海关的工作。", "What it does.")), 0.7)


def test_rare_words_single_characters_and_figures_do_not_count() -> None:
    assert rendered_words(_pairs(("海关欢迎。", "The customs welcomed it."), times=4), 0.1) == []
    assert rendered_words(_pairs(("马，第三，三十。", "A horse, third, thirty.")), 0.1) == []
