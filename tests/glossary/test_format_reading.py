"""Glossary files of strangers: other tools' TBX, TMX and lists are read; broken and hostile files end in one sentence."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest

from glossary import Concept, GlossaryError
from glossary.csv_file import csv_text
from glossary.formats import FORMATS, read_bytes, read_path

CONCEPTS = [
    Concept(f"第{number}研究院", f"Institute {number}", f"I{number}", (f"{number}院",), note="n")
    for number in range(30)
]
BOMB = """<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><tmx version="1.4"><header/><body><tu><tuv xml:lang="zh"><seg>&c;</seg></tuv>
<tuv xml:lang="en"><seg>&c;</seg></tuv></tu></body></tmx>"""
SECRET = """<?xml version="1.0"?><!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx><text><body><conceptEntry>
<langSec xml:lang="zh"><termSec><term>&x;核</term></termSec></langSec></conceptEntry></body></text></tbx>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd"><tmx version="1.4"><header/><body>
<tu><tuv xml:lang="ZH_CN"><seg>核</seg></tuv><tuv lang="en-US"><seg>nuclear</seg></tuv></tu></body></tmx>"""


def refused(data: bytes, suffix: str = "") -> str:
    with pytest.raises(GlossaryError) as caught:
        read_bytes(data, suffix)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400
    return str(caught.value)


@pytest.mark.parametrize("text", [BOMB, SECRET])
def test_entities_are_refused_in_every_encoding(text):
    for codec in ("utf-8", "utf-16"):
        assert "entities" in refused(text.encode(codec), ".tmx")


def test_a_document_type_elsewhere_is_not_fetched():
    started = time.monotonic()
    assert read_bytes(OUTSIDE.encode()).concepts == [Concept("核", "nuclear")]
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("name", ["tbx", "tmx", "xlsx"])
def test_half_a_file_is_refused(name):
    data = FORMATS[name].write(CONCEPTS).data
    for share in (0.3, 0.6, 0.9, 0.99):
        assert refused(data[: int(len(data) * share)], FORMATS[name].suffixes[0])


@pytest.mark.parametrize("name", list(FORMATS))
def test_damaged_files_never_end_in_anything_but_a_sentence(name):
    chosen = random.Random(name)
    data = FORMATS[name].write(CONCEPTS).data
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(chosen.randrange(1, 30)):
            at = chosen.randrange(len(broken))
            broken[at : at + chosen.randrange(3)] = chosen.randbytes(chosen.randrange(4))
        for suffix in (FORMATS[name].suffixes[0], ""):
            try:
                read_bytes(bytes(broken), suffix)
            except GlossaryError as error:
                assert "\n" not in str(error)


@pytest.mark.parametrize("suffix", ["", ".csv", ".tsv", ".xlsx", ".tbx", ".tmx", ".txt"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n\n ",
        b"\x00" * 4096,
        bytes(range(256)) * 64,
        b"PK\x03\x04" + b"\x00" * 200,
        b"<",
        b"<tbx>",
        b"<html><body>no glossary</body></html>",
        b"\xef\xbb\xbf<tmx version='1.4'></tmx>",
        "没有英文的一行".encode(),
        b"just English,more English\n" * 3,
        b"\xff\xfe" + "<tmx/>".encode("utf-16-le"),
        ("<a>" * 5000).encode(),
    ],
)
def test_what_is_no_glossary_is_refused(data, suffix):
    assert refused(data, suffix)


def test_a_workbook_that_unpacks_without_end_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b"0" * 1024 * 1024)
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert "unpacks to more than" in refused(packed.getvalue(), ".xlsx")


def test_a_workbook_with_a_document_type_is_refused():
    data = io.BytesIO(FORMATS["xlsx"].write(CONCEPTS).data)
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            body = old.read(part)
            if part.endswith("sheet1.xml"):
                body = b'<!DOCTYPE x [<!ENTITY a "b">]>' + body
            new.writestr(part, body)
    assert "document type" in refused(out.getvalue(), ".xlsx")


def test_tbx_of_other_tools():
    martif = """<?xml version="1.0"?><martif type="TBX" xml:lang="en"><text><body><termEntry id="1">
      <descrip type="subjectField">Customs</descrip>
      <langSet xml:lang="zh-Hans"><tig><term> 海关总署 </term></tig><tig><term>总署</term>
        <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig></langSet>
      <langSet xml:lang="en-US"><ntig><termGrp><term>GACC</term><termNote type="termType">acronym</termNote></termGrp></ntig>
        <tig><term>General Administration of Customs</term></tig>
        <tig><term>Chinese Customs House</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
      </langSet></termEntry>
      <termEntry id="2"><langSet xml:lang="de"><tig><term>Zoll</term></tig></langSet></termEntry></body></text></martif>"""
    read = read_bytes(martif.encode(), ".tbx")
    assert read.concepts == [
        Concept(
            "海关总署",
            "General Administration of Customs",
            "GACC",
            ("总署",),
            forbidden=("Chinese Customs House",),
        )
    ]
    assert [str(problem) for problem in read.problems] == ["row 2: has no Chinese term and was left out."]


def test_tbx_in_the_style_of_tags():
    dct = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
      xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader/><text><body>
      <conceptEntry id="c1"><min:subjectField>agency</min:subjectField><langSec xml:lang="zh"><termSec><term>海关</term>
      <basic:context>海关查验。</basic:context></termSec></langSec><langSec xml:lang="en"><termSec><term>Customs</term>
      <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec><termSec><term>C.</term>
      <basic:termType>acronym</basic:termType></termSec></langSec></conceptEntry></body></text></tbx>"""
    [concept] = read_bytes(dct.encode()).concepts
    assert (concept.source, concept.target, concept.acronym) == ("海关", "Customs", "C.")
    assert (concept.category, concept.context) == ("agency", "海关查验。")


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("海关总署\tGACC\n中国海关\tChina Customs\n", ".txt"),
        ("# Glossary in tab-separated format\n海关总署\tGACC\ta comment\n中国海关\tChina Customs\n", ".utf8"),
        ("GACC,海关总署\nChina Customs,中国海关\n", ".csv"),
        ("海关总署,GACC,ZH,EN\n中国海关,China Customs,ZH,EN\n", ".csv"),
        ("GACC,海关总署,EN,ZH,0.9\nChina Customs,中国海关,EN,ZH,0.8\n", ".csv"),
        ("zh-CN,en,pos\n海关总署,GACC,noun\n中国海关,China Customs,noun\n", ".csv"),
        ("en,zh,fr\nGACC,海关总署,x\nChina Customs,中国海关,y\n", ".csv"),
        ("中文;英文\n海关总署;GACC\n中国海关;China Customs\n", ".csv"),
        ("zh_hans\ten\tzh_hant\n海关总署\tGACC\t海關總署\n中国海关\tChina Customs\t中國海關\n", ".tsv"),
        ('"海关总署"\t"GACC"\n"中国海关"\t"China Customs"\n', ".tsv"),
        ("海关总署\tGACC\r\n\r\n中国海关\tChina Customs", ".tab"),
    ],
)
def test_lists_of_other_tools(text, suffix):
    for codec in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        read = read_bytes(text.encode(codec), suffix)
        assert [(c.source, c.target) for c in read.concepts] == [("海关总署", "GACC"), ("中国海关", "China Customs")]
        assert read.problems == []


def test_a_bare_tab_separated_list_keeps_its_quotation_marks():
    [concept, _] = read_bytes('"一带一路"倡议\tthe "Belt and Road"\n核\tx\n'.encode(), ".tsv").concepts
    assert (concept.source, concept.target) == ('"一带一路"倡议', 'the "Belt and Road"')


def test_a_list_of_a_hundred_thousand_rows():
    rows = csv_text(("zh", "en"), ((f"第{number}号中心", f"Centre No. {number}, China") for number in range(120_000)))
    started = time.process_time()
    read = read_bytes(rows.encode(), ".csv")
    assert time.process_time() - started < 5
    assert (len(read.concepts), read.concepts[-1].target) == (120_000, "Centre No. 119999, China")


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(GlossaryError, match="no such glossary"):
        read_path(tmp_path / "none.tbx")
    (tmp_path / "a.tbx").write_bytes(b"<tbx>")
    with pytest.raises(GlossaryError, match=r"a\.tbx: is no whole TBX file"):
        read_path(tmp_path / "a.tbx")
