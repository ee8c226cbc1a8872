"""What the model is told of a text: the draft's phrases, but where the gloss's word list, made by hand, knows better."""

from __future__ import annotations

from collections.abc import Iterable

from translate.alignment.words import english_stems

# Shorter nouns mean too many things.
_LEAST = 3

Phrase = tuple[str, str]


def corrected(phrases: Iterable[Phrase], listed: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """The phrases without those that have another English for a listed noun (总干事: secretary-general), and the nouns. Each is
    Chinese and English."""
    nouns = {word: english for word, english in listed if len(word) >= _LEAST}
    stems = {word: english_stems(english) for word, english in nouns.items()}
    kept = [
        (chinese, english)
        for chinese, english in phrases
        if all(known <= english_stems(english) for word, known in stems.items() if word in chinese)
    ]
    return (*kept, *nouns.items())
