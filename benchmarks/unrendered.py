"""The marks on Chinese words without English: how many are wrong, and how many of what is left out they find.

    python -m benchmarks.unrendered [--data DIR]

On FLORES dev and the pairs that were held out of learning (law, general text). Human translations leave hardly anything out:
a mark on their words is wrong, mostly. The words of another sentence's Chinese are all left out by an English: each that has
no mark is missed. Then the same words under the draft's English, where a mark may be right.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.false_alarms import SHARED, Pairs, flores
from training import corpus
from translate.alignment.unrendered import unrendered
from translate.alignment.words import chinese_words
from translate.engines.draft import DraftEngine

_MOST = 600


def marked(sources: Sequence[str], targets: Sequence[str]) -> tuple[int, int]:
    """(content words of the Chinese, those of them that are marked)."""
    words = sum(len(chinese_words(source)) for source in sources)
    return words, sum(len(unrendered(*pair)) for pair in zip(sources, targets, strict=True))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "benchmarks")
    options, _ = parser.parse_known_args()
    path = options.data / "flores_dev.tsv.xz"
    if not path.is_file():
        raise SystemExit(f"The benchmark file {path} is not here; give its directory with --data.")
    sets: dict[str, Pairs] = {"FLORES dev": flores(path)}
    if corpus.CORPUS.is_dir():
        for name, held_out in zip(("law, held out", "general, held out"), corpus.held_out(), strict=True):
            sets[name] = [(pair.chinese, pair.english) for pair in held_out]
    else:
        print(f"{corpus.CORPUS} is not here: only FLORES is measured.", file=sys.stderr)
    engine = DraftEngine()
    print("of content words:     marked under a human's English   under another sentence's   under the draft")
    for name, every in sets.items():
        pairs = every[:: max(1, len(every) // _MOST)]
        sources, targets = [one for one, _ in pairs], [two for _, two in pairs]
        shares = []
        for english in (targets, [*targets[7:], *targets[:7]], engine.translate(sources)):
            words, found = marked(sources, english)
            shares.append(found / words)
        print(f"{name:20} {shares[0]:10.1%} {shares[1]:29.1%} {shares[2]:28.1%}")


if __name__ == "__main__":
    main()
