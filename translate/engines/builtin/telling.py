"""What the model is told of a text: the draft's phrases, but where the gloss's word list, made by hand, knows better."""

from __future__ import annotations

from collections.abc import Iterable

from translate.alignment.words import english_stems

# Shorter words mean too many things.
_LEAST = 3

Phrase = tuple[str, str]


def corrected(phrases: Iterable[Phrase], listed: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """The phrases without those that have another English for a listed noun or set phrase (总干事: secretary-general), and those.
    Each is Chinese and English."""
    settled = {word: english for word, english in listed if len(word) >= _LEAST}
    stems = {word: english_stems(english) for word, english in settled.items()}
    kept = [
        (chinese, english)
        for chinese, english in phrases
        if all(known <= english_stems(english) for word, known in stems.items() if word in chinese)
    ]
    return (*kept, *settled.items())
