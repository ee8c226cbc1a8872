"""What a person does to the sentence under review: keys and buttons bring the text of the box with them."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import streamlit as st

from app.desk import KIND, Place, put_aside, save, segment_of
from app.drafts import load_draft
from app.language import t
from app.review.filters import go, read_filter
from app.session import person, say, workspace
from storage.models import SegmentRow
from translate.selection import SegmentFilter, Spot, spot_after, spot_before

_SCRIPT = (Path(__file__).parent / "desk.js").read_text(encoding="utf-8")
_KEY = "desk"
_LONGEST = 1_000_000


@dataclasses.dataclass(frozen=True, slots=True)
class Typed:
    """English in a box: over which version of which segment."""

    segment_id: int
    version: int
    text: str

    @classmethod
    def read(cls, told: Any) -> Typed | None:
        """What a browser said, None if it makes no sense."""
        if not isinstance(told, dict):
            return None
        values = (told.get("segment"), told.get("version"), told.get("text"))
        if [type(value) for value in values] != [int, int, str] or len(str(values[2])) > _LONGEST:
            return None
        return cls(*values)  # type: ignore[arg-type]


def listen(place: Place, shown: str, editable: bool) -> None:
    """Let the browser carry actions and keep what is typed; `shown` is what the server put into the box."""
    data = {
        "place": f"{workspace().location}/{person().name}",
        "segment": place.segment_id,
        "version": place.version,
        "shown": shown,
        "saved": st.session_state.get("review_saved", []),
        "turn": st.session_state.get("review_turn", 0),
        "editable": editable,
        "names": t("Add to the glossary") if person().may("terminologist") else "",
    }
    _component()(key=_KEY, data=data, on_act_change=_acted, on_typed_change=_typed_elsewhere)


def _component() -> Any:
    # Registered again at every run: the registry belongs to the server, of which tests have one each.
    return st.components.v2.component("zhengming_desk", js=_SCRIPT, html="<i hidden></i>")


def _typed_elsewhere() -> None:
    """Callback: what this browser has kept of earlier visits becomes drafts."""
    for told in st.session_state[_KEY].typed or ():
        typed = Typed.read(told)
        if typed is not None:
            put_aside(typed.segment_id, typed.version, typed.text)
            _settled(typed, typed.version)


def _acted() -> None:
    """Callback of the component."""
    told = st.session_state[_KEY].act
    if not isinstance(told, dict):
        return
    action = str(told.get("action"))
    typed = Typed.read(told)
    if action == "go":
        document, _, position = str(told.get("to")).partition(".")
        if document.isdecimal() and position.isdecimal():
            leave(typed)
            go(Spot(int(document), int(position)))
    elif action == "name":
        leave(typed)
        st.session_state["name_wanted"] = str(told.get("chinese"))[:200]
    elif isinstance(told.get("segment"), int):
        perform(action, told["segment"], typed)


def pressed(action: str, place: Place) -> None:
    """Callback of the buttons, where the browser runs no script."""
    text = st.session_state.get(place.key)
    perform(action, place.segment_id, None if text is None else Typed(place.segment_id, place.version, text))


def leave(typed: Typed | None) -> None:
    """What stands in the box stays as a draft."""
    if typed is not None:
        put_aside(typed.segment_id, typed.version, typed.text)


def perform(action: str, segment_id: int, typed: Typed | None) -> None:
    """Carry out one of: confirm, save, lock, copy, previous, next, check, back, on. `typed`: None where nothing was."""
    with workspace().reading() as session:
        found = segment_of(session, segment_id)
        draft = load_draft(session, person().name, KIND, segment_id)
    if found is None:
        return
    row = found[0]
    if action in ("confirm", "save", "lock"):
        english = row.translation
        there = draft or ((english.version, english.target) if english else (0, ""))
        _save(action, row, typed or Typed(segment_id, *there))
    elif action == "copy":
        version = row.translation.version if row.translation else 0
        put_aside(segment_id, version, row.source)
        # The box keeps what it has, unless told so.
        st.session_state[f"english_{segment_id}_{version}"] = row.source
        _turn()
    else:
        leave(typed)
        # From where the person is by now: a second key may come before the first one's answer is drawn.
        at = st.session_state.get("review_at")
        _move(action, Spot(*at) if at else Spot(row.document_id, row.position))


def _save(action: str, row: SegmentRow, typed: Typed) -> None:
    before = row.translation.state if row.translation else "missing"
    state = {"confirm": "confirmed", "save": "edited"}.get(action) or ("confirmed" if before == "locked" else "locked")
    if before == "locked" and action != "lock":
        state = "locked"
    note = st.session_state.get(f"note_{row.id}", "")
    again = row.translation is not None and (row.translation.target, row.translation.state) == (typed.text, state)
    problem = "" if again else save(row.id, typed.version, typed.text, state, note)
    if problem:
        st.session_state["review_problem"] = (row.id, problem)
        _turn()
        return
    _settled(typed, typed.version + 1)
    following = _next(read_filter_now(), Spot(row.document_id, row.position)) if action == "confirm" else None
    if following is not None:
        go(following)
    elif action == "lock":
        say(t("Locked.") if state == "locked" else t("Unlocked."))
    else:
        say(t("Confirmed.") if state == "confirmed" else t("Saved."))


def _settled(typed: Typed, version: int) -> None:
    """The browser need not keep this any longer."""
    told = st.session_state.get("review_saved", [])
    st.session_state["review_saved"] = [*told, [typed.segment_id, typed.version, version, typed.text]][-20:]


def was_saved(typed: Typed) -> bool:
    """Whether this was saved here already: a box that is gone may tell of its text once more, later."""
    told = st.session_state.get("review_saved", [])
    return any(
        (number, version, text) == (typed.segment_id, typed.version, typed.text) for number, version, _, text in told
    )


def _turn() -> None:
    """The cursor goes back into the box although the sentence stays."""
    st.session_state["review_turn"] = st.session_state.get("review_turn", 0) + 1


def read_filter_now() -> SegmentFilter:
    """The filter as the page showed it last."""
    wanted = st.session_state.get("review_wanted")
    return wanted if isinstance(wanted, SegmentFilter) else read_filter({})


def _next(wanted: SegmentFilter, spot: Spot) -> Spot | None:
    with workspace().reading() as session:
        return spot_after(session, wanted, spot)


def _move(action: str, spot: Spot) -> None:
    wanted = read_filter_now()
    with workspace().reading() as session:
        if action == "check":
            marked = dataclasses.replace(wanted, state="check")
            goal = spot_after(session, marked, spot) or spot_after(session, marked, Spot(0, -1))
        elif action in ("next", "on"):
            goal = spot_after(session, wanted, spot, 25 if action == "on" else 1)
        else:
            goal = spot_before(session, wanted, spot, 25 if action == "back" else 1)
    if goal is not None:
        go(goal)
