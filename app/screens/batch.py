"""Batch: translate chosen documents in the background with a chosen engine, and take the results along."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import PurePath

import streamlit as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.again import draw_anew
from app.background import BackgroundBatch, Run
from app.borrowed import borrowed
from app.intake import safe_stem
from app.language import nt, t
from app.plain import label
from app.reviewed_files import reviewed_files
from app.session import glossary_now, person, shared_workspace, tell_messages, workspace
from app.settings import load_settings
from app.words import OUTCOMES
from documents.formats import format_of
from documents.store import list_documents
from storage import NotAllowedError
from storage.models import DocumentRow, SegmentRow, TranslationRow
from translate.batch import load_bilingual
from translate.engines import DEFAULT_ENGINE, Engine, EngineError, engine_names, get_engine
from translate.engines.listing import State, all_states
from translate.forcing.naming import STYLES, Style
from translate.jobs.documents import in_own_format
from translate.originals import SAME
from translate.outputs import SUFFIXES as FILE_SUFFIXES
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
    # It outlives whoever starts it and serves all: what a person may is decided at its buttons.
    return BackgroundBatch(shared_workspace())


def _allowed(do: Callable[[], object]) -> None:
    """Callback of a button: for who may translate. Raises NotAllowedError for others."""
    if not person().may("reviewer"):
        raise NotAllowedError(
            t("As reader you cannot translate; it takes a reviewer. Ask an administrator for the role.")
        )
    do()


def _choose(documents: Sequence[tuple[int, str, int]]) -> None:
    """What to translate, with what, and how names are written."""
    names = {
        number: f"{name} · {nt('{n} sentence', '{n} sentences', segments)}" for number, name, segments in documents
    }
    states = {state.name: state for state in all_states() if state.ready}
    with workspace().reading() as session:
        settings = load_settings(session)
    with st.form("batch"):
        chosen = _among(
            names,
            t("Documents"),
            "batch_documents",
            nt("Only {n} document is here", "All {n} documents; choose some to translate only those", len(names)),
        )
        engines = list(states)
        engine = st.selectbox(
            t("Engine"),
            engines,
            index=engines.index(settings.engine if settings.engine in states else DEFAULT_ENGINE),
            format_func=lambda name: _engine_words(states[name]),
            key="batch_engine",
            help=t(
                "Engines that want a key are listed once it is set in the environment; `python -m translate engines` tells."
            ),
        )
        style = st.selectbox(
            t("Names"),
            STYLES,
            STYLES.index(settings.style),
            format_func=lambda name: t(_STYLES[name]),
            key="batch_style",
        )
        begun = st.form_submit_button(
            t("Start"), type="primary", icon=":material/play_arrow:", disabled=not person().may("reviewer")
        )
    if begun:
        _allowed(lambda: _background(workspace().location).start(chosen, engine, style))
        st.rerun()


def _among(names: dict[int, str], title: str, key: str, all_of_them: str) -> list[int]:
    """The documents that are chosen; none chosen means all: chips for four hundred would be slow to draw and say nothing."""
    return st.multiselect(title, list(names), format_func=names.__getitem__, key=key, placeholder=all_of_them) or list(
        names
    )


def _engine_words(state: State) -> str:
    sends = t("sends every sentence over the network") if state.online else t("nothing leaves this computer")
    return f"{borrowed(state.title)} · {sends}"


def _watch(batch: BackgroundBatch, run: Run) -> None:
    """How far a batch is; drawn anew every second while it is at work."""

    @st.fragment(run_every=_EVERY if run.active else None)
    def progress() -> None:
        if run is batch.run and not run.active and st.session_state.get("batch_drawn") == "active":
            draw_anew(lambda: st.session_state.update(batch_drawn=run.state))
        st.session_state["batch_drawn"] = "active" if run.active else run.state
        _bars(run)

    progress()
    looks_only = not person().may("reviewer")
    with st.container(horizontal=True):
        if run.active:
            pausing = run.state == "pausing"
            st.button(
                t("Pause"),
                on_click=_allowed,
                args=(batch.pause,),
                disabled=looks_only or pausing,
                icon=":material/pause:",
                key="pause",
            )
        elif run.state in ("paused", "failed"):
            st.button(
                t("Go on"),
                on_click=_allowed,
                args=(batch.resume,),
                disabled=looks_only,
                type="primary",
                icon=":material/play_arrow:",
                key="resume",
            )
        if not run.active:
            st.button(
                t("Another batch"),
                on_click=_allowed,
                args=(batch.forget,),
                disabled=looks_only,
                icon=":material/restart_alt:",
                key="another",
            )


def _bars(run: Run) -> None:
    done, total = (sum(pair[at] for pair in run.done.values()) for at in (0, 1))
    begun = len(run.done)
    words = {
        "running": t("Translating"),
        "pausing": t("Pausing"),
        "paused": t("Paused"),
        "done": t("Done"),
        "failed": t("Stopped"),
    }
    left = ""
    if run.state == "running" and done and begun == len(run.documents):
        seconds = (time.monotonic() - run.started) / done * (total - done)
        minutes = max(1, round(seconds / 60))
        left = " · " + (
            nt("about {n} minute left", "about {n} minutes left", minutes)
            if seconds > 45
            else t("less than a minute left")
        )
    sentences = nt("{done} of {n} sentence", "{done} of {n} sentences", total, done=f"{done:,}")
    documents = nt("{done} of {n} document", "{done} of {n} documents", len(run.documents), done=f"{begun:,}")
    st.progress(done / total if total else 0.0, f"**{words[run.state]}** · {sentences} · {documents}{left}")
    open_ones = [(name, pair) for name, pair in run.done.items() if pair[0] < pair[1]]
    for name, (part, whole) in open_ones[:_MOST_BARS]:
        st.progress(part / max(1, whole), label(name))
    if run.outcomes:
        outcomes = " · ".join(f"{count:,} {t(OUTCOMES[name])}" for name, count in run.outcomes if count)
        st.caption(t("Names: {outcomes}", outcomes=outcomes))
    if run.error:
        st.error(label(borrowed(run.error)), icon=":material/error:")
    if run.report is not None:
        for line in run.report.failures:
            st.error(label(borrowed(line)), icon=":material/error:")
        for line in run.report.notes:
            st.info(label(borrowed(line)), icon=":material/info:")
        if not run.report.failures:
            st.success(
                nt(
                    "{n} sentence translated, {old} were here already.",
                    "{n} sentences translated, {old} were here already.",
                    run.report.translated,
                    old=f"{run.report.reused:,}",
                ),
                icon=":material/check:",
            )


def _take_along(documents: Sequence[tuple[int, str, int]]) -> None:
    """Downloads of what is in the workspace: one file, or a zip of all."""
    st.subheader(t("Take the results along"))
    names = {number: name for number, name, _ in documents}
    chosen = _among(
        names,
        t("Documents to take along"),
        "take_documents",
        nt("The {n} document that is here", "All {n} documents; choose some to take only those", len(names)),
    )
    formats = st.pills(
        t("Formats"),
        [SAME, *WRITERS],
        selection_mode="multi",
        default=["html", "csv"],
        format_func=lambda name: t("As it came in") if name == SAME else name,
        key="take_formats",
    )
    files = [(number, name) for number in chosen for name in formats]
    if not files:
        st.caption(t("Choose a format."))
    elif len(files) == 1:
        [(number, name)] = files
        suffix = _suffix(number, name)
        file = f"{safe_stem(names[number])}{suffix}"
        st.download_button(t("Download {name}", name=label(file)), _one(number, name, suffix), file, key="take_one")
    else:
        st.download_button(
            nt("Download {n} file as a zip", "Download {n} files as a zip", len(files)),
            _all(files, names),
            "zhengming.zip",
            "application/zip",
            key="take_all",
        )


def _one(number: int, name: str, suffix: str) -> Callable[[], bytes]:
    def made() -> bytes:
        with workspace().session() as session:
            engine = _engine_of(session, number)
            document = load_bilingual(session, number, glossary_now(session), engine)
            if name == SAME and suffix != ".txt":
                return in_own_format(session, document)
        return WRITERS["txt" if name == SAME else name](document)

    return made


def _suffix(number: int, name: str) -> str:
    """What the name of a document's file in a format ends in; what cannot be written back is given as text."""
    if name != SAME:
        return f".{FILE_SUFFIXES.get(name, name)}"
    with workspace().reading() as session:
        path = session.scalar(select(DocumentRow.path).where(DocumentRow.id == number)) or ""
    form = format_of(path)
    return PurePath(path).suffix.lower() if form and form.keeps else ".txt"


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
                suffix = _suffix(number, name)
                archive.writestr(f"{number}-{safe_stem(names[number])}{suffix}", _one(number, name, suffix)())
        return out.getvalue()

    return made


def show() -> None:
    """The page."""
    st.title(t("Batch"))
    tell_messages()
    with workspace().session() as session:
        documents = list_documents(session)
    if not documents:
        st.info(t("There are no documents yet. Add some on the Home page."), icon=":material/description:")
        st.page_link("screens/home.py", label=t("Go to Home"), icon=":material/home:")
        return
    batch = _background(workspace().location)
    if batch.run is None:
        st.caption(
            t(
                "Translates in the background: you may leave this page. What you edited or confirmed stays, and a sentence "
                "that has its English already is not asked again."
            )
        )
        _choose(documents)
    else:
        _watch(batch, batch.run)
    _take_along(documents)
    reviewed_files()


show()
