"""Parts of a clause above the word: noun phrases, verbs with their marks, prepositional phrases."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Node:
    """A phrase with its English.

    `cat` is one of NP · V · A (predicate adjective) · AUX · ADV · NEG · P · PP · T (time) · F (localizer) · DE · C · K · ETC · W · S.
    `zh` is the head word; `marks` of a verb are of {"past", "prog", "passive", "to", "ing"}; `number` is "p", "s" or "";
    `fixed` noun phrases need no article of any kind (names, pronouns, determiners).
    """

    cat: str
    en: str
    zh: str = ""
    number: str = ""
    fixed: bool = False
    preposition: str = ""
    marks: frozenset[str] = frozenset()
    words: int = 1
