"""What a person decided about single edits: a removal restored, a proposal accepted. Both survive a re-run.

A decision names its edit by raw offsets, kind and replacement, so it holds as long as the raw text is the same.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from documents.edits import CleanText, Edit, apply_edits, proposal_order


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


def count_waiting(edits: Iterable[Edit], decisions: Decisions) -> int:
    """Places at which a proposal waits for a person; the readings of one place count once. `edits` are after `decisions`."""
    proposed: set[tuple[int, int]] = set()
    decided: set[tuple[int, int]] = set()
    for edit in edits:
        key = key_of(edit)
        if key in decisions.accepted:
            decided.add((edit.start, edit.end))
        elif not edit.applied and key not in decisions.restored:
            proposed.add((edit.start, edit.end))
    return len(proposed - decided)


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
        # Only the edits that touch it, of a hundred thousand.
        first = bisect_left(applied, proposal.start, key=lambda e: e.end)
        last = bisect_right(applied, proposal.end, key=lambda e: e.start)
        made_room = _room_for(proposal, applied[first:last]) if wanted else None
        if made_room is None:
            proposals.append(proposal)
        else:
            accepted = [*made_room, proposal._replace(applied=True)]
            applied[first:last] = sorted(accepted, key=lambda e: (e.start, e.end))
    applied = _with_line_ends(clean.raw, applied, restored)
    ordered = sorted(proposals, key=proposal_order)
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
    mended = list(applied)
    by_start = {edit.start: at for at, edit in enumerate(mended) if edit.start < edit.end}
    by_end = {edit.end: at for at, edit in enumerate(mended) if edit.start < edit.end}
    for edit in restored:
        for at, step, neighbours in ((edit.start, -1, by_end), (edit.end, 1, by_start)):
            blank = _lost_line_end(raw, mended, at, step, neighbours)
            if blank is not None:
                mended[blank] = mended[blank]._replace(replacement="\n")
    return mended


def _lost_line_end(raw: str, edits: Sequence[Edit], at: int, step: int, neighbours: dict[int, int]) -> int | None:
    """Index of the removed blanks that must give a line end back, going from `at` through removals to kept text."""
    blank = None
    while at in neighbours:
        number = neighbours[at]
        edit = edits[number]
        if edit.replacement:
            return None if "\n" in edit.replacement else blank
        if blank is None and edit.kind == "blank" and "\n" in raw[edit.start : edit.end]:
            blank = number
        at = edit.end if step > 0 else edit.start
    kept = raw[at : at + 1] if step > 0 else raw[at - 1 : at]
    return None if kept in ("", "\n") else blank
