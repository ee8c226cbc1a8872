"""Cleaning on the development gold: characters kept and lost, dates, speed, and other tools on the same pages.

Recall is the share of the gold's characters that were kept, precision the share of kept characters that are in the
gold, after folding width and blanks; borderline items of the gold's policy are not scored.
"""

from __future__ import annotations

import difflib
import html
import re
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import documents
from documents.noise import misaligned

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "gold"
# Either way is right, says gold/clean/README.md.
_BORDERLINE = re.compile(r"投稿邮箱:[\w.]+@[\w.]+(?:\([^()]*\))?")


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
