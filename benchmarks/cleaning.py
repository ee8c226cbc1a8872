"""Cleaning on the development gold: characters kept and lost, dates, speed, and other tools on the same pages.

Recall is the share of the gold's characters that were kept, precision the share of kept characters that are in the
gold, after folding width and blanks; borderline items of the gold's policy are not scored.
"""

from __future__ import annotations

import csv
import difflib
import html
import re
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import documents
from documents.edits import apply_edits
from documents.noise import dates, misaligned

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "gold"
# Either way is right, says gold/clean/README.md.
_BORDERLINE = re.compile(r"投稿邮箱:[\w.]+@[\w.]+(?:\([^()]*\))?")


def must_go() -> dict[str, list[str]]:
    """What gold/clean/README.md and NOISE.md say must go, by page."""
    found: dict[str, list[str]] = {}
    with (GOLD / "must_go.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row["page"], []).append(row["must go"])
    return found


def pages() -> dict[str, tuple[str, str]]:
    """Raw and gold text by page."""
    found = {}
    for gold in sorted((GOLD / "clean").glob("0*.txt")):
        raw = next((ROOT / "seeds").glob(f"{gold.stem}_*.txt")).read_text(encoding="utf-8")
        found[f"seed {gold.stem}"] = raw, gold.read_text(encoding="utf-8")
    for path in sorted((GOLD / "heldout").glob("*.raw.txt")):
        gold_path = path.with_name(path.name.replace(".raw.", ".clean."))
        found[path.name.split(".")[0]] = path.read_text(encoding="utf-8"), gold_path.read_text(encoding="utf-8")
    return found


def folded(text: str) -> str:
    """Width and blanks aside."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def score(kept: str, gold: str) -> tuple[int, int, int]:
    """(characters in both, characters kept, characters of the gold), by longest common blocks."""
    a, b = folded(kept), folded(gold)
    a, b = _BORDERLINE.sub("", a), _BORDERLINE.sub("", b)
    both = sum(block.size for block in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return both, len(a), len(b)


def gone() -> None:
    """Whether each item that must go is gone."""
    print("\nItems that must go\n")
    for page, items in must_go().items():
        path = next((ROOT / "seeds").glob(f"{page.split()[1]}_*.txt"))
        text = documents.clean(path.read_text(encoding="utf-8")).text
        left = [item for item in items if item in text]
        print(f"{page:26}{len(items) - len(left)}/{len(items)} gone{'; left: ' + ' '.join(left) if left else ''}")


def on_dates() -> None:
    """The gold's damaged dates: those with one reading restored, those with several untouched and all offered."""
    counts: dict[str, list[bool]] = {}
    with (GOLD / "dates.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            raw = row["raw"].partition(" (")[0]
            edits = list(dates.KIND.find(raw))
            restored = apply_edits(raw, sorted((e for e in edits if e.applied), key=lambda e: e.start))
            offered = {raw[: e.start] + e.replacement + raw[e.end :] for e in edits if not e.applied}
            if row["status"] == "unique":
                counts.setdefault("one reading: restored", []).append(restored == row["restored"])
            elif row["status"] == "ambiguous":
                counts.setdefault("several readings: untouched", []).append(restored == raw)
                complete = offered == set(row["restored"].split(" | "))
                counts.setdefault("several readings: all offered", []).append(complete)
            else:
                counts.setdefault("no reading, or no date: untouched", []).append(restored == raw)
    print("\nDamaged dates of the gold\n")
    for name, right in counts.items():
        print(f"{name:36}{sum(right)}/{len(right)}")


def by_kind(found: dict[str, tuple[str, str]]) -> None:
    """What each noise kind takes from the gold's pages: wrong characters that go, and right ones that go with them."""
    taken: dict[str, list[int]] = {}
    for raw, gold in found.values():
        clean = documents.clean(raw)
        both, kept, _ = score(clean.text, gold)
        for kind in {edit.kind for edit in clean.applied}:
            rest = [edit for edit in clean.applied if edit.kind != kind]
            both_without, kept_without, _ = score(apply_edits(raw, rest), gold)
            row = taken.setdefault(kind, [0, 0, 0])
            row[0] += len(clean.applied) - len(rest)
            row[1] += max(0, (kept_without - both_without) - (kept - both))
            row[2] += max(0, both_without - both)
    print(f"\n{'noise kind':20}{'edits':>7}{'wrong characters gone':>24}{'right ones lost':>18}")
    for kind, (edits, noise, lost) in sorted(taken.items(), key=lambda item: -item[1][1]):
        print(f"{kind:20}{edits:7}{noise:24}{lost:18}")


def tools() -> dict[str, Callable[[str], str]]:
    """Cleaners by name; those that are not installed are left out."""
    import opencc

    to_simplified = opencc.OpenCC("t2s")
    found: dict[str, Callable[[str], str]] = {
        "zhengming": lambda raw: documents.clean(raw).text,
        "nothing": lambda raw: raw,
        "OpenCC + regex": lambda raw: str(
            to_simplified.convert(re.sub(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+[)）]", "", raw))
        ),
    }
    try:
        import ftfy
        import justext
        import trafilatura
    except ImportError:
        return found

    def page(raw: str) -> str:
        return "<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in raw.split("\n")) + "</body></html>"

    found["ftfy"] = lambda raw: str(ftfy.fix_text(raw, uncurl_quotes=False, fix_character_width=False))
    found["trafilatura"] = lambda raw: trafilatura.extract(page(raw)) or ""
    found["jusText"] = lambda raw: "\n".join(
        p.text
        for p in justext.justext(page(raw), frozenset(), stopwords_low=0, stopwords_high=0)
        if not p.is_boilerplate
    )
    return found


def speed(clean: Callable[[str], str], texts: Sequence[str], times: int) -> float:
    """MB of UTF-8 a second, document by document."""
    started = time.perf_counter()
    for _ in range(times):
        for text in texts:
            clean(text)
    return times * sum(len(text.encode()) for text in texts) / 1e6 / (time.perf_counter() - started)


def main() -> None:
    """Print the tables."""
    found = pages()
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    print("Cleaning, development gold: characters (width and blanks folded)\n")
    print(f"{'tool':16}{'page':26}{'recall':>8}{'precision':>11}{'lost':>7}{'kept wrongly':>14}")
    for tool, clean in tools().items():
        for page, (raw, gold) in found.items():
            both, kept, wanted = score(clean(raw), gold)
            recall, precision = both / wanted, both / max(1, kept)
            print(f"{tool:16}{page:26}{recall:8.4f}{precision:11.4f}{wanted - both:7}{kept - both:14}")
    by_kind(found)
    gone()
    on_dates()
    # Restoring byte-level damage takes a good part of a second a place: pages with it are timed by themselves.
    damaged = [text for text in seeds if misaligned.KIND.find(text)]
    whole = [text for text in seeds if text not in damaged]
    for title, texts in (("pages without byte-level damage", whole), ("pages with it", damaged)):
        print(f"\nSpeed, one core, MB/s on seeds, {title}, 20 times (ratio to zhengming)\n")
        own = speed(tools()["zhengming"], texts, 20)
        for tool, clean in tools().items():
            rate = own if tool == "zhengming" else speed(clean, texts, 20)
            print(f"{tool:16}{rate:10.2f}{rate / own:12.2f}x")
    print("\nOne line of 10 MB, seconds (the same amount as running text beside it)\n")
    running = "".join(f"第{number}句正文，海关与计量机构开展合作。" for number in range(200_000))
    lines = {"text": running, "brackets": "(" * 10**7, "blanks": " " * 10**7, "noise pairs": "1 a" * 3_300_000}
    for name, line in lines.items():
        started = time.perf_counter()
        documents.clean(line)
        print(f"{name:16}{time.perf_counter() - started:8.2f}")


if __name__ == "__main__":
    main()
