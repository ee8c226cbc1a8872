"""The offer to bring the English in line again, after the glossary or the Chinese has changed."""

from __future__ import annotations

import streamlit as st

from app.plain import label
from app.session import glossary_now, say, workspace
from app.words import counted
from glossary.store import termbase_stamp
from translate.batch import Progress, count_outdated, refresh
from translate.engines import get_engine
from translate.store import count_by_state

_ENGINE = "gloss"


# Counting asks the glossary about the whole document: not at every click, but soon after a command has been at work.
@st.cache_data(max_entries=16, ttl=120, show_spinner=False)
def _outdated(location: str, document_id: int, stamp: tuple[int, ...], missing: int, refreshed: int) -> int:
    with workspace().session() as session:
        return count_outdated(session, document_id, glossary_now(session), get_engine(_ENGINE))


def offer_renewal(document_id: int) -> None:
    """Say how many sentences of a document would get new English, and offer to make it; nothing if none would."""
    where = workspace()
    with where.session() as session:
        stamp = termbase_stamp(session)
        missing = count_by_state(session, document_id).get("missing", 0)
    refreshed = st.session_state.get("refreshed", 0)
    outdated = _outdated(where.location, document_id, stamp, missing, refreshed)
    if not outdated:
        return
    if not missing:
        said = f"The glossary has changed: **{counted(outdated, 'sentence')}** here would get new English."
    elif outdated <= missing:
        said = f"**{counted(missing, 'sentence')}** here {'has' if missing == 1 else 'have'} no English yet."
    else:
        said = (
            f"**{counted(missing, 'sentence')}** here {'has' if missing == 1 else 'have'} no English yet, and the glossary "
            f"has changed for **{outdated - missing:,}** more."
        )
    with st.container(horizontal=True, vertical_alignment="center", key="refresh"):
        st.markdown(f":material/sync: {said} What you edited or confirmed stays.", width="stretch")
        if st.button("Update the English", key="update_english"):
            _renew()


def _renew() -> None:
    bar = st.progress(0.0, "Updating")

    def tell(step: Progress) -> None:
        bar.progress(step.done / max(1, step.total), f"Updating {label(step.document)}")

    report = refresh(workspace(), get_engine(_ENGINE), tell)
    st.session_state["refreshed"] = st.session_state.get("refreshed", 0) + 1
    say(f"{counted(report.translated, 'sentence')} brought up to date.")
    st.rerun()
