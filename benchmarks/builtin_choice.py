"""The built-in model alone, draft and gloss alone, what is taken of all as the engine does, for several weights of the draft.

    python -m benchmarks.builtin_choice [--sentences N] [--weights FOLDER]

On FLORES dev and on held-out law and general text, as benchmarks.draft_quality; nothing is learned from these texts. Needs
../shared and requirements-bench.txt.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.draft_quality import evaluation_sets, measures, tell
from translate.engines.builtin.choice import chosen
from translate.engines.builtin.engine import WEIGHTS, BuiltinEngine
from translate.engines.ct2 import NO_ADVICE, best_of

_OF_DRAFT = (0.3, 0.6, 1.0, 1.5)


def compare(sources: Sequence[str], references: Sequence[str], weights: Path, metrics: Sequence[Any]) -> None:
    """Print the figures of one set."""
    model, texts = BuiltinEngine(weights), list(sources)
    found = model.asked(list(dict.fromkeys(texts)), NO_ADVICE)
    said = [found[text] for text in texts]
    literal = [one.draft for one in said]
    told, tagged, plain = zip(*(one.answers for one in said), strict=True)
    tell("model alone", list(map(best_of, plain)), references, metrics)
    tell("model told by draft and list", list(map(best_of, told)), references, metrics)
    tell("told, with tags", list(map(best_of, tagged)), references, metrics)
    tell("draft alone", literal, references, metrics)
    tell("gloss alone", [one.gloss for one in said], references, metrics)
    for share in _OF_DRAFT:
        taken = [chosen(text, one.answers, one.draft, one.gloss, share) for text, one in zip(texts, said, strict=True)]
        of_model = 1 - sum(map(str.__eq__, taken, literal)) / len(taken)
        tell(f"draft counts {share}", taken, references, metrics, f"{of_model:.0%} the model's")
    tell("engine, clauses too", model.translate(texts), references, metrics)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=None)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options, _ = parser.parse_known_args()
    metrics = measures()
    for title, (sources, references, _) in evaluation_sets().items():
        some = slice(0, options.sentences)
        print(f"{title}, {len(sources[some])} sentences")
        compare(sources[some], references[some], options.weights, metrics)


if __name__ == "__main__":
    main()
