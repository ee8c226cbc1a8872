"""Files dropped on Home: what may come in, how far it is, and what became of each file."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

import streamlit as st

from app.again import draw_anew
from app.archives import LARGEST, MOST_BYTES, MOST_FILES
from app.borrowed import borrowed
from app.intake import SAMPLES, IntakeReport, Taken, Upload, take_samples, take_uploads
from app.intake_run import IntakeRun, Intakes, Job
from app.language import nt, t
from app.plain import escaped, label
from app.session import person, workspace
from documents.reader import SUFFIXES

_EVERY = 0.7
# A small file is done before a person looks for a bar.
_AT_ONCE = 0.4
_MOST_SHOWN = 200


def add_documents(empty: bool) -> None:
    """The place to drop files, or how far those are that were dropped; `empty`: nothing is here yet."""
    st.subheader(t("Begin with your documents") if empty else t("Add documents"))
    run = _intakes(workspace().location).of(person().name)
    if run is not None and run.active:
        _watch(run)
        return
    if run is not None:
        _ended(run)
    if not person().may("terminologist"):
        st.info(
            t("New documents bring new names with them: it takes the role of a terminologist to add some."),
            icon=":material/lock:",
        )
        return
    _form()
    if empty and SAMPLES.is_dir():
        st.markdown(t("No document at hand?"))
        if st.button(t("Try it with the sample documents"), icon=":material/science:", key="samples"):
            where = workspace()
            _start(lambda tell: take_samples(where, tell))


@st.cache_resource(show_spinner=False)
def _intakes(location: str) -> Intakes:
    return Intakes()


def _start(job: Job) -> None:
    run = _intakes(workspace().location).start(person().name, job)
    run.wait(_AT_ONCE)
    st.rerun()


def _form() -> None:
    size = LARGEST >> 20
    with st.form("upload", clear_on_submit=True):
        files = st.file_uploader(
            t(
                "Chinese documents (text, Word, Excel, PowerPoint, OpenDocument, PDF, web pages, e-books, subtitles, mail), or "
                ".zip archives of them, up to {size} MB each",
                size=size,
            ),
            type=[suffix.lstrip(".") for suffix in SUFFIXES],
            accept_multiple_files=True,
            max_upload_size=size,
            help=t(
                "UTF-8, GB18030, Big5 and UTF-16 are recognised. At most {files} files and {total} MB together, unpacked. "
                "Nothing leaves this computer.",
                files=f"{MOST_FILES:,}",
                total=MOST_BYTES >> 20,
            ),
        )
        columns = st.text_input(
            t("Of tables, only these columns"),
            key="upload_columns",
            placeholder=t("all columns"),
            max_chars=500,
            help=t(
                "Of tables (Excel, CSV) the columns by their name in the first row, of JSON the fields; several with a "
                "comma between them. Other files are read whole."
            ),
        )
        sent = st.form_submit_button(t("Clean and translate"), type="primary", icon=":material/play_arrow:")
    if sent and files:
        uploads = [Upload(file.name, file.getvalue()) for file in files]
        where = workspace()
        wanted = [name for part in re.split("[,，、;；]", columns) if (name := part.strip())]
        _start(lambda tell: take_uploads(where, uploads, tell, wanted))
    elif sent:
        st.warning(t("Choose at least one file first."), icon=":material/upload_file:")


def _watch(run: IntakeRun) -> None:
    """How far it is, drawn anew while it is at work; the page follows when it has ended."""

    @st.fragment(run_every=_EVERY)
    def progress() -> None:
        if not run.active:
            draw_anew()
        phases = {
            "": t("Starting"),
            "Reading and cleaning": t("Reading and cleaning"),
            "Finding names": t("Finding names"),
            "Translating": t("Translating"),
        }
        doing = phases.get(run.doing) or t("Translating {document}", document=label(run.doing))
        st.progress(min(1.0, run.share), t("Stopping; what is done is kept") if run.state == "stopping" else doing)
        st.button(
            t("Stop"),
            icon=":material/stop:",
            key="intake_stop",
            on_click=run.stop,
            disabled=run.state == "stopping",
            help=t("Ends after the sentences being translated; what is done is kept. You may also leave this page."),
        )

    progress()


def _ended(run: IntakeRun) -> None:
    """What became of the files, until the person has seen it."""
    if run.error:
        st.error(label(borrowed(run.error)), icon=":material/error:")
    if run.report is not None:
        _report(run.report)
    st.button(
        t("Close this report"),
        key="intake_seen",
        type="tertiary",
        icon=":material/close:",
        on_click=_intakes(workspace().location).forget,
        args=(person().name,),
    )


def _report(report: IntakeReport) -> None:
    taken, refused = report.taken, report.refused
    if report.stopped:
        st.warning(
            t("Stopped. What was done is kept; to go on, bring in the same files again."), icon=":material/stop_circle:"
        )
    elif taken:
        translated, present = (sum(getattr(file, name) for file in taken) for name in ("translated", "present"))
        done = nt("Done: {n} file taken in.", "Done: {n} files taken in.", len(taken))
        st.success(
            f"{done} {t('{new} sentences translated, {old} were here already.', new=f'{translated:,}', old=f'{present:,}')}",
            icon=":material/check:",
        )
    if refused:
        st.error(
            nt("{n} file was not taken in.", "{n} files were not taken in.", len(refused)), icon=":material/error:"
        )
    _file_by_file([*refused, *taken])
    for line in report.failures:
        st.error(label(borrowed(line)), icon=":material/error:")
    for line in report.notes:
        st.info(label(borrowed(line)), icon=":material/info:")


def _file_by_file(files: Sequence[Taken]) -> None:
    rows = []
    for file in files[:_MOST_SHOWN]:
        look = "taken" if file.document_id else "refused"
        rows.append(
            f'<dt class="{look}"><bdi>{escaped(file.file)}</bdi></dt><dd><bdi>{escaped(_said(file))}</bdi></dd>'
        )
    if (rest := len(files) - _MOST_SHOWN) > 0:
        rows.append(f"<dt>…</dt><dd>{html.escape(nt('{n} file more', '{n} files more', rest))}</dd>")
    st.html(f'<dl class="intake">{"".join(rows)}</dl>')


def _said(file: Taken) -> str:
    """What became of a file, in words."""
    if not file.document_id:
        return t(
            file.reason, **{name: t(value) if isinstance(value, str) else value for name, value in file.values.items()}
        )
    said = [nt("{n} sentence translated", "{n} sentences translated", file.translated)]
    if file.present:
        said.append(nt("{n} was here already", "{n} were here already", file.present))
    if file.missing:
        said.append(nt("{n} without English", "{n} without English", file.missing))
    return " · ".join(said)
