"""Large files in blocks: the same text, an exact ledger, memory that does not grow with the file."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

import documents
from documents.edits import undo
from documents.streaming import clean_stream

_LINES = (
    "天津海關(guān)與實(shí)驗(yàn)室。",
    "正文，内容完整。",
    "首页 登录 注册",
    "",
    "  ",
    "COOMET会议",
    "没有行尾的长句。第二句！",
)


def streamed(path, block: int) -> tuple[str, str, object]:
    text, ledger = io.BytesIO(), io.BytesIO()
    report = clean_stream(path, text, ledger, block)
    return text.getvalue().decode(), ledger.getvalue().decode(), report


@given(st.lists(st.sampled_from(_LINES), max_size=12), st.integers(5, 60))
def test_the_ledger_of_a_stream_undoes_it_exactly(tmp_path_factory, lines, block):
    raw = "\n".join(lines)
    path = tmp_path_factory.mktemp("s") / "a.txt"
    path.write_text(raw, encoding="utf-8", newline="")
    text, ledger, report = streamed(path, block)
    assert undo(text, ledger) == raw
    assert report.raw == len(raw)
    assert report.kept + sum(report.removed.values()) <= report.raw


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_stream_cleans_as_a_document_does(tmp_path, codec):
    lines = [f"第{n}段正文，内容完整，没有噪声。" for n in range(30_000)]
    path = tmp_path / "a.txt"
    path.write_text("\r\n".join(lines), encoding=codec, newline="")
    text, _, _ = streamed(path, 5000)
    assert text.splitlines() == lines
    assert documents.clean("\n".join(lines[:50])).text == "\n".join(lines[:50])


def test_memory_does_not_grow_with_the_file(tmp_path):
    peaks = []
    for size in (6, 18):
        path = tmp_path / f"{size}.txt"
        path.write_text(("正文第一句，内容完整，没有噪声。" * 50 + "\n") * 100 * size, encoding="utf-8")
        tracemalloc.start()
        with (tmp_path / "out.txt").open("wb") as out:
            clean_stream(path, out, None, 20_000)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5
