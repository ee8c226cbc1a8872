"""How often the quality checks flag human translations, which are right: their false alarms.

    python benchmarks/false_alarms.py [--data DIR] [--corpus DIR] [--show CHECK]

FLORES dev and WMT25 references (../shared/benchmarks), every n-th pair of the corpus (../shared/corpus) and the pairs of agency
news written for this project (training/written). The corpus holds about three poor pairs in a hundred, so its figures are upper bounds. Also the time the checks take.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SHARED = ROOT.parent / "shared"
_CORPUS_PAIRS = 4000

Pairs = list[tuple[str, str]]


def flores(path: Path) -> Pairs:
    """Source and reference of each FLORES sentence."""
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [(r["source"], r["reference"]) for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def wmt(path: Path) -> Pairs:
    """Source and reference of each WMT25 paragraph."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [(row["zh"], row["ref"]) for row in map(json.loads, lines)]


def corpus(path: Path) -> Iterator[tuple[str, str]]:
    """Every n-th pair of one file of the corpus."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = lines.readlines()
    for row in rows[:: max(1, len(rows) // _CORPUS_PAIRS)]:
        source, _, target = row.rstrip("\n").partition("\t")
        yield source, target


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "benchmarks")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus")
    parser.add_argument("--show", metavar="CHECK", default="")
    options, _ = parser.parse_known_args()
    from training.corpus import written
    from translate.checks import CHECKS, run_checks

    files = {
        "FLORES dev": options.data / "flores_dev.tsv.xz",
        "WMT25": options.data / "wmt25_terms/paragraphs.jsonl.xz",
    }
    sets: dict[str, Pairs] = {}
    for name, path in files.items():
        if not path.is_file():
            raise SystemExit(f"The benchmark file {path} is not here; give its directory with --data.")
        sets[name] = flores(path) if name == "FLORES dev" else wmt(path)
    for name in ("tw_law", "jiyu_examples", "tico19_health"):
        if (options.corpus / f"{name}.tsv.xz").is_file():
            sets[name] = list(corpus(options.corpus / f"{name}.tsv.xz"))
    sets["agency news"] = [(pair.chinese, pair.english) for pair in written()]
    counts: dict[str, Counter[str]] = {}
    run_checks("海关总署发布公告，禁止进口水果和蔬菜。", "Load the tables.")
    for name, pairs in sets.items():
        start = time.perf_counter()
        flags = [(source, target, flag) for source, target in pairs for flag in run_checks(source, target)]
        spent = (time.perf_counter() - start) / max(1, len(pairs)) * 1000
        counts[name] = Counter(flag.check for _, _, flag in flags)
        print(f"{name}: {len(pairs)} pairs, {spent:.2f} ms a pair")
        for source, target, flag in [f for f in flags if f[2].check == options.show][:12]:
            print(f"  {flag.text}\n    {source}\n    {target}")
    print("\n| check | " + " | ".join(sets) + " |\n|---|" + "---|" * len(sets))
    for check in CHECKS:
        shares = (f"{counts[name][check.id] / max(1, len(pairs)):.1%}" for name, pairs in sets.items())
        print(f"| {check.id} ({check.severity}) | " + " | ".join(shares) + " |")


if __name__ == "__main__":
    main()
