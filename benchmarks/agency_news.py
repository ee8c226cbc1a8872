"""Offline engines on sentences of agency news that have a reference, the names of the authority file and those that are told forced in.

    python -m benchmarks.agency_news [--engine NAME ...] [--show]

- Fourteen sentences of one document (tests/data/gold/refs_dev.tsv), which the gloss's word list was written in view of: for
  comparing versions of an engine, not for ranking engines. With the authority file's names.
- Two hundred sentences of thirty short articles (agency_news.tsv: Chinese, English, names), written for this project apart from what is
  learnt from: with the authority file's names, and with the names of each sentence.

Needs ../shared and requirements-bench.txt as benchmarks.draft_quality.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import translate
from benchmarks.draft_quality import measures, tell
from glossary import Concept, Glossary
from glossary.authority import authority
from training.corpus import HELD_OUT_NEWS, read_written
from translate.checks import numbers
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
        gold = [(row["zh_clean"], row["en_ref"]) for row in csv.DictReader(file, delimiter="\t")]
    articles = list(read_written(HELD_OUT_NEWS))
    news = [(pair.chinese, pair.english) for pair in articles]
    known = {concept.source: concept for concept in authority()}
    told = known | {name: Concept(name, english) for pair in articles for name, english in pair.names}
    engines = [get_engine(name) for name in options.engine or ("builtin", "draft", "gloss")]
    for title, pairs, names in (
        (f"{len(gold)} sentences of gold", gold, known),
        (f"{len(news)} sentences of articles", news, known),
        (f"{len(news)} sentences of articles, their names told", news, told),
    ):
        print(title)
        sources, references = zip(*pairs, strict=True)
        for engine in engines:
            english = [done.text for done in translate.translate(sources, engine, Glossary(tuple(names.values())))]
            wrong = sum(any(numbers.CHECK.find(*both, ())) for both in zip(sources, english, strict=True))
            tell(engine.name, english, references, metrics, f"{wrong} with a number that is not found")
            for source, text, reference in zip(sources, english, references, strict=True) if options.show else ():
                print(f"    {source}\n      {text}\n      {reference}")


if __name__ == "__main__":
    main()
