"""Raw text → clean text: the noise kinds in order, over one draft."""

from __future__ import annotations

from documents.decisions import Decisions, with_decisions
from documents.draft import Draft
from documents.edits import CleanText
from documents.noise import KINDS, PROPOSING_KINDS

# What one removal uncovers (a jammer behind a frame mark) goes in the next pass; real pages need two.
_MOST_PASSES = 8
NO_DECISIONS = Decisions()


def clean(raw: str, decisions: Decisions = NO_DECISIONS) -> CleanText:
    """The clean text of `raw`, one paragraph a line, with every edit on record. Never raises on any string.

    `decisions` are a person's about single edits: what was restored or accepted before stays so.
    """
    draft = Draft(raw)
    for _ in range(_MOST_PASSES):
        before = draft.text
        for kind in KINDS:
            draft.apply(kind.find(draft.text))
        if draft.text == before:
            break
    for kind in PROPOSING_KINDS:
        draft.apply(kind.find(draft.text))
    return with_decisions(draft.finish(), decisions)
