"""Chinese spelt in pinyin."""

from __future__ import annotations

from collections.abc import Sequence


def readings(word: str) -> list[str]:
    """Pinyin of the characters of a word, without tones, in lower case; what has no reading stays as it is."""
    # Its phrases take a while to load: only where something is spelt out.
    from pypinyin import Style, lazy_pinyin

    return [syllable.lower() for syllable in lazy_pinyin(word, style=Style.NORMAL, v_to_u=True)]


def spelt(syllables: Sequence[str]) -> str:
    """Syllables as one word, with the apostrophe before one that begins with a vowel: xi'an."""
    first, *others = syllables
    return first + "".join(f"'{syllable}" if syllable[0] in "aoe" else syllable for syllable in others)
