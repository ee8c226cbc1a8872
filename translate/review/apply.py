"""Saving what a reviewer changed: never over a translation that has changed since the file was made."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossary import Glossary
from storage import StaleError
from storage.models import SegmentRow
from translate import requests_for
from translate.checks import Flag, run_checks
from translate.forcing.ledger import LedgerRow
from translate.jobs.proof import ledger_of_person
from translate.review.key import fingerprint
from translate.review.match import Located
from translate.review.row import ReviewRow
from translate.store import WITH_ENGLISH, LockedError, revisions_of, save_person

Outcome = Literal["edited", "confirmed", "unchanged", "held", "conflict", "unknown"]
COLUMNS = ("document", "segment", "place", "outcome", "reason", "source", "in the file", "in the workspace")


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """What became of a sentence of a file; `now` is the English in the workspace that it met.

    edited and confirmed are saved. held: approved in the file, but a check finds an error, so that it is saved as edited
    where its English was changed, and else left. conflict and unknown: nothing was saved.
    """

    row: ReviewRow
    outcome: Outcome
    reason: str = ""
    now: str = ""


@dataclasses.dataclass
class ReviewReport:
    """What became of the sentences of one file, in order."""

    results: list[Result] = dataclasses.field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """Sentences by outcome."""
        return Counter(result.outcome for result in self.results)

    @property
    def to_look_at(self) -> list[Result]:
        """Conflicts, unknown sentences, and approvals that a check holds back."""
        return [result for result in self.results if result.outcome in ("conflict", "unknown", "held")]

    def rows(self) -> Iterator[tuple[str | int, ...]]:
        """The cells of COLUMNS for every sentence but the unchanged ones."""
        for result in self.results:
            row = result.row
            if result.outcome != "unchanged":
                words = (result.outcome, result.reason, row.chinese, row.english, result.now)
                yield (row.document, row.index + 1, row.place, *words)


def apply_review(
    session: Session, located: Sequence[Located], glossary: Glossary, note: str = "", keep: bool = True
) -> ReviewReport:
    """Save what is to be saved, as the session's person, with `note` in each history; only tell it where not `keep`."""
    ids = [item.segment_id for item in located if item.segment_id is not None]
    segments: dict[int, SegmentRow] = {}
    for at in range(0, len(ids), 500):
        query = select(SegmentRow).where(SegmentRow.id.in_(ids[at : at + 500])).options(WITH_ENGLISH)
        segments |= {segment.id: segment for segment in session.scalars(query)}
    report = ReviewReport()
    for item in located:
        segment = segments.get(item.segment_id or 0)
        if segment is None:
            reason = item.reason or "it is no longer in the workspace"
            report.results.append(Result(item.row, "unknown", reason))
        else:
            report.results.append(_one(session, item.row, segment, glossary, note, keep))
    return report


def _one(session: Session, row: ReviewRow, segment: SegmentRow, glossary: Glossary, note: str, keep: bool) -> Result:
    stored = segment.translation
    now, state = (stored.target, stored.state) if stored is not None else ("", "")
    if not row.english:
        return Result(row, "unchanged", now=now)
    same = row.seen == fingerprint(now)
    if same and not (row.approves and state not in ("confirmed", "locked")):
        return Result(row, "unchanged", now=now)
    if not same and row.seen == row.written and not row.approves:
        # The reviewer left it as it was; what somebody has made of it since is right.
        return Result(row, "unchanged", now=now)
    if not same and row.written is None and _stood_before(session, segment, row):
        return Result(row, "unchanged", now=now)
    if not same and not _as_written(row, segment, glossary):
        return Result(row, "conflict", "the English here has changed since the file was made", now)
    if state == "locked":
        return Result(row, "conflict", "the sentence is locked; unlock it before you change it", now)
    proof, flags = _judged(segment, glossary, row)
    errors = [flag.text for flag in flags if flag.severity == "error"]
    outcome: Outcome = "confirmed" if row.confirmed else "edited"
    if outcome == "confirmed" and errors:
        outcome = "held"
    if keep and not (outcome == "held" and same):
        kept_state = "confirmed" if outcome == "confirmed" else "edited"
        # Where only blanks differ, the text stays as it is.
        english = now if same else row.english
        try:
            save_person(session, segment.id, stored.version if stored else 0, english, kept_state, proof, flags, note)
        except (StaleError, LockedError) as error:
            return Result(row, "conflict", str(error), now)
    return Result(row, outcome, "; ".join(errors) if outcome == "held" else "", now)


def _as_written(row: ReviewRow, segment: SegmentRow, glossary: Glossary) -> bool:
    """Whether the English in the workspace is still that which the file was made with.

    A workbook without its hidden columns does not say; a machine's English is the same where it was only made once, or by the same engine with the
    same glossary. Of a person's it cannot be told.
    """
    stored = segment.translation
    if row.written is not None:
        return fingerprint(stored.target if stored is not None else "") == row.written
    if stored is None:
        return True
    if stored.state != "machine":
        return False
    return stored.version == 1 or (row.glossary == glossary.hash and row.engine == stored.engine)


def _stood_before(session: Session, segment: SegmentRow, row: ReviewRow) -> bool:
    """Whether the file's English is one that the sentence had before: the file is older, and nobody changed it there."""
    return any(fingerprint(revision.target) == row.seen for revision in revisions_of(session, segment.id))


def _judged(segment: SegmentRow, glossary: Glossary, row: ReviewRow) -> tuple[Sequence[LedgerRow], list[Flag]]:
    [request] = requests_for([segment.source], glossary, row.document)
    proof = ledger_of_person(row.english, request.occurrences, segment.translation)
    return proof, run_checks(segment.source, row.english, proof)


def together(reports: Iterable[ReviewReport]) -> ReviewReport:
    """Reports as one."""
    return ReviewReport([result for report in reports for result in report.results])
