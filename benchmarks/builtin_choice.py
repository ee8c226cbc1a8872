"""The built-in model alone, the draft alone, what is taken of both for several thresholds, as the engine does.

    python -m benchmarks.builtin_choice [--sentences N] [--weights FOLDER]

On FLORES dev and on held-out law and general text, as benchmarks.draft_quality; nothing is learned from these texts. Needs
../shared, requirements-bench.txt and requirements-engines.txt.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.draft_quality import evaluation_sets, measures, tell
from translate.engines.builtin.choice import chosen
from translate.engines.builtin.engine import WEIGHTS
from translate.engines.builtin.insistence import insisted
from translate.engines.ct2 import Ct2Engine
from translate.engines.draft import DraftEngine

_SHARES = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)


def compare(sources: Sequence[str], references: Sequence[str], weights: Path, metrics: Sequence[Any]) -> None:
    """Print the figures of one set."""
    model, texts = Ct2Engine(weights), list(sources)
    drafts = DraftEngine().drafts(texts)
    literal = [draft.english for draft in drafts]
    plain = model.translate_pieces(texts)
    phrases = [draft.phrases for draft in drafts]
    told = model.translate_pieces(texts, dict(zip(texts, phrases, strict=True)))
    tags = list(map(insisted, texts, told, drafts))
    tagged = model.translate_pieces(tags, dict(zip(tags, phrases, strict=True)))
    tell("model alone", plain, references, metrics)
    tell("model told by draft", told, references, metrics)
    tell("told, with tags", tagged, references, metrics)
    tell("draft alone", literal, references, metrics)
    asked = list(zip(told, tagged, plain, strict=True))
    for share in _SHARES:
        taken = [chosen(one, english, draft, share) for one, english, draft in zip(texts, asked, literal, strict=True)]
        of_model = 1 - sum(map(str.__eq__, taken, literal)) / len(taken)
        tell(f"{share:.0%} as full", taken, references, metrics, f"{of_model:.0%} the model's")


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
