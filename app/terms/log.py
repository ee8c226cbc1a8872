"""Who changed the termbase, when and how, in words; and the way back."""

from __future__ import annotations

import dataclasses
import datetime
import zoneinfo
from collections.abc import Sequence

import streamlit as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.borrowed import borrowed
from app.language import nt, t
from app.plain import escaped, label
from app.session import person, say, workspace
from app.words import CATEGORIES, ORIGINS, STATUSES
from glossary import Concept
from glossary.store import Change, ChangeSet, history, undo
from storage import StaleError
from storage.models import ChangeRow, ChangeSetRow

_PAGE = 15
_NAMED = 5
# From so many terms on, taking a change back is asked about first.
_MANY = 20
ACTIONS = {
    "list": "brought in by a command",
    "import": "imported",
    "settle": "settled a conflict",
    "approved": "approved",
    "rejected": "rejected",
    "candidate": "put back to be decided",
    "edit": "edited",
    "add": "added",
    "merge": "merged two terms",
    "undo": "took a change back",
}
FIELDS = {
    "target": "English",
    "acronym": "Acronym",
    "source_variants": "Other Chinese forms",
    "target_variants": "Also right in English",
    "forbidden": "Never in English",
    "category": "Kind",
    "status": "Decision",
    "origin": "English known from",
    "confidence": "Certainty",
    "count": "Seen",
    "documents": "Documents",
    "scope": "Holds in",
    "context": "Sentence",
    "note": "Note",
}
_CODES = {"status": STATUSES, "category": CATEGORIES, "origin": ORIGINS}
# Follow from others and say nothing to a person.
_QUIET = ("count", "documents", "context", "confidence", "origin")


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a change set besides its first changes: of how many terms it is, and what took it back."""

    size: int
    undone_by: int | None


def standings(session: Session, sets: Sequence[ChangeSet]) -> dict[int, Standing]:
    """The standing of each of these change sets, by its number."""
    numbers = [done.number for done in sets]
    counted = select(ChangeRow.change_set_id, func.count(ChangeRow.id)).where(ChangeRow.change_set_id.in_(numbers))
    sizes = {row[0]: row[1] for row in session.execute(counted.group_by(ChangeRow.change_set_id))}
    undoing = select(ChangeSetRow.undoes, func.max(ChangeSetRow.id)).where(ChangeSetRow.undoes.in_(numbers))
    undone = {row[0]: row[1] for row in session.execute(undoing.group_by(ChangeSetRow.undoes))}
    return {number: Standing(sizes.get(number, 0), undone.get(number)) for number in numbers}


def in_words(change: Change) -> str:
    """One change of a term, without its name."""
    if change.before is None:
        return t("added") + _english(change.after)
    if change.after is None:
        return t("taken out") + _english(change.before)
    told = [name for name in change.fields if name not in _QUIET]
    parts = [_difference(change.before, change.after, name) for name in told]
    return "; ".join(parts) or t("decided on as it was")


def _difference(before: Concept, after: Concept, name: str) -> str:
    sides = [_value(concept, name) or "–" for concept in (before, after)]
    return f"{t(FIELDS[name])}: {sides[0]} → {sides[1]}"


def _value(concept: Concept, name: str) -> str:
    value = getattr(concept, name)
    if name in _CODES:
        return t(_CODES[name].get(value, value)) if value else ""
    return " · ".join(value) if isinstance(value, tuple) else str(value)


def _english(concept: Concept | None) -> str:
    return f" ({concept.target})" if concept is not None and concept.target else ""


def moment(made: datetime.datetime) -> str:
    """A time of the workspace (UTC) where the person is."""
    try:
        zone: datetime.tzinfo = zoneinfo.ZoneInfo(st.context.timezone or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = datetime.UTC
    return f"{made.replace(tzinfo=datetime.UTC).astimezone(zone):%Y-%m-%d %H:%M}"


def set_html(done: ChangeSet, standing: Standing) -> str:
    """A change set: who, when, what, and the first of its changes."""
    what = t(ACTIONS.get(done.action, done.action))
    if done.undoes is not None:
        what = t("took change {number} back", number=done.undoes)
    terms = nt("{n} term", "{n} terms", standing.size)
    about = f" · {done.note}" if done.note and done.undoes is None else ""
    head = f"{moment(done.made)} · {what} · {terms}{about}"
    lines = [
        f'<li><span lang="zh-Hans">{escaped(change.key[0])}</span> {escaped(in_words(change))}</li>'
        for change in done.changes[:_NAMED]
    ]
    if standing.size > _NAMED:
        lines.append(f'<li class="soft">{escaped(nt("and {n} more", "and {n} more", standing.size - _NAMED))}</li>')
    return (
        f'<div class="change"><div><b>{escaped(done.who)}</b> <span class="soft small">{escaped(head)}</span>'
        f"</div><ul>{''.join(lines)}</ul></div>"
    )


def history_of(term: str) -> None:
    """The changes of one term, in its panel."""
    with workspace().reading() as session:
        found = history(session, term, limit=10, most=_NAMED)
    if not found:
        st.caption(t("Nobody has changed this term yet."))
        return
    lines = []
    for done in found:
        what = "; ".join(in_words(change) for change in done.changes)
        lines.append(
            f'<li><b>{escaped(done.who)}</b> <span class="soft small">{moment(done.made)}</span> '
            f"{escaped(t(ACTIONS.get(done.action, done.action)))}: {escaped(what)}</li>"
        )
    st.html(f'<ul class="changes">{"".join(lines)}</ul>')


def show_history() -> None:
    """The tab: change sets, the latest first, each with a button that takes it back."""
    typed = st.text_input(
        t("Chinese name"), key="history_term", placeholder=t("All terms"), icon=":material/search:", width=360
    )
    term = (typed or "").strip()
    pages: list[int] = st.session_state.setdefault("history_pages", [])
    if st.session_state.get("history_shown") != term:
        st.session_state["history_shown"] = term
        pages.clear()
    with workspace().reading() as session:
        found = history(session, term, _PAGE + 1, _NAMED + 1, pages[-1] if pages else None)
        known = standings(session, found)
    if not found:
        st.info(
            t("{name} was not changed yet; give its whole Chinese name.", name=label(term))
            if term
            else t(
                "Nothing was changed yet. What is imported, decided or merged here is listed, and can be taken back."
            ),
            icon=":material/history:",
        )
        return
    for done in found[:_PAGE]:
        _row(done, known[done.number])
    with st.container(horizontal=True):
        st.button(
            t("Later changes"),
            key="history_back",
            icon=":material/chevron_left:",
            disabled=not pages,
            on_click=_turn,
            args=(None,),
        )
        st.button(
            t("Earlier changes"),
            key="history_on",
            icon=":material/chevron_right:",
            disabled=len(found) <= _PAGE,
            on_click=_turn,
            args=(found[_PAGE - 1].number if len(found) >= _PAGE else None,),
        )


def _turn(before: int | None) -> None:
    """To the changes before a number, or back to those shown last."""
    pages: list[int] = st.session_state["history_pages"]
    if before is not None:
        pages.append(before)
    elif pages:
        pages.pop()


def _row(done: ChangeSet, standing: Standing) -> None:
    with st.container(key=f"change_{done.number}", gap=None):
        what, button = st.columns([5, 1.2], vertical_alignment="top")
        what.html(set_html(done, standing))
        with button:
            _way_back(done, standing)


def _way_back(done: ChangeSet, standing: Standing) -> None:
    if standing.undone_by is not None:
        st.caption(t("Taken back by change {number}", number=standing.undone_by))
        return
    if not person().may("terminologist"):
        return
    name = t("Undo") if done.undoes is None else t("Make it again")
    key = f"undo_{done.number}"
    if standing.size < _MANY:
        st.button(name, key=key, icon=":material/undo:", on_click=_undo, args=(done.number,))
        return
    with st.popover(name, icon=":material/undo:"):
        st.markdown(t("This puts {terms} back as they were before.", terms=nt("{n} term", "{n} terms", standing.size)))
        if st.button(t("Put them back"), key=key, type="primary"):
            # Ten thousand terms take seconds: not in a callback, where nothing could be said meanwhile.
            with st.spinner(t("Putting them back")):
                _undo(done.number)
            st.rerun()


def _undo(number: int) -> None:
    try:
        with workspace().session() as session:
            done = undo(session, number)
    except StaleError as error:
        say(borrowed(str(error)), ":material/warning:")
        return
    say(
        nt(
            "Change {number} was taken back ({n} term).",
            "Change {number} was taken back ({n} terms).",
            len(done.changes),
            number=number,
        )
    )
