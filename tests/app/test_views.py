"""The pure parts of the app: edits made visible, labels that no Markdown gets into, files that come in."""

from __future__ import annotations

import html
import re
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.entries import count_open, damage_words, doubts_of, entries_of, entry_html
from app.intake import Upload, joined, take_uploads
from app.outdated import Counts
from app.plain import attribute, escaped, label
from app.removals import changes_of, marked_raw, pages_of
from app.words import kind_words
from documents import clean
from documents.decisions import Decisions, key_of
from documents.edits import Edit, read_ledger, write_ledger
from documents.store import list_documents
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


READINGS = (
    Edit(2, 10, "2015年1月11日", "date", "two readings", 0.5, False),
    Edit(2, 10, "2015年11月1日", "date", "two readings", 0.5, False),
)


def test_readings_of_one_place_are_shown_together_and_in_the_text() -> None:
    raw = "会议2015111日召开"
    (place,) = entries_of(READINGS, Decisions())
    assert (place.standing, len(place.edits), count_open([place])) == ("open", 2, 1)
    shown = marked_raw(raw, changes_of(READINGS), 0, len(raw), {"date"})
    assert "2015111日" in shown and "2015年1月11日 or 2015年11月1日" in shown and shown.count("<mark") == 1
    accepted = Decisions(accepted=frozenset([key_of(READINGS[1])]))
    (place,) = entries_of((READINGS[0], READINGS[1]._replace(applied=True)), accepted)
    assert place.standing == "accepted"
    assert "<ins>2015年11月1日</ins>" in entry_html(raw, place)
    (place,) = entries_of(READINGS, accepted)
    assert place.standing == "blocked"


def test_marks_put_into_one_date_are_one_place() -> None:
    raw = "201397日"
    marks = [Edit(4, 4, "年", "date", "lost", 0.9), Edit(5, 5, "月", "date", "lost", 0.9)]
    (place,) = entries_of(marks, Decisions())
    assert place.edits == tuple(marks)
    assert re.sub("<[^>]*>", "", entry_html(raw, place)).startswith("Dates 90 % sure2013年9月7日")
    assert len(entries_of([marks[0], marks[1]._replace(start=60, end=60)], Decisions())) == 2
    assert len(entries_of([marks[0], marks[1]._replace(applied=False)], Decisions())) == 2


@given(
    st.text("国a<&\n", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.booleans()), max_size=6),
)
def test_no_character_of_the_text_is_lost_under_its_marks(raw: str, spans: list[tuple[int, int, bool]]) -> None:
    edits: list[Edit] = []
    for start, end, applied in sorted(spans):
        first, last = sorted((min(start, len(raw)), min(end, len(raw))))
        edit = Edit(first, last, "", "x", "r", 1.0, applied and all(e.end <= first for e in edits if e.applied))
        edits.append(edit)
    edits.sort(key=lambda e: (e.start, e.end))
    shown = marked_raw(raw, changes_of(edits), 0, len(raw), {"x"})
    plain = re.sub(r'<span class="reading">[^<]*</span>|<[^>]*>', "", shown)
    assert html.unescape(plain).replace("↵", "\n") == raw


def test_damage_is_said_in_words() -> None:
    dates = [Edit(at, at, "年", "date", "lost", 0.9) for at in range(0, 50, 10)]
    places = entries_of([*dates, Edit(60, 61, "“x", "lost_mark", "lost", 0.9, False)], Decisions())
    words = damage_words(0.02, doubts_of(places, "文字\ufffd"))
    assert words.startswith("2 % of its characters are lost or doubtful: 5 dates restored, ")
    assert "1 lost quote or bracket to decide" in words and "1 unreadable character" in words
    assert damage_words(0.0, doubts_of([], "文字")) == ""


def test_a_kind_that_is_new_to_the_app_has_a_title() -> None:
    assert kind_words("some_new_kind").title == "Some new kind"
    place = entries_of([Edit(0, 1, "", "some_new_kind", "<b>why</b>", 0.5, False)], Decisions())[0]
    assert "1 some new kind place to decide" in damage_words(0.5, doubts_of([place], "x"))
    assert "&lt;b&gt;why" in entry_html("<img>", place) and "<img" not in entry_html("<img>", place)


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
    assert [file.file for file in report.taken] == ["news.txt", "../../etc/passwd.txt"]
    reasons = {file.file: file.reason for file in report.refused}
    assert reasons["empty.txt"].startswith("the file is empty")
    assert reasons["picture.png"].startswith("is of no kind that is read here")
    assert not any("/tmp" in reason or "Traceback" in reason for reason in reasons.values())
    with empty.reading() as session:
        assert {name for _, name, _ in list_documents(session)} == {"news", "passwd"}


def test_new_documents_leave_earlier_terms_alone(empty: Workspace) -> None:
    mine = Concept("海关总署", "My Customs", origin="person")
    other = Concept("从未出现", "Never Seen", status="candidate", origin="text")
    found = Concept("海关总署", "General Administration of Customs", origin="authority", count=3, documents=1)
    terms = {concept.source: concept for concept in joined([mine, other], [found])}
    assert (terms["海关总署"].target, terms["海关总署"].count) == ("My Customs", 3)
    assert terms["从未出现"] == other


def test_a_long_count_is_made_once_and_behind_the_page() -> None:
    counts, going, made = Counts(), threading.Event(), []

    def count() -> int:
        going.wait(10)
        made.append(1)
        return 7

    assert counts.get(("a",), count) is None and counts.get(("a",), count) is None
    going.set()
    for thread in threading.enumerate():
        if thread.name == "Outdated":
            thread.join(10)
    assert counts.get(("a",), count) == 7 and made == [1]
    assert counts.get(("b",), count) is None, "another state of the document is counted anew"


@pytest.mark.parametrize("text", ["a\u202eb", "a\x00b", "\u2067a\u2069"])
def test_what_turns_the_direction_of_writing_is_shown_as_its_code(text: str) -> None:
    for shown in (label(text), escaped(text), attribute(text)):
        assert not re.search("[\x00\u202a-\u202e\u2066\u2067]", shown)
    assert "U+" in escaped(text)


def test_text_from_right_to_left_keeps_to_itself_and_stacked_marks_to_their_line() -> None:
    assert label("שלום").startswith("\u2068") and label("שלום").endswith("\u2069")
    assert len(label("a" + "\u0301" * 60 + "b")) < 10
