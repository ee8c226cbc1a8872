"""Cleaning on real sentences with simulated noise, by noise kind; and what is lost on the same sentences without noise.

Every process of tests/documents/simulation damages articles made of sentences of ../shared/corpus. Recall is the share
of the article's characters that were kept, precision the share of kept characters that are the article's, after
folding width and blanks; MB/s is for pages of about 2 kB one by one, "noise left" is the share of wrong characters that cleaning left.
"""

from __future__ import annotations

import csv
import dataclasses
import lzma
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import documents
from tests.documents.simulation import PROCESSES, Article, sentences
from tests.documents.simulation.scoring import Tally, folded

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
FILES = ("tw_law", "un_sdg", "tico19_health", "tatoeba")
PAGES = 120
# Restoring bytes takes longer.
FEWER_PAGES = {"pinyin misaligned": 40, "UTF-8 as GBK": 40}
LINES_A_DOCUMENT = 40
_CHINESE = re.compile("[\u4e00-\u9fff]")
_DAMAGED = re.compile("[\ue000-\uf8ff\ufffd\u0080-\u009f]")


def chinese(name: str) -> list[str]:
    """The Chinese sentences of one corpus file. Exits with a sentence when the file is missing."""
    path = CORPUS / f"{name}.tsv.xz"
    if not path.is_file():
        raise SystemExit(f"The corpus file {path} is missing: simulated noise on real sentences was not measured.")
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = [row[0].strip() for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
    return [row for row in rows if len(_CHINESE.findall(row)) * 2 >= len(row) and not _DAMAGED.search(row)]


def articles(pool: dict[str, list[str]], rng: random.Random) -> Iterator[tuple[Article, int]]:
    """Articles of real sentences that stand next to each other, and how many sentences each holds."""
    names = [name for name in FILES if len(pool[name]) > 100]
    while True:
        rows = pool[rng.choice(names)]
        wanted = rng.randint(12, 30)
        at = rng.randrange(max(1, len(rows) - wanted))
        taken = list(dict.fromkeys(row for row in rows[at : at + wanted] if len(row) >= 8))
        paragraphs, place = [], 0
        while place < len(taken):
            size = rng.randint(1, 4)
            paragraphs.append("".join(taken[place : place + size]))
            place += size
        if len(paragraphs) >= 3:
            yield Article(sentences.title(rng), sentences.by_lines(rng), tuple(dict.fromkeys(paragraphs))), len(taken)


def on_noise(pool: dict[str, list[str]]) -> None:
    """One row a noise kind."""
    heads = f"{'recall':>9}{'precision':>11}{'noise left':>12}{'exact pages':>13}{'MB/s':>7}"
    print(f"{'noise':32}{'sentences':>10}{heads}")
    for name, process in PROCESSES.items():
        tally, count, size_in_bytes, seconds = Tally(), 0, 0, 0.0
        rng = random.Random(name)
        source = articles(pool, rng)
        for _ in range(FEWER_PAGES.get(name, PAGES)):
            article, size = next(source)
            noisy = process(rng, article)
            started = time.process_time()
            cleaned = documents.clean(noisy.raw).text
            seconds += time.process_time() - started
            size_in_bytes += len(noisy.raw.encode(errors="replace"))
            tally.add(noisy.raw, cleaned, noisy.clean)
            count += size
        figures = f"{tally.recall:9.4f}{tally.precision:11.4f}{tally.left:12.4f}{f'{tally.exact}/{tally.pages}':>13}"
        print(f"{name:32}{count:10}{figures}{size_in_bytes / 1e6 / seconds:7.2f}", flush=True)


def on_mixed(pool: dict[str, list[str]]) -> None:
    """Megabytes a second on pages of about 12 kB, two without noise for each one with, every kind in turn."""
    rng = random.Random("mixed")
    source = articles(pool, rng)
    pages = []
    for process in PROCESSES.values():
        for make in (PROCESSES["none"], PROCESSES["none"], process):
            taken = [next(source)[0] for _ in range(6)]
            paragraphs = tuple(dict.fromkeys(line for article in taken for line in article.paragraphs))
            pages.append(make(rng, dataclasses.replace(taken[0], paragraphs=paragraphs)).raw)
    size = sum(len(page.encode(errors="replace")) for page in pages)
    seconds = {}
    # The first time round loads the tables.
    for page in pages + pages:
        started = time.process_time()
        documents.clean(page)
        seconds[page] = time.process_time() - started
    rate = size / 1e6 / sum(seconds.values())
    print(f"\nMixed, {len(pages)} pages of {size / 1e3 / len(pages):.0f} kB: {rate:.2f} MB/s on one core", flush=True)


def on_clean(pool: dict[str, list[str]]) -> None:
    """All sentences without noise: characters that cleaning took, by kind."""
    print(f"\n{'no noise':32}{'sentences':>10}{'recall':>9}{'lost':>9}  by kind")
    for name, rows in pool.items():
        lost: Counter[str] = Counter()
        kept = size = 0
        for at in range(0, len(rows), LINES_A_DOCUMENT):
            raw = "\n".join(rows[at : at + LINES_A_DOCUMENT])
            clean = documents.clean(raw)
            size += len(folded(raw))
            kept += len(folded(clean.text))
            for edit in clean.applied:
                lost[edit.kind] += max(0, len(folded(raw[edit.start : edit.end])) - len(folded(edit.replacement)))
        kinds = ", ".join(f"{kind} {count}" for kind, count in lost.most_common() if count)
        print(f"{name:32}{len(rows):10}{min(1.0, kept / size):9.6f}{sum(lost.values()):9}  {kinds}", flush=True)


def main() -> None:
    """Print the tables."""
    pool = {name: chinese(name) for name in FILES}
    on_noise(pool)
    on_mixed(pool)
    on_clean(pool)


if __name__ == "__main__":
    main()
