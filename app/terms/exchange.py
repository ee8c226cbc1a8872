"""Files of terms in and out: what an import would do is shown before it is done, what an export leaves out is named."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st
from sqlalchemy.orm import Session

from app.borrowed import borrowed
from app.language import nt, t
from app.plain import escaped, label
from app.session import person, say, shared_workspace, workspace
from app.terms.log import in_words
from glossary import Concept
from glossary.csv_file import GlossaryError
from glossary.formats import FORMATS, Read, Written, read_bytes
from glossary.merging import Merged, MergeReport, merge
from glossary.preview import Preview, preview
from glossary.store import Change, change_concepts, load_concepts, termbase_stamp
from glossary.store.search import all_sentences

# MB of one file; a glossary of 100,000 terms takes about 30.
LARGEST = 50
_SHOWN = 30
_SUFFIXES = sorted({suffix.lstrip(".") for form in FORMATS.values() for suffix in form.suffixes} | {"txt", "utf8"})
WAYS = {
    "update": "Update: the file wins; what it leaves empty stays",
    "add": "Add: only new names come in",
    "keep": "Keep: what is here wins; what is empty is filled in",
}
FORMAT_NAMES = {
    "csv": "CSV, every field (spreadsheets, and back into Zhengming)",
    "tsv": "TSV, every field",
    "xlsx": "Excel workbook, every field",
    "tbx": "TBX-Basic (ISO 30042), for other termbases",
    "tmx": "TMX 1.4b, for translation memories",
    "deepl": "DeepL glossary",
    "google": "Google Cloud Translation glossary",
    "amazon": "Amazon Translate custom terminology",
    "azure": "Azure Translator glossary",
    "omegat": "OmegaT glossary",
}
_WHAT = {
    "added": "New",
    "updated": "Changed",
    "kept": "Kept as they are here",
    "same": "The same already",
    "refused": "Refused",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was read: its name, and what is in it; `problem`: why nothing is."""

    key: str
    name: str
    read: Read
    problem: str = ""


def read_upload(key: str, name: str, data: bytes) -> Incoming:
    """The terms in an uploaded file of any format, or one sentence on what is wrong with it."""
    try:
        read = read_bytes(data, PurePath(name).suffix)
    except GlossaryError as error:
        return Incoming(key, name, Read([], []), f"{name}: {error}".rstrip(".") + ".")
    if not read.concepts:
        return Incoming(key, name, read, t("{name}: holds no term that could be read.", name=name))
    return Incoming(key, name, read)


def csv_bytes(session: Session) -> bytes:
    """The whole termbase as a glossary CSV for a spreadsheet."""
    return FORMATS["csv"].write(load_concepts(session)).data


def written(session: Session, form: str, approved: bool) -> Written:
    """The termbase as a file of a format, all of it or what is approved. Raises GlossaryError."""
    concepts = load_concepts(session)
    return FORMATS[form].write([c for c in concepts if c.status == "approved"] if approved else concepts)


