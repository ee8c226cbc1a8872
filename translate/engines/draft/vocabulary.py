"""How the model numbers English words: what is special, then each class with its rank, then the words."""

from __future__ import annotations

from translate.engines.draft.words import CLASSES

# How many classes of one Chinese phrase can be told apart: "paragraph 2 of Article 1".
RANKS = 4
FIRST_CLASS = 3
SPECIAL = ("<unk>", "<s>", "</s>", *(mark + str(rank) for mark in sorted(CLASSES) for rank in range(RANKS)))
FIRST_WORD = len(SPECIAL)
