"""Chinese spelt in pinyin."""

from __future__ import annotations

from collections.abc import Sequence

# Surnames of one character that are read otherwise than the character mostly is.
_SURNAMES = {
    "单": "shan",
    "解": "xie",
    "曾": "zeng",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "朴": "piao",
    "盖": "ge",
    "翟": "zhai",
    "缪": "miao",
    "冼": "xian",
    "覃": "qin",
    "牟": "mou",
    "员": "yun",
    "秘": "bi",
    "折": "she",
    "繁": "po",
    "宓": "mi",
    "逄": "pang",
}


def readings(word: str) -> list[str]:
    """Pinyin of the characters of a word, without tones, in lower case; what has no reading stays as it is."""
    # Its phrases take a while to load: only where something is spelt out.
    from pypinyin import Style, lazy_pinyin

    return [syllable.lower() for syllable in lazy_pinyin(word, style=Style.NORMAL, v_to_u=True)]


def pinyin(name: str) -> str:
    """`name` in one word of pinyin, with the apostrophe where a syllable begins with a vowel: Xi'an."""
    return spelt(readings(name)).replace("ü", "u").capitalize()


def surname(name: str) -> str:
    """A Chinese surname in pinyin, as surnames are read: 单 → Shan, 欧阳 → Ouyang."""
    return _SURNAMES.get(name, "").capitalize() or pinyin(name)


def spelt(syllables: Sequence[str]) -> str:
    """Syllables as one word, with the apostrophe before one that begins with a vowel: xi'an."""
    first, *others = syllables
    return first + "".join(f"'{syllable}" if syllable[0] in "aoe" else syllable for syllable in others)
