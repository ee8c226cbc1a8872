"""Documents come back in their own format: the batch command over a folder of many kinds, some of them broken."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from glossary import Concept, Glossary
from storage import Workspace, open_workspace
from storage.models import DocumentRow
from tests.documents.formats.pdf_making import Drawn, made_pdf
from translate.batch import load_bilingual, run_batch
from translate.engines import get_engine
from translate.jobs.documents import in_own_format
from translate.originals import place_of

CUSTOMS = Concept("海关总署", "General Administration of Customs", status="approved")
AGENCY = Concept("国际原子能机构", "International Atomic Energy Agency", "IAEA", status="approved")
PAGE = (
    '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>海关总署公告</title></head><body>'
    '<h1>海关总署公告</h1><p>海关总署与<a href="https://www.iaea.org/">国际原子能机构</a>签署协议。</p>'
    "<script>var office = '海关';</script></body></html>"
)


def word() -> bytes:
    made = docx.Document()
    paragraph = made.add_paragraph("会议在北京举行，")
    paragraph.add_run("海关总署").bold = True
    paragraph.add_run("参加会议。")
    made.add_table(1, 1).cell(0, 0).text = "国际原子能机构"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheet() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(["海关总署", 7, "=1+1"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tree of good files, an archive and broken ones."""
    place = tmp_path / "in"
    (place / "deep").mkdir(parents=True)
    (place / "talks.docx").write_bytes(word())
    (place / "deep" / "table.xlsx").write_bytes(sheet())
    (place / "deep" / "page.html").write_text(PAGE, encoding="utf-8")
    (place / "film.srt").write_text("1\n00:00:01,000 --> 00:00:04,000\n海关总署\n发布公告。\n", encoding="utf-8")
    with zipfile.ZipFile(place / "more.zip", "w") as archive:
        archive.writestr("inner/note.txt", "海关总署发布公告。")
        archive.writestr("../out.txt", "海关总署发布公告。")
    (place / "cut.docx").write_bytes(word()[:2_000])
    (place / "wrong.xlsx").write_bytes(PAGE.encode())
    (place / "README.md").write_text("# 说明\n", encoding="utf-8")
    return place


@pytest.fixture
def store(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "w.db")


