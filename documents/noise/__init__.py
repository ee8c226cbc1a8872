"""The kinds of noise, in the order in which they are taken out; each sees what the ones before have left."""

from documents.noise import (
    blanks,
    censored,
    chrome,
    dates,
    invisible,
    jammer,
    junk,
    lost_marks,
    misaligned,
    mojibake,
    pinyin,
    repeats,
    script,
    seo,
    spam,
    tags,
    typos,
)
from documents.noise.base import NoiseKind

KINDS: tuple[NoiseKind, ...] = (
    # Before invisible, which takes away control characters that are bytes of damaged text.
    mojibake.KIND,
    invisible.KIND,
    jammer.KIND,
    tags.KIND,
    # On the still traditional text, and before the brackets that it needs are gone.
    misaligned.KIND,
    pinyin.KIND,
    script.KIND,
    # Adverts first: their split-up words are evidence that is gone once the junk in them is.
    spam.KIND,
    junk.KIND,
    chrome.KIND,
    # Before repeats: a title without its site's name may turn out to stand twice.
    seo.KIND,
    repeats.KIND,
    blanks.KIND,
    dates.KIND,
)
# These only propose: they look once, at the text that is clean.
PROPOSING_KINDS: tuple[NoiseKind, ...] = (lost_marks.KIND, censored.KIND, typos.KIND)

# Kinds that make proposals, which a person accepts one by one or by kind.
PROPOSED = ("date", "lost_mark", "censored", "typo", "junk", "mojibake", "misaligned")
