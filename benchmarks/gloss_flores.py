"""Scores the offline gloss engine on FLORES dev (zh → en): BLEU and chrF2 with sacreBLEU signatures, and its speed.

    python benchmarks/gloss_flores.py [--data FILE] [--show N]

Measuring only: nothing in the engine is made from this file. Needs sacrebleu (requirements-bench.txt).
"""

from __future__ import annotations

import argparse
import csv
import lzma
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# Rows before this one were read while the engine was debugged; those from here on never were.
UNSEEN = 300
DEFAULT_DATA = ROOT.parent / "shared" / "benchmarks" / "flores_dev.tsv.xz"


def read_pairs(path: Path) -> tuple[list[str], list[str]]:
    """Sources and references of a tab-separated file with columns `source` and `reference`. Exits when it is missing."""
    if not path.is_file():
        raise SystemExit(f"The benchmark file {path} is not here; give another one with --data.")
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["source"] for row in rows], [row["reference"] for row in rows]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, default=DEFAULT_DATA, help=f"tsv.xz with source and reference (default {DEFAULT_DATA})"
    )
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N sentences with their gloss")
    options = parser.parse_args()
    sources, references = read_pairs(options.data)
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise SystemExit("sacrebleu is missing: pip install -r requirements-bench.txt") from error
    from translate.engines.gloss import GlossEngine

    engine = GlossEngine()
    start = time.perf_counter()
    engine.translate(["加载"])
    loaded = time.perf_counter()
    hypotheses = engine.translate(sources)
    done = time.perf_counter()
    for source, hypothesis, reference in list(zip(sources, hypotheses, references, strict=True))[: options.show]:
        print(f"{source}\n  {hypothesis}\n  {reference}\n")
    print(f"engine {engine.signature}, {len(sources)} sentences")
    print(f"load {loaded - start:.2f} s, {len(sources) / (done - loaded):.0f} sentences/s")
    for metric in (BLEU(), CHRF()):
        print(f"{metric.corpus_score(hypotheses, [references])}  [{metric.get_signature()}]")
    unseen = slice(UNSEEN, None)
    for metric in (BLEU(), CHRF()):
        print(f"rows {UNSEEN + 1} on: {metric.corpus_score(hypotheses[unseen], [references[unseen]])}")


if __name__ == "__main__":
    main()
