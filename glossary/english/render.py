"""English of a name that neither the authority file nor the text gives: composition, pinyin, then an engine."""

from __future__ import annotations

from collections.abc import Callable

from glossary.english.compose import composed
from glossary.english.persons import person
from glossary.english.similarity import resembles

Engine = Callable[[str], str]
_SMALL = frozenset("of the and for in on to a an with by at from".split())


def english_of(chinese: str, category: str, engine: Engine | None, sense: str = "") -> tuple[str, str, float, str]:
    """(English, origin, certainty 0–1, how it was made) of a name; "" and 1 where nothing is known."""
    if category == "person":
        name = person(chinese)
        return (name, "composed", 0.8, "pinyin") if name else ("", "text", 1.0, "")
    if category != "domain_term":
        made = composed(chinese, sense)
        if made:
            return made.english, "composed", made.certainty, made.why
    rendering = engine(chinese) if engine is not None else ""
    if rendering:
        likely = resembles(chinese, rendering)
        name = rendering if category == "domain_term" else title_case(rendering)
        return name, "engine", 0.6 if likely else 0.3, "an engine" if likely else "an engine, unlike the source"
    return "", "text", 1.0, ""


def title_case(english: str) -> str:
    """`english` as a name: words begin with capitals, but for the small ones inside."""
    words = english.strip().rstrip(".").split()
    return " ".join(
        word if word.lower() in _SMALL and at else word[:1].upper() + word[1:] for at, word in enumerate(words)
    )
