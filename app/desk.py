"""The reviewer's desk: drafts not saved yet, what the checks say about them, and saving without losing a word."""

from __future__ import annotations

import dataclasses

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.borrowed import borrowed
from app.drafts import forget_draft, keep_draft_row
from app.language import t
from app.sentences import stored_segment
from app.session import glossary_near, person, workspace
from storage import NotAllowedError, StaleError
from storage.models import DocumentRow, SegmentRow
from translate import requests_for
from translate.batch import ledger_of_person
from translate.bilingual import BilingualSegment
from translate.checks import run_checks
from translate.selection import Spot
from translate.store import WITH_ENGLISH, LockedError, save_person, was_target

KIND = "segment"


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """English that a person typed over version `version` of a segment (0: there was none) and has not saved."""

    version: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A segment on the desk: where it is, and the version of its English that the person sees."""

    document: str
    segment_id: int
    spot: Spot
    version: int

    @property
    def key(self) -> str:
        """Key of its text box."""
        return f"english_{self.segment_id}_{self.version}"


def place_of(row: SegmentRow, document: str) -> Place:
    """The place of a segment as it is now."""
    version = row.translation.version if row.translation else 0
    return Place(document, row.id, Spot(row.document_id, row.position), version)


def judged(session: Session, row: SegmentRow, document: str, text: str) -> BilingualSegment:
    """A segment with `text` as its English: term ledger and flags as they would be saved."""
    request = requests_for([row.source], glossary_near(session, [row.source]), document)[0]
    proof = ledger_of_person(text, request.occurrences, row.translation)
    flags = run_checks(row.source, text, proof)
    return dataclasses.replace(
        stored_segment(row), target=text, state="unsaved", ledger=proof, flags=tuple(flags), error=""
    )


def segment_of(session: Session, segment_id: int) -> tuple[SegmentRow, str] | None:
    """A segment with its English, and its document's name; None if it is no longer there."""
    row = session.get(SegmentRow, segment_id, options=[WITH_ENGLISH])
    if row is None:
        return None
    return row, session.scalars(select(DocumentRow.name).where(DocumentRow.id == row.document_id)).one()


def put_aside(segment_id: int, version: int, text: str) -> None:
    """Keep as a draft what a person has typed; nothing where it is what is stored, or what stood there at that version."""
    if not person().may("reviewer"):
        return
    with workspace().session() as session:
        row = session.get(SegmentRow, segment_id, options=[selectinload(SegmentRow.translation)])
        stored = row.translation if row is not None else None
        untyped = text == (stored.target if stored else "")
        # The history is asked only where the English is another meanwhile.
        if stored is not None and stored.version != version:
            untyped = untyped or was_target(session, segment_id, version, text)
        if row is None or untyped:
            forget_draft(session, person().name, KIND, segment_id)
        else:
            keep_draft_row(session, person().name, KIND, segment_id, version, text)


def give_up(segment_id: int) -> None:
    """Forget what a person has typed over a segment."""
    with workspace().session() as session:
        forget_draft(session, person().name, KIND, segment_id)


def save(segment_id: int, version: int, text: str, state: str, note: str = "") -> str:
    """Save a person's English as edited, confirmed or locked; "" if it is saved, else why not, in one sentence.

    What cannot be saved is kept as a draft. An error holds back confirmation, unless a `note` says why it is no error.
    """
    problem = _save(segment_id, version, text, state, note)
    if problem:
        put_aside(segment_id, version, text)
    return problem


def _save(segment_id: int, version: int, text: str, state: str, note: str) -> str:
    try:
        with workspace().session() as session:
            found = segment_of(session, segment_id)
            if found is None:
                return t("This sentence is no longer in the document. Your English was: {text}", text=text)
            row, document = found
            segment = judged(session, row, document, text)
            errors = [flag for flag in segment.flags if flag.severity == "error"]
            if state in ("confirmed", "locked") and errors and not note.strip():
                return t("Not confirmed: put right what is marked as an error, or say below why it is none.")
            save_person(session, segment_id, version, text, state, segment.ledger, segment.flags, note.strip())
            forget_draft(session, person().name, KIND, segment_id)
    except StaleError:
        return t("Somebody else changed this sentence meanwhile; look at both texts and save again.")
    except LockedError:
        return t("This sentence is locked; unlock it before you change it.")
    except NotAllowedError as error:
        return borrowed(str(error))
    return ""


def same_everywhere(segment_id: int, state: str, rows: list[SegmentRow], session: Session) -> int:
    """Give a sentence's English to other segments of the same Chinese; how many took it."""
    found = segment_of(session, segment_id)
    if found is None or found[0].translation is None:
        return 0
    text = found[0].translation.target
    taken = 0
    for row in rows:
        other = segment_of(session, row.id)
        if other is None:
            continue
        segment = judged(session, other[0], other[1], text)
        if any(flag.severity == "error" for flag in segment.flags):
            continue
        version = row.translation.version if row.translation else 0
        note = t("as in sentence {number} of {document}", number=found[0].position + 1, document=found[1])
        save_person(session, row.id, version, text, state, segment.ledger, segment.flags, note)
        taken += 1
    return taken
