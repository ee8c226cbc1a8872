"""The pairs of agency news written for this project: well formed, and apart from what is measured on."""

from __future__ import annotations

import collections
from pathlib import Path

import opencc
import pytest

from training import corpus
from training.corpus import HELD_OUT_NEWS, WRITTEN, read_written, repeated, written


def test_every_file_is_read_and_no_chinese_comes_twice():
    assert len(list(WRITTEN.glob("*.tsv"))) > 5
    times = collections.Counter(pair.chinese for pair in written())
    assert len(times) > 5_000
    assert [chinese for chinese, count in times.items() if count > 1] == []


def test_nothing_is_learned_from_the_sentences_that_are_measured_on(root: Path, seeds: Path):
    simplified = opencc.OpenCC("t2s").convert
    files = [*seeds.glob("*.txt"), *(path for path in (root / "tests" / "data" / "gold").rglob("*") if path.is_file())]
    measured = [simplified(path.read_text(encoding="utf-8", errors="ignore")) for path in files]
    measured += [pair.chinese for pair in read_written(HELD_OUT_NEWS)]
    assert repeated([pair.chinese for pair in written()], measured, 1 / 3) == []
    first = next(read_written(HELD_OUT_NEWS)).chinese
    assert repeated([first], measured, 1 / 3) == [first]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("海关\tCustoms", "line 1"),
        ("海关\tCustoms\t海关=WCO", "海关"),
        ("海关\tCustoms\t关税=Customs", "关税"),
        ("\tx\t", "line 1"),
    ],
)
def test_a_malformed_line_is_told(tmp_path: Path, line: str, told: str):
    (tmp_path / "a.tsv").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        list(corpus.written(tmp_path))


def test_names_stand_on_both_sides(tmp_path: Path):
    (tmp_path / "a.tsv").write_text("“三智”合作\t“Three Smarts” cooperation\t三智=Three Smarts\n", encoding="utf-8")
    [pair] = corpus.written(tmp_path)
    assert (pair.english, pair.names) == ('"Three Smarts" cooperation', (("三智", "Three Smarts"),))
