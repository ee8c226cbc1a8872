"""Whether the texts that we measure on are in what the engines are learned from, by runs of eight Chinese characters.

    python -m benchmarks.overlap

Prints, for each benchmark, how many sentences share at least half of their runs with the training pairs. Needs ../shared.
"""

from __future__ import annotations

import json
import lzma

from benchmarks.draft_quality import SHARED, flores


def main() -> None:
    """Command line."""
    if not SHARED.is_dir():
        raise SystemExit(f"The texts to compare are not here ({SHARED}).")
    from training.corpus import held_out, overlapping

    with lzma.open(SHARED / "benchmarks" / "wmt25_terms" / "paragraphs.jsonl.xz", "rt", encoding="utf-8") as lines:
        paragraphs = [json.loads(line)["zh"] for line in lines]
    law, general = held_out()
    texts = {
        "FLORES dev": flores(SHARED / "benchmarks" / "flores_dev.tsv.xz")[0],
        "WMT25 terms": paragraphs,
        "law, held out": [pair.chinese for pair in law],
        "general, held out": [pair.chinese for pair in general],
    }
    found = set(overlapping([text for some in texts.values() for text in some]))
    for name, some in texts.items():
        print(f"{name}: {sum(text in found for text in some)} of {len(some)}")


if __name__ == "__main__":
    main()
