"""The kinds of noise, in the order in which they are taken out; each sees what the ones before have left."""

from documents.noise import blanks, chrome, invisible, jammer, pinyin, script, spam
from documents.noise.base import NoiseKind

KINDS: tuple[NoiseKind, ...] = (
    invisible.KIND,
    jammer.KIND,
    pinyin.KIND,
    script.KIND,
    spam.KIND,
    chrome.KIND,
    blanks.KIND,
)

# Kinds that also make proposals, which a person accepts one by one or by kind.
PROPOSED = ("date", "lost_mark", "censored", "typo", "junk", "mojibake", "misaligned")
