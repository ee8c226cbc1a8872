"""Reviewed files come back: changes are saved, what changed here meanwhile is never overwritten, nothing is lost silently."""

from __future__ import annotations

import csv
import io
import random
import zipfile

import pytest
from lxml import etree
from openpyxl import load_workbook
from sqlalchemy import select
from typer.testing import CliRunner

from glossary import Concept, Glossary
from storage import open_workspace
from storage.models import DocumentRow, RevisionRow, SegmentRow, TranslationRow
from translate.__main__ import app
from translate.batch import load_bilingual, run_batch
from translate.engines.base import Engine
from translate.outputs import SUFFIXES, WRITERS
from translate.review.reading import read_review
from translate.review.row import ReviewError
from translate.store import save_person

CUSTOMS = Concept("海关总署", "General Administration of Customs")
TEXT = "海关总署表示欢迎。\n双方会谈。\n代表团访华。\n双方会谈。"
FIRST = "The General Administration of Customs welcomed it."
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALL = ("docx", "xliff", "xliff2", "xlsx")


class Fixed(Engine):
    name = "fixed"
    title = "Fixed"
    description = "for tests"
    strategies = ("hint",)

    def translate(self, texts):
        return [FIRST if "General" in text else "A machine wrote this." for text in texts]


class Work:
    """A workspace with one translated document, and its files."""

    def __init__(self, path):
        self.path, self.store = path, path / "w.db"
        (path / "in").mkdir()
        self.translate(TEXT)

    def translate(self, text):
        (self.path / "in" / "a.txt").write_text(text, encoding="utf-8")
        workspace = open_workspace(self.store)
        run_batch(workspace, [str(self.path / "in")], [CUSTOMS], Fixed(), self.path / "out", ALL)
        workspace.close()

    def file(self, form):
        return self.path / "out" / f"a.{SUFFIXES.get(form, form)}"

    def change(self, form, changes):
        """The reviewer's work: {number: (english or None, whether confirmed)}, by the number of the sentence."""
        CHANGES[form](self.file(form), changes)
        return self.file(form)

    def save(self, number, english, state="edited"):
        workspace = open_workspace(self.store)
        with workspace.session() as session:
            row = session.scalar(select(SegmentRow).where(SegmentRow.position == number))
            save_person(session, row.id, row.translation.version, english, state, (), ())
        workspace.close()

    def english(self):
        workspace = open_workspace(self.store)
        with workspace.reading() as session:
            query = select(TranslationRow.target, TranslationRow.state).join(SegmentRow).order_by(SegmentRow.position)
            found = [tuple(row) for row in session.execute(query)]
        workspace.close()
        return found

    def run(self, *files, status=0, options=()):
        words = ["import-review", *map(str, files), "--workspace", str(self.store), *options]
        done = CliRunner().invoke(app, words)
        assert done.exit_code == status, done.output
        return done.output


def _xliff(path, changes):
    tree = etree.parse(path)
    for number, unit in enumerate(tree.iter("{*}trans-unit")):
        english, confirmed = changes.get(number, (None, False))
        target = unit.find("{*}target")
        if target is None and english is not None:
            target = etree.Element("{urn:oasis:names:tc:xliff:document:1.2}target")
            unit.find("{*}source").addnext(target)
        if english is not None:
            etree.strip_elements(target, "{*}mrk", with_tail=True)
            target.text = english
        if confirmed:
            unit.set("approved", "yes")
    tree.write(path, xml_declaration=True, encoding="UTF-8")


def _xliff2(path, changes):
    tree = etree.parse(path)
    for number, segment in enumerate(tree.iter("{*}segment")):
        english, confirmed = changes.get(number, (None, False))
        target = segment.find("{*}target")
        if target is None and english is not None:
            target = etree.SubElement(segment, "{urn:oasis:names:tc:xliff:document:2.0}target")
        if english is not None:
            etree.strip_elements(target, "{*}mrk", with_tail=True)
            target.text = english
            segment.set("state", "translated")
        if confirmed:
            segment.set("state", "reviewed")
    tree.write(path, xml_declaration=True, encoding="UTF-8")


