"""Encodings and inputs: good ones are read, bad ones named in one sentence, the rest goes on."""

from __future__ import annotations

import codecs
import io
import random
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import RawDocument, Unreadable, read_documents
from documents.encoding import EncodingError, decode

_SIMPLE = "海关总署与国际原子能机构签署合作协议，促进贸易安全与便利化。"
_TRADITIONAL = "海關總署與國際原子能機構簽署合作協議，促進貿易安全與便利化。"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (_SIMPLE, "utf-8"),
        (_SIMPLE, "utf-8-sig"),
        (_SIMPLE, "gb18030"),
        (_SIMPLE, "gbk"),
        (_SIMPLE, "utf-16"),
        (_SIMPLE, "utf-16-le"),
        (_SIMPLE, "utf-16-be"),
        (_TRADITIONAL, "big5"),
        (_TRADITIONAL, "gb18030"),
        (_TRADITIONAL, "utf-16"),
        (_SIMPLE + "\U00020000", "gb18030"),
        ("plain English, nothing more", "ascii"),
    ],
)
def test_text_is_read_in_its_encoding(text, codec):
    assert decode(text.encode(codec)).text.removeprefix("\ufeff") == text


def test_big5_is_not_taken_for_gb18030():
    data = (_TRADITIONAL * 20).encode("big5")
    data.decode("gb18030")  # it decodes; that is the trap
    assert decode(data).encoding.startswith(("big5", "cp950"))


def test_damaged_utf8_is_read_and_its_losses_counted():
    data = (_SIMPLE * 10).encode()
    found = decode(data[:100] + b"\xff" + data[100:])
    assert found.lost_bytes >= 1
    assert found.text.replace("\ufffd", "")[:20] == _SIMPLE[:20]


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused_in_words(data):
    try:
        decode(data)
    except EncodingError as error:
        assert str(error) == "holds binary data, not text"


def test_bad_inputs_are_named_and_the_others_read(tmp_path):
    (tmp_path / "good.txt").write_text(_SIMPLE, encoding="gb18030")
    (tmp_path / "random.txt").write_bytes(random.Random(1).randbytes(5000))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "none").mkdir()
    inputs = [
        tmp_path / "random.txt",
        tmp_path / "empty.txt",
        tmp_path / "missing.txt",
        tmp_path / "none",
        tmp_path / "good.txt",
    ]
    items = list(read_documents(map(str, inputs)))
    assert [item.text for item in items if isinstance(item, RawDocument)] == [_SIMPLE]
    reasons = [item.reason for item in items if isinstance(item, Unreadable)]
    for reason, words in zip(
        reasons, ("binary data", "empty", "no such file", "holds no documents (.txt, "), strict=True
    ):
        assert words in reason
        assert "\n" not in reason


def test_directories_globs_and_standard_input(tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    for name in ("a.txt", "deep/a.txt", "b.TXT", ".hidden.txt", "c.doc"):
        (tmp_path / name).write_text(name + _SIMPLE, encoding="utf-8")
    names = [item.name for item in read_documents([str(tmp_path)])]
    assert names == ["a", "b", "a-2"]
    assert [item.name for item in read_documents([str(tmp_path / "*.txt")])] == ["a"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(codecs.BOM_UTF8 + _SIMPLE.encode())))
    assert [item.text for item in read_documents(["-"])] == [_SIMPLE]
