"""How fast each format is read, and in how much memory: the target is 2 MB of text a second.

    python -m benchmarks.reader_speed [MB] [KIND...]

Of each kind one document with so many MB of text (4 by default), bold words, links and cells as documents have them. MB are
those of the texts read, as UTF-8; seconds are the processor's, so that other work on the machine does not count; memory is
what the reading process grows by at its most (Linux only). Wants requirements-test.txt (python-docx, python-pptx).
"""

from __future__ import annotations

import base64
import io
import json
import multiprocessing
import quopri
import random
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import docx
import pptx
from openpyxl import Workbook

from benchmarks.mixed_files import _SENTENCES
from documents.formats import format_of

# A paragraph's beginning, what is bold in it, the rest.
Line = tuple[str, str, str]


def _lines(megabytes: float) -> list[Line]:
    chance = random.Random(3)
    lines: list[Line] = []
    size = 0.0
    while size < megabytes * 1e6:
        line = "".join(chance.choices(_SENTENCES, k=3)) + f"第{chance.randrange(10**6)}号。"
        lines.append((line[:6], line[6:12], line[12:]))
        size += len(line.encode())
    return lines


def _packed(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts:
            packed.writestr(name, part)
    return out.getvalue()


def _repacked(made: bytes, changed: Callable[[str, str], str]) -> bytes:
    """A package, its parts in XML changed."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    return _packed((name, changed(name, part.decode()) if name.endswith(".xml") else part) for name, part in parts)


def _word(lines: list[Line]) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    made.save(out)
    fonts = '<w:rFonts w:ascii="Arial" w:eastAsia="SimSun"/>'
    body = "".join(
        f"<w:p><w:pPr><w:ind w:firstLine='420'/></w:pPr><w:r><w:rPr>{fonts}</w:rPr><w:t>{a}</w:t></w:r>"
        f"<w:r><w:rPr>{fonts}<w:b/></w:rPr><w:t>{b}</w:t></w:r><w:r><w:rPr>{fonts}</w:rPr><w:t>{c}</w:t></w:r></w:p>"
        for a, b, c in lines
    )
    return _repacked(
        out.getvalue(), lambda name, part: part.replace("<w:body>", f"<w:body>{body}") if "/document" in name else part
    )


def _slides(lines: list[Line]) -> bytes:
    made, out = pptx.Presentation(), io.BytesIO()
    slides = 100
    for number in range(slides):
        made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = f"__{number}__"
    made.save(out)

    def filled(name: str, part: str) -> str:
        if not name.startswith("ppt/slides/slide"):
            return part
        number = int(name.removeprefix("ppt/slides/slide").removesuffix(".xml")) - 1
        body = "".join(
            f'<a:p><a:r><a:rPr lang="zh-CN"/><a:t>{a}</a:t></a:r><a:r><a:rPr lang="zh-CN" b="1"/><a:t>{b}</a:t></a:r>'
            f'<a:r><a:rPr lang="zh-CN"/><a:t>{c}</a:t></a:r></a:p>'
            for a, b, c in lines[number::slides]
        )
        return part.replace("<a:p>", body + "<a:p>", 1)

    return _repacked(out.getvalue(), filled)


def _sheet(lines: list[Line]) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for number, line in enumerate(lines):
        sheet.append([number, *line[:1], "".join(line[1:])])
    book.save(out)
    return out.getvalue()


def _office(lines: list[Line]) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    body = "".join(f'<text:p>{a}<text:span text:style-name="T1">{b}</text:span>{c}</text:p>' for a, b, c in lines)
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:text="{space}text:1.0"'
        f' xmlns:style="{space}style:1.0"><office:automatic-styles><style:style style:name="T1" style:family="text"/>'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    manifest = f'<m:manifest xmlns:m="{space}manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.text"
    return _packed([("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)])


def _page(lines: list[Line], head: str = "<!doctype html>") -> bytes:
    body = "".join(f'<p>{a}<b>{b}</b><a href="https://example.org/">{c[:9]}</a>{c[9:]}</p>\n' for a, b, c in lines)
    return f'{head}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>题</title></head><body>{body}</body></html>'.encode()


def _book(lines: list[Line]) -> bytes:
    chapters = [lines[at : at + 500] for at in range(0, len(lines), 500)]
    items = "".join(
        f'<item id="c{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    return _packed(
        [
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", container),
            ("b.opf", package),
            *((f"{n}.xhtml", _page(chapter, '<?xml version="1.0"?>')) for n, chapter in enumerate(chapters)),
        ]
    )


def _markdown(lines: list[Line]) -> bytes:
    """Paragraphs, each tenth with a heading, each third a list's item, each seventh a row of a table."""
    out = []
    for number, (a, b, c) in enumerate(lines):
        head = f"## {a}\n\n" if number % 10 == 0 else "- " if number % 3 == 0 else ""
        row = f"| {a} | {b} |\n|---|---|\n| {b} | {a} |\n\n" if number % 7 == 0 else ""
        out.append(f"{row}{head}{a}**{b}**[{c[:9]}](https://example.org/){c[9:]}\n\n")
    return "".join(out).encode()


def _subtitles(lines: list[Line]) -> bytes:
    times = ((n // 3600, n // 60 % 60, n % 60) for n in range(len(lines)))
    return "".join(
        f"{n}\n{h:02}:{m:02}:{s:02},000 --> {h:02}:{m:02}:{s:02},900\n{a}<i>{b}</i>\n{c}\n\n"
        for n, ((a, b, c), (h, m, s)) in enumerate(zip(lines, times, strict=True), 1)
    ).encode()


def _catalogue(lines: list[Line]) -> bytes:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return (
        head + "".join(f'#: a.c:{n}\nmsgid "{n} {"".join(line)}"\nmsgstr ""\n\n' for n, line in enumerate(lines))
    ).encode()


def _objects(lines: list[Line]) -> bytes:
    rows = [{"id": n, "title": a, "body": {"text": b + c}} for n, (a, b, c) in enumerate(lines)]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _table(lines: list[Line]) -> bytes:
    return "".join(f'{n},{a},"{b}{c}"\r\n' for n, (a, b, c) in enumerate(lines)).encode()


def _mail(lines: list[Line]) -> bytes:
    body = base64.encodebytes("\r\n".join(map("".join, lines)).encode())
    head = "From: a@example.org\nSubject: =?utf-8?B?6YCa55+l?=\nMIME-Version: 1.0\n"
    return f'{head}Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n'.encode() + body


def _saved_page(lines: list[Line]) -> bytes:
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x1"\n\n--x1\nContent-Type: text/html; charset="utf-8"\n'
    page = quopri.encodestring(_page(lines))
    return f"{head}Content-Transfer-Encoding: quoted-printable\n\n".encode() + page + b"\n--x1--\n"


KINDS: dict[str, Callable[[list[Line]], bytes]] = {
    "docx": _word,
    "pptx": _slides,
    "xlsx": _sheet,
    "odt": _office,
    "html": _page,
    "md": _markdown,
    "epub": _book,
    "srt": _subtitles,
    "po": _catalogue,
    "json": _objects,
    "csv": _table,
    "eml": _mail,
    "mhtml": _saved_page,
}


def measured(kind: str, data: bytes) -> tuple[float, float, float]:
    """MB of text read from a file of that suffix, seconds of the processor, MB of memory the process grew by."""
    form = format_of(f"a.{kind}")
    assert form is not None
    before = _memory("VmRSS")
    started = time.process_time()
    texts = form.read(data)
    seconds = time.process_time() - started
    memory = _memory("VmHWM") - before
    return sum(len(text.text.encode()) for text in texts) / 1e6, seconds, memory


def _memory(what: str) -> float:
    """MB that this process holds, or held at its most. The usual call for it counts what the parent held, too."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{what}:")[2].split(maxsplit=1)[0]) / 1024


def main(megabytes: float = 4, *kinds: str) -> None:
    """Makes a document of each kind, reads it in a process of its own, prints its speed."""
    lines = _lines(megabytes)
    start = multiprocessing.get_context("spawn")
    for kind in kinds or KINDS:
        data = KINDS[kind](lines)
        with ProcessPoolExecutor(1, mp_context=start) as one:
            text, seconds, memory = one.submit(measured, kind, data).result()
        speed = text / seconds
        print(
            f"{kind:6} {len(data) / 1e6:5.1f} MB of file, {text:4.1f} of text, {seconds:5.2f} s: "
            f"{speed:5.1f} MB/s, {memory:4.0f} MB of memory{'' if speed >= 2 else '  below 2 MB/s'}",
            flush=True,
        )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 4, *sys.argv[2:])
