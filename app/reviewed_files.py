"""Reviewed files on the Batch page: what one would change is shown, both texts of each conflict, and saved after a click."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import streamlit as st

from app.archives import LARGEST
from app.borrowed import borrowed
from app.language import nt, t
from app.plain import escaped, label
from app.session import glossary_now, person, say, workspace
from translate.review.apply import Result, ReviewReport
from translate.review.bringing import bring_in
from translate.review.key import fingerprint
from translate.review.reading import read_review_bytes
from translate.review.row import ReviewError, ReviewRow

_SUFFIXES = ["docx", "docm", "xlf", "xliff", "xlsx"]
_SHOWN = 50
_WHAT = {
    "edited": "Edited",
    "confirmed": "Confirmed",
    "held": "Held back by a check",
    "conflict": "Conflicts",
    "unknown": "Not found",
    "unchanged": "As they are here",
}
# What a person has to look at stands first.
_LISTED = ("conflict", "unknown", "held", "edited", "confirmed")


@dataclasses.dataclass(frozen=True, slots=True)
class _Read:
    """An uploaded file: its rows, or why it cannot be read."""

    key: str
    name: str
    rows: Sequence[ReviewRow]
    problem: str = ""


def reviewed_files() -> None:
    """The place to bring a reviewed file back."""
    st.subheader(t("Bring a reviewed file back"))
    if not person().may("reviewer"):
        st.caption(t("As reader you can take files along; a reviewer brings reviewed ones back."))
        return
    number = st.session_state.setdefault("reviewed_number", 0)
    upload = st.file_uploader(
        t("A docx, xliff, xliff2 or xlsx from here, as the reviewer left it"),
        type=_SUFFIXES,
        max_upload_size=LARGEST >> 20,
        key=f"reviewed_file_{number}",
        help=t("Nothing is saved before you have seen what it would change."),
    )
    if upload is None:
        st.session_state.pop("reviewed", None)
        return
    read = st.session_state.get("reviewed")
    if not isinstance(read, _Read) or read.key != upload.file_id:
        read = _reading(upload.file_id, upload.name, upload.getvalue())
        st.session_state["reviewed"] = read
    if read.problem:
        st.error(label(f"{read.name}: {borrowed(read.problem)}"), icon=":material/error:")
        return
    report = _bring_in(read, keep=False)
    _show(report)
    changes = sum(map(_is_saved, report.results))
    said = nt("Save {n} sentence", "Save {n} sentences", changes) if changes else t("Nothing to save")
    if st.button(said, key="reviewed_save", type="primary", icon=":material/save:", disabled=not changes):
        _save(read)


def _is_saved(result: Result) -> bool:
    """Whether a sentence is saved: one that is held back only where its English is another."""
    return result.outcome in ("edited", "confirmed") or (
        result.outcome == "held" and result.row.seen != fingerprint(result.now)
    )


def _reading(key: str, name: str, data: bytes) -> _Read:
    with st.spinner(t("Reading the file")):
        try:
            return _Read(key, name, read_review_bytes(data))
        except ReviewError as error:
            return _Read(key, name, (), str(error))


def _bring_in(read: _Read, keep: bool) -> ReviewReport:
    with st.spinner(t("Saving") if keep else t("Comparing with the workspace")):
        with workspace().reading() as session:
            glossary = glossary_now(session)
        return bring_in(workspace(), read.rows, glossary, f"review {read.name}", keep)


def _save(read: _Read) -> None:
    report = _bring_in(read, keep=True)
    counts, saved = report.counts, sum(map(_is_saved, report.results))
    say(nt("{n} sentence of {name} saved.", "{n} sentences of {name} saved.", saved, name=read.name))
    if counts["conflict"]:
        say(
            nt("{n} conflict is left as it was.", "{n} conflicts are left as they were.", counts["conflict"]),
            ":material/warning:",
        )
    st.session_state.pop("reviewed", None)
    # A new number empties the uploader.
    st.session_state["reviewed_number"] += 1
    st.rerun()


def _show(report: ReviewReport) -> None:
    counts = report.counts
    cells = "".join(
        f"<div><b>{counts[what]:,}</b><span>{escaped(t(name))}</span></div>" for what, name in _WHAT.items()
    )
    st.html(f'<div class="figures" id="review_counts">{cells}</div>')
    for what in _LISTED:
        found = [one for one in report.results if one.outcome == what]
        if found:
            title = f"{t(_WHAT[what])} ({len(found):,})"
            with st.expander(title, expanded=what in ("conflict", "edited"), key=f"reviewed_{what}"):
                rows = [_row(one) for one in found[:_SHOWN]]
                if len(found) > _SHOWN:
                    rest = nt("and {n} more", "and {n} more", len(found) - _SHOWN)
                    rows.append(f'<li class="soft">{escaped(rest)}</li>')
                st.html(f'<ul class="changes small">{"".join(rows)}</ul>')


def _row(result: Result) -> str:
    """A sentence: its Chinese, its English here and in the file, and why it is not simply taken."""
    row = result.row
    lines = [
        f'<b><bdi>{escaped(row.document)}</bdi> {row.index + 1}</b> <bdi lang="zh-Hans">{escaped(row.chinese)}</bdi>'
    ]
    if result.reason:
        lines.append(f"<em>{escaped(borrowed(result.reason))}</em>")
    if result.outcome == "unknown" or row.english == result.now:
        lines.append(f'<bdi lang="en">{escaped(row.english)}</bdi>')
    else:
        for name, text in ((t("here"), result.now), (t("in the file"), row.english)):
            lines.append(f'<span class="soft">{escaped(name)}</span> <bdi lang="en">{escaped(text)}</bdi>')
    return f"<li>{'<br>'.join(lines)}</li>"
