"""What a person decided about single edits: a removal restored, a proposal accepted. Both survive a re-run.

A decision names its edit by raw offsets, kind and replacement, so it holds as long as the raw text is the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from documents.edits import CleanText, Edit, apply_edits


@dataclasses.dataclass(frozen=True, slots=True)
class Decisions:
    """Keys of edits to restore and of proposals to accept, and kinds whose proposals are all accepted."""

    restored: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.restored or self.accepted or self.kinds)


def key_of(edit: Edit) -> str:
    """What names an edit in every run over the same raw text."""
    return f"{edit.start}-{edit.end}:{edit.kind}:{edit.replacement}"


def with_decisions(clean: CleanText, decisions: Decisions) -> CleanText:
    """`clean` as a person wants it. A restored edit becomes a proposal, an accepted proposal is applied; of two
    accepted readings of one place the first stands."""
    if not decisions:
        return clean
    restored = [edit for edit in clean.applied if key_of(edit) in decisions.restored]
    applied = [edit for edit in clean.applied if key_of(edit) not in decisions.restored]
    proposals = [edit._replace(applied=False) for edit in restored]
    for proposal in clean.proposals:
        wanted = proposal.kind in decisions.kinds or key_of(proposal) in decisions.accepted
        made_room = _room_for(proposal, applied) if wanted else None
        if made_room is None:
            proposals.append(proposal)
        else:
            applied = sorted([*made_room, proposal._replace(applied=True)], key=lambda e: (e.start, e.end))
    applied = _with_line_ends(clean.raw, applied, restored)
    ordered = sorted(proposals, key=lambda e: (e.start, e.end, e.kind, -e.confidence, e.replacement))
    return CleanText(clean.raw, apply_edits(clean.raw, applied), tuple(applied), tuple(ordered))


def _room_for(proposal: Edit, applied: Sequence[Edit]) -> list[Edit] | None:
    """`applied` without what `proposal` stands for; None where it cuts into an edit that cannot be cut."""
    kept: list[Edit] = []
    for edit in applied:
        if edit.end <= proposal.start or edit.start >= proposal.end:
            if edit.start == proposal.start and edit.kind == proposal.kind:
                return None
            kept.append(edit)
        elif edit.kind == proposal.kind:
            return None
        elif edit.start < proposal.start or edit.end > proposal.end:
            if len(edit.replacement) != edit.end - edit.start:
                return None
            kept.extend(_outside(edit, proposal))
    return kept


def _outside(edit: Edit, proposal: Edit) -> Iterable[Edit]:
    """The parts of a one-to-one edit that stand before and after `proposal`."""
    for start, end in ((edit.start, proposal.start), (proposal.end, edit.end)):
        if start < end:
            yield edit._replace(
                start=start, end=end, replacement=edit.replacement[start - edit.start : end - edit.start]
            )


def _with_line_ends(raw: str, applied: Sequence[Edit], restored: Sequence[Edit]) -> list[Edit]:
    """`applied`, with the line ends around restored text that were dropped because the text between them was gone."""
    starts = {edit.start for edit in restored}
    ends = {edit.end for edit in restored}
    mended: list[Edit] = []
    last = "\n"
    at = 0
    for edit in applied:
        kept = raw[at : edit.start]
        last = kept[-1:] or last
        if edit.kind == "blank" and "\n" in raw[edit.start : edit.end] and not edit.replacement:
            before_restored = edit.end in starts and last != "\n"
            after_restored = edit.start in ends and raw[edit.end : edit.end + 1] not in ("", "\n")
            if before_restored or after_restored:
                edit = edit._replace(replacement="\n")
        last = edit.replacement[-1:] or last
        mended.append(edit)
        at = edit.end
    return mended
