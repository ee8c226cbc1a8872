"""Whether LibreOffice opens what we write: its own files translated, ours for review, all turned into PDF.

    python -m benchmarks.libreoffice [FOLDER]

Wants Debian's libreoffice-writer-nogui, -calc-nogui and -impress-nogui, and requirements-test.txt. LibreOffice makes files of
a page with headings, a list, a table and a link (docx, odt), of a table (xlsx, ods) and of slides (odp); python-pptx makes a
pptx. Each is filled without a change and must have equal parts; then a batch translates all of them and writes forms for
review, and LibreOffice must turn every file into a PDF in which the English of the names stands. With FOLDER the files are
kept there, to be looked at.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from benchmarks.mixed_files import _slides
from documents.formats import format_of
from glossary import Concept
from storage import open_workspace
from translate.batch import run_batch
from translate.engines import get_engine

_NAME, _ENGLISH = "海关总署", "General Administration of Customs"
_SENTENCE = f"{_NAME}与<b>国际原子能机构</b>签署<a href='https://example.org/x'>合作协议</a>，第5届会议增长5.3%。"
_PAGE = f"""<html><head><meta charset="utf-8"><title>公告</title></head><body><h1>{_NAME}公告</h1><p>{_SENTENCE}</p>
<ul><li>{_NAME}发布通知</li><li>第二项</li></ul><h2>附表</h2>
<table border="1"><tr><th>机构</th><th>说明</th></tr><tr><td>{_NAME}</td><td><i>负责</i>海关监管</td></tr></table>
<p style="color:red">红色的字。</p></body></html>"""
_TABLE = f"机构,说明,金额\n{_NAME},负责海关监管,=1+1\n国际原子能机构,在维也纳,12\n"


def _convert(files: list[Path], to: str, folder: Path, home: Path) -> None:
    """The files in another format of LibreOffice's, beside one another in `folder`."""
    # Tables as text: commas, quotation marks, UTF-8.
    command = ["soffice", "--infilter=CSV:44,34,76,1"] if files[0].suffix == ".csv" else ["soffice"]
    command += [f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, text=True, timeout=600)


def _made(folder: Path, home: Path) -> list[Path]:
    raw = folder / "raw"
    raw.mkdir()
    (raw / "page.html").write_text(_PAGE, encoding="utf-8")
    (raw / "table.csv").write_text(_TABLE, encoding="utf-8")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "slides.pptx").write_bytes(_slides([f"{_NAME}公告", "第二行"]))
    for to in ("docx:MS Word 2007 XML", "odt:writer8"):
        _convert([raw / "page.html"], to, documents, home)
    for to in ("xlsx", "ods"):
        _convert([raw / "table.csv"], to, documents, home)
    _convert([documents / "slides.pptx"], "odp", documents, home)
    return sorted(documents.iterdir())


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _said(path: Path) -> str:
    """The text of a PDF, in one line."""
    pdf = pypdfium2.PdfDocument(path)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def main(kept: str = "") -> None:
    """Make, fill, translate, open."""
    if shutil.which("soffice") is None:
        raise SystemExit(
            "LibreOffice is not installed (Debian: libreoffice-writer-nogui, -calc-nogui, -impress-nogui)."
        )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(kept or place).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        home = Path(place) / "profile"
        sources = _made(folder, home)
        equal = 0
        for path in sources:
            data, form = path.read_bytes(), format_of(path.name)
            assert form is not None, path
            equal += _parts(form.fill(data, {})) == _parts(data)
        print(f"filled without a change: {equal} of {len(sources)} have equal parts")
        store = open_workspace(Path(place) / "w.db")
        concepts = [Concept(_NAME, _ENGLISH, "GACC", category="agency", status="approved")]
        formats = ["same", "docx", "xlsx", "html"]
        report = run_batch(
            store, [str(path) for path in sources], concepts, get_engine("draft"), folder / "out", formats
        )
        store.close()
        for line in report.failures:
            print("  ", line)
        written = [path for path in sorted((folder / "out").rglob("*")) if path.suffix.lstrip(".") in _OPENED]
        pdfs = folder / "pdf"
        pdfs.mkdir()
        for number, path in enumerate(written):
            # Files of one name in different formats must not overwrite one another.
            shutil.copy(path, pdfs / f"{number:02}-{path.stem}-{path.suffix[1:]}{path.suffix}")
        _convert(sorted(pdfs.iterdir()), "pdf", pdfs, home)
        good = 0
        for path in sorted(pdfs.glob("*.pdf")):
            # A cell of a sheet shows as much of it as its column is wide.
            stands = _ENGLISH[:14] in _said(path)
            good += stands
            if not stands:
                print(f"   {path.name}: {_said(path)[:200]}")
        print(f"opened by LibreOffice with the English of the name in it: {good} of {len(written)}")
        if report.failures or equal < len(sources) or good < len(written):
            raise SystemExit("Not every file came through.")


_OPENED = ("docx", "odt", "xlsx", "ods", "odp", "pptx")


if __name__ == "__main__":
    main(*sys.argv[1:2])
