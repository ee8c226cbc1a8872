"""The glossary CSV: byte-equal round trips, safe cells, forgiving reading, problems named by row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import Concept, GlossaryError, load
from glossary.concept import CATEGORIES, ORIGINS, STATUSES
from glossary.csv_file import COLUMNS, join_list, read_rows, split_list, write_file, write_rows

_CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
_PART = _CELL.filter(bool)
_LIST = st.lists(_PART, max_size=3).map(tuple)
CONCEPTS = st.builds(
    Concept,
    source=_PART.filter(str.strip),
    target=_CELL,
    acronym=_CELL,
    source_variants=_LIST,
    target_variants=_LIST,
    forbidden=_LIST,
    category=st.sampled_from(("", *CATEGORIES)),
    status=st.sampled_from(STATUSES),
    origin=st.sampled_from(ORIGINS),
    confidence=st.integers(0, 1000).map(lambda n: n / 1000),
    count=st.integers(0, 10**6),
    documents=st.integers(0, 10**6),
    scope=_CELL,
    context=_CELL,
    note=_CELL,
)


@given(st.lists(CONCEPTS, max_size=4))
def test_export_after_import_is_byte_equal(concepts):
    text = write_rows(concepts)
    read, problems = read_rows("\ufeff" + text)
    assert problems == []
    assert read == concepts
    assert write_rows(read) == text


@given(st.lists(CONCEPTS, max_size=3))
def test_no_cell_can_run_in_a_spreadsheet(concepts):
    for row in list(csv.reader(io.StringIO(write_rows(concepts), newline="")))[1:]:
        assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


@given(_LIST)
def test_lists_in_a_cell_come_back(parts):
    assert split_list(join_list(parts)) == parts


def test_a_file_begins_with_a_bom_and_the_columns_in_order(tmp_path):
    write_file([Concept("海关总署", "General Administration of Customs")], tmp_path / "g.csv")
    data = (tmp_path / "g.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode())
    assert b"\r" not in data
    assert COLUMNS[:5] == ("source", "target", "acronym", "source_variants", "target_variants")


@pytest.mark.parametrize(
    "text",
    [
        "source,target\n海关总署,General Administration of Customs\n",
        "\ufeffsource\ttarget\r\n海关总署\tGeneral Administration of Customs\r\n",
        "zh,en\n海关总署,General Administration of Customs",
        "EN;ZH\nGeneral Administration of Customs;海关总署\n",
        "海关总署,General Administration of Customs\n",
    ],
)
def test_plain_two_column_lists_are_accepted(text):
    read, problems = read_rows(text)
    assert [(c.source, c.target, c.status, c.is_forced) for c in read] == [
        ("海关总署", "General Administration of Customs", "approved", True)
    ]
    assert problems == []


def test_words_that_pandas_would_lose_stay():
    read, _ = read_rows("source,target\n空,null\n无,NA\n非,None\n")
    assert [concept.target for concept in read] == ["null", "NA", "None"]


def test_bad_rows_are_named_and_the_others_read():
    text = "source,target,status,confidence\n,x,approved,1\n甲乙,a,maybe,1\n丙丁,b,approved,much\n海关,Customs,approved,1\n"
    read, problems = read_rows(text)
    assert [concept.source for concept in read] == ["海关"]
    assert [(p.row, words in p.text) for p, words in zip(problems, ("no source", "maybe", "much"), strict=True)] == [
        (2, True),
        (3, True),
        (4, True),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "no column is named source"),
        (bytes(range(256)) * 20, "binary data"),
        (None, "no such glossary"),
    ],
)
def test_what_is_no_glossary_is_refused_in_one_sentence(tmp_path, data, words):
    path = tmp_path / "g.csv"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(GlossaryError, match=words) as caught:
        load(path)
    assert "\n" not in str(caught.value)
