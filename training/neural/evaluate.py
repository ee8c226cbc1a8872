"""Scores a converted model on held-out law, general text, agency news and FLORES dev, with and without its terms in tags.

    python -m training.neural.evaluate FOLDER DATA --out RESULTS [--benchmarks ../shared/benchmarks] [--limit N]

RESULTS gets results.json and model_card.md (the template of this folder, filled). BLEU and chrF++ are sacreBLEU's (Post
2018), told with their signatures. Term success is the share of listed terms of the reference that the English holds.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import json
import lzma
import string
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sacrebleu.metrics import BLEU, CHRF

from training import corpus
from training.neural.spans import Terms, authority_terms, listed_terms
from translate.engines import Engine, get_engine
from translate.forcing.carriers import CARRIERS
from translate.forcing.ledger import Occurrence, serve

_CARD = Path(__file__).with_name("model_card.md")
Rows = Sequence[tuple[str, str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Score:
    """Of one test set: sizes, scores 0–100, speed, and of its `terms` how many the English holds when they are tagged
    (`kept`) and when nothing is told (`kept_plain`); `signature`: how sacreBLEU was set."""

    sentences: int
    bleu: float
    chrf: float
    seconds: float
    terms: int = 0
    kept: int = 0
    kept_plain: int = 0
    signature: str = ""


def sets(data: Path, benchmarks: Path) -> dict[str, Rows]:
    """The test sets that there are: law, general and agency news of DATA, FLORES dev of the benchmarks."""
    found: dict[str, Rows] = {}
    for name in ("law", "general", corpus.NEWS):
        if (data / f"{name}.tsv").is_file():
            found[name] = [(row[0], row[1]) for row in corpus.read_rows(data / f"{name}.tsv")]
    flores = benchmarks / "flores_dev.tsv.xz"
    if flores.is_file():
        with lzma.open(flores, "rt", encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            found["flores_dev"] = [(row["source"], row["reference"]) for row in rows]
    return found


def score(engine: Engine, rows: Rows, terms: Terms | None = None) -> Score:
    """The engine's English of the Chinese sides against the English sides."""
    sources, references = [chinese for chinese, _ in rows], [english for _, english in rows]
    started = time.perf_counter()
    plain = engine.translate(sources)
    seconds = time.perf_counter() - started
    bleu, chrf = BLEU(), CHRF(word_order=2)
    scored = Score(
        len(rows),
        round(bleu.corpus_score(plain, [references]).score, 2),
        round(chrf.corpus_score(plain, [references]).score, 2),
        round(seconds, 2),
        signature=f"BLEU {bleu.get_signature()}, chrF++ {chrf.get_signature()}",
    )
    found = [_occurrences(terms, chinese, english) for chinese, english in rows] if terms else []
    with_terms = [at for at, its in enumerate(found) if its]
    if not with_terms or "native" not in engine.strategies:
        return scored
    carrier = CARRIERS["native"]
    answers = engine.translate([carrier.send(sources[at], found[at], engine) for at in with_terms])
    held = [
        _held(carrier.receive(sources[at], a, found[at]), found[at]) for at, a in zip(with_terms, answers, strict=True)
    ]
    return dataclasses.replace(
        scored,
        terms=sum(len(found[at]) for at in with_terms),
        kept=sum(held),
        kept_plain=sum(_held(plain[at], found[at]) for at in with_terms),
    )


def _occurrences(terms: Terms, chinese: str, english: str) -> list[Occurrence]:
    found = []
    for span in terms.spans(chinese, english):
        name, said = chinese[span.start : span.end], english[span.english_start : span.english_end]
        found.append(Occurrence(span.start, span.end, name, name, said, (said,)))
    return found


def _held(english: str, occurrences: Sequence[Occurrence]) -> int:
    return len(occurrences) - serve(english, occurrences).count(None)


def card(results: dict[str, Score], told: dict[str, Any]) -> str:
    """The model card: the template with sizes, data and scores in it."""
    rows = [
        f"| {name} | {one.sentences:,} | {one.bleu:.1f} | {one.chrf:.1f} | {_share(one.kept, one.terms)} "
        f"| {_share(one.kept_plain, one.terms)} | {one.sentences / max(one.seconds, 1e-9):.1f} |"
        for name, one in results.items()
    ]
    signatures = "; ".join(dict.fromkeys(one.signature for one in results.values()))
    values = {"scores": "\n".join(rows), "signatures": signatures, **told}
    return string.Template(_CARD.read_text(encoding="utf-8")).safe_substitute(values)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} of {whole:,}" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--benchmarks", type=Path, default=corpus.BENCHMARKS)
    parser.add_argument("--terms", type=Path, default=corpus.TERMS)
    parser.add_argument("--limit", type=int, default=0, help="sentences of each set")
    given = parser.parse_args()
    engine = get_engine(f"ct2:{given.folder}")
    terms = Terms([*authority_terms(), *listed_terms(given.terms)])
    results: dict[str, Score] = {}
    for name, rows in sets(given.data, given.benchmarks).items():
        results[name] = score(engine, rows[: given.limit or None], terms)
        print(name, results[name], flush=True)
    given.out.mkdir(parents=True, exist_ok=True)
    told = {name: dataclasses.asdict(one) for name, one in results.items()}
    (given.out / "results.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    size = (given.folder / "model.bin").stat().st_size / 2**20
    data = json.loads((given.data / "told.json").read_text(encoding="utf-8"))
    about = {"signature": engine.signature, "size": f"{size:.1f}", "pairs": f"{data['pairs']:,}"}
    about["vocabulary"] = f"{data['vocabulary']:,}"
    (given.out / "model_card.md").write_text(card(results, about), encoding="utf-8")


if __name__ == "__main__":
    main()