def show_exchange() -> None:
    """The tab."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("Import"))
        if person().may("terminologist"):
            _import()
        else:
            st.caption(
                t("As {role} you can export the terms; a terminologist imports some.", role=borrowed(person().role))
            )
    with right:
        st.subheader(t("Export"))
        _export()


def _import() -> None:
    number = st.session_state.setdefault("import_number", 0)
    upload = st.file_uploader(
        t("A glossary file: CSV, TSV, Excel, TBX, TMX, or one of DeepL, Google, Amazon, Azure, OmegaT"),
        type=_SUFFIXES,
        max_upload_size=LARGEST,
        key=f"import_file_{number}",
    )
    if upload is None:
        st.session_state.pop("import_read", None)
        return
    incoming = st.session_state.get("import_read")
    if not isinstance(incoming, Incoming) or incoming.key != upload.file_id:
        with st.spinner(t("Reading the file")):
            incoming = read_upload(upload.file_id, upload.name, upload.getvalue())
        st.session_state["import_read"] = incoming
    if incoming.problem:
        st.error(label(incoming.problem), icon=":material/error:")
        _problems(incoming)
        return
    how = st.radio(t("How"), list(WAYS), format_func=lambda way: t(WAYS[way]), key="import_how")
    with st.spinner(t("Comparing with the glossary")), workspace().reading() as session:
        report = _compared(incoming, how, session)
    _show_report(report)
    _problems(incoming)
    changes = report.counts["added"] + report.counts["updated"]
    _effect(incoming, how)
    said = nt("Import {n} term", "Import {n} terms", changes) if changes else t("Nothing to import")
    if st.button(said, key="import_now", type="primary", icon=":material/upload:", disabled=not changes):
        _apply(incoming, how)


def _compared(incoming: Incoming, how: str, session: Session) -> MergeReport:
    """What the import would do to the termbase as it is now; kept until one of them changes."""
    stamp = (incoming.key, how, termbase_stamp(session))
    kept = st.session_state.get("import_report")
    if kept is None or kept[0] != stamp:
        kept = (stamp, merge(load_concepts(session), incoming.read.concepts, how)[1])
        st.session_state["import_report"] = kept
    report: MergeReport = kept[1]
    return report


def _show_report(report: MergeReport) -> None:
    counts = report.counts
    cells = "".join(
        f"<div><b>{counts[what]:,}</b><span>{escaped(t(name))}</span></div>" for what, name in _WHAT.items()
    )
    st.html(f'<div class="figures" id="import_counts">{cells}</div>')
    for what in ("refused", "updated", "added"):
        rows = [row for row in report.rows if row.what == what]
        if rows:
            with st.expander(f"{t(_WHAT[what])} ({len(rows):,})", expanded=what == "refused", key=f"import_{what}"):
                st.html(_rows_html([_said(row) for row in rows[:_SHOWN]], len(rows)))


def _said(row: Merged) -> tuple[str, str]:
    """The name and what happens to it."""
    if row.what == "refused":
        return "", row.why
    return row.theirs.source, in_words(Change(row.before, row.after))


def _problems(incoming: Incoming) -> None:
    problems = incoming.read.problems
    if problems:
        name = nt("{n} row was left out or mended", "{n} rows were left out or mended", len(problems))
        with st.expander(name, key="import_problems"):
            st.html(_rows_html([("", str(problem)) for problem in problems[:_SHOWN]], len(problems)))


def _rows_html(rows: Sequence[tuple[str, str]], total: int) -> str:
    lines = [f'<li><span lang="zh-Hans">{escaped(name)}</span> {escaped(said)}</li>' for name, said in rows]
    if total > len(rows):
        lines.append(f'<li class="soft">{escaped(nt("and {n} more", "and {n} more", total - len(rows)))}</li>')
    return f'<ul class="changes small">{"".join(lines)}</ul>'


def _effect(incoming: Incoming, how: str) -> None:
    """How many sentences the import would change: every one is read, so only when asked."""
    if st.button(
        t("Which sentences would change?"), key="import_effect", type="tertiary", icon=":material/visibility:"
    ):
        with st.spinner(t("Reading every sentence")), workspace().reading() as session:
            found = import_preview(session, incoming.read.concepts, how)
        where = nt("{n} document", "{n} documents", found.documents)
        st.info(
            nt(
                "{n} sentence in {where} would get other names.",
                "{n} sentences in {where} would get other names.",
                len(found.changed),
                where=where,
            )
            if found.changed
            else t("No sentence that is here would get other names."),
            icon=":material/visibility:",
        )


def import_preview(session: Session, theirs: Sequence[Concept], how: str) -> Preview:
    """The sentences that would get other names by an import."""
    mine = load_concepts(session)
    return preview(mine, merge(mine, theirs, how)[0], all_sentences(session))


def _apply(incoming: Incoming, how: str) -> None:
    """Do it, as one change set."""
    with st.spinner(t("Importing")), workspace().session() as session:
        number = change_concepts(
            session, "import", lambda here: merge(here, incoming.read.concepts, how)[0], note=incoming.name
        )
    if number is None:
        say(t("{name}: everything in it is here already.", name=incoming.name))
    else:
        say(t("{name} was imported as change {number}; History can take it back.", name=incoming.name, number=number))
    for name in ("import_read", "import_report"):
        st.session_state.pop(name, None)
    # A new number empties the uploader.
    st.session_state["import_number"] += 1
    st.rerun()


def _csv() -> bytes:
    with workspace().reading() as session:
        return csv_bytes(session)


def _export() -> None:
    # A function: the file is made when it is asked for, not at every click.
    st.download_button(
        t("Download all as CSV"), _csv, "glossary.csv", "text/csv", icon=":material/download:", on_click="ignore"
    )
    form = st.selectbox(
        t("Format"),
        list(FORMATS),
        format_func=lambda name: t(FORMAT_NAMES.get(str(name), str(name))),
        key="export_format",
    )
    approved = st.toggle(t("Approved names only"), key="export_approved")
    with workspace().reading() as session:
        stamp = (shared_workspace().location, termbase_stamp(session), form, approved)
    if st.button(t("Make the file"), key="export_make", icon=":material/description:"):
        with st.spinner(t("Writing the file")), workspace().reading() as session:
            try:
                made: Written | str = written(session, form, approved)
            except GlossaryError as error:
                made = borrowed(str(error))
        st.session_state["export"] = (stamp, made)
    kept = st.session_state.get("export")
    if kept is None or kept[0] != stamp:
        return
    if isinstance(kept[1], str):
        st.error(label(kept[1]), icon=":material/error:")
    else:
        _offer(form, kept[1])


def _offer(form: str, made: Written) -> None:
    st.caption(nt("{n} row", "{n} rows", made.rows))
    for sentence in made.left_out:
        st.warning(label(sentence), icon=":material/warning:")
    for sentence in made.notes:
        st.info(label(sentence), icon=":material/info:")
    suffix = FORMATS[form].suffixes[0]
    name = f"glossary{suffix}" if suffix == f".{form}" else f"glossary-{form}{suffix}"
    st.download_button(
        t("Download {name}", name=name),
        made.data,
        name,
        key="export_download",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )
