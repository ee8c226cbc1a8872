"""A folder of 500 files of many kinds, 50 of them broken, through one batch: 450 come back, 50 are named.

    python -m benchmarks.mixed_files [FILES] [BROKEN]

Prints what came back and was named, seconds, and the peak of memory; ends with a sentence and exit status 1 where a sound
file is missing, or a broken one is not named in one sentence. Wants requirements-test.txt (python-docx, python-pptx).
"""

from __future__ import annotations

import io
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import pptx
from openpyxl import Workbook

from storage import open_workspace
from tests.documents.formats.pdf_making import Drawn, made_pdf
from translate.batch import run_batch
from translate.engines import get_engine

_SENTENCES = (
    "海关总署与国际原子能机构签署协议。",
    "国家核安全局加强核材料监管。",
    "“一带一路”合作项目稳步推进。",
    "世界海关组织在布鲁塞尔举行会议。",
    "国家计量院参加欧亚计量合作组织的比对。",
)


def _text(chance: random.Random) -> list[str]:
    return ["".join(chance.choices(_SENTENCES, k=3)) + f"第{chance.randrange(10**6)}号。" for _ in range(6)]


def _word(lines: list[str]) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line[:6]).add_run(line[6:]).bold = True
    made.save(out)
    return out.getvalue()


def _slides(lines: list[str]) -> bytes:
    made, out = pptx.Presentation(), io.BytesIO()
    for line in lines[:3]:
        made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = line
    made.save(out)
    return out.getvalue()


def _sheet(lines: list[str]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for number, line in enumerate(lines):
        book.active.append([number, line, f"=A{number + 1}*2"])
    book.save(out)
    return out.getvalue()


def _mail(lines: list[str]) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = lines[0][:20], "a@example.org", "b@example.org"
    message.set_content("\n".join(lines))
    return message.as_bytes()


def _archive(lines: list[str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inside/文件.txt", "\n".join(lines))
    return out.getvalue()


def _page(lines: list[str]) -> bytes:
    body = "".join(f"<p>{line[:6]}<b>{line[6:12]}</b>{line[12:]}</p>" for line in lines)
    return f'<!doctype html><html><head><meta charset="gb18030"></head><body>{body}</body></html>'.encode("gb18030")


def _subtitles(lines: list[str]) -> bytes:
    cues = (f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n\n" for n, line in enumerate(lines, 1))
    return "".join(cues).encode()


def _pdf(lines: list[str]) -> bytes:
    return made_pdf([[Drawn(72, 760 - 20 * at, 9, line[:50]) for at, line in enumerate(lines)]])


_KINDS: dict[str, Callable[[list[str]], bytes]] = {
    "docx": _word,
    "pptx": _slides,
    "xlsx": _sheet,
    "eml": _mail,
    "zip": _archive,
    "html": _page,
    "srt": _subtitles,
    "pdf": _pdf,
    "txt": lambda lines: "\n".join(lines).encode("gb18030"),
}


def _broken(good: bytes, chance: random.Random, suffix: str) -> bytes:
    """A file of that name that is none: half of one, another kind, nothing, noise."""
    way = chance.randrange(3) if suffix in ("docx", "pptx", "xlsx", "zip", "pdf") else 3
    if way == 0 and suffix != "pdf":
        return good[: len(good) // 2]
    return chance.randbytes(3_000) if way < 3 else b""


def main(files: int = 500, broken: int = 50) -> None:
    """Make, translate, count."""
    chance = random.Random(5)
    suffixes = list(_KINDS)
    bad = set(chance.sample(range(files), broken))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "in"
        for number in range(files):
            suffix = suffixes[number % len(suffixes)]
            path = place / f"{number % 7}" / f"{number:04}.{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            good = _KINDS[suffix](_text(chance))
            path.write_bytes(_broken(good, chance, suffix) if number in bad else good)
        store = open_workspace(Path(folder) / "w.db")
        started = time.perf_counter()
        report = run_batch(store, [str(place)], None, get_engine("gloss"), Path(folder) / "out", ["csv", "docx"])
        seconds = time.perf_counter() - started
        done = Counter(Path(file).suffix for file in report.files)
        named = sum(sum(f"{number:04}." in line for line in report.failures) == 1 for number in bad)
        store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{files} files, {broken} broken: {len(report.documents)} done, {named} of {broken} named, ", end="")
    print(f"{len(report.failures)} lines in all; {seconds:.0f} s, {peak} MB; files written {dict(done)}")
    for line in report.failures[:5]:
        print("  ", line)
    if len(report.documents) != files - broken or not named == len(report.failures) == broken:
        raise SystemExit("Not each sound file came back, or not each broken one is named once.")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