def test_a_folder_of_many_kinds_comes_back_as_it_was(folder: Path, store: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = run_batch(store, [str(folder)], [CUSTOMS, AGENCY], get_engine("gloss"), out, ["same"])
    made = {path.relative_to(out / "documents").as_posix() for path in (out / "documents").rglob("*") if path.is_file()}
    assert made == {"talks.docx", "deep/table.xlsx", "deep/page.html", "film.srt", "more/inner/note.txt"}
    named = " ".join(report.failures)
    assert len(report.failures) == 3 and all(name in named for name in ("cut.docx", "wrong.xlsx", "../out.txt"))

    paragraph, *_ = docx.Document(str(out / "documents" / "talks.docx")).paragraphs
    assert [run.text.strip() for run in paragraph.runs if run.bold] == [CUSTOMS.target]
    assert docx.Document(str(out / "documents" / "talks.docx")).tables[0].cell(0, 0).text.endswith(AGENCY.target)
    row = next(load_workbook(out / "documents" / "deep" / "table.xlsx").active.iter_rows(values_only=True))
    assert str(row[0]).endswith(CUSTOMS.target) and row[1:] == (7, "=1+1")
    page = (out / "documents" / "deep" / "page.html").read_text(encoding="utf-8")
    assert f'<a href="https://www.iaea.org/">{AGENCY.target}</a>' in page
    assert "<script>var office = '海关';</script>" in page and "海关总署" not in page
    assert page.count(CUSTOMS.target) == 3
    film = (out / "documents" / "film.srt").read_text(encoding="utf-8")
    assert film.startswith("1\n00:00:01,000 --> 00:00:04,000\n") and CUSTOMS.target in film.replace("\n", " ")

    again = run_batch(store, [str(folder)], [CUSTOMS, AGENCY], get_engine("gloss"), out, ["same"])
    assert again.translated == 0 and len(again.files) == len(report.files)


def test_what_is_kept_is_written_back_when_the_file_is_gone(folder: Path, store: Workspace, tmp_path: Path) -> None:
    run_batch(store, [str(folder / "talks.docx")], [CUSTOMS], get_engine("gloss"), tmp_path / "out", ["csv"])
    (folder / "talks.docx").unlink()
    with store.session() as session:
        number = session.scalars(select(DocumentRow.id)).one()
        document = load_bilingual(session, number, Glossary((CUSTOMS,)), get_engine("gloss"))
        data = in_own_format(session, document)
    assert CUSTOMS.target in docx.Document(io.BytesIO(data)).paragraphs[0].text


def test_a_page_that_is_a_picture_is_told(store: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(made_pdf([[Drawn(72, 700, 12, "海关总署发布公告。")], []], pictures=[1]))
    report = run_batch(store, [str(path)], [CUSTOMS], get_engine("gloss"), tmp_path / "out", ["csv", "same"])
    assert f"{path}: page 2 is a picture without text." in report.notes
    assert report.failures == [f"{path}: cannot be written back; ask for another output."]
    assert CUSTOMS.target in (tmp_path / "out" / "scan.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "inputs", "place"),
    [
        ("in/deep/a.docx", ["in"], "deep/a.docx"),
        ("in/news.zip/may/a.docx", ["in"], "news/may/a.docx"),
        ("in/news.zip/may/a.docx", ["in/news.zip"], "may/a.docx"),
        ("a.docx", ["a.docx"], "a.docx"),
        ("/x/y/a.docx", ["/x/y/*.docx"], "a.docx"),
    ],
)
def test_where_a_file_goes(path: str, inputs: list[str], place: str) -> None:
    assert place_of(path, inputs).as_posix() == place


UNITS = (
    '<?xml version="1.0"?>\n<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n'
    '<file original="a" source-language="zh" datatype="plaintext"><body>\n'
    '<trans-unit id="1"><source>会议在北京举行，<g id="1">海关总署</g>参加会议。代表团访华。</source></trans-unit>\n'
    '<trans-unit id="2" approved="yes"><source>首页</source><target>Home page</target></trans-unit>\n'
    '<trans-unit id="3"><source>海关总署</source></trans-unit>\n</body></file></xliff>\n'
)
MEMORY = '<tmx version="1.4"><header srclang="zh"/><body>\n<tu>\n<tuv xml:lang="zh"><seg>海关总署</seg></tuv></tu></body></tmx>'


def test_files_of_translation_tools_come_back_with_english(tmp_path: Path) -> None:
    given = tmp_path / "in"
    given.mkdir()
    (given / "a.xlf").write_text(UNITS, encoding="utf-8")
    (given / "b.tmx").write_text(MEMORY, encoding="utf-8")
    (given / "c.txt").write_text("海关总署", encoding="utf-8")
    workspace = open_workspace(tmp_path / "w.db")
    report = run_batch(
        workspace,
        [str(given / "a.xlf"), str(given / "b.tmx")],
        [CUSTOMS],
        get_engine("gloss"),
        tmp_path / "out",
        ["same"],
    )
    assert report.failures == []
    units = (tmp_path / "out/documents/a.xlf").read_text(encoding="utf-8")
    name = "General Administration of Customs"
    assert f'<g id="1">{name}</g>' in units or f'<g id="1">the {name}</g>' in units
    assert units.count("needs-review-translation") == 2 and "<target>Home page</target>" in units
    memory = (tmp_path / "out/documents/b.tmx").read_text(encoding="utf-8")
    assert f"<seg>The {name}</seg></tuv>" in memory
    # In a directory they lie as results; read where they are named.
    report = run_batch(workspace, [str(given)], None, get_engine("gloss"), tmp_path / "out", ["same"])
    assert [document.name for document in report.documents] == ["c"]
    workspace.close()
