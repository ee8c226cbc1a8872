"""The same Chinese elsewhere: its English can be taken over there."""

from __future__ import annotations

import streamlit as st
from sqlalchemy.orm import Session

from app.desk import same_everywhere
from app.language import nt, t
from app.session import person, say, workspace
from storage.models import SegmentRow
from translate.selection import count_repeats, repeats


def offer_repeats(session: Session, row: SegmentRow) -> None:
    """Say how often the sentence stands elsewhere without a person's English; offer to take this one's over."""
    others = count_repeats(session, row)
    if not others:
        return
    with st.container(key="repeats", gap="xsmall"):
        st.markdown(
            nt(
                "The same Chinese stands in **{n}** other sentence that nobody has edited.",
                "The same Chinese stands in **{n}** other sentences that nobody has edited.",
                others,
            )
        )
        settled = row.translation is not None and row.translation.state in ("edited", "confirmed", "locked")
        if settled and person().may("reviewer"):
            st.button(
                t("Use this English there"),
                key="propagate",
                icon=":material/content_copy:",
                on_click=_take_over,
                args=(row.id,),
            )
        elif person().may("reviewer"):
            st.caption(t("Once this one is saved or confirmed, its English can be used there."))


def _take_over(segment_id: int) -> None:
    with workspace().session() as session:
        row = session.get_one(SegmentRow, segment_id)
        state = row.translation.state if row.translation else "edited"
        taken = same_everywhere(
            segment_id, "edited" if state == "edited" else "confirmed", list(repeats(session, row)), session
        )
    st.session_state["review_changed"] = True
    say(nt("{n} sentence took this English.", "{n} sentences took this English.", taken))
