"""The unit that passes between the steps of the gloss: one word with its part of speech and English."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

NO_READINGS: Mapping[str, str] = MappingProxyType({})


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """A source word and its gloss.

    `pos` is one of
    n noun · x opaque noun phrase (hint, Latin run, quotation) · nr person · ns place or other name · v verb · m number ·
    q measure word · a adjective · d adverb · neg negation · aux modal verb · p preposition · c coordinating conjunction ·
    k clause connective · r pronoun · det determiner · poss possessive · f localizer · t time · u particle · w punctuation · etc 等 ·
    s complete clause set apart (a quotation with its own punctuation).
    `number` is "p" plural, "s" singular or "" unknown; `preposition` is the one a time word takes ("on", "in", "").
    `readings` are the parts of speech a word can have, each with its English, where there is more than one
    (建设: n construction, v build); `pos` and `en` are then the first of them.
    """

    zh: str
    pos: str
    en: str
    number: str = ""
    preposition: str = ""
    readings: Mapping[str, str] = dataclasses.field(default_factory=lambda: NO_READINGS)