def _docx(path, changes):
    """With tracked changes, as a reviewer's word processor makes them."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    for number, row in enumerate(list(root.iter(f"{W}tr"))[1:]):
        english, confirmed = changes.get(number, (None, False))
        cells = list(row.iter(f"{W}tc"))
        if english is not None:
            paragraph = cells[2].find(f"{W}p")
            gone = etree.SubElement(paragraph, f"{W}del")
            for run in paragraph.findall(f"{W}r"):
                gone.append(run)
            words = etree.SubElement(etree.SubElement(paragraph, f"{W}ins"), f"{W}r")
            etree.SubElement(words, f"{W}t").text = english
        if confirmed:
            next(cells[3].iter(f"{W}t")).text = "Confirmed"
    parts["word/document.xml"] = etree.tostring(root)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def _xlsx(path, changes):
    book = load_workbook(path)
    for number, row in enumerate(book["translation"].iter_rows(min_row=2)):
        english, confirmed = changes.get(number, (None, False))
        if english is not None:
            row[4].value = english
        if confirmed:
            row[5].value = "confirmed"
    book.save(path)


CHANGES = {"xliff": _xliff, "xliff2": _xliff2, "docx": _docx, "xlsx": _xlsx}
MACHINE = ("A machine wrote this.", "machine")


@pytest.fixture
def work(tmp_path):
    return Work(tmp_path)


@pytest.mark.parametrize("form", ALL)
def test_what_nobody_changed_changes_nothing(work, form):
    before = work.english()
    assert "4 unchanged" in work.run(work.file(form))
    assert work.english() == before


@pytest.mark.parametrize("form", ALL)
def test_changes_are_saved_as_edited_and_approvals_as_confirmed(work, form):
    path = work.change(form, {0: (None, True), 1: ("Both sides held talks.", False), 2: ("They visited China.", True)})
    told = work.run(path)
    assert "1 edited, 2 confirmed, 1 unchanged" in told
    assert work.english() == [
        (FIRST, "confirmed"),
        ("Both sides held talks.", "edited"),
        ("They visited China.", "confirmed"),
        MACHINE,
    ]
    workspace = open_workspace(work.store)
    with workspace.reading() as session:
        assert session.scalars(select(RevisionRow.note)).all().count(f"review {path.name}") == 3
        translation = session.scalar(select(TranslationRow).join(SegmentRow).where(SegmentRow.position == 0))
        assert [o.found for o in translation.occurrences] == ["General Administration of Customs"]
    workspace.close()
    assert "4 unchanged" in work.run(path)


@pytest.mark.parametrize("form", ALL)
def test_what_changed_here_meanwhile_is_a_conflict_with_both_texts(work, form, tmp_path):
    path = work.change(form, {1: ("The file's words.", True), 2: ("They visited China.", False)})
    work.save(1, "Our own words.")
    told = work.run(path, status=1, options=["--report", str(tmp_path / "r.csv")])
    assert "The file's words." in told
    assert "Our own words." in told
    assert work.english()[1] == ("Our own words.", "edited")
    assert work.english()[2] == ("They visited China.", "edited")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["segment"], row["outcome"]) for row in rows] == [("2", "conflict"), ("3", "edited")]
    assert (rows[0]["in the file"], rows[0]["in the workspace"]) == ("The file's words.", "Our own words.")


@pytest.mark.parametrize("form", ALL)
def test_an_older_file_does_not_take_back_what_was_done_here(work, form):
    work.save(1, "Our own words.")
    assert "4 unchanged" in work.run(work.file(form))
    assert work.english()[1] == ("Our own words.", "edited")


@pytest.mark.parametrize("form", ALL)
def test_a_persons_english_of_before_the_file_can_be_changed_in_it(work, form):
    work.save(1, "Our own words.")
    work.translate(TEXT)
    assert "1 edited" in work.run(work.change(form, {1: ("Better words.", False)}))
    assert work.english()[1] == ("Better words.", "edited")


@pytest.mark.parametrize("form", ALL)
def test_approving_words_that_are_no_longer_there_is_a_conflict(work, form):
    path = work.change(form, {1: (None, True)})
    work.save(1, "Our own words.")
    work.run(path, status=1)
    assert work.english()[1] == ("Our own words.", "edited")


@pytest.mark.parametrize("form", ALL)
def test_a_locked_sentence_stays(work, form):
    work.save(1, "Locked words.", "locked")
    work.translate(TEXT)
    work.run(work.change(form, {1: ("Other words.", False)}), status=1)
    assert work.english()[1] == ("Locked words.", "locked")


@pytest.mark.parametrize("form", ALL)
def test_an_error_holds_back_an_approval(work, form):
    told = work.run(work.change(form, {0: ("It was welcomed by everyone there.", True)}))
    assert "held" in told
    assert work.english()[0] == ("It was welcomed by everyone there.", "edited")


@pytest.mark.parametrize("form", ALL)
def test_sentences_are_found_after_edits_elsewhere_and_unknown_ones_are_named(work, form):
    path = work.change(form, {2: ("They visited China.", False), 3: ("The last talks.", False)})
    data = path.read_bytes()
    work.translate("新的一句话。\n海关总署表示欢迎。\n双方会谈。\n双方会谈。")
    path.write_bytes(data)
    told = work.run(path, status=1)
    assert "代表团访华" in told
    assert [english for english, _ in work.english()].count("The last talks.") == 1
    assert work.english()[3][0] == "The last talks."
    assert "They visited China." not in {english for english, _ in work.english()}


@pytest.mark.parametrize("form", ALL)
def test_of_equal_sentences_the_one_in_its_place_is_meant(work, form):
    path = work.change(form, {3: ("The last talks.", False)})
    data = path.read_bytes()
    work.translate("海关总署表示欢迎。\n新的一句话。\n代表团访华。\n双方会谈。")
    path.write_bytes(data)
    work.run(path, status=1)
    assert work.english()[3] == ("The last talks.", "edited")


@pytest.mark.parametrize("form", ALL)
def test_english_where_there_was_none_is_saved_unless_there_is_some_now(work, form):
    workspace = open_workspace(work.store)
    with workspace.session() as session:
        document = session.scalar(select(DocumentRow))
        [segment] = session.scalars(select(SegmentRow).where(SegmentRow.position == 2))
        session.delete(segment.translation)
        session.flush()
        session.expire_all()
        glossary = Glossary((CUSTOMS,))
        made = WRITERS[form](load_bilingual(session, document.id, glossary, Fixed()))
    workspace.close()
    work.file(form).write_bytes(made)
    path = work.change(form, {2: ("They visited China.", False)})
    assert "1 edited" in work.run(path)
    work.save(2, "Our own words.")
    work.run(path, status=1)
    assert work.english()[2] == ("Our own words.", "edited")


def test_a_workbook_without_its_hidden_columns_is_read_with_more_care(work):
    work.save(1, "Our own words.")
    work.translate(TEXT)
    path = work.change("xlsx", {1: ("Better words.", False), 2: ("They visited China.", False)})
    book = load_workbook(path)
    sheet = book["translation"]
    assert [sheet.column_dimensions[letter].hidden for letter in "IJK"] == [False, True, True]
    sheet.delete_cols(10, 2)
    book.save(path)
    # Whether a person's English is that of the file cannot be told now.
    work.run(path, status=1)
    assert work.english()[1:3] == [("Our own words.", "edited"), ("They visited China.", "edited")]


def test_a_confirmed_row_of_a_workbook_says_nothing_new(work):
    work.save(1, "Our own words.", "confirmed")
    work.translate(TEXT)
    work.save(1, "Our better words.", "confirmed")
    assert "4 unchanged" in work.run(work.file("xlsx"))


def test_a_document_that_is_not_there_is_named(work):
    workspace = open_workspace(work.store)
    with workspace.session() as session:
        session.scalar(select(DocumentRow)).name = "other"
    workspace.close()
    assert "no document a in the workspace" in work.run(work.file("docx"), status=1)


@pytest.mark.parametrize("form", ALL)
def test_a_dry_run_keeps_nothing(work, form):
    before = work.english()
    told = work.run(work.change(form, {1: ("New words.", False)}), options=["--dry-run"])
    assert "Would be: 1 edited" in told
    assert work.english() == before


def test_no_english_in_a_file_takes_none_away(work):
    assert "4 unchanged" in work.run(work.change("xliff", {1: ("", False)}))
    assert work.english()[1] == MACHINE


def test_several_files_at_once_and_nothing_saved_where_one_cannot_be_read(work):
    path = work.change("docx", {1: ("New words.", False)})
    bad = work.path / "bad.docx"
    bad.write_bytes(path.read_bytes()[:200])
    told = work.run(path, bad, status=2)
    assert "bad.docx" in told
    assert work.english()[1] == MACHINE
    assert "1 edited, 7 unchanged" in work.run(path, work.file("xliff"))


def test_there_has_to_be_a_workspace(work):
    done = CliRunner().invoke(app, ["import-review", str(work.file("xliff")), "--workspace", str(work.path / "no.db")])
    assert done.exit_code == 2
    assert not (work.path / "no.db").exists()


def test_a_strangers_xliff_is_matched_by_its_chinese(work):
    path = work.path / "s.xlf"
    path.write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" '
        'datatype="plaintext"><body><group><trans-unit id="x"><source>代表<ph id="1">{b}</ph>团访华。</source>'
        '<target state="final">They <g id="2">visited</g> China.</target></trans-unit></group></body></file></xliff>',
        encoding="utf-8",
    )
    assert "1 confirmed" in work.run(path)
    assert work.english()[2] == ("They visited China.", "confirmed")


def test_segments_that_a_tool_has_split_are_joined(work):
    path = work.file("xliff2")
    tree = etree.parse(path)
    unit = list(tree.iter("{*}unit"))[2]
    [segment] = unit.iter("{*}segment")
    space = "{urn:oasis:names:tc:xliff:document:2.0}"
    segment.find("{*}source").text, segment.find("{*}target").text = "代表团", "The delegation"
    segment.set("state", "final")
    second = etree.SubElement(unit, f"{space}segment", state="final")
    etree.SubElement(second, f"{space}source").text = "访华。"
    etree.SubElement(second, f"{space}target").text = " visited China."
    tree.write(path)
    work.run(path)
    assert work.english()[2] == ("The delegation visited China.", "confirmed")
    second.set("state", "translated")
    second.find(f"{space}target").text = " came to China."
    tree.write(path)
    work.save(2, "A machine wrote this.")
    work.run(path)
    assert work.english()[2] == ("The delegation came to China.", "edited")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"not xml",
        b"<a/>",
        b'<xliff version="1.2"/>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2"><file>&a;</file></xliff>',
        b"<xliff version='2.0'>" + b"<file>" * 5000,
    ],
)
def test_what_is_no_review_is_refused_in_one_sentence(tmp_path, data):
    path = tmp_path / "r.xliff"
    path.write_bytes(data)
    with pytest.raises(ReviewError, match=r"r\.xliff: .*\.$"):
        read_review(path)


def test_a_row_that_claims_an_absurd_number_takes_no_time(work):
    path = work.file("xlsx")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<row r="3"', b'<row r="99999999999"')
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    read_review(path)


@pytest.mark.parametrize("form", ALL)
def test_damaged_files_are_refused_or_read_and_nothing_else(work, form):
    good = work.file(form).read_bytes()
    chance = random.Random(form)
    path = work.path / "damaged"
    for _ in range(60):
        data = bytearray(good[: chance.randrange(len(good))] if chance.random() < 0.5 else good)
        for _ in range(chance.randrange(4)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        try:
            read_review(path)
        except ReviewError as error:
            assert str(error).startswith(f"{path}: ")
