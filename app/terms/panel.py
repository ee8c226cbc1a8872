"""The panel of the selected term: what is known of it, where it stands, its form, and what a decision would change."""

from __future__ import annotations

import dataclasses

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.borrowed import borrowed
from app.drafts import forget_draft
from app.language import t
from app.plain import label
from app.session import person, say, workspace
from app.terms.effects import effect_of, examples_html
from app.terms.form import KIND, FieldsAt, TermDraft, TermForm, decided, drop_draft, field_key, keep_draft, term_drafts
from app.terms.log import history_of
from app.terms.merging import merge_button
from app.terms.provenance import head_html, other_english
from app.terms.queue import Queue, go_on
from app.terms.sightings import concordance_of, lines_html
from app.words import STATUSES
from glossary import Concept
from glossary.store import concept_row, decide, to_concept
from storage import StaleError
from storage.models import ConceptRow

_LINES, _MORE_LINES = 3, 20


def show_panel(queue: Queue) -> None:
    """The panel. What takes longest to find out, the effect on the documents, is drawn last, in its place."""
    row = queue.current
    concept = to_concept(row)
    may = person().may("terminologist")
    st.html(head_html(concept))
    _places(row, concept)
    refused, problem = st.session_state.get("term_problem", (0, ""))
    if refused == row.id and problem:
        st.warning(label(problem), icon=":material/warning:")
        del st.session_state["term_problem"]
    stored = TermForm.of(concept)
    draft = term_drafts().get(row.id)
    if draft and draft.version != row.version:
        _conflict(row, draft)
        draft = None
    form = draft.form if draft else stored
    at = FieldsAt(row.id, row.version, stored, disabled=not may)
    with st.container(border=True, key="term_form", gap="small"):
        form.draw_english(at)
        free = form.draw_kind(at)
        if may:
            with free:
                _offers(row, concept, form, stored)
            _buttons(queue, draft is not None)
        else:
            st.caption(
                t("As {role} you can look at the terms; a terminologist decides on them.", role=borrowed(person().role))
            )
        form.draw_others(at)
    effect = st.container()
    _history(concept)
    if may:
        _effect(effect, concept, form, typed=draft is not None)


def _places(row: ConceptRow, concept: Concept) -> None:
    """The concordance: some lines, more if they are asked for."""
    most = st.session_state.get(f"term_lines_{row.id}", _LINES)
    with workspace().reading() as session:
        found = concordance_of(session, concept, most)
        lines = lines_html(session, found.lines) if found.lines else ""
    if not lines:
        said = t("No sentence here holds this name as it is written.")
        if concept.context:
            said += " " + t("It was seen in: {sentence}", sentence=concept.context)
        st.caption(label(said, 300))
        return
    with st.container(key="term_places", gap=None):
        st.html(lines)
    shown = len(found.lines)
    if shown < found.places or (shown > _LINES and found.more):

        def more() -> None:
            st.session_state[f"term_lines_{row.id}"] = most + _MORE_LINES

        total = f"{found.places:,}+" if found.more else f"{found.places:,}"
        st.button(
            t("More places ({shown} of {total})", shown=f"{shown:,}", total=total),
            key=f"more_places_{row.id}",
            type="tertiary",
            icon=":material/expand_more:",
            on_click=more,
        )


def _offers(row: ConceptRow, concept: Concept, form: TermForm, stored: TermForm) -> None:
    """Other English that is known: a click puts it into the form."""
    offered = other_english(concept, form.target)
    made = st.session_state.get("term_suggestion", (0, "", ""))
    if made[0] == row.id and made[1] and made[1] != form.target:
        offered = [(made[1], made[2]), *(pair for pair in offered if pair[0] != made[1])]

    def take(english: str) -> None:
        st.session_state[field_key("target", row.id, row.version)] = english
        keep_draft(row.id, row.version, stored)

    name = t("Other English") + (f" ({len(offered)})" if offered else "")
    with st.popover(name, width="stretch", key=f"term_offers_{row.id}"):
        for number, (english, why) in enumerate(offered):
            st.button(
                label(english, 80),
                key=f"offer_{row.id}_{number}",
                help=t("Put it into the form"),
                width="stretch",
                on_click=take,
                args=(english,),
            )
            st.caption(label(why))
        st.button(
            t("Suggest English"),
            key=f"suggest_{row.id}",
            type="tertiary",
            icon=":material/lightbulb:",
            help=t("Puts English together from known parts of the name, by the rules that the glossary is built with."),
            on_click=_suggest,
            args=(row.id, concept),
        )


def _suggest(concept_id: int, concept: Concept) -> None:
    # Brings the dictionaries of the grammar with it: not when the page is opened.
    from glossary.english.render import english_of

    english, _, _, how = english_of(concept.source, concept.category, None)
    if not english:
        say(t("The rules know no English for {name}.", name=concept.source), ":material/lightbulb:")
    elif english == concept.target:
        say(t("The rules make the English that is there already."), ":material/lightbulb:")
    else:
        st.session_state["term_suggestion"] = (concept_id, english, t("Put together from {parts}", parts=how))


