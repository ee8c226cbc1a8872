"""Traditional → simplified Chinese with OpenCC, by line, with offsets kept."""

from __future__ import annotations

import difflib
import functools
import re
import threading

import opencc

_local = threading.local()
# Words in which 著 is to write, or is no particle at all.
_WRITTEN = re.compile(
    "(?<=[土專专原編编論论譯译遺遗卓拙合較较昭巨名顯显撰新舊旧所])著(?![急想迷])|著(?=[述稱称者錄录書书作譯译名])"
)
# Forms of Hong Kong that OpenCC's Taiwan tables do not have.
_HONG_KONG = str.maketrans("衞敍", "卫叙")
_SHAANXI = re.compile("陜(?=[西甘北南])")


def _converter(name: str) -> opencc.OpenCC:
    """One converter per thread: OpenCC's objects can neither be pickled nor shared with certainty."""
    made: dict[str, opencc.OpenCC] = _local.__dict__.setdefault("made", {})
    if name not in made:
        made[name] = opencc.OpenCC(name)
    return made[name]


@functools.cache
def _character_table() -> dict[int, str]:
    """Every single character of the basic plane that OpenCC simplifies to another single one of it."""
    blocks = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
    characters = [chr(code) for first, last in blocks for code in range(first, last)]
    simplified = _converter("t2s").convert("\n".join(characters)).split("\n")
    return {
        ord(c): s for c, s in zip(characters, simplified, strict=True) if s != c and len(s) == 1 and s < "\U00010000"
    }


def to_simplified_characters(text: str) -> str:
    """`text` with every character simplified by itself: same length, for matching, not for reading."""
    return text.translate(_character_table())


@functools.cache
def traditional_only() -> str:
    """The characters that are written so in traditional text only."""
    return "".join(map(chr, _character_table()))


@functools.cache
def simplified_only() -> str:
    """The characters that are written so in simplified text only."""
    simplified = "".join(dict.fromkeys(_character_table().values()))
    traditional = str(_converter("s2t").convert("\n".join(simplified))).split("\n")
    return "".join(s for s, t in zip(simplified, traditional, strict=True) if s != t)


@functools.cache
def _traditional_run() -> re.Pattern[str]:
    return re.compile(f"[{traditional_only()}]+")


def has_traditional(text: str) -> bool:
    """Whether any character of `text` is traditional only."""
    return _traditional_run().search(text) is not None


def simplify(line: str) -> str:
    """`line` in simplified characters, regional words kept; 著 as a particle becomes 着."""
    # tw2s alone tells 著 the particle (面臨著 → 面临着) from 著名, but turns 么 into 幺 and knows few of the words.
    by_phrase = str(_converter("tw2s").convert(line))
    if len(by_phrase) != len(line):
        return by_phrase
    if "么" in line:
        by_phrase = "".join("么" if was == "么" else now for was, now in zip(line, by_phrase, strict=True))
    if "著" in line:
        kept = {hit.start() for hit in _WRITTEN.finditer(line)}
        by_phrase = "".join("著" if at in kept else char for at, char in enumerate(by_phrase))
    return _SHAANXI.sub("陕", by_phrase.translate(_HONG_KONG))


def changes(before: str, after: str) -> list[tuple[int, int, str]]:
    """The runs of `before` that differ in `after`, as (start, end, replacement)."""
    opcodes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(start, end, after[left:right]) for tag, start, end, left, right in opcodes if tag != "equal"]
