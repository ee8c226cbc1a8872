"""Offline engines on FLORES dev and on held-out law, general text and agency news, beside the stored outputs of other systems.

    python -m benchmarks.draft_quality [--engine draft --engine gloss] [--model DIR] [--sentences N] [--show N]

BLEU and chrF2 with sacreBLEU's signatures, the length of the English beside that of the reference, sentences a second.
Measuring only: nothing is learned from these texts. Needs ../shared and requirements-bench.txt.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from translate.engines import get_engine
from translate.engines.base import Engine
from translate.engines.draft import DraftEngine

SHARED = Path(__file__).resolve().parents[2] / "shared"


def flores(path: Path) -> tuple[list[str], list[str], dict[str, list[str]]]:
    """(sources, references, outputs of each stored system) of FLORES dev."""
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    systems = [name for name in rows[0] if name not in ("id", "source", "reference")]
    return (
        [row["source"] for row in rows],
        [row["reference"] for row in rows],
        {system: [row[system] for row in rows] for system in systems},
    )


def evaluation_sets() -> dict[str, tuple[list[str], list[str], dict[str, list[str]]]]:
    """(sources, references, outputs of each stored system) of FLORES dev and of held-out law, general text and agency news, by
    title."""
    from training.corpus import HELD_OUT_NEWS, held_out, read_written

    law, general = held_out()
    parts = {"law": law, "general": general, "agency news": tuple(read_written(HELD_OUT_NEWS))}
    return {
        "FLORES dev": flores(SHARED / "benchmarks" / "flores_dev.tsv.xz"),
        **{
            f"{name}, held out": ([pair.chinese for pair in part], [pair.english for pair in part], {})
            for name, part in parts.items()
        },
    }


def measures() -> tuple[Any, Any]:
    """BLEU and chrF. Raises SystemExit where sacrebleu or the texts to measure on are missing."""
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise SystemExit("sacrebleu is missing: pip install -r requirements-bench.txt") from error
    if not SHARED.is_dir():
        raise SystemExit(f"The texts to measure on are not here ({SHARED}).")
    return BLEU(), CHRF()


def tell(name: str, english: Sequence[str], references: Sequence[str], metrics: Sequence[Any], rate: str = "") -> None:
    """One line of figures; `metrics` are BLEU and chrF."""
    bleu, chrf = (metric.corpus_score(english, [references]).score for metric in metrics)
    length = sum(len(text.split()) for text in english) / sum(len(text.split()) for text in references)
    print(f"  {name:<12} BLEU {bleu:5.2f}  chrF2 {chrf:5.2f}  length {length:.2f}  {rate}", flush=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", default=None)
    parser.add_argument("--model", type=Path, help="a draft model that is not the one in place")
    parser.add_argument("--sentences", type=int, default=None)
    parser.add_argument("--show", type=int, default=0)
    options, _ = parser.parse_known_args()
    metrics = measures()
    engines: list[Engine] = [get_engine(name) for name in options.engine or ("draft", "gloss")]
    if options.model:
        engines = [DraftEngine(options.model)]
    for engine in engines:
        engine.translate(["加载"])
    for title, (chinese, english, stored) in evaluation_sets().items():
        chosen = slice(0, options.sentences)
        print(f"{title}, {len(chinese[chosen])} sentences")
        for engine in engines:
            began = time.perf_counter()
            drafts = engine.translate(chinese[chosen])
            rate = f"{len(drafts) / (time.perf_counter() - began):.0f} sentences/s"
            tell(engine.name, drafts, english[chosen], metrics, rate)
            for source, draft, reference in list(zip(chinese, drafts, english, strict=False))[: options.show]:
                print(f"    {source}\n      {draft}\n      {reference}")
        for system, outputs in stored.items():
            tell(system, outputs[chosen], english[chosen], metrics)
    for metric in metrics:
        print(metric.get_signature())


if __name__ == "__main__":
    main()
