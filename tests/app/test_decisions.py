"""A person decides about single edits on the Documents page: text back, choices, and no English of a person lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import documents.store
from documents import RawDocument, clean
from documents.decisions import Decisions, with_decisions
from documents.edits import CleanText, Edit
from documents.store import keep_document
from storage import Workspace
from storage.models import DocumentRow, SegmentRow
from tests.app.test_pages import at_document, opened, shown
from translate.store import save_person, segments_at

FOOTER = "首页 > 新闻 > 正文"
DAMAGED = "海关总署2015111日发布公告。D中央重视核安保。<img src=x>**第一**次[会议](https://evil.example)。\n首页 > 新闻 > 正文"
DOCUMENT = RawDocument("damaged", "damaged.txt", DAMAGED, "utf-8", "hash")
HOSTILE = "<img src=x onerror=1>**b**[a](https://evil.example)"


def proposals(raw: str) -> list[Edit]:
    """What the noise kinds would propose, and one proposal with markup in all of its parts."""
    date, mask, image = raw.find("2015111日"), raw.find("D中央"), raw.find("<img")
    if date < 0:
        return []
    return [
        Edit(date, date + 8, "2015年1月11日", "date", "several readings", 0.5, False),
        Edit(date, date + 8, "2015年11月1日", "date", "several readings", 0.5, False),
        Edit(mask, mask + 1, "党", "censored", "only 党 fits", 0.9, False),
        Edit(image, image + 11, HOSTILE, "new<kind>", HOSTILE, 0.5, False),
        Edit(image, image + 11, HOSTILE + "2", "new<kind>", HOSTILE, 0.5, False),
    ]


@pytest.fixture
def damaged(store: Workspace, monkeypatch: pytest.MonkeyPatch) -> int:
    """A document with proposals, cleaned again by a cleaner that makes them."""

    def proposing(raw: str, decisions: Decisions = Decisions()) -> CleanText:  # noqa: B008
        found = clean(raw)
        return with_decisions(CleanText(raw, found.text, found.applied, tuple(proposals(raw))), decisions)

    monkeypatch.setattr(documents.store, "clean", proposing)
    with store.session() as session:
        return keep_document(session, DOCUMENT)[0].id


def text_of(store: Workspace, document: int) -> str:
    with store.session() as session:
        return session.get_one(DocumentRow, document).clean


def english_of(store: Workspace, document: int) -> list[str]:
    with store.session() as session:
        segments = session.get_one(DocumentRow, document).segments
        return [segment.translation.target for segment in segments if segment.translation]


def waiting(root: Path) -> int:
    """Places to decide, as Home has them."""
    said = " ".join(element.value for element in opened(root, "home").markdown)
    return int(re.findall(r"\*\*([0-9]+) places?\*\*", said)[0])


def press(app: AppTest, action: str, part: str) -> None:
    """Press the button of a place: its key begins with the action and holds `part`."""
    next(b for b in app.button if (b.key or "").startswith(f"{action}_") and part in (b.key or "")).click()
    app.run()
    assert not app.exception


def test_a_restored_removal_survives_a_re_run_until_it_is_undone(root: Path, store: Workspace, damaged: int) -> None:
    app = at_document(opened(root, "documents"), damaged)
    app.button("update_english").click()
    app.run(timeout=30)
    english = english_of(store, damaged)
    assert len(english) == 3 and FOOTER not in text_of(store, damaged)
    press(app, "restore", "_chrome")
    assert text_of(store, damaged).endswith(FOOTER)
    assert any("1 sentence** here has no English" in m.value for m in app.markdown)
    with store.session() as session:
        keep_document(session, DOCUMENT)
    assert text_of(store, damaged).endswith(FOOTER)
    assert english_of(store, damaged) == english
    app = at_document(opened(root, "documents"), damaged)
    assert f'class="restored" id="at{DAMAGED.index(FOOTER)}"' in shown(app)
    press(app, "undo", "_chrome")
    assert FOOTER not in text_of(store, damaged)
    assert all(button.key != "update_english" for button in app.button)
    with store.session() as session:
        keep_document(session, DOCUMENT)
    assert FOOTER not in text_of(store, damaged)


def test_of_two_readings_one_is_chosen(root: Path, store: Workspace, damaged: int) -> None:
    before = waiting(root)
    app = at_document(opened(root, "documents"), damaged)
    assert "<b>3 places to decide</b>" in shown(app) and "1 date to decide" in shown(app)
    labels = [b.label for b in app.button if (b.key or "").startswith("accept_")]
    assert labels[:3] == ["Accept 2015年1月11日", "Accept 2015年11月1日", "Accept"]
    press(app, "accept_1", "_date")
    assert "海关总署2015年11月1日发布" in text_of(store, damaged)
    assert ":material/check: Accepted" in "".join(m.value for m in app.markdown)
    assert waiting(root) == before - 1
    press(app, "undo", "_date")
    assert "海关总署2015111日发布" in text_of(store, damaged)


def test_english_of_a_person_goes_with_its_sentence(root: Path, store: Workspace, damaged: int) -> None:
    with store.session() as session:
        segment = segments_at(session, damaged, [1])[0]
        save_person(session, segment.id, 0, "The Party attaches importance.", "confirmed", (), ())
    app = at_document(opened(root, "documents"), damaged)
    press(app, "accept_0", "_censored")
    with store.session() as session:
        after = segments_at(session, damaged, [1])[0]
        assert after.source == "党中央重视核安保。" and after.translation is not None
        assert (after.translation.target, after.translation.state) == ("The Party attaches importance.", "edited")


def test_markup_in_a_proposal_takes_no_effect(root: Path, store: Workspace, damaged: int) -> None:
    app = at_document(opened(root, "documents"), damaged)
    assert "<img" not in shown(app) and "new<kind>" not in shown(app).lower()
    (pressed, _) = [b for b in app.button if "new<kind>" in (b.key or "")]
    assert "[a]" not in pressed.label and "**" not in pressed.label
    press(app, "accept_0", "new<kind>")
    assert HOSTILE in text_of(store, damaged)
    assert "<img" not in shown(app)


def test_review_stops_at_damaged_sentences_until_they_are_confirmed(root: Path, store: Workspace, damaged: int) -> None:
    app = at_document(opened(root, "review"), damaged)
    assert app.text_area[0].key.endswith("_0") and "Source damaged · " in shown(app)
    app.button("act_check").click()
    app.run()
    assert app.session_state["review_at"] == (damaged, 1)
    with store.session() as session:
        ids = session.scalars(select(SegmentRow.id).where(SegmentRow.document_id == damaged)).all()
        for segment in ids:
            save_person(session, segment, 0, "English.", "confirmed", (), ())
    app.run()
    assert app.button("act_check").disabled
