"""Whether the texts that we measure on are in what the engines are learned from, by runs of eight Chinese characters.

    python -m benchmarks.overlap

Prints, for each benchmark, how many sentences share at least half of their runs with the training pairs, and of the pairs of agency
news written for this project how many share a third of theirs with a benchmark, the gold or a source document. Needs ../shared.
"""

from __future__ import annotations

import json
import lzma

import opencc

from benchmarks.draft_quality import SHARED, flores


def main() -> None:
    """Command line."""
    if not SHARED.is_dir():
        raise SystemExit(f"The texts to compare are not here ({SHARED}).")
    from training.corpus import HELD_OUT_NEWS, held_out, overlapping, read_written, repeated, written

    simplified = opencc.OpenCC("t2s").convert
    with lzma.open(SHARED / "benchmarks" / "wmt25_terms" / "paragraphs.jsonl.xz", "rt", encoding="utf-8") as lines:
        paragraphs = [simplified(json.loads(line)["zh"]) for line in lines]
    law, general = held_out()
    texts = {
        "FLORES dev": flores(SHARED / "benchmarks" / "flores_dev.tsv.xz")[0],
        "WMT25 terms": paragraphs,
        "law, held out": [pair.chinese for pair in law],
        "general, held out": [pair.chinese for pair in general],
        "agency news, held out": [pair.chinese for pair in read_written(HELD_OUT_NEWS)],
    }
    found = set(overlapping([text for some in texts.values() for text in some]))
    for name, some in texts.items():
        print(f"{name}: {sum(text in found for text in some)} of {len(some)}")
    files = [path for folder in ("gold", "seeds") for path in (SHARED / folder).rglob("*") if path.is_file()]
    read = [simplified(path.read_text(encoding="utf-8", errors="ignore")) for path in files]
    news = [pair.chinese for pair in written()]
    close = repeated(news, [*read, *(text for some in texts.values() for text in some)], 1 / 3)
    print(f"written agency news: {len(close)} of {len(news)}")


if __name__ == "__main__":
    main()
