"""What forcing and checking add to the time of the built-in engine, on the five documents, in one run.

Beside the bare engine: the engine with the names forced in (hints, answers checked, repair), and that with every quality
check. Processor time, the best of five; nothing of ../shared is needed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from documents import RawDocument, clean, read_documents, split_segments
from glossary import Glossary
from glossary.builder import build
from translate import translate
from translate.checks import run_checks
from translate.engines import get_engine

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
TIMES = 5


def best(run: Callable[[], object]) -> float:
    """Seconds of the quickest of some runs."""
    seconds = []
    for _ in range(TIMES):
        started = time.process_time()
        run()
        seconds.append(time.process_time() - started)
    return min(seconds)


def main() -> None:
    """Print milliseconds a segment and the shares."""
    texts = {read.name: clean(read.text).text for read in read_documents([str(SEEDS)]) if isinstance(read, RawDocument)}
    segments = [segment.text for text in texts.values() for segment in split_segments(text)]
    terms = Glossary(tuple(concept for concept in build(texts, workers=1) if concept.target))
    engine = get_engine("gloss")

    def forced() -> list[tuple[str, str, object]]:
        return [
            (source, done.text, run_checks(source, done.text, done.ledger))
            for source, done in zip(segments, translate(segments, engine, terms), strict=True)
        ]

    forced()
    bare = best(lambda: engine.translate(segments))
    names = best(lambda: list(translate(segments, engine, terms)))
    checked = best(forced)
    for title, seconds in (("engine alone", bare), ("names forced in", names), ("and checked", checked)):
        print(f"{title:18}{seconds / len(segments) * 1000:7.3f} ms a segment {seconds / bare - 1:+8.1%}")


if __name__ == "__main__":
    main()