def _buttons(queue: Queue, has_draft: bool) -> None:
    row = queue.current
    later = t("Save, decide later") if row.status == "candidate" else t("Save")
    with st.container(horizontal=True):
        for name, status, icon, key in (
            (t("Approve"), "approved", ":material/check:", "Ctrl+Enter"),
            (t("Reject"), "rejected", ":material/close:", "Alt+X"),
            (later, "", ":material/save:", "Alt+S"),
        ):
            st.button(
                name,
                type="primary" if status == "approved" else "secondary",
                icon=icon,
                help=key,
                key=f"{status or 'save'}_{row.id}",
                on_click=_decide,
                args=(queue, status),
            )
        merge_button(queue)
        if has_draft:
            st.button(
                t("Discard what I typed"),
                key=f"discard_{row.id}",
                type="tertiary",
                icon=":material/undo:",
                on_click=_discard,
                args=(row,),
            )


def _decide(queue: Queue, status: str) -> None:
    """Save the form of a term, as a callback, and go on to the next one after a decision."""
    concept_id, version = queue.current.id, queue.current.version
    form = TermForm.read(st.session_state, concept_id, version)
    term_drafts()[concept_id] = TermDraft(version, form)
    with workspace().session() as session:
        row = concept_row(session, concept_id)
        if row is None:
            said = t("This term is no longer in the glossary.")
            if form.target:
                said += " " + t("Your English was: {english}", english=form.target)
            say(said, ":material/warning:")
            return
        after = decided(to_concept(row), form, status or row.status)
        if problem := form.problem(after):
            st.session_state["term_problem"] = (concept_id, problem)
            return
        moved = row.status != after.status
        try:
            decide(session, concept_id, version, after)
        except StaleError:
            return
        forget_draft(session, person().name, KIND, concept_id)
    term_drafts().pop(concept_id, None)
    if not status:
        say(t("{name}: saved.", name=after.source))
        return
    say(t("{name}: {decision}.", name=after.source, decision=t(STATUSES[after.status]).lower()))
    go_on(queue, moved)


def _discard(row: ConceptRow) -> None:
    drop_draft(row.id)
    _put(row, TermForm.of(to_concept(row)))


def _put(row: ConceptRow, form: TermForm) -> None:
    """Show a form in the fields, in a callback: said outright, since the browser keeps what was typed."""
    for field in dataclasses.fields(TermForm):
        st.session_state[field_key(field.name, row.id, row.version)] = getattr(form, field.name)


def _conflict(row: ConceptRow, draft: TermDraft) -> None:
    """Somebody saved the term while this person was typing: theirs is in the form, and the person chooses."""
    said = t("Somebody else changed this term meanwhile; below is what they saved.")
    mine = t("Your English was: {english}", english=draft.form.target or t("(none)"))
    st.warning(label(f"{said} {mine}"), icon=":material/warning:")

    def keep_mine() -> None:
        _put(row, draft.form)
        keep_draft(row.id, row.version, TermForm.of(to_concept(row)))

    with st.container(horizontal=True):
        st.button(t("Go on with mine"), key="keep_mine", on_click=keep_mine)
        st.button(t("Take theirs"), key="take_theirs", on_click=drop_draft, args=(row.id,))


def _effect(place: DeltaGenerator, concept: Concept, form: TermForm, typed: bool) -> None:
    """What approving or saving the form would change in the documents; rejecting too, unless the person is typing."""
    status = "approved" if concept.status == "candidate" else concept.status
    after = decided(concept, form, status)
    refused = decided(concept, form, "rejected")
    with workspace().reading() as session:
        # An approved name without English cannot be saved.
        saved = effect_of(session, [concept], [after]) if after.target or status != "approved" else None
        rejected = effect_of(session, [concept], [refused]) if concept.is_forced and not typed else None
    with place:
        approving = status != concept.status
        if saved is not None and saved.size:
            said = (
                t("Approving would change {what}", what=saved.words)
                if approving
                else t("Saving would change {what}", what=saved.words)
            )
            with st.expander(said, icon=":material/visibility:", key="term_effect"):
                st.html(examples_html(saved))
        elif approving and saved is not None:
            st.caption(t("Approving changes no sentence that is here."))
        if rejected is not None and rejected.size:
            with st.expander(
                t("Rejecting would change {what}", what=rejected.words),
                icon=":material/visibility:",
                key="term_reject_effect",
            ):
                st.html(examples_html(rejected))


def _history(concept: Concept) -> None:
    """Who changed the term, read when it is opened."""
    opened = st.expander(t("History of this term"), icon=":material/history:", key="term_history", on_change="rerun")
    if opened.open:
        with opened:
            history_of(concept.source)
