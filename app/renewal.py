"""The offer to bring the English in line again, after the glossary or the Chinese has changed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.again import draw_anew
from app.language import nt, t
from app.outdated import count_missing, outdated
from app.plain import label
from app.session import person, say, workspace
from app.settings import load_settings
from translate.batch import Progress, refresh
from translate.engines import get_engine

_EVERY = 1.5


def offer_renewal(document_id: int) -> None:
    """Say how many sentences of a document would get new English, and offer to make it; nothing if none would."""
    where = workspace()
    with where.reading() as session:
        missing = count_missing(session, document_id)
        engine = load_settings(session).engine
    if not get_engine(engine).online:
        # What changes in the glossary is carried over by itself (app/forcing.py).
        if missing:
            _offer(missing, missing, engine)
        return
    refreshed = st.session_state.get("refreshed", 0)
    number = outdated(where, document_id, missing, refreshed, engine)
    if number is None:
        _look_again(lambda: outdated(where, document_id, missing, refreshed, engine))
    elif number:
        _offer(number, missing, engine)


def _look_again(count: Callable[[], int | None]) -> None:
    """Draw the page anew once it is counted."""

    @st.fragment(run_every=_EVERY)
    def look() -> None:
        if count() is not None:
            draw_anew()

    look()


def _offer(outdated: int, missing: int, engine: str) -> None:
    if not missing:
        said = nt(
            "The glossary has changed: **{n} sentence** here would get new English.",
            "The glossary has changed: **{n} sentences** here would get new English.",
            outdated,
        )
    else:
        said = nt("**{n} sentence** here has no English yet.", "**{n} sentences** here have no English yet.", missing)
        if outdated > missing:
            said += " " + nt(
                "The glossary has changed for **{n}** more.",
                "The glossary has changed for **{n}** more.",
                outdated - missing,
            )
    with st.container(horizontal=True, vertical_alignment="center", key="refresh"):
        st.markdown(f":material/sync: {said} {t('What you edited or confirmed stays.')}", width="stretch")
        if st.button(t("Update the English"), key="update_english", disabled=not person().may("reviewer")):
            _renew(engine)


def _renew(engine: str) -> None:
    bar = st.progress(0.0, t("Updating"))

    def tell(step: Progress) -> None:
        bar.progress(step.done / max(1, step.total), t("Updating {document}", document=label(step.document)))

    report = refresh(workspace(), get_engine(engine), tell)
    st.session_state["refreshed"] = st.session_state.get("refreshed", 0) + 1
    say(nt("{n} sentence brought up to date.", "{n} sentences brought up to date.", report.translated))
    st.rerun()
