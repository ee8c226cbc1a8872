"""Merging two terms: the other one is looked for, what comes of it is shown, and one of them takes in the other."""

from __future__ import annotations

import streamlit as st
from sqlalchemy import false, func, literal, or_, select
from sqlalchemy.orm import Session, selectinload

from app.borrowed import borrowed
from app.drafts import forget_draft
from app.language import t
from app.plain import escaped, label
from app.session import person, say, workspace
from app.terms.effects import effect_of, examples_html
from app.terms.form import KIND, term_drafts
from app.terms.queue import Queue
from app.words import STATUSES
from glossary import Concept
from glossary.folding import fold
from glossary.store import Selection, TermAt, fold_terms, to_concept
from storage import StaleError
from storage.models import ConceptRow, NameRow

_MOST = 8


def merge_button(queue: Queue) -> None:
    """The button that opens the dialog."""
    row = queue.current
    typed = row.id in term_drafts()
    said = t("Save or discard what you typed before you merge.") if typed else "Alt+M"
    if st.button(t("Merge…"), key=f"merge_{row.id}", icon=":material/merge:", disabled=typed, help=said):
        st.session_state.pop("merged", None)
        st.dialog(t("Merge with another term"), width="medium")(_dialog)(queue)


def _dialog(queue: Queue) -> None:
    if st.session_state.pop("merged", False):
        st.rerun()
    row = queue.current
    typed = st.text_input(
        t("Which other term means the same as {name}?", name=row.source),
        key=f"merge_search_{row.id}",
        placeholder=t("Chinese or English"),
        icon=":material/search:",
    )
    with workspace().reading() as session:
        found = likely_others(session, row, (typed or "").strip())
        if not found:
            st.info(
                t("No other term that holds in the same documents fits; give another part of its name.")
                if typed
                else t("Give a part of the name of the other term.")
            )
            return
        names = {other.id: to_concept(other) for other in found}
        chosen = st.radio(
            t("The other term"),
            list(names),
            format_func=lambda number: label(f"{names[number].source}  {names[number].target}", 120),
            key=f"merge_other_{row.id}",
        )
        other = next(term for term in found if term.id == chosen)
        kept, folded = _directed(row, other)
        _show_outcome(session, to_concept(kept), to_concept(folded))
    if problem := st.session_state.pop("merge_problem", ""):
        st.warning(label(problem), icon=":material/warning:")
    st.button(
        t("Merge"),
        key=f"merge_now_{row.id}",
        type="primary",
        icon=":material/merge:",
        on_click=_merge,
        args=(queue, kept, folded),
    )


def likely_others(session: Session, row: ConceptRow, typed: str) -> list[ConceptRow]:
    """Terms that may mean the same and hold in the same documents.

    Those that fit what was typed; before that, those with the same English or with a name that holds this one or is held
    by it, the nearest in length first.
    """
    query = select(ConceptRow).where(ConceptRow.id != row.id, ConceptRow.scope == row.scope)
    if typed:
        query = query.where(*Selection(text=typed).conditions())
    else:
        target = to_concept(row).target
        same = select(NameRow.concept_id).where(NameRow.role == "target", func.lower(NameRow.text) == target.lower())
        held = literal(row.source).contains(ConceptRow.source, autoescape=False)
        holding = ConceptRow.source.contains(row.source, autoescape=True)
        alike = ConceptRow.id.in_(same) if target else false()
        query = query.where(or_(alike, held, holding))
    nearest = func.abs(func.length(ConceptRow.source) - len(row.source))
    loaded = (selectinload(ConceptRow.names), selectinload(ConceptRow.evidence))
    return list(session.scalars(query.options(*loaded).order_by(nearest, ConceptRow.id).limit(_MOST)))


def _directed(row: ConceptRow, other: ConceptRow) -> tuple[ConceptRow, ConceptRow]:
    """Which of two terms stays: the person says; at first the approved one, and of two alike the more frequent."""
    ranked = sorted((row, other), key=lambda term: (term.status != "approved", -term.count))
    keep = st.segmented_control(
        t("Which name stays?"),
        [term.id for term in ranked],
        default=ranked[0].id,
        required=True,
        format_func=lambda number: label(row.source if number == row.id else other.source, 60),
        key=f"merge_keep_{row.id}_{other.id}",
    )
    return (row, other) if keep == row.id else (other, row)


def _show_outcome(session: Session, kept: Concept, folded: Concept) -> None:
    """The term that comes of it, and what that does to the documents."""
    made = fold(kept, folded)
    facts = (
        (t("English"), made.target or t("no English yet")),
        (t("Acronym"), made.acronym),
        (t("Also in Chinese"), " · ".join(made.source_variants)),
        (t("Also right in English"), " · ".join(made.target_variants)),
        (t("Never in English"), " · ".join(made.forbidden)),
        (t("Decision"), t(STATUSES.get(made.status, made.status))),
        (t("Seen"), f"{kept.count:,} + {folded.count:,} = {made.count:,}"),
    )
    rows = "".join(f"<dt>{escaped(name)}</dt><dd>{escaped(value)}</dd>" for name, value in facts if value)
    said = escaped(t("{name} goes; what comes of the two:", name=folded.source))
    st.html(
        f'<div class="soft small">{said}</div><div class="term-head" lang="zh-Hans">{escaped(made.source)}</div>'
        f'<dl class="facts">{rows}</dl>'
    )
    effect = effect_of(session, [kept, folded], [made])
    if effect.size:
        st.caption(t("This would change {what}.", what=effect.words))
        st.html(examples_html(effect))
    else:
        st.caption(t("No sentence that is here changes."))


def _merge(queue: Queue, kept: ConceptRow, folded: ConceptRow) -> None:
    """Callback: do it, and tell the dialog how it went."""
    try:
        with workspace().session() as session:
            fold_terms(session, TermAt(kept.id, kept.version), TermAt(folded.id, folded.version))
            forget_draft(session, person().name, KIND, folded.id)
    except StaleError as error:
        st.session_state["merge_problem"] = borrowed(str(error))
        return
    term_drafts().pop(folded.id, None)
    say(t("{other} was merged into {name}; History can take it back.", other=folded.source, name=kept.source))
    st.session_state["merged"] = True
    st.session_state["term"] = kept.id
    if kept.id not in {row.id for row in queue.rows}:
        st.session_state["term_pinned"] = kept.id
