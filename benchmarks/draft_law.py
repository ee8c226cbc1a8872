"""When a sentence is drafted as law: on held-out law, and on paragraphs of annual reports that use law's characters too.

    python -m benchmarks.draft_law [--sentences N]

About N (default 400) of each, BLEU and chrF2, with the draft's own limit and with others. Measuring only. Needs ../shared and
requirements-bench.txt.
"""

from __future__ import annotations

import argparse
import json
import lzma

from benchmarks.draft_quality import SHARED, measures, tell
from translate.engines.draft import DraftEngine, tables
from translate.engines.draft.engine import MODEL

OWN = (tables._SURE, tables._SILENT)
# How much the characters of a text must speak for law on the average, and how many are added that speak for nothing.
LIMITS = {"the draft's own": OWN, "likelier than not": (0, 0), "all law": (-10_000, 1), "none law": (10_000, 1)}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=400)
    options, _ = parser.parse_known_args()
    metrics = measures()
    from training.corpus import held_out

    with lzma.open(SHARED / "benchmarks" / "wmt25_terms" / "paragraphs.jsonl.xz", "rt", encoding="utf-8") as lines:
        reports = [json.loads(line) for line in lines]
    texts = {
        "law, held out": [(pair.chinese, pair.english) for pair in held_out()[0]],
        "annual reports": [(row["zh"], row["ref"]) for row in reports],
    }
    engine = DraftEngine()
    register = tables.load(MODEL).register
    for name, pairs in texts.items():
        pairs = pairs[:: max(1, len(pairs) // options.sentences)]
        print(f"{name}, {len(pairs)}")
        for said, limit in LIMITS.items():
            tables._SURE, tables._SILENT = limit
            share = sum(register.kind(chinese) == "law" for chinese, _ in pairs) / len(pairs)
            english = engine.translate([chinese for chinese, _ in pairs])
            tell(said, english, [reference for _, reference in pairs], metrics, f"{share:.0%} as law")
        tables._SURE, tables._SILENT = OWN


if __name__ == "__main__":
    main()
