"""Beside the sentence under review: the translation memory, the concordance, comments, and its history."""

from __future__ import annotations

import datetime
import html
from collections.abc import Callable, Iterable

import streamlit as st
from sqlalchemy.orm import Session

from app.again import draw_anew
from app.desk import save
from app.language import nt, t
from app.plain import label
from app.review.repeats import offer_repeats
from app.sentences import badge, with_term
from app.session import person, say, shared_workspace, workspace
from app.settings import load_settings
from app.words import origin_words
from storage.models import RevisionRow, SegmentRow
from translate.comments import comment, comments_on, count_open_comments, settle_comment
from translate.memory.fuzzy import Difference, word_differences
from translate.memory.lookup import Match, MemoryLookup
from translate.memory.unit import context_key
from translate.selection import SegmentFilter, Spot, segments_from, sources_around
from translate.store import revisions_of

_PARTS = {"memory": "Memory", "search": "Search", "comments": "Comments", "history": "History"}
# Set where the panel has changed the sentence itself: then the whole page is drawn anew.
CHANGED = "review_changed"
_MOST_FOUND = 12
_EVERY = 0.5
_MOST_KEPT = 30


@st.cache_resource(show_spinner=False)
def _lookup(location: str) -> MemoryLookup:
    return MemoryLookup(shared_workspace())


@st.fragment
def beside(row: SegmentRow, editable: bool) -> None:
    """The panel."""
    if st.session_state.pop(CHANGED, False):
        st.rerun()
    with workspace().reading() as session:
        said = count_open_comments(session, row.id)
    part = st.segmented_control(
        t("Beside the sentence"),
        list(_PARTS),
        default="memory",
        required=True,
        format_func=lambda name: t(_PARTS[name]) + (f" · {said}" if name == "comments" and said else ""),
        key="beside",
        label_visibility="collapsed",
    )
    drawn: dict[str, Callable[[Session], None]] = {
        "memory": lambda session: _memory(session, row, editable),
        "search": lambda session: _search(session, editable),
        "comments": lambda session: _comments(session, row),
        "history": lambda session: _history(session, row, editable),
    }
    with workspace().reading() as session:
        drawn[part or "memory"](session)


def _memory(session: Session, row: SegmentRow, editable: bool) -> None:
    offer_repeats(session, row)
    settings = load_settings(session)
    lookup = _lookup(workspace().location)
    context = context_key(*sources_around(session, Spot(row.document_id, row.position)))
    stored = row.translation.target if row.translation else ""
    found = lookup.find(session, row.source, context, settings.memory_least, settings.memory_most + 1)
    shown = [match for match in found if not (match.score == 1 and match.unit.target == stored)]
    if shown:
        st.html("".join(_match(match, editable) for match in shown[: settings.memory_most]))
    elif lookup.ready:
        st.caption(t("Nothing in the translation memory is like this sentence."))
    if not lookup.ready:
        _wait_for(lookup)


def _wait_for(lookup: MemoryLookup) -> None:
    """Say that the memory is being read, and draw the page anew when it is."""

    @st.fragment(run_every=_EVERY)
    def wait() -> None:
        if lookup.ready:
            draw_anew()
        st.caption(t("The translation memory is being read …"))

    wait()


def _match(match: Match, editable: bool) -> str:
    unit = match.unit
    facts = [f"{int(match.score * 100)} %", unit.document, unit.who if unit.who != "machine" else ""]
    take = (
        f'<button type="button" class="take" data-take="{html.escape(unit.target)}">{html.escape(t("Use"))}</button>'
        if editable
        else ""
    )
    return (
        f'<div class="match"><div class="small soft">{html.escape(" · ".join(filter(None, facts)))} {badge(unit.state)}{take}</div>'
        f'<div class="cell zh small" lang="zh-Hans" dir="auto">{_changed(match.changes)}</div>'
        f'<div class="cell small" lang="en" dir="auto">{html.escape(unit.target)}</div></div>'
    )


def _changed(changes: Iterable[Difference]) -> str:
    parts = []
    for change in changes:
        if change.kind == "equal":
            parts.append(html.escape(change.new))
            continue
        if change.old:
            parts.append(f'<del class="d">{html.escape(change.old)}</del>')
        if change.new:
            parts.append(f'<ins class="d">{html.escape(change.new)}</ins>')
    return "".join(parts)


