"""Home: what is in the workspace, what to do next, and a place to drop documents."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from sqlalchemy import func, select

from app.desk import open_damage
from app.intake import LARGEST, SAMPLES, Upload, take_files, take_uploads
from app.plain import label
from app.session import workspace
from app.verdicts import count_all_open
from app.words import counted
from documents.store import list_documents
from glossary.store import count_by_status
from storage.models import SegmentRow, TranslationRow
from translate.batch import BatchReport
from translate.store import count_by_state

_LARGEST_MB = LARGEST >> 20


def _counts() -> tuple[int, dict[str, int], dict[str, int]]:
    with workspace().session() as session:
        damaged = select(func.count(SegmentRow.id)).outerjoin(TranslationRow).where(open_damage())
        segments = {**count_by_state(session), "damaged": session.scalar(damaged) or 0}
        return len(list_documents(session)), segments, count_by_status(session)


def _all(segments: dict[str, int]) -> int:
    return sum(number for state, number in segments.items() if state not in ("flagged", "damaged"))


def _places_to_decide() -> None:
    """Where the cleaning proposes what it was not sure enough to do."""
    with workspace().session() as session:
        waiting = count_all_open(session)
    if waiting:
        with st.container(horizontal=True, vertical_alignment="center", key="proposals"):
            st.markdown(
                f":material/rule: The cleaning proposes changes at **{counted(waiting, 'place')}** of the Chinese that only "
                "a person can decide.",
                width="stretch",
            )
            if st.button("See the proposals", key="see_proposals"):
                st.switch_page("screens/documents.py")


def _next_step(segments: dict[str, int], terms: dict[str, int]) -> None:
    """What to do now, in one sentence, and a button that leads there."""
    total = _all(segments)
    worked = segments.get("confirmed", 0) + segments.get("edited", 0)
    if terms.get("candidate") and not worked and not terms.get("rejected"):
        text = "Next: look through the names that were found, and settle the English of each."
        goal, name, icon = "screens/glossary.py", "Decide on names", ":material/menu_book:"
    elif segments.get("confirmed", 0) < total:
        text = "Next: read the English beside the Chinese, put it right, and confirm it sentence by sentence."
        goal, name, icon = "screens/review.py", "Go on reviewing", ":material/rate_review:"
    else:
        text = "Every sentence is confirmed. Add more documents below, or download the glossary."
        goal, name, icon = "screens/glossary.py", "Open the glossary", ":material/menu_book:"
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="next"):
        st.markdown(text, width="stretch")
        if st.button(name, type="primary", icon=icon, key="next_step"):
            st.switch_page(goal)


def _overview(documents: int, segments: dict[str, int], terms: dict[str, int]) -> None:
    total = _all(segments)
    missing = segments.get("missing", 0)
    cells = st.columns(4, border=True)
    cells[0].metric("Documents", f"{documents:,}")
    cells[0].caption(f"{total:,} sentences")
    cells[1].metric("Sentences confirmed", f"{segments.get('confirmed', 0):,}")
    waiting = f" · {missing:,} not translated" if missing else ""
    cells[1].caption(f"{segments.get('edited', 0):,} edited · {segments.get('machine', 0):,} by machine{waiting}")
    cells[2].metric("Sentences to check", f"{segments.get('flagged', 0):,}")
    source = f" · {segments['damaged']:,} with a damaged source" if segments.get("damaged") else ""
    cells[2].caption(f"marked by the automatic checks{source}")
    cells[3].metric("Names to decide", f"{terms.get('candidate', 0):,}")
    cells[3].caption(f"{terms.get('approved', 0):,} approved · {terms.get('rejected', 0):,} rejected")


def _work(job: Callable[[Callable[[str, float], None]], BatchReport]) -> None:
    """Run a job with a bar; what it did is shown after the rerun, when the counts are new."""
    bar = st.progress(0.0, "Starting")

    def tell(text: str, share: float) -> None:
        bar.progress(share, label(text))

    st.session_state["intake_report"] = job(tell)
    bar.empty()
    st.rerun()


def _report(report: BatchReport) -> None:
    if report.documents:
        names = ", ".join(document.name for document in report.documents[:5])
        more = f" and {len(report.documents) - 5} more" if len(report.documents) > 5 else ""
        st.success(
            f"Done: {label(names)}{more}. {report.translated:,} sentences translated, {report.reused:,} were here already.",
            icon=":material/check:",
        )
    for line in report.failures:
        st.error(label(line), icon=":material/error:")
    for line in report.notes:
        st.info(label(line), icon=":material/info:")


def _add_documents(empty: bool) -> None:
    st.subheader("Begin with your documents" if empty else "Add documents")
    with st.form("upload", clear_on_submit=True):
        files = st.file_uploader(
            f"Chinese text files (.txt), up to {_LARGEST_MB} MB each",
            type=["txt"],
            accept_multiple_files=True,
            max_upload_size=_LARGEST_MB,
            help="UTF-8, GB18030, Big5 and UTF-16 are recognised. Nothing leaves this computer.",
        )
        sent = st.form_submit_button("Clean and translate", type="primary", icon=":material/play_arrow:")
    if sent and files:
        uploads = [Upload(file.name, file.getvalue()) for file in files]
        _work(lambda tell: take_uploads(workspace(), uploads, tell))
    elif sent:
        st.warning("Choose at least one file first.", icon=":material/upload_file:")
    if empty and SAMPLES.is_dir():
        st.markdown("No document at hand?")
        if st.button("Try it with the sample documents", icon=":material/science:"):
            _work(lambda tell: take_files(workspace(), [str(SAMPLES)], tell))


def show() -> None:
    """The page."""
    st.title("Zhengming 正名")
    st.caption("Chinese news into English, with every name right.")
    documents, segments, terms = _counts()
    if documents:
        _overview(documents, segments, terms)
        _next_step(segments, terms)
        _places_to_decide()
    else:
        st.markdown(
            "Drop Chinese documents here. They are cleaned of web-page noise, the names of agencies and programmes in "
            "them are found and given one English each, and a first English version is made in which those names "
            "stand. Then you review: the names on the **Glossary** page, the sentences on the **Review** page."
        )
    if report := st.session_state.pop("intake_report", None):
        _report(report)
    _add_documents(empty=not documents)


show()
