"""Raw text → clean text: the noise kinds in order, over one draft."""

from __future__ import annotations

from documents.draft import Draft
from documents.edits import CleanText
from documents.noise import KINDS

# What one removal uncovers (a jammer behind a frame mark) goes in the next pass; real pages need two.
_MOST_PASSES = 8


def clean(raw: str) -> CleanText:
    """The clean text of `raw`, one paragraph a line, with every edit on record. Never raises on any string."""
    draft = Draft(raw)
    for _ in range(_MOST_PASSES):
        before = draft.text
        for kind in KINDS:
            draft.apply(kind.find(draft.text))
        if draft.text == before:
            break
    return draft.finish()
