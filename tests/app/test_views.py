"""The pure parts of the app: edits made visible, labels that no Markdown gets into, files that come in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.intake import Upload, joined, take_uploads
from app.plain import label
from app.removals import changes_of, marked_raw, pages_of, read_ledger
from documents import clean
from documents.edits import write_ledger
from glossary import Concept
from storage import Workspace, open_workspace


@given(st.text(max_size=400))
def test_pages_cover_the_text(text: str) -> None:
    spans = pages_of(text)
    assert "".join(text[start:end] for start, end in spans) == text


def test_a_long_text_is_cut_at_line_ends() -> None:
    text = ("国" * 999 + "\n") * 30
    spans = pages_of(text)
    assert len(spans) > 4
    assert all(text[end - 1] == "\n" for _, end in spans)
    assert all(end - start <= 6_000 for start, end in pages_of("国" * 50_000))


def test_every_removal_is_struck_out(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        cleaned = clean(path.read_text(encoding="utf-8"))
        edits = read_ledger(write_ledger(cleaned))
        assert len(edits) == len(cleaned.edits)
        shown = marked_raw(cleaned.raw, changes_of(edits), 0, len(cleaned.raw), {edit.kind for edit in edits})
        assert shown.count("<del") == sum(edit.applied and edit.end > edit.start for edit in edits)


def test_an_edit_across_two_pages_is_shown_on_both() -> None:
    ledger = (
        '{"start": 2, "end": 8, "replacement": "", "kind": "spam", "reason": "r", "confidence": 1, "applied": true}'
    )
    edits = changes_of(read_ledger(ledger))
    assert marked_raw("0123456789", edits, 0, 5, {"spam"}).endswith("234</del>")
    assert "567</del>89" in marked_raw("0123456789", edits, 5, 10, {"spam"})


@pytest.mark.parametrize(
    "text", ["[a](http://x)", "**b**", "$x^2$", ":material/home:", ":red[x]", "`c`", "<b>", "# h", ":smile:"]
)
def test_labels_hold_no_markdown(text: str) -> None:
    shown = label(text)
    assert shown != text
    assert "".join(char for char in shown if char not in "\\\u2060") == text


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "workspace.db")


def test_uploads_are_taken_in_or_refused_in_one_sentence(empty: Workspace, seeds: Path) -> None:
    sample = min(seeds.glob("*.txt"), key=lambda path: path.stat().st_size)
    report = take_uploads(
        empty,
        [
            Upload("news.txt", sample.read_bytes()),
            Upload("../../etc/passwd.txt", "海关总署发布公告。".encode("gb18030")),
            Upload("empty.txt", b" \n"),
            Upload("picture.png", b"\x89PNG"),
            Upload("noise.txt", bytes(range(256)) * 40),
        ],
        lambda text, share: None,
    )
    assert {document.name for document in report.documents} >= {"news", "_.._etc_passwd"}
    assert any(line.startswith("empty.txt: the file is empty") for line in report.failures)
    assert any(line.startswith("picture.png: is not a .txt file") for line in report.failures)
    assert not any("/tmp" in line or "Traceback" in line for line in report.failures)


def test_new_documents_leave_earlier_terms_alone(empty: Workspace) -> None:
    mine = Concept("海关总署", "My Customs", origin="person")
    other = Concept("从未出现", "Never Seen", status="candidate", origin="text")
    found = Concept("海关总署", "General Administration of Customs", origin="authority", count=3, documents=1)
    terms = {concept.source: concept for concept in joined([mine, other], [found])}
    assert (terms["海关总署"].target, terms["海关总署"].count) == ("My Customs", 3)
    assert terms["从未出现"] == other
