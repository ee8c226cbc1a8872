"""The reviewer's desk: drafts not saved yet, what the checks say about them, and saving without losing a word."""

from __future__ import annotations

import dataclasses

import streamlit as st
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.sentences import stored_segment
from app.session import glossary_now, workspace
from storage import StaleError
from storage.models import SegmentRow, TranslationRow
from translate import requests_for
from translate.batch import ledger_of_person
from translate.bilingual import BilingualSegment
from translate.checks import run_checks
from translate.store import save_person, segment_positions, segments_at


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """English that a person typed over version `version` of a segment (0: there was none) and has not saved."""

    version: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A segment on the desk: where it is, and the version of its English that the person sees."""

    document_id: int
    document: str
    segment_id: int
    position: int
    version: int

    @property
    def key(self) -> str:
        """Key of its text box."""
        return f"english_{self.segment_id}_{self.version}"


def place_of(row: SegmentRow, document: str) -> Place:
    """The place of a segment as it is now."""
    return Place(row.document_id, document, row.id, row.position, row.translation.version if row.translation else 0)


def drafts() -> dict[int, Draft]:
    """What this person typed and has not saved, by segment id; it outlives reruns and changes of page."""
    kept: dict[int, Draft] = st.session_state.setdefault("drafts", {})
    return kept


def keep_draft(place: Place, stored: str) -> None:
    """Callback of the text box: remember what was typed."""
    text = st.session_state.get(place.key)
    if text is None or text == stored:
        drafts().pop(place.segment_id, None)
    else:
        drafts()[place.segment_id] = Draft(place.version, text)


def to_check(session: Session, document_id: int) -> list[int]:
    """Positions that a person should look at: flagged by a check, or of damaged Chinese and not confirmed."""
    damaged = select(SegmentRow.position).outerjoin(TranslationRow)
    damaged = damaged.where(SegmentRow.document_id == document_id, open_damage())
    return sorted({*segment_positions(session, document_id, "flagged"), *session.scalars(damaged)})


def open_damage() -> ColumnElement[bool]:
    """Whether a segment's Chinese is damaged and no person has confirmed its English."""
    return (SegmentRow.damage > 0) & (func.coalesce(TranslationRow.state, "missing") != "confirmed")


def judged(session: Session, row: SegmentRow, document: str, text: str) -> BilingualSegment:
    """A segment with `text` as its English: term ledger and flags as they would be saved."""
    request = requests_for([row.source], glossary_now(session), document)[0]
    proof = ledger_of_person(text, request.occurrences, row.translation)
    flags = run_checks(row.source, text, proof)
    return dataclasses.replace(
        stored_segment(row), target=text, state="unsaved", ledger=proof, flags=tuple(flags), error=""
    )


def save(place: Place, text: str, state: str, anyway: bool) -> str:
    """Save a person's English. "" if it is saved; else why not, in one sentence, and the text is kept as a draft."""
    drafts()[place.segment_id] = Draft(place.version, text)
    with workspace().session() as session:
        rows = segments_at(session, place.document_id, [place.position])
        if not rows or rows[0].id != place.segment_id:
            return f"This sentence is no longer in the document. Your English was: {text}"
        segment = judged(session, rows[0], place.document, text)
        errors = [flag for flag in segment.flags if flag.severity == "error"]
        if state == "confirmed" and errors and not anyway:
            return "Not confirmed: put right what is marked as an error, or tick “Confirm anyway”."
        try:
            save_person(session, place.segment_id, place.version, text, state, segment.ledger, segment.flags)
        except StaleError as error:
            return str(error)
    del drafts()[place.segment_id]
    return ""