def _search(session: Session, editable: bool) -> None:
    query = (
        st.text_input(
            t("Look up Chinese or English in all documents"), key="concordance", icon=":material/search:", max_chars=100
        )
        or ""
    ).strip()
    if not query:
        return
    rows = segments_from(session, SegmentFilter(text=query), Spot(0, 0), _MOST_FOUND + 1)
    if not rows:
        st.caption(t("No sentence holds that."))
        return
    parts = [
        f'<div class="match"><div class="cell zh small" lang="zh-Hans" dir="auto">{with_term(row.source, [query])}</div>'
        f'<div class="cell small" lang="en" dir="auto">{with_term(row.translation.target if row.translation else "", [query])} '
        f"{badge(row.translation.state if row.translation else 'missing')}</div></div>"
        for row in rows[:_MOST_FOUND]
    ]
    st.html("".join(parts))
    if len(rows) > _MOST_FOUND:
        st.caption(t("The first {n}; the Search above the sentences shows all.", n=_MOST_FOUND))


def _comments(session: Session, row: SegmentRow) -> None:
    for said in comments_on(session, row.id):
        look = " settled" if said.settled else ""
        st.html(
            f'<div class="comment{look}"><div class="small soft">{html.escape(said.who)} · {_when(said.made)}</div>'
            f'<div dir="auto">{html.escape(said.text)}</div></div>'
        )
        if person().may("reviewer"):
            st.button(
                t("Open again") if said.settled else t("Settled"),
                key=f"settle_comment_{said.id}",
                type="tertiary",
                on_click=_settle,
                args=(said.id, not said.settled),
            )
    if person().may("reviewer"):
        st.text_area(t("Say something about this sentence"), key=f"comment_{row.id}", height=80, max_chars=2000)
        st.button(t("Comment"), key="add_comment", icon=":material/chat:", on_click=_comment, args=(row.id,))


def _comment(segment_id: int) -> None:
    text = (st.session_state.get(f"comment_{segment_id}") or "").strip()
    if text:
        with workspace().session() as session:
            comment(session, segment_id, text)
        st.session_state[f"comment_{segment_id}"] = ""


def _settle(comment_id: int, settled: bool) -> None:
    with workspace().session() as session:
        settle_comment(session, comment_id, settled)


def _history(session: Session, row: SegmentRow, editable: bool) -> None:
    kept = revisions_of(session, row.id)
    if not kept:
        st.caption(t("Nobody has changed this sentence yet."))
        return
    version = row.translation.version if row.translation else 0
    stored = row.translation.target if row.translation else ""
    for number, revision in enumerate(kept[:_MOST_KEPT]):
        before = kept[number + 1].target if number + 1 < len(kept) else revision.target
        st.html(_revision(revision, before))
        if editable and revision.target != stored:
            st.button(
                t("Restore"),
                key=f"restore_{revision.id}",
                type="tertiary",
                icon=":material/history:",
                on_click=_restore,
                args=(row.id, version, revision.id),
            )
    if len(kept) > _MOST_KEPT:
        st.caption(nt("{n} older version", "{n} older versions", len(kept) - _MOST_KEPT))


def _revision(revision: RevisionRow, before: str) -> str:
    who = revision.who if revision.who != "machine" else origin_words(revision.engine)
    note = f'<div class="small">{html.escape(revision.note)}</div>' if revision.note else ""
    return (
        f'<div class="match"><div class="small soft">{html.escape(who)} · {_when(revision.made)} {badge(revision.state)}</div>'
        f'<div class="cell small" lang="en" dir="auto">{_changed(word_differences(before, revision.target))}</div>{note}</div>'
    )


def _restore(segment_id: int, version: int, revision_id: int) -> None:
    with workspace().reading() as session:
        revision = session.get(RevisionRow, revision_id)
    if revision is None:
        return
    problem = save(segment_id, version, revision.target, "edited")
    st.session_state[CHANGED] = True
    say(label(problem) if problem else t("Restored."), ":material/warning:" if problem else ":material/history:")


def _when(made: datetime.datetime) -> str:
    return html.escape(made.strftime("%Y-%m-%d %H:%M"))
