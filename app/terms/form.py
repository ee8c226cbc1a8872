"""The form of one term: its fields, what a person typed into them and has not saved, and the concept that they make."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session
from streamlit.delta_generator import DeltaGenerator

from app.borrowed import borrowed
from app.drafts import drafts_among, forget_draft, keep_draft_row
from app.language import t
from app.session import person, workspace
from app.words import CATEGORIES
from documents.store import sentences_with
from glossary import Concept
from glossary.store import add_concept
from storage import StaleError, WorkspaceError

_LONGEST = 400
KIND = "concept"


@dataclasses.dataclass(frozen=True, slots=True)
class TermForm:
    """The fields of a term that a person may change; lists one entry a line."""

    target: str
    acronym: str
    category: str
    source_variants: str
    target_variants: str
    forbidden: str
    note: str

    @classmethod
    def of(cls, concept: Concept) -> TermForm:
        """The form that shows a concept."""
        lists = {
            name: "\n".join(getattr(concept, name)) for name in ("source_variants", "target_variants", "forbidden")
        }
        category = concept.category if concept.category in CATEGORIES else ""
        return cls(target=concept.target, acronym=concept.acronym, category=category, note=concept.note, **lists)

    @classmethod
    def read(cls, state: Mapping[Any, Any], concept_id: int, version: int) -> TermForm:
        """What stands in the form's fields now."""
        names = [field.name for field in dataclasses.fields(cls)]
        return cls(**{name: state.get(field_key(name, concept_id, version)) or "" for name in names})

    @classmethod
    def kept(cls, text: str) -> TermForm:
        """The form that `as_text` kept; what cannot be read is empty."""
        try:
            values = json.loads(text)
        except ValueError:
            values = {}
        values = values if isinstance(values, dict) else {}
        form = cls(**{field.name: str(values.get(field.name, "")) for field in dataclasses.fields(cls)})
        return form if form.category in CATEGORIES else dataclasses.replace(form, category="")

    def as_text(self) -> str:
        """The form as JSON, for the drafts of the workspace."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)

    def draw_english(self, at: FieldsAt) -> None:
        """The field of the English name."""
        st.text_input(t("English"), max_chars=_LONGEST, **at.options("target", self.target))

    def draw_kind(self, at: FieldsAt) -> DeltaGenerator:
        """The fields beside it, in the first two of three columns; the third is given back."""
        acronym, category, free = st.columns([1, 1.6, 1.3], vertical_alignment="bottom")
        acronym.text_input(t("Acronym"), max_chars=40, **at.options("acronym", self.acronym))
        kinds = list(CATEGORIES)
        kind = at.options("category", self.category)
        category.selectbox(t("Kind"), kinds, kinds.index(kind.pop("value")), lambda c: t(CATEGORIES[c]), **kind)
        return free

    def draw_others(self, at: FieldsAt) -> None:
        """The lists and the note, folded up."""
        more = t("Other forms and note") + (f" ({self.said})" if self.said else "")
        with st.expander(more, key=f"other_forms_{at.concept_id}"):
            left, right = st.columns(2)
            for place, name, said in (
                (left, "source_variants", t("Other Chinese forms, one a line")),
                (right, "target_variants", t("Also right in English, one a line")),
                (left, "forbidden", t("Never use in English, one a line")),
                (right, "note", t("Note")),
            ):
                place.text_area(said, height=80, **at.options(name, getattr(self, name)))

    @property
    def said(self) -> int:
        """How many forms and notes there are besides the names themselves."""
        lists = (self.source_variants, self.target_variants, self.forbidden)
        return sum(len(_lines(text)) for text in lists) + bool(self.note.strip())

    def problem(self, concept: Concept) -> str:
        """Why the form cannot be saved as `concept`, "" if it can."""
        if concept.status == "approved" and not concept.target:
            return t("Give the English first; an approved name must have one.")
        clash = {form.lower() for form in concept.forbidden} & {form.lower() for form in concept.accepted}
        if clash:
            return t("{form} is both right and never to be used; take it out of one of them.", form=sorted(clash)[0])
        return ""


@dataclasses.dataclass(frozen=True, slots=True)
class FieldsAt:
    """Where the fields of a form are drawn: the term and its version, what is stored there, and whether it may be changed.

    The keys of the fields carry the term and its version, so that no other term's text gets into them.
    """

    concept_id: int
    version: int
    stored: TermForm
    disabled: bool = False

    def options(self, name: str, value: str) -> dict[str, Any]:
        """What the widget of a field is given."""
        # As the widget's own default: a value put into the session is not shown when a click cuts the first run short.
        return {
            "key": field_key(name, self.concept_id, self.version),
            "value": value,
            "on_change": keep_draft,
            "args": (self.concept_id, self.version, self.stored),
            "disabled": self.disabled,
        }


def field_key(name: str, concept_id: int, version: int) -> str:
    """Key of the widget of a field."""
    return f"{name}_{concept_id}_{version}"


@dataclasses.dataclass(frozen=True, slots=True)
class TermDraft:
    """What a person typed over version `version` of a term and has not saved."""

    version: int
    form: TermForm


def term_drafts() -> dict[int, TermDraft]:
    """Forms not saved yet, by concept id; they outlive reruns and changes of page."""
    kept: dict[int, TermDraft] = st.session_state.setdefault("term_drafts", {})
    return kept


def read_drafts(session: Session, ids: list[int]) -> None:
    """Bring back what this person typed into these terms before a reload, or before the server was started again."""
    for number, (version, text) in drafts_among(session, person().name, KIND, ids).items():
        term_drafts().setdefault(number, TermDraft(version, TermForm.kept(text)))


def keep_draft(concept_id: int, version: int, stored: TermForm) -> None:
    """Callback of the form's fields: remember what was typed, here and in the workspace."""
    form = TermForm.read(st.session_state, concept_id, version)
    if form == stored:
        drop_draft(concept_id)
        return
    term_drafts()[concept_id] = TermDraft(version, form)
    # The session has it; a workspace that is busy for long must not stop anybody's typing.
    with contextlib.suppress(WorkspaceError), workspace().session() as session:
        keep_draft_row(session, person().name, KIND, concept_id, version, form.as_text())


def drop_draft(concept_id: int) -> None:
    """The draft of a term was given up."""
    if term_drafts().pop(concept_id, None) is not None:
        with contextlib.suppress(WorkspaceError), workspace().session() as session:
            forget_draft(session, person().name, KIND, concept_id)


def decided(before: Concept, form: TermForm, status: str) -> Concept:
    """The concept that a person made of `before`; English that the person changed has the person as its origin."""
    target = " ".join(form.target.split())
    return dataclasses.replace(
        before,
        target=target,
        acronym=form.acronym.strip(),
        category=form.category,
        source_variants=_lines(form.source_variants),
        target_variants=_lines(form.target_variants),
        forbidden=_lines(form.forbidden),
        note=form.note.strip(),
        status=status,
        origin=before.origin if target == before.target else "person",
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def add(session: Session, source: str, target: str, category: str) -> str:
    """Add an approved term; why it could not be, "" if it was."""
    source, target = " ".join(source.split()), " ".join(target.split())
    if not source or not target:
        return t("Give both the Chinese and the English.")
    found = sentences_with(session, source, 1)
    context = found[0][1][:200] if found else ""
    try:
        add_concept(
            session, Concept(source, target, category=category, status="approved", origin="person", context=context)
        )
    except StaleError as error:
        return borrowed(str(error))
    return ""
