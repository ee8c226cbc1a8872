"""Batch: translate chosen documents in the background with a chosen engine, and take the results along."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Sequence

import streamlit as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.background import BackgroundBatch, Run
from app.intake import safe_stem
from app.plain import label
from app.session import glossary_now, tell_messages, workspace
from app.words import OUTCOMES, counted
from documents.store import list_documents
from storage.models import SegmentRow, TranslationRow
from translate.batch import load_bilingual
from translate.engines import DEFAULT_ENGINE, Engine, EngineError, engine_names, get_engine
from translate.engines.listing import State, all_states
from translate.forcing.naming import STYLES, Style
from translate.outputs import WRITERS

_STYLES: dict[Style, str] = {
    "as-source": "As the text has them; full at first where a name was put right",
    "full": "Full names",
    "first-full": "Full with the acronym at first, the acronym afterwards",
    "acronym": "Acronyms",
}
_MOST_BARS = 12
_EVERY = 1.0


@st.cache_resource(show_spinner=False)
def _background(location: str) -> BackgroundBatch:
    return BackgroundBatch(workspace())


def _choose(documents: Sequence[tuple[int, str, int]]) -> None:
    """What to translate, with what, and how names are written."""
    names = {number: f"{name} · {counted(segments, 'sentence')}" for number, name, segments in documents}
    states = {state.name: state for state in all_states() if state.ready}
    with st.form("batch"):
        chosen = st.multiselect(
            "Documents", list(names), default=list(names), format_func=lambda n: names[n], key="batch_documents"
        )
        engines = list(states)
        engine = st.selectbox(
            "Engine",
            engines,
            index=engines.index(DEFAULT_ENGINE),
            format_func=lambda name: _engine_words(states[name]),
            key="batch_engine",
            help="Engines that want a key are listed once it is set in the environment; `python -m translate engines` tells.",
        )
        style = st.selectbox("Names", STYLES, format_func=lambda name: _STYLES[name], key="batch_style")
        begun = st.form_submit_button("Start", type="primary", icon=":material/play_arrow:")
    if begun and not chosen:
        st.warning("Choose at least one document first.", icon=":material/description:")
    elif begun:
        _background(workspace().location).start(chosen, engine, style)
        st.rerun()


def _engine_words(state: State) -> str:
    sends = "sends every sentence over the network" if state.online else "nothing leaves this computer"
    return f"{state.title} · {sends}"


def _watch(batch: BackgroundBatch, run: Run) -> None:
    """How far a batch is; drawn anew every second while it is at work."""

    @st.fragment(run_every=_EVERY if run.active else None)
    def progress() -> None:
        if run is batch.run and not run.active and st.session_state.get("batch_drawn") == "active":
            st.session_state["batch_drawn"] = run.state
            st.rerun()
        st.session_state["batch_drawn"] = "active" if run.active else run.state
        _bars(run)

    progress()
    with st.container(horizontal=True):
        if run.active:
            st.button(
                "Pause", on_click=batch.pause, disabled=run.state == "pausing", icon=":material/pause:", key="pause"
            )
        elif run.state in ("paused", "failed"):
            st.button("Go on", on_click=batch.resume, type="primary", icon=":material/play_arrow:", key="resume")
        if not run.active:
            st.button("Another batch", on_click=batch.forget, icon=":material/restart_alt:", key="another")


def _bars(run: Run) -> None:
    done, total = (sum(pair[at] for pair in run.done.values()) for at in (0, 1))
    begun = len(run.done)
    words = {"running": "Translating", "pausing": "Pausing", "paused": "Paused", "done": "Done", "failed": "Stopped"}
    left = ""
    if run.state == "running" and done and begun == len(run.documents):
        seconds = (time.monotonic() - run.started) / done * (total - done)
        left = (
            f" · about {counted(max(1, round(seconds / 60)), 'minute')} left"
            if seconds > 45
            else " · less than a minute left"
        )
    st.progress(
        done / total if total else 0.0,
        f"**{words[run.state]}** · {done:,} of {counted(total, 'sentence')}, {begun} of {counted(len(run.documents), 'document')}{left}",
    )
    open_ones = [(name, pair) for name, pair in run.done.items() if pair[0] < pair[1]]
    for name, (part, whole) in open_ones[:_MOST_BARS]:
        st.progress(part / max(1, whole), label(name))
    if run.outcomes:
        st.caption("Names: " + " · ".join(f"{count:,} {OUTCOMES[name]}" for name, count in run.outcomes if count))
    if run.error:
        st.error(label(run.error), icon=":material/error:")
    if run.report is not None:
        for line in run.report.failures:
            st.error(label(line), icon=":material/error:")
        for line in run.report.notes:
            st.info(label(line), icon=":material/info:")
        if not run.report.failures:
            st.success(
                f"{counted(run.report.translated, 'sentence')} translated, {run.report.reused:,} were here already.",
                icon=":material/check:",
            )


def _take_along(documents: Sequence[tuple[int, str, int]]) -> None:
    """Downloads of what is in the workspace: one file, or a zip of all."""
    st.subheader("Take the results along")
    names = {number: name for number, name, _ in documents}
    chosen = st.multiselect(
        "Documents to take along",
        list(names),
        default=list(names),
        format_func=lambda n: names[n],
        key="take_documents",
    )
    formats = st.pills("Formats", list(WRITERS), selection_mode="multi", default=["html", "csv"], key="take_formats")
    files = [(number, name) for number in chosen for name in formats]
    if not files:
        st.caption("Choose a document and a format.")
    elif len(files) == 1:
        [(number, name)] = files
        st.download_button(
            f"Download {label(names[number])}.{name}",
            _one(number, name),
            f"{safe_stem(names[number])}.{name}",
            key="take_one",
        )
    else:
        st.download_button(
            f"Download {counted(len(files), 'file')} as a zip",
            _all(files, names),
            "zhengming.zip",
            "application/zip",
            key="take_all",
        )


def _one(number: int, name: str) -> Callable[[], bytes]:
    def made() -> bytes:
        with workspace().session() as session:
            engine = _engine_of(session, number)
            document = load_bilingual(session, number, glossary_now(session), engine)
        return WRITERS[name](document)

    return made


def _engine_of(session: Session, document_id: int) -> Engine:
    """The engine that made most of a document's English, which its files name; the default one where that is not known."""
    query = select(TranslationRow.engine).join(SegmentRow).where(SegmentRow.document_id == document_id)
    query = query.group_by(TranslationRow.engine).order_by(func.count().desc())
    for signature in session.scalars(query):
        name = signature.partition(":")[0]
        if name in engine_names():
            try:
                return get_engine(name)
            except EngineError:
                continue
    return get_engine(DEFAULT_ENGINE)


def _all(files: Sequence[tuple[int, str]], names: dict[int, str]) -> Callable[[], bytes]:
    def made() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, name in files:
                archive.writestr(f"{number}-{safe_stem(names[number])}.{name}", _one(number, name)())
        return out.getvalue()

    return made


def show() -> None:
    """The page."""
    st.title("Batch")
    tell_messages()
    with workspace().session() as session:
        documents = list_documents(session)
    if not documents:
        st.info("There are no documents yet. Add some on the Home page.", icon=":material/description:")
        st.page_link("screens/home.py", label="Go to Home", icon=":material/home:")
        return
    batch = _background(workspace().location)
    if batch.run is None:
        st.caption(
            "Translates in the background: you may leave this page. What you edited or confirmed stays, and a sentence that "
            "has its English already is not asked again."
        )
        _choose(documents)
    else:
        _watch(batch, batch.run)
    _take_along(documents)


show()
