"""The form of one term, what it says about the term, and the termbase as a file."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Mapping
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from app.sentences import with_term
from app.words import CATEGORIES, ORIGINS, STATUSES
from documents.store import sentences_with
from glossary import Concept
from glossary.csv_file import write_rows
from glossary.store import add_concept, load_concepts
from storage import StaleError

_MOST_SENTENCES = 3
_LONGEST = 400


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
        return cls(**{name: state.get(f"{name}_{concept_id}_{version}") or "" for name in names})

    def draw(self, concept_id: int, version: int, stored: TermForm) -> None:
        """The fields; their keys carry the term and its version, so that no other term's text gets into them."""

        def options(name: str) -> dict[str, Any]:
            key = f"{name}_{concept_id}_{version}"
            # As the widget's own default: a value put into the session is not shown when a click cuts the first run short.
            return {
                "key": key,
                "value": getattr(self, name),
                "on_change": keep_draft,
                "args": (concept_id, version, stored),
            }

        st.text_input("English", max_chars=_LONGEST, **options("target"))
        acronym, category = st.columns([1, 1.4])
        acronym.text_input("Acronym", max_chars=40, **options("acronym"))
        kinds = list(CATEGORIES)
        kind = options("category")
        category.selectbox("Kind", kinds, kinds.index(kind.pop("value")), CATEGORIES.__getitem__, **kind)
        with st.expander("Other forms and note"):
            left, right = st.columns(2)
            left.text_area("Other Chinese forms, one a line", height=80, **options("source_variants"))
            right.text_area("Also right in English, one a line", height=80, **options("target_variants"))
            left.text_area("Never use in English, one a line", height=80, **options("forbidden"))
            right.text_area("Note", height=80, **options("note"))

    def problem(self, concept: Concept) -> str:
        """Why the form cannot be saved as `concept`, "" if it can."""
        if concept.status == "approved" and not concept.target:
            return "Give the English first; an approved name must have one."
        clash = {form.lower() for form in concept.forbidden} & {form.lower() for form in concept.accepted}
        if clash:
            return f"{sorted(clash)[0]} is both right and never to be used; take it out of one of them."
        return ""


@dataclasses.dataclass(frozen=True, slots=True)
class TermDraft:
    """What a person typed over version `version` of a term and has not saved."""

    version: int
    form: TermForm


def term_drafts() -> dict[int, TermDraft]:
    """Forms not saved yet, by concept id; they outlive reruns and changes of page."""
    kept: dict[int, TermDraft] = st.session_state.setdefault("term_drafts", {})
    return kept


def keep_draft(concept_id: int, version: int, stored: TermForm) -> None:
    """Callback of the form's fields: remember what was typed."""
    form = TermForm.read(st.session_state, concept_id, version)
    if form == stored:
        term_drafts().pop(concept_id, None)
    else:
        term_drafts()[concept_id] = TermDraft(version, form)


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
        return "Give both the Chinese and the English."
    found = sentences_with(session, source, 1)
    context = found[0][1][:200] if found else ""
    try:
        add_concept(
            session, Concept(source, target, category=category, status="approved", origin="person", context=context)
        )
    except StaleError as error:
        return str(error)
    return ""


def described(concept: Concept) -> str:
    """The head of a term's panel: its Chinese, and in words what is known about it."""
    times = "once" if concept.count == 1 else f"{concept.count:,} times"
    where = "1 document" if concept.documents == 1 else f"{concept.documents:,} documents"
    facts = [STATUSES.get(concept.status, concept.status)]
    if concept.count:
        facts.append(f"seen {times} in {where}")
    facts.append(f"{concept.confidence:.0%} sure")
    if concept.scope:
        facts.append(f"only in {concept.scope}")
    lines = [" · ".join(facts)]
    if concept.target:
        lines.append(f"English from: {ORIGINS.get(concept.origin, concept.origin)}")
    if concept.note:
        lines.append(f"Note: {concept.note}")
    shown = "".join(f'<div class="soft small">{html.escape(line)}</div>' for line in lines)
    return f'<div class="term-head" lang="zh-Hans">{html.escape(concept.source)}</div>{shown}'


def evidence_html(session: Session, concept: Concept) -> tuple[str, str]:
    """Sentences in which the term stands, highlighted: the first, and the others."""
    found = sentences_with(session, concept.source, _MOST_SENTENCES)
    if not found and concept.context:
        found = [("", concept.context)]
    quotes = [
        f'<blockquote><span lang="zh-Hans">{with_term(_around(sentence, concept.source), concept.sources)}</span>'
        f'<div class="soft small">{html.escape(name)}</div></blockquote>'
        for name, sentence in found
    ]
    if not quotes:
        return '<div class="soft small">No sentence here holds this name as it is written above.</div>', ""
    return quotes[0], "".join(quotes[1:])


def _around(sentence: str, term: str, most: int = 160) -> str:
    """The part of a long sentence around the term."""
    if len(sentence) <= most:
        return sentence
    start = max(0, min(sentence.find(term) - most // 3, len(sentence) - most))
    return ("…" if start else "") + sentence[start : start + most] + ("…" if start + most < len(sentence) else "")


def csv_bytes(session: Session) -> bytes:
    """The whole termbase as a glossary CSV for a spreadsheet."""
    return ("\ufeff" + write_rows(load_concepts(session))).encode()
