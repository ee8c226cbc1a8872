"""A reviewed file brought into a workspace, some sentences at a time, so that others who write wait for no more than these."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from glossary import Glossary
from storage import Workspace
from translate.review.apply import ReviewReport, apply_review, together
from translate.review.match import locate
from translate.review.row import ReviewRow

_AT_ONCE = 200


def bring_in(
    store: Workspace,
    rows: Sequence[ReviewRow],
    glossary: Glossary,
    note: str,
    keep: bool = True,
    tell: Callable[[int, int], object] = lambda done, total: None,
) -> ReviewReport:
    """Save what a reviewer changed, with `note` in each history; without `keep` only tell what would be saved.

    `tell` is given the sentences done and all of them. Raises NotAllowedError where the store's person may not edit.
    """
    with store.reading() as session:
        located = locate(session, rows)
    parts = []
    for at in range(0, len(located), _AT_ONCE):
        with store.session() if keep else store.reading() as session:
            parts.append(apply_review(session, located[at : at + _AT_ONCE], glossary, note, keep))
        tell(min(at + _AT_ONCE, len(located)), len(located))
    return together(parts)
