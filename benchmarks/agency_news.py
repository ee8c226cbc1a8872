"""Offline engines on the sentences of agency news that have a reference, the authority file's names forced in.

    python -m benchmarks.agency_news [--engine NAME ...] [--show]

Fourteen sentences of one document (tests/data/gold/refs_dev.tsv), which the gloss's word list was written in view of: for
comparing versions of an engine, not for ranking engines. Needs ../shared and requirements-bench.txt as benchmarks.draft_quality.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import translate
from benchmarks.draft_quality import measures, tell
from glossary import Glossary
from glossary.authority import authority
from translate.engines import get_engine

GOLD = Path(__file__).parents[1] / "tests" / "data" / "gold" / "refs_dev.tsv"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", default=None)
    parser.add_argument("--show", action="store_true")
    options, _ = parser.parse_known_args()
    metrics = measures()
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    sources, references = [row["zh_clean"] for row in rows], [row["en_ref"] for row in rows]
    glossary = Glossary(authority())
    for name in options.engine or ("builtin", "draft", "gloss"):
        english = [done.text for done in translate.translate(sources, get_engine(name), glossary)]
        tell(name, english, references, metrics)
        for source, text, reference in zip(sources, english, references, strict=True) if options.show else ():
            print(f"    {source}\n      {text}\n      {reference}")


if __name__ == "__main__":
    main()
