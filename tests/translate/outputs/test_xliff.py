"""XLIFF 1.2 and 2.1: valid, terms and states in their places, and the same sentences when read back.

By the schemas of OASIS where they are installed (Debian's php-symfony-translation brings them, `.ci/run` installs it), and
by the grammars under tests/data/schemas, which are ours, written from the specifications: they go further, and 2.1 has none
of OASIS's own. What a grammar cannot say (ids that are unique, annotations that agree on both sides) is checked here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from tests.translate.outputs.made import any_document, document
from translate.bilingual import BilingualDocument
from translate.outputs import SUFFIXES, WRITERS
from translate.pair_files import read_pairs
from translate.review import xliff
from translate.review.key import fingerprint, holdable, is_blank, parse_key

GRAMMARS = {"xliff": "xliff-1.2.rng", "xliff2": "xliff-2.1.rng"}
OASIS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
OF_OASIS = {"xliff": "xliff-core-1.2-strict.xsd", "xliff2": "xliff-core-2.0.xsd"}
BOTH = pytest.mark.parametrize("form", list(GRAMMARS))


@pytest.fixture(scope="module")
def grammars(root) -> dict[str, etree.RelaxNG]:
    at = root / "tests" / "data" / "schemas"
    return {form: etree.RelaxNG(etree.parse(at / name)) for form, name in GRAMMARS.items()}


class _Beside(etree.Resolver):
    """The schema of xml:lang and xml:space from the same folder, not from the web."""

    def resolve(self, system_url, public_id, context):
        name = str(system_url).rpartition("/")[2]
        return self.resolve_filename(str(OASIS / name), context) if name == "xml.xsd" else None


@pytest.fixture(scope="module")
def schemas() -> dict[str, etree.XMLSchema]:
    if not OASIS.is_dir():
        pytest.skip("the schemas of OASIS are not installed (Debian: php-symfony-translation)")
    parser = etree.XMLParser()
    parser.resolvers.add(_Beside())
    return {form: etree.XMLSchema(etree.parse(OASIS / name, parser)) for form, name in OF_OASIS.items()}


@BOTH
@given(made=any_document())
def test_whatever_a_document_holds_is_valid_by_oasis(form, made, schemas):
    assert schemas[form].validate(etree.fromstring(WRITERS[form](made))), schemas[form].error_log


def check(form: str, made: BilingualDocument, grammars) -> etree._Element:
    """A valid file of `made`; its root."""
    tree = etree.fromstring(WRITERS[form](made))
    assert grammars[form].validate(tree), grammars[form].error_log
    ids = [unit.get("id") for unit in tree.iter("{*}trans-unit", "{*}unit")]
    assert len(set(ids)) == len(ids)
    tools = {tool.get("tool-id") for tool in tree.iter("{*}tool")}
    assert {part.get("tool-id") for part in tree.iter("{*}file", "{*}alt-trans")} <= {None, *tools}
    for target in tree.iterfind(".//{*}trans-unit/{*}target"):
        # In 1.2 it would name a segment of a seg-source, and there is none.
        assert not target.xpath("*[@mid]")
    for unit in tree.iter("{*}unit"):
        inner = [part.get("id") for part in unit.iter("{*}segment")]
        for side in unit.iter("{*}source", "{*}target"):
            marks = [mark.get("id") for mark in side.iter("{*}mrk")]
            assert len({*marks, *inner}) == len(marks) + len(inner)
    for segment in tree.iter("{*}segment"):
        assert segment.get("state") or not segment.get("subState")
        assert segment.get("state", "initial") == "initial" or segment.find("{*}target") is not None
    return tree


@BOTH
@given(made=any_document())
def test_whatever_a_document_holds_is_valid_and_comes_back(form, made, grammars):
    check(form, made, grammars)
    rows = {row.index: row for row in xliff.read(WRITERS[form](made))}
    for segment in made.segments:
        row = rows.get(segment.index)
        if row is None:
            assert form == "xliff2"
            assert is_blank(segment.source)
            continue
        assert row.document == (holdable(made.name) or {"xliff": "", "xliff2": "f1"}[form])
        assert row.source == fingerprint(segment.source)
        if not is_blank(segment.target) and segment.state != "failed":
            assert row.seen == row.written == fingerprint(segment.target)
            assert row.written_state == segment.state
            assert not row.approves
        else:
            assert row.english == ""
            assert row.written == fingerprint("")


@BOTH
def test_a_term_is_marked_alike_on_both_sides_with_its_concept(form, grammars):
    tree = check(form, document(), grammars)
    unit = next(tree.iter("{*}trans-unit", "{*}unit"))
    [left] = unit.find(".//{*}source").iter("{*}mrk")
    [right] = unit.find(".//{*}target").iter("{*}mrk")
    assert (left.text, right.text) == ("海关总署", "General Administration of Customs")
    assert dict(left.attrib) == dict(right.attrib)
    assert "海关总署 = General Administration of Customs" in (left.get("comment") or left.get("value"))
    assert "term" in (left.get("mtype"), left.get("type"))


def test_states_of_version_1(grammars):
    tree = check("xliff", document(), grammars)
    units = list(tree.iter("{*}trans-unit"))
    targets = [unit.find("{*}target") for unit in units]
    assert [None if t is None else t.get("state") for t in targets] == [
        "needs-review-translation", "translated", "final", "signed-off", None,
    ]  # fmt: skip
    assert [unit.get("approved") for unit in units] == ["no", "no", "yes", "yes", "no"]
    assert [unit.get("translate") for unit in units] == [None, None, None, "no", None]
    file = tree.find("{*}file")
    assert (file.get("source-language"), file.get("target-language")) == ("zh-CN", "en-US")
    assert next(note.text for note in units[1].iter("{*}note")) == "error: <u>look</u>\ufffd"
    assert "a gloss · engine gloss:1 · glossary abc" in "".join(file.find("{*}header").itertext())


def test_states_of_version_2(grammars):
    tree = check("xliff2", document(), grammars)
    segments = list(tree.iter("{*}segment"))
    assert [one.get("state") for one in segments] == ["initial", "translated", "reviewed", "final", "initial"]
    assert [one.get("subState") for one in segments][:4] == [
        f"zhengming:{state}" for state in ("machine", "edited", "confirmed", "locked")
    ]
    assert segments[4].find("{*}target") is None
    assert (tree.get("version"), tree.get("srcLang"), tree.get("trgLang")) == ("2.1", "zh-CN", "en-US")
    assert [cp.get("hex") for cp in segments[0].find("{*}target").iter("{*}cp")] == ["0001"]
    notes = [(n.get("category"), n.get("appliesTo"), n.text) for n in tree.iter("{*}note")]
    assert notes[:2] == [
        ("warning", "target", "<u>look</u>\ufffd"),
        ("warning", "source", "25% of the source's characters are lost or doubtful"),
    ]


@BOTH
def test_an_empty_document_is_valid_and_holds_nothing(form, grammars):
    empty = BilingualDocument("a", "e", "n", "g", ())
    check(form, empty, grammars)
    assert xliff.read(WRITERS[form](empty)) == []


@BOTH
def test_the_command_enforce_reads_the_pairs(form, tmp_path):
    path = tmp_path / f"a.{SUFFIXES.get(form, form)}"
    path.write_bytes(WRITERS[form](document()))
    assert len(list(read_pairs(path).pairs)) == 4


def test_an_id_says_number_and_chinese():
    tree = etree.fromstring(WRITERS["xliff"](document()))
    keys = [parse_key(unit.get("id")) for unit in tree.iter("{*}trans-unit")]
    assert keys == [(number, fingerprint(segment.source)) for number, segment in enumerate(document().segments)]
    assert parse_key("12") is None
    assert fingerprint(" a  b\n") == fingerprint("a b") != fingerprint("ab")
