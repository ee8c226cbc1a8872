"""JSON: strings with Chinese change, keys, order, numbers and layout do not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.formats.base import FormatError, Text
from documents.formats.json_lines import Json
from tests.documents.formats.broken import check_broken

JSON = Json()
GOOD = '{\n   "标题" : "外交部发言人\\n\\n　答记者问",\n "n": 1.50, "items": [ 1, {"t": "a\\u4e2d\\/"}, ["国\\"家"] ], "e": ""}\n'


def test_values_and_never_keys_with_their_paths() -> None:
    assert [(text.text, text.place) for text in JSON.read(GOOD.encode())] == [
        ("外交部发言人", "标题, line 1"),
        ("答记者问", "标题, line 2"),
        ("a中/", "items[1].t"),
        ('国"家', "items[2][0]"),
    ]


def test_fill_changes_these_strings_alone() -> None:
    filled = JSON.fill(GOOD.encode(), {1: Text("answers"), 3: Text('a "state"\\')})
    assert filled.decode() == GOOD.replace("答记者问", "answers").replace('国\\"家', 'a \\"state\\"\\\\')


def test_lines_of_json() -> None:
    data = '{"text": "第一"}\r\n\r\n{"text": "x", "更多": ["第二\u2028行"]}'.encode()
    assert [(text.text, text.place) for text in JSON.read(data)] == [
        ("第一", "line 1: text"),
        ("第二", "line 3: 更多[0], line 1"),
        ("行", "line 3: 更多[0], line 2"),
    ]
    assert JSON.fill(data, {0: Text("First")}) == data.replace("第一".encode(), b"First")


def test_a_file_in_ascii_stays_in_ascii() -> None:
    assert JSON.fill(b'["\\u4e2d", "\\u56fd"]', {0: Text("café")}) == b'["caf\\u00e9", "\\u56fd"]'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a": \n "b"', "is not valid JSON at line"),
        (b'{"a": 1}\n{"a": }\n', "on its line 2"),
        (b"[" * 100_000, "deep"),
        (b"[" * 190 + b"]" * 190 + b"x", "is not valid JSON"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        JSON.read(data)


VALUES = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False) | st.text('中国a"\\\n\ud800\u2028/ ', max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('键k."', max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_round_trip(value: object, indent: int | None, ascii_only: bool) -> None:
    data = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "replace")
    texts = JSON.read(data)
    assert JSON.fill(data, dict(enumerate(texts))) == JSON.fill(data, {}) == data
    filled = JSON.fill(data, {number: Text('E"\\') for number in range(len(texts))})
    assert JSON.read(filled) == []
    assert json.dumps(_shape(json.loads(filled))) == json.dumps(_shape(json.loads(data)))


def _shape(value: object) -> object:
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shape(inner) for inner in value]
    return "text" if isinstance(value, str) else value


def test_broken_json() -> None:
    check_broken(JSON, GOOD.encode())
    check_broken(JSON, b'{"a": "\\u4e2d"}\n{"b": "\\ud800\\u4e2d"}\n')
