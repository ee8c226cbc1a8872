"""Find and replace in the English of the sentences shown: seen first, done at one stroke, undone at one."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st
from sqlalchemy.orm import Session

from app.desk import judged
from app.language import nt, t
from app.plain import label
from app.session import person, say, workspace
from storage import StaleError
from storage.models import SegmentRow
from translate.replacing import Wanted, affected, split
from translate.selection import SegmentFilter
from translate.store import revisions_of, save_person

_MOST_SHOWN = 40


def offer_replacing(where: SegmentFilter, names: dict[int, str]) -> None:
    """The button, and the dialog behind it."""
    if not person().may("reviewer"):
        return
    if st.button(t("Find and replace"), icon=":material/find_replace:", key="find_replace"):
        _ask(where, names)


def _ask(where: SegmentFilter, names: dict[int, str]) -> None:
    @st.dialog(t("Find and replace in the English"), width="large")
    def ask() -> None:
        st.caption(
            t("In the sentences shown now: {where}.", where=label(names.get(where.document_id, t("All documents"))))
        )
        left, right = st.columns(2)
        find = left.text_input(t("Find"), key="replace_find", max_chars=200) or ""
        replacement = right.text_input(t("Replace with"), key="replace_with", max_chars=400) or ""
        left, right = st.columns(2)
        wanted = Wanted(
            find,
            replacement,
            left.checkbox(t("Match capitals and small letters"), True, key="replace_case"),
            right.checkbox(t("Whole words only"), True, key="replace_whole"),
        )
        if not find:
            return
        with workspace().reading() as session:
            rows, locked = split(list(affected(session, where, wanted)))
        _preview(rows, locked, wanted, names)
        if rows and st.button(
            nt("Replace in {n} sentence", "Replace in {n} sentences", len(rows)), type="primary", key="replace_do"
        ):
            _replace(rows, wanted, names)
            st.rerun()

    ask()


def _preview(rows: Sequence[SegmentRow], locked: Sequence[SegmentRow], wanted: Wanted, names: dict[int, str]) -> None:
    if locked:
        st.caption(nt("{n} locked sentence stays as it is.", "{n} locked sentences stay as they are.", len(locked)))
    if not rows:
        st.info(t("No sentence would change."), icon=":material/search_off:")
        return
    shown = [
        f'<div class="match"><div class="small soft">{html.escape(names.get(row.document_id, ""))} · {row.position + 1}</div>'
        f'<div class="cell small" lang="en" dir="auto">{_marked(row, wanted)}</div></div>'
        for row in rows[:_MOST_SHOWN]
    ]
    st.html(f'<div class="preview-list">{"".join(shown)}</div>')
    if len(rows) > _MOST_SHOWN:
        st.caption(nt("and {n} more", "and {n} more", len(rows) - _MOST_SHOWN))


def _marked(row: SegmentRow, wanted: Wanted) -> str:
    text = row.translation.target if row.translation else ""
    parts, at = [], 0
    for start, end in wanted.places(text):
        parts.append(html.escape(text[at:start]))
        put = f'<ins class="d">{html.escape(wanted.replacement)}</ins>' if wanted.replacement else ""
        parts.append(f'<del class="d">{html.escape(text[start:end])}</del>{put}')
        at = end
    return "".join(parts) + html.escape(text[at:])


def _replace(rows: Sequence[SegmentRow], wanted: Wanted, names: dict[int, str]) -> None:
    """All of them, as edited, in one transaction; what somebody changed meanwhile is left and counted."""
    done: list[tuple[int, int]] = []
    note = t("find and replace: {find} → {replacement}", find=wanted.find, replacement=wanted.replacement)
    with workspace().session() as session:
        for row in rows:
            if version := _save(session, row, names, wanted.replaced(row.translation.target), "edited", note):  # type: ignore[union-attr]
                done.append((row.id, version))
    st.session_state["replaced"] = done
    left = len(rows) - len(done)
    said = nt("Replaced in {n} sentence.", "Replaced in {n} sentences.", len(done))
    if left:
        said += " " + nt("{n} was changed by somebody else meanwhile.", "{n} were changed by others meanwhile.", left)
    say(said)


def _save(session: Session, row: SegmentRow, names: dict[int, str], text: str, state: str, note: str) -> int:
    """The new version, 0 where somebody else was faster."""
    now = session.get(SegmentRow, row.id)
    if now is None or row.translation is None:
        return 0
    segment = judged(session, now, names.get(row.document_id, ""), text)
    try:
        return save_person(session, row.id, row.translation.version, text, state, segment.ledger, segment.flags, note)
    except StaleError:
        return 0


def offer_undo(names: dict[int, str]) -> None:
    """Take the last replacement back, where nobody has gone on from it."""
    done = st.session_state.get("replaced")
    if done:
        st.button(
            nt("Undo the replacement in {n} sentence", "Undo the replacement in {n} sentences", len(done)),
            icon=":material/undo:",
            key="replace_undo",
            on_click=_undo,
            args=(done, names),
        )


def _undo(done: list[tuple[int, int]], names: dict[int, str]) -> None:
    taken_back = 0
    with workspace().session() as session:
        for segment_id, version in done:
            row = session.get(SegmentRow, segment_id)
            if row is None or row.translation is None or row.translation.version != version:
                continue
            older = [one for one in revisions_of(session, segment_id) if one.version < version]
            if older:
                state = "edited" if older[0].state == "machine" else older[0].state
                taken_back += bool(_save(session, row, names, older[0].target, state, t("replacement undone")))
    st.session_state.pop("replaced", None)
    say(nt("{n} sentence is as it was.", "{n} sentences are as they were.", taken_back), ":material/undo:")
