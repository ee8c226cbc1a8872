"""English of a candidate, best source first: what the text says, the authority file, composition, pinyin, an engine."""

from __future__ import annotations

from collections.abc import Callable

from glossary.candidates.merge import Candidate
from glossary.english.compose import composed
from glossary.english.persons import person
from glossary.english.similarity import resembles

Engine = Callable[[str], str]
_SMALL = frozenset("of the and for in on to a an with by at from".split())


def english_of(candidate: Candidate, engine: Engine | None, sense: str = "") -> tuple[str, str, float, str]:
    """(English, origin, certainty 0–1, how it was made) of a candidate; "" and 1 where nothing is known."""
    if candidate.english:
        return candidate.english, "text", 1.0, "the text itself"
    if candidate.category == "person":
        name = person(candidate.name)
        return (name, "composed", 0.8, "pinyin") if name else ("", "text", 1.0, "")
    if candidate.category != "domain_term":
        made = composed(candidate.name, sense)
        if made:
            return made.english, "composed", made.certainty, made.why
    if engine is not None:
        rendering = (
            title_case(engine(candidate.name)) if candidate.category != "domain_term" else engine(candidate.name)
        )
        if rendering:
            likely = resembles(candidate.name, rendering)
            return (
                rendering,
                "engine",
                0.6 if likely else 0.3,
                "an engine" if likely else "an engine, unlike the source",
            )
    return "", "text", 1.0, ""


def title_case(english: str) -> str:
    """`english` as a name: words begin with capitals, but for the small ones inside."""
    words = english.strip().rstrip(".").split()
    return " ".join(
        word if word.lower() in _SMALL and at else word[:1].upper() + word[1:] for at, word in enumerate(words)
    )
