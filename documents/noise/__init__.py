"""The kinds of noise, in the order in which they are taken out; each sees what the ones before have left."""

from documents.noise import (
    blanks,
    censored,
    chrome,
    dates,
    invisible,
    jammer,
    lost_marks,
    pinyin,
    script,
    spam,
    typos,
)
from documents.noise.base import NoiseKind

KINDS: tuple[NoiseKind, ...] = (
    invisible.KIND,
    jammer.KIND,
    pinyin.KIND,
    script.KIND,
    spam.KIND,
    chrome.KIND,
    blanks.KIND,
    dates.KIND,
)
# These only propose: they look once, at the text that is clean.
PROPOSING_KINDS: tuple[NoiseKind, ...] = (lost_marks.KIND, censored.KIND, typos.KIND)

# Kinds that also make proposals, which a person accepts one by one or by kind.
PROPOSED = ("date", "lost_mark", "censored", "typo", "junk", "mojibake", "misaligned")
