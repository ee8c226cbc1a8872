"""Forces the terms of the WMT25 terminology task into the stored outputs of five systems made without them, and scores.

    python benchmarks/wmt25_terms.py [--data DIR] [--systems NAME,NAME] [--out DIR]

For each system: terms that stand (all occurrences; those the human reference has too), chrF++, before → after; the shares
repaired and inserted, on how many occurrences ledger and scorer agree, what a second run changes, ms a segment. Nothing
but source, output and glossary is looked at; the reference is the scorer's. Needs sacrebleu (requirements-bench.txt).
"""

from __future__ import annotations

import argparse
import collections
import csv
import importlib.util
import json
import lzma
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

DEFAULT_DATA = ROOT.parent / "shared" / "benchmarks"
SYSTEMS = ("command-a", "erlendur", "gpt-4.1-nano", "nllb", "madlad")

Key = tuple[str, int]


def load_scorer(path: Path) -> ModuleType:
    """The task's own scorer. Exits when it is missing."""
    if not path.is_file():
        raise SystemExit(f"The benchmark data {path.parent} is not here; give its directory with --data.")
    spec = importlib.util.spec_from_file_location("score_terms", path)
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def read_terms(path: Path) -> dict[str, dict[str, list[str]]]:
    """document → source → accepted targets."""
    terms: dict[str, dict[str, list[str]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            terms[row["document"]][row["source"]].append(row["target"])
    return terms


def force(rows: list[dict[str, Any]], targets: dict[Key, str], glossary: Any) -> dict[Key, Any]:
    """Each document's targets with the terms forced in."""
    from translate import enforce_document

    documents: dict[str, list[dict[str, Any]]] = collections.defaultdict(list)
    for row in rows:
        if (row["doc"], row["para"]) in targets:
            documents[row["doc"]].append(row)
    forced = {}
    for document, its in documents.items():
        pairs = [(row["zh"], targets[row["doc"], row["para"]]) for row in its]
        for row, result in zip(its, enforce_document(pairs, glossary, document), strict=True):
            forced[row["doc"], row["para"]] = result
    return forced


def disagreements(rows: list[dict[str, Any]], terms: Any, forced: dict[Key, Any], scorer: ModuleType) -> int:
    """Occurrences by which ledger and scorer differ, paragraph by paragraph."""
    count = 0
    for row in rows:
        key = (row["doc"], row["para"])
        if key in forced:
            scored = scorer.score([row], terms, {key: forced[key].text})
            stands = sum(entry.outcome != "unresolved" for entry in forced[key].ledger)
            count += abs(scored["all_need"] - len(forced[key].ledger)) + abs(scored["all_got"] - stands)
    return count


def chrf(rows: list[dict[str, Any]], texts: dict[Key, str]) -> float:
    """chrF++ of the texts against the references."""
    try:
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise SystemExit("sacrebleu is missing: pip install -r requirements-bench.txt") from error
    chosen = [(row["doc"], row["para"]) for row in rows if (row["doc"], row["para"]) in texts]
    references = {(row["doc"], row["para"]): row["ref"] for row in rows}
    metric = CHRF(word_order=2)
    return float(metric.corpus_score([texts[key] for key in chosen], [[references[key] for key in chosen]]).score)


def measure(
    system: str, rows: list[dict[str, Any]], terms: Any, glossary: Any, scorer: ModuleType
) -> tuple[str, dict[Key, Any]]:
    """The table's line for one system, and its forced texts."""
    before = {(row["doc"], row["para"]): row["mt"][system] for row in rows if system in row["mt"]}
    start = time.perf_counter()
    forced = force(rows, before, glossary)
    spent = (time.perf_counter() - start) / max(1, len(before)) * 1000
    after = {key: result.text for key, result in forced.items()}
    again = force(rows, after, glossary)
    changed = sum(again[key].text != after[key] for key in after)
    outcomes = collections.Counter(entry.outcome for result in forced.values() for entry in result.ledger)
    total = max(1, sum(outcomes.values()))
    scores = [scorer.score(rows, terms, texts) for texts in (before, after)]
    parts = [
        " → ".join(f"{s[f'{kind}_got'] / max(1, s[f'{kind}_need']):.3f}" for s in scores) for kind in ("all", "used")
    ]
    parts.append(" → ".join(f"{chrf(rows, texts):.2f}" for texts in (before, after)))
    parts += [f"{outcomes[name] / total:.1%}" for name in ("repaired", "inserted")]
    parts += [str(disagreements(rows, terms, forced, scorer)), str(changed), f"{spent:.1f}"]
    return f"| {system} | " + " | ".join(parts) + " |", forced


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help=f"benchmark directory (default {DEFAULT_DATA})")
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--out", type=Path, help="write the forced texts here, NAME.jsonl as score_terms.py reads them")
    options, _ = parser.parse_known_args()
    scorer = load_scorer(options.data / "score_terms.py")
    from glossary import Glossary
    from translate.termlist import read_terms_file

    folder = options.data / "wmt25_terms"
    with lzma.open(folder / "paragraphs.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    terms = read_terms(folder / "glossary.csv")
    glossary = Glossary(tuple(read_terms_file(folder / "glossary.csv")[0]))
    print(f"glossary {glossary.hash}, {len(rows)} paragraphs, {len(terms)} documents\n")
    print(
        "| output of | all | used | chrF++ | repaired | inserted | ledger ≠ scorer | changed by a second run | ms/segment |"
    )
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for system in options.systems.split(","):
        line, forced = measure(system, rows, terms, glossary, scorer)
        print(line, flush=True)
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            with (options.out / f"{system}.jsonl").open("w", encoding="utf-8") as file:
                for (doc, para), result in forced.items():
                    file.write(json.dumps({"doc": doc, "para": para, "en": result.text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
