"""A workspace at size for the workbench: 100,000 made-up segments, one document of 20,000 among them, 20,000 concepts.

    python -m benchmarks.app_workspace PLACE/workspace.db [SEGMENTS] [CONCEPTS]

The segments are those of batch_scale, translated by the word gloss; some are edited, confirmed or commented. The concepts
are made up of its names and numbered offices, half of them still to be decided, with other names and evidence.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from sqlalchemy import select

from benchmarks.batch_scale import documents
from glossary import Concept
from storage import Workspace, open_workspace
from storage.models import CommentRow, SegmentRow, TranslationRow
from translate.engines import get_engine
from translate.jobs.run import run_batch
from translate.store import keep_revision

SEGMENTS, CONCEPTS = 100_000, 20_000
_LONG = 20_000
_NAMES = (
    ("国际原子能机构", "International Atomic Energy Agency", "IAEA", "international_org"),
    ("海关总署", "General Administration of Customs", "GACC", "agency"),
    ("国家核安全局", "National Nuclear Safety Administration", "NNSA", "agency"),
    ("一带一路", "Belt and Road", "", "programme_initiative"),
)
_PLACES = "北京 上海 天津 重庆 广州 深圳 成都 西安 武汉 南京".split()
_KINDS = (
    ("计量测试所", "Metrology and Testing Institute"),
    ("海关办事处", "Customs Office"),
    ("核安全中心", "Nuclear Safety Centre"),
)


def concepts(wanted: int) -> list[Concept]:
    """So many concepts; the first four are those of the sentences."""
    made = [Concept(*name[:3], category=name[3], status="approved", origin="authority") for name in _NAMES]
    for number in range(wanted - len(made)):
        place, (kind, english) = _PLACES[number % 10], _KINDS[number % 3]
        name = f"{place}第{number}{kind}"
        made.append(
            Concept(
                name,
                f"{number}th {english}",
                category="agency",
                status="approved" if number % 2 else "candidate",
                origin="text" if number % 2 else "composed",
                confidence=0.5 + number % 50 / 100,
                count=number % 40,
                documents=number % 7,
                source_variants=(f"{place}{number}{kind}",),
                target_variants=(f"{english} No. {number}",),
                context=f"昨天，{name}与有关部门讨论了年度计划。",
            )
        )
    return made


def build(path: Path, segments: int = SEGMENTS, wanted: int = CONCEPTS) -> None:
    """The workspace at `path`, made anew."""
    workspace = open_workspace(path)
    with tempfile.TemporaryDirectory() as folder:
        documents(Path(folder) / "in", segments - _LONG)
        documents(Path(folder) / "long", _LONG)
        parts = sorted((Path(folder) / "long").glob("*.txt"))
        text = "\n".join(part.read_text(encoding="utf-8") for part in parts)
        (Path(folder) / "in" / "long.txt").write_text(text, encoding="utf-8")
        run_batch(workspace, [f"{folder}/in"], concepts(wanted), get_engine("gloss"), Path(folder) / "out", ())
    _work_of_people(workspace)
    workspace.close()


def _work_of_people(workspace: Workspace) -> None:
    """One sentence in twenty was confirmed, one in forty edited, one in two hundred commented on."""
    chosen = random.Random(11)
    with workspace.session() as session:
        rows = session.scalars(select(TranslationRow).join(SegmentRow)).all()
        for row in chosen.sample(rows, len(rows) * 3 // 40):
            keep_revision(session, row, "machine")
            row.target, row.version = f"{row.target} (read)", row.version + 1
            row.state = "confirmed" if chosen.random() < 2 / 3 else "edited"
            session.flush()
            keep_revision(session, row, "reviewer")
        for row in chosen.sample(rows, len(rows) // 200):
            session.add(CommentRow(segment_id=row.segment_id, who="reviewer", text="Is this the body's own English?"))


if __name__ == "__main__":
    build(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
