"""A glossary of 100,000 names: how long it takes to load, to match, to bring in and to hand out.

The names are made up (place, field, kind of body), the same at every run; the text is the five documents of seeds/,
cleaned, with one of the names in every third sentence, repeated to 5 MB.
"""

from __future__ import annotations

import functools
import itertools
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from documents import clean, read_documents, split_segments
from glossary import Concept, Glossary, Matcher, load
from glossary.concordance import Line, concordance
from glossary.csv_file import csv_text, write_file
from glossary.formats import FORMATS, read_bytes
from glossary.store import load_concepts, sync_concepts
from glossary.store.search import segments_with
from storage import open_workspace
from storage.models import DocumentRow, SegmentRow

NAMES = 100_000
TEXT_BYTES = 5_000_000
_SEEDS = Path(__file__).parent.parent / "seeds"
_SYLLABLES = "安北长大东丰广海河华江金康林龙明南宁平青泉瑞山松泰天武西新兴阳永云中州"
_FIELDS = "核安全 计量 海关 环境监测 辐射防护 标准化 检验检疫 口岸 电力 铁路 航空 农业".split()
_KINDS = "研究院 监测中心 管理局 培训基地 委员会 协会 实验室 有限公司 合作论坛 示范工程".split()


def names(count: int = NAMES) -> list[Concept]:
    """Made-up bodies with a variant each, always the same ones."""
    syllables = sorted(set(_SYLLABLES))
    places = ("".join(pair) for pair in itertools.product(syllables, repeat=3))
    made = (
        Concept(
            source=f"{place}{field}{kind}",
            target=f"Institute {number}",
            source_variants=(f"{place}市{field}{kind}",),
            category="agency",
            note="made up",
        )
        for number, (place, field, kind) in enumerate(itertools.product(places, _FIELDS, _KINDS))
    )
    return list(itertools.islice(made, count))


def text_of(concepts: Sequence[Concept], size: int = TEXT_BYTES) -> str:
    """`size` bytes of clean Chinese, with a name in every third sentence."""
    sentences = [
        segment.text
        for document in read_documents([str(_SEEDS)])
        if hasattr(document, "text")
        for segment in split_segments(clean(document.text).text)
    ]
    chosen = random.Random(4)
    parts: list[str] = []
    length = 0
    for number, sentence in enumerate(itertools.cycle(sentences)):
        part = sentence + (f"会议由{chosen.choice(concepts).source}主办。" if number % 3 == 0 else "") + "\n"
        parts.append(part)
        length += len(part.encode())
        if length >= size:
            return "".join(parts)
    raise AssertionError("unreachable")


def _timed(what: str, work: Callable[[], object], target: str = "") -> None:
    started, busy = time.perf_counter(), time.process_time()
    found = work()
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    size = f"{len(found):,}" if hasattr(found, "__len__") else ""
    print(f"{what:<40}{seconds:>8.2f} s {busy:>8.2f} s  {size:>12}  {target}", flush=True)


def main() -> None:
    """Print a line for each step: seconds, number of things, the target if there is one."""
    concepts = names()
    text = text_of(concepts)
    print(f"{len(concepts):,} names with a variant each; {len(text.encode()):,} bytes of text")
    print(f"\n{'':<40}{'wall':>8}   {'processor':>8}")
    with tempfile.TemporaryDirectory() as made:
        directory = Path(made)
        write_file(concepts, directory / "g.csv")
        _timed("load the CSV", lambda: load(directory / "g.csv").concepts, "< 2 s")
        _timed("hash of the glossary", lambda: Glossary(tuple(concepts)).hash)
        pairs = csv_text(("zh", "en"), ((concept.source, concept.target) for concept in concepts)).encode()
        _timed("read a list of two columns", lambda: read_bytes(pairs, ".csv").concepts, "a few s")
        _matching(concepts, text)
        for name in ("tbx", "tmx", "deepl", "google", "amazon", "azure", "omegat"):
            written = FORMATS[name].write(concepts)
            _timed(f"write {name}", functools.partial(_write, name, concepts))
            _timed(f"read {name}", functools.partial(_read, name, written.data))
        _workspace(concepts, text, directory / "w.db")


def _write(name: str, concepts: Sequence[Concept]) -> bytes:
    return FORMATS[name].write(concepts).data


def _read(name: str, data: bytes) -> list[Concept]:
    return read_bytes(data, FORMATS[name].suffixes[0]).concepts


def _places(session: Session, query: str) -> list[Line]:
    return list(concordance(query, segments_with(session, query)))


def _matching(concepts: Sequence[Concept], text: str) -> None:
    _timed("build the matcher (200,000 forms)", lambda: Matcher(concepts) and None)
    matcher = Matcher(concepts)
    matcher.find(text[:1000])
    _timed("match 5 MB as one text", lambda: matcher.find(text), "< 0.5 s")
    lines = text.split("\n")
    _timed("match 5 MB sentence by sentence", lambda: [m for line in lines for m in matcher.find(line)], "< 0.5 s")


def _workspace(concepts: Sequence[Concept], text: str, path: Path) -> None:
    store = open_workspace(path)
    with store.session() as session:
        _timed("put the names into a workspace", lambda: sync_concepts(session, concepts))
    with store.session() as session:
        _timed("load the names of the workspace", lambda: load_concepts(session), "< 2 s")
        lines = text.split("\n")
        row = DocumentRow(name="d", path="", sha256="", encoding="", raw="", clean="", ledger="")
        row.segments = [
            SegmentRow(position=at, paragraph=at, start=0, end=0, source=line) for at, line in enumerate(lines) if line
        ]
        session.add(row)
    with store.session() as session:
        for query in ("国际原子能机构", "国际原子能机构", "海关", "核"):
            _timed(f"concordance of {query}", functools.partial(_places, session, query))
    store.close()


if __name__ == "__main__":
    main()
