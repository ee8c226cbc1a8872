"""The translation memory with a million units: exact hits a second, fuzzy lookups in milliseconds, import and export.

The sentences are clauses of the five documents of seeds/ put together anew, with a number, always the same ones; a
fuzzy query is one of them with up to a fifth of its characters changed.
"""

from __future__ import annotations

import random
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from documents import clean, read_documents, split_segments
from storage import open_workspace
from translate.memory.fuzzy import FuzzyIndex
from translate.memory.store import every_unit, remember, same_sources
from translate.memory.tmx import lines_of, read_units
from translate.memory.unit import Unit

UNITS = 1_000_000
_IN_DATABASE = 100_000
_QUERIES = 500
_SEEDS = Path(__file__).parent.parent / "seeds"


def sentences(count: int) -> list[str]:
    """So many made sentences, about 30 characters each."""
    whole = [
        segment.text
        for document in read_documents([str(_SEEDS)])
        if hasattr(document, "text")
        for segment in split_segments(clean(document.text).text)
    ]
    clauses = [part for text in whole for part in re.split("[，、；。]", text) if 3 <= len(part) <= 25]
    chosen = random.Random(6)
    return [
        "，".join(chosen.choice(clauses) for _ in range(chosen.randint(1, 4))) + f"{chosen.randint(1, 9999)}次。"
        for _ in range(count)
    ]


def _changed(text: str, chosen: random.Random) -> str:
    letters = list(text)
    for _ in range(max(1, int(len(letters) * chosen.uniform(0, 0.2)))):
        letters[chosen.randrange(len(letters))] = chosen.choice("核海关安保会中国际")
    return "".join(letters)


def _fuzzy(texts: list[str]) -> None:
    started = time.perf_counter()
    index = FuzzyIndex(texts)
    print(f"{'build the index':<36}{time.perf_counter() - started:>10.1f} s")
    chosen = random.Random(7)
    taken = []
    found = 0
    for _ in range(_QUERIES):
        query = _changed(chosen.choice(texts), chosen)
        started = time.perf_counter()
        found += bool(index.find(query))
        taken.append(time.perf_counter() - started)
    taken.sort()
    print(f"{'fuzzy lookup, median':<36}{taken[_QUERIES // 2] * 1000:>10.1f} ms  target < 30 ms")
    print(f"{'fuzzy lookup, 95 of 100 under':<36}{taken[_QUERIES * 95 // 100] * 1000:>10.1f} ms")
    print(f"{'lookups that found something':<36}{found:>10} of {_QUERIES}")


def _in_database(texts: list[str], directory: Path) -> None:
    store = open_workspace(directory / "w.db")
    units: Iterator[Unit] = (Unit(text, f"English {number}.") for number, text in enumerate(texts))
    started = time.perf_counter()
    with store.session() as session:
        remember(session, units)
    print(f"{f'keep {len(texts):,} units':<36}{len(texts) / (time.perf_counter() - started):>10,.0f} a second")
    random.Random(8).shuffle(texts)
    started = time.perf_counter()
    with store.session() as session:
        parts = (texts[at : at + 500] for at in range(0, len(texts), 500))
        hits = sum(len(same_sources(session, dict.fromkeys(part, ""))) for part in parts)
    print(f"{'exact hits':<36}{hits / (time.perf_counter() - started):>10,.0f} a second  target >= 5,000")
    started = time.perf_counter()
    with store.session() as session, (directory / "m.tmx").open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines_of(every_unit(session)))
    print(f"{'write TMX':<36}{len(texts) / (time.perf_counter() - started):>10,.0f} units a second")
    started = time.perf_counter()
    read = sum(1 for _ in read_units(directory / "m.tmx"))
    print(f"{'read TMX':<36}{read / (time.perf_counter() - started):>10,.0f} units a second")
    store.close()


def main() -> None:
    """Print the figures."""
    texts = list(dict.fromkeys(sentences(UNITS)))
    print(f"{len(texts):,} units, {sum(map(len, texts)) / len(texts):.0f} characters each")
    with tempfile.TemporaryDirectory() as made:
        _in_database(texts[:_IN_DATABASE], Path(made))
    _fuzzy(texts)
    print(f"{'memory at most':<36}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>10,.0f} MB")


if __name__ == "__main__":
    main()
