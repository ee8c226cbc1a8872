"""Glossary files for other programs: what goes out comes back, and nothing goes out that the other program refuses."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from glossary import Concept, GlossaryError, load
from glossary.authority import authority
from glossary.concept import CATEGORIES, ORIGINS, STATUSES
from glossary.formats import FORMATS, read_bytes

CUSTOMS = Concept(
    "海关总署",
    "General Administration of Customs",
    "GACC",
    ("中华人民共和国海关总署", "中国海关总署"),
    ("General Administration of Customs of China",),
    ("General Customs Administration",),
    "agency",
    "approved",
    "authority",
    1.0,
    7,
    3,
    "",
    "海关总署表示欢迎。",
    "official; customs.gov.cn; https://english.customs.gov.cn/about; 1949–",
)
OLD = Concept("国家质检总局", "AQSIQ", category="agency", origin="authority", note="official; aqsiq.gov.cn; 2001–2018")
CANDIDATE = Concept(
    "海洋监测联盟", "", "EOMA", status="candidate", origin="text", confidence=0.7, note="a <note> & more"
)
SCOPED = Concept("培训中心", "Training Center", scope="doc 1", origin="text", confidence=0.9)
REJECTED = Concept("某某局", "Some Bureau", status="rejected")
ALL = (CUSTOMS, OLD, CANDIDATE, SCOPED, REJECTED)

_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]).filter(lambda c: c not in "\u2028\u2029\ufffe\uffff"),
    max_size=12,
).map(lambda text: " ".join(text.split()))
_TERM = _TEXT.filter(bool)
_LIST = st.lists(_TERM, max_size=3, unique=True).map(tuple)
CONCEPTS = st.builds(
    Concept,
    source=_TERM,
    target=_TERM,
    acronym=_TEXT,
    source_variants=_LIST,
    target_variants=_LIST,
    forbidden=_LIST,
    category=st.sampled_from(("", *CATEGORIES)),
    status=st.sampled_from(STATUSES),
    origin=st.sampled_from(ORIGINS),
    confidence=st.integers(0, 1000).map(lambda n: n / 1000),
    count=st.integers(0, 10**6),
    documents=st.integers(0, 10**6),
    scope=_TEXT,
    context=_TEXT,
    note=_TEXT.filter(lambda text: not text.startswith(("valid ", "zhengming "))),
)


def written(name: str, concepts=ALL, suffix: str = ""):
    return FORMATS[name].write(concepts, suffix)


def read_back(name: str, data: bytes, suffix: str = "") -> list[Concept]:
    read = read_bytes(data, suffix or FORMATS[name].suffixes[0])
    assert read.problems == []
    return read.concepts


def pairs_in(concepts) -> list[tuple[str, str]]:
    settled = [concept for concept in concepts if concept.is_forced and not concept.scope]
    return [(form, concept.target) for concept in settled for form in concept.sources]


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx", "tbx"])
def test_formats_that_hold_everything_give_back_everything(name):
    done = written(name)
    assert (done.rows, done.left_out, done.notes) == (5, (), ())
    assert read_back(name, done.data) == list(ALL)


def test_tmx_gives_back_every_concept_that_has_english():
    done = written("tmx")
    assert read_back("tmx", done.data) == [c for c in ALL if c.target]
    assert done.left_out == ("Row 4 was left out, TMX pairs texts and they have no English (海洋监测联盟).",)


@pytest.mark.parametrize("name", ["deepl", "google", "amazon", "azure", "omegat"])
def test_term_lists_give_back_the_settled_pairs(name):
    done = written(name)
    assert [(c.source, c.target) for c in read_back(name, done.data)] == pairs_in(ALL)
    assert done.rows == 4
    assert not done.left_out
    assert [words for words in ("2 names not settled", "1 short form") if words in " ".join(done.notes)] == [
        "2 names not settled",
        "1 short form",
    ]
    assert not done.data.startswith(b"\xef\xbb\xbf")


@given(st.lists(CONCEPTS, max_size=3, unique_by=lambda concept: concept.key))
def test_round_trips_of_any_concepts(concepts):
    for name in ("csv", "tsv", "xlsx"):
        if concepts:
            assert read_back(name, written(name, concepts).data) == concepts
    if concepts:
        assert [c.key for c in read_back("tbx", written("tbx", concepts).data)] == [c.key for c in concepts]
        assert read_back("tmx", written("tmx", concepts).data) == concepts


@given(st.lists(CONCEPTS, max_size=4))
def test_what_goes_to_an_engine_is_within_its_limits(concepts):
    for name in ("deepl", "google", "amazon", "azure"):
        done = written(name, concepts)
        separator = "\t" if name in ("deepl", "azure") else ","
        quoting = csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL
        rows = list(csv.reader(io.StringIO(done.data.decode(), newline=""), delimiter=separator, quoting=quoting))
        rows = rows[1:] if name in ("google", "amazon") else rows
        assert len(rows) == done.rows == len({row[0] for row in rows})
        assert all(len(row) == 2 and all(cell and cell == cell.strip() for cell in row) for row in rows)


def test_the_whole_authority_file_goes_out_and_comes_back():
    for name in ("tbx", "tmx"):
        assert read_back(name, written(name, authority()).data) == list(authority())
    for name in ("deepl", "google", "azure"):
        assert dict(pairs_in(read_back(name, written(name, authority()).data))) == dict(pairs_in(authority()))


def test_tbx_is_valid_and_says_what_a_terminologist_expects(root):
    grammar = etree.RelaxNG(etree.parse(root / "tests" / "data" / "schemas" / "tbx-basic-dca.rng"))
    for concepts in (ALL, authority()):
        grammar.assertValid(etree.fromstring(written("tbx", concepts).data))
    tree = etree.fromstring(written("tbx").data)
    space = {"t": "urn:iso:std:iso:30042:ed-2"}
    entry = tree.xpath("//t:conceptEntry[1]", namespaces=space)[0]
    found = [
        (
            term.xpath("string(ancestor::t:langSec/@xml:lang)", namespaces=space),
            term.findtext("t:term", namespaces=space),
            term.xpath("string(t:termNote[@type='administrativeStatus'])", namespaces=space).removesuffix("-admn-sts"),
        )
        for term in entry.iterfind(".//t:termSec", space)
    ]
    assert found == [
        ("zh-CN", "海关总署", "preferredTerm"),
        ("zh-CN", "中华人民共和国海关总署", "admittedTerm"),
        ("zh-CN", "中国海关总署", "admittedTerm"),
        ("en", "General Administration of Customs", "preferredTerm"),
        ("en", "GACC", "admittedTerm"),
        ("en", "General Administration of Customs of China", "admittedTerm"),
        ("en", "General Customs Administration", "deprecatedTerm"),
    ]
    assert entry.xpath("string(t:descrip[@type='subjectField'])", namespaces=space) == "agency"
    assert entry.xpath("string(t:xref/@target)", namespaces=space) == "https://english.customs.gov.cn/about"
    notes = [note.text for note in tree.iterfind(".//t:note", space)]
    assert "valid 1949–" in notes and "valid 2001–2018" in notes


def test_tmx_is_valid(root):
    with (root / "tests" / "data" / "schemas" / "tmx14.dtd").open("rb") as file:
        dtd = etree.DTD(file)
    for data in (written("tmx").data, written("amazon", suffix=".tmx").data, written("tmx", authority()).data):
        assert dtd.validate(etree.fromstring(data)), dtd.error_log
    sources = etree.fromstring(written("amazon", suffix=".tmx").data).xpath("//tuv[@xml:lang='zh']/seg/text()")
    assert sources == [source for source, _ in pairs_in(ALL)]


def test_excel_opens_it_right():
    tricky = dataclasses.replace(CUSTOMS, target="=1+1", acronym="@x", context="+86 10", note="-1")
    book = load_workbook(io.BytesIO(written("xlsx", [tricky]).data))
    sheet = book.active
    assert (sheet.freeze_panes, sheet["A1"].font.bold, sheet.auto_filter.ref) == ("A2", True, "A1:O2")
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "inlineStr", "n"}
    assert [sheet["B2"].value, sheet["C2"].value, sheet["N2"].value] == ["=1+1", "@x", "+86 10"]
    assert written("csv").data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("name", "concept", "words"),
    [
        ("deepl", Concept("核" * 400, "x"), "DeepL takes terms of at most 1,024 bytes"),
        ("google", Concept("核", "x" * 1024), "Google takes terms of at most 1,023 bytes"),
        ("amazon", Concept("核", "x" * 201), "Amazon takes terms of at most 200 bytes"),
        ("deepl", Concept("核", "a\tb"), "DeepL takes no control characters"),
        ("azure", Concept("核\n心", "b"), "Azure takes no control characters, tabs or line breaks"),
        ("deepl", Concept("核", " b"), "DeepL takes no blanks at the beginning or end"),
        ("google", Concept("核 ", "b"), "Google takes no blanks at the beginning or end"),
        ("omegat", Concept("#1", "b"), "nor a # at the beginning of a term"),
        ("deepl", Concept("海关总署", "Other"), "takes one English for a term and an earlier row gives it another"),
        ("tbx", Concept("核\x01", "b"), "XML cannot hold"),
        ("tmx", Concept("核", "b", note="\x0c"), "XML cannot hold"),
        ("xlsx", Concept("核\x01", "b"), "Excel takes no control characters"),
        ("xlsx", Concept("核", "b", context="长" * 32_768), "Excel takes cells of at most 32,767 characters"),
    ],
)
def test_rows_beyond_a_limit_are_left_out_and_named_in_one_sentence(name, concept, words):
    concepts = (CUSTOMS, concept, dataclasses.replace(CUSTOMS, source="核心", source_variants=()))
    done = written(name, concepts)
    [sentence] = done.left_out
    assert sentence.startswith("Row 3 was left out, ")
    assert words in sentence
    assert "\n" not in sentence
    kept = {c.source for c in read_back(name, done.data)}
    assert {"海关总署", "核心"} <= kept
    assert concept.source not in kept or concept.source == "海关总署"


def test_many_bad_rows_are_counted():
    done = written("amazon", [Concept(f"核{number}", "x" * 300) for number in range(50)])
    [sentence] = done.left_out
    assert "Rows 2, 3, 4, 5" in sentence and "and 38 more were left out" in sentence


def test_the_same_pair_twice_is_one_pair():
    done = written("deepl", [Concept("核", "b"), Concept("核", "b")])
    assert (done.data, done.left_out) == ("核\tb\n".encode(), ())


@pytest.mark.parametrize(
    ("name", "limit"), [("deepl", "10,485,760"), ("google", "10,485,760"), ("azure", "10,000,000")]
)
def test_a_file_that_would_be_too_large_is_not_written(name, limit):
    concepts = [Concept(f"核{number}", "x" * 900) for number in range(12_000)]
    with pytest.raises(GlossaryError, match=f"at most {limit} bytes"):
        written(name, concepts)


def test_deepl_and_amazon_go_by_the_ending_of_the_file():
    assert (
        written("deepl", [CUSTOMS], ".csv").data.splitlines()[0]
        == "海关总署,General Administration of Customs".encode()
    )
    assert written("deepl", [CUSTOMS]).data.splitlines()[0] == "海关总署\tGeneral Administration of Customs".encode()
    assert written("amazon", [CUSTOMS], ".tmx").data.startswith(b"<?xml")
    assert written("google", [CUSTOMS]).data.splitlines()[0] == b"zh-CN,en"
    assert written("amazon", [CUSTOMS]).data.splitlines()[0] == b"zh,en"


def test_omegat_gets_what_else_is_known_as_a_comment():
    line = written("omegat", [CUSTOMS]).data.decode().splitlines()[1]
    source, target, comment = line.split("\t")
    assert (source, target) == ("海关总署", "General Administration of Customs")
    assert "also: General Administration of Customs of China | GACC" in comment
    assert "never: General Customs Administration" in comment


def test_load_reads_every_format(tmp_path):
    for name, format in FORMATS.items():
        path = tmp_path / f"{name}{format.suffixes[0]}"
        path.write_bytes(written(name).data)
        assert "海关总署" in {concept.source for concept in load(path).concepts}
