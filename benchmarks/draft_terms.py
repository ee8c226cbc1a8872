"""The draft with the terms of the WMT25 terminology task: how many stand before any repair and after it, and chrF++.

    python -m benchmarks.draft_terms [--engine draft] [--paragraphs N]

Every n-th paragraph, so that there are about N (default 200). Needs ../shared and requirements-bench.txt.
"""

from __future__ import annotations

import argparse
import collections
import json
import lzma
from typing import Any

from benchmarks.wmt25_terms import DEFAULT_DATA, Key, chrf, load_scorer, read_terms


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="draft")
    parser.add_argument("--paragraphs", type=int, default=200)
    options, _ = parser.parse_known_args()
    scorer = load_scorer(DEFAULT_DATA / "score_terms.py")
    from glossary import Glossary
    from translate import translate
    from translate.engines import get_engine
    from translate.termlist import read_terms_file

    folder = DEFAULT_DATA / "wmt25_terms"
    with lzma.open(folder / "paragraphs.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    rows = rows[:: max(1, len(rows) // options.paragraphs)]
    terms = read_terms(folder / "glossary.csv")
    glossary = Glossary(tuple(read_terms_file(folder / "glossary.csv")[0]))
    engine = get_engine(options.engine)
    bare = engine.translate([row["zh"] for row in rows])
    plain: dict[Key, str] = {(row["doc"], row["para"]): text for row, text in zip(rows, bare, strict=True)}
    forced: dict[Key, str] = {}
    outcomes: collections.Counter[str] = collections.Counter()
    for row in rows:
        done = translate([row["zh"]], engine, glossary, row["doc"])[0]
        forced[row["doc"], row["para"]] = done.text
        outcomes.update(entry.outcome for entry in done.ledger)
    total = max(1, sum(outcomes.values()))
    print(f"{options.engine}, {len(rows)} paragraphs, {total} occurrences")
    print("outcomes: " + ", ".join(f"{name} {count / total:.3f}" for name, count in outcomes.most_common()))
    for name, texts in (("without terms", plain), ("with terms", forced)):
        score = scorer.score(rows, terms, texts)
        shares = [score[f"{kind}_got"] / max(1, score[f"{kind}_need"]) for kind in ("all", "used")]
        print(f"{name}: all {shares[0]:.3f}, used {shares[1]:.3f}, chrF++ {chrf(rows, texts):.1f}")


if __name__ == "__main__":
    main()
