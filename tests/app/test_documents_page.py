"""The Documents page without a browser: the list, one document, decisions about many places, and taking one out."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import app.session
from app.document_list import PAGE, Order, count_documents, documents_at
from app.entries import entries_of
from app.opened import open_document
from app.overview import overview, stamp
from app.together import removed_of, sure_readings
from documents import RawDocument
from documents.decisions import Decisions
from documents.edits import Edit
from documents.store import keep_document, remove_document
from storage import Person, Workspace, open_workspace
from storage.models import DocumentRow, MemoryRow, SegmentRow
from tests.app.test_pages import FIRST, at_document, document_id, opened, shown
from tests.hostile import HOSTILE, RIGHT_TO_LEFT
from translate.store import save_person, segments_at

# Our own, in every page (app/language.py).
LANGUAGE_SCRIPT = '<script>document.documentElement.lang = "en"</script>'


def names(app: AppTest) -> list[str]:
    """Names in the list, in its order."""
    links = [link.proto for link in app.get("page_link")]
    return [link.label.replace("\\", "") for link in links if link.query_string.startswith("document=")]


def add(store: Workspace, *texts: tuple[str, str]) -> None:
    with store.session() as session:
        for name, text in texts:
            keep_document(session, RawDocument(name, f"/far/away/{name}.txt", text, "utf-8", name))


def test_the_list_is_searched_ordered_and_paged(root: Path, store: Workspace) -> None:
    add(store, *((f"paper {n:02}", f"海关总署第{n}次发布公告。") for n in range(PAGE + 3)))
    app = opened(root, "documents")
    assert len(names(app)) == PAGE
    app.selectbox("documents_order").set_value("name")
    app.button("documents_later").click()
    app.run()
    assert names(app)[-1] == f"paper {PAGE + 2}"
    assert app.button("documents_later").disabled
    app.text_input("documents_search").set_value("PAPER 1")
    app.run()
    assert names(app) == [f"paper {n}" for n in range(10, 20)]
    app.text_input("documents_search").set_value("_no such_")
    app.run()
    assert "No document's name holds" in app.info[0].value


def test_an_order_in_the_address_is_taken_once(root: Path, store: Workspace) -> None:
    app = opened(root, "documents")
    app.query_params["order"] = "size"
    app.run()
    assert app.selectbox("documents_order").value == "size"
    app.selectbox("documents_order").set_value("name")
    app.run()
    assert app.selectbox("documents_order").value == "name"


def test_a_row_says_how_the_document_is(store: Workspace) -> None:
    add(store, ("old", "海關總署與國際原子能機構簽署協議。"))
    with store.session() as session:
        row = segments_at(session, document_id(store), [0])[0]
        save_person(session, row.id, row.translation.version, "Mine.", "confirmed", (), ())  # type: ignore[union-attr]
        session.scalars(
            select(DocumentRow).where(DocumentRow.name == "old")
        ).one().added = datetime.datetime.fromisoformat("2001-01-01")
    with store.reading() as session:
        assert count_documents(session) == 4 and count_documents(session, "OLD") == 1
        rows = {row.name: row for order in ("damage", "size") for row in documents_at(session, "", order, 0)}
        assert [row.name for row in documents_at(session, "", "added", 0)][-1] == "old"
        sizes = [row.sentences for row in documents_at(session, "", "size", 0)]
    assert sizes == sorted(sizes, reverse=True)
    assert (rows["old"].language, rows["old"].sentences, rows["old"].translated) == ("traditional", 1, 0)
    first = rows[FIRST]
    with store.reading() as session:
        segments = session.scalars(select(SegmentRow).where(SegmentRow.document_id == first.id)).all()
        kept = session.get_one(DocumentRow, first.id)
        assert (first.sentences, first.settled, first.translated) == (len(segments), 1, len(segments))
        assert (first.characters, first.waiting, first.language) == (len(kept.clean), kept.waiting, "simplified")


def test_the_list_and_the_figures_are_those_of_postgresql_too(postgresql: str) -> None:
    where = open_workspace(postgresql)
    add(where, ("b", "海关总署发布公告。国家核安全局表示欢迎。"), ("a", "海關\x00總署發布公告。"))
    with where.session() as session:
        row = segments_at(session, documents_at(session, "", "name", 0)[1].id, [0])[0]
        save_person(session, row.id, 0, "Mine.", "confirmed", (), ())
    with where.reading() as session:
        for order in get_args(Order):
            assert {row.name for row in documents_at(session, "", order, 0)} == {"a", "b"}
        assert [row.name for row in documents_at(session, "", "size", 0)] == ["b", "a"]
        assert [(row.sentences, row.settled, row.language) for row in documents_at(session, "B", "name", 0)] == [
            (2, 1, "simplified")
        ]
        assert session.scalars(select(DocumentRow.clean).where(DocumentRow.name == "a")).one() == "海关总署发布公告。"
        figures = overview(session)
        assert (figures.documents, figures.sentences, figures.settled, figures.states["missing"]) == (2, 3, 1, 2)
        before = stamp(session)
        assert open_document(session, "postgresql", documents_at(session, "", "name", 0)[0].id) is not None
    with where.session() as session:
        number = documents_at(session, "", "name", 0)[1].id
        keep_document(
            session, RawDocument("b", "/far/away/b.txt", "海关总署发布公告。国家核安全局欢迎。首先。", "utf-8", "b")
        )
        rows = session.scalars(select(SegmentRow).where(SegmentRow.document_id == number).order_by(SegmentRow.position))
        assert [row.source for row in rows] == ["海关总署发布公告。", "国家核安全局欢迎。", "首先。"]
        remove_document(session, number)
    with where.reading() as session:
        assert stamp(session) != before and count_documents(session) == 1
    where.close()


def test_documents_show_what_was_removed_and_why(root: Path, store: Workspace) -> None:
    app = at_document(opened(root, "documents"), document_id(store))
    page = shown(app)
    assert "<del" in page and "Forum jammer text: forum jammer" in page
    app.pills[0].set_value(["chrome"])
    app.run()
    assert 'class="other" style="--h:345" title="Forum jammer' in shown(app)


def test_a_document_that_is_gone_is_said_to_be(root: Path, store: Workspace) -> None:
    app = at_document(opened(root, "documents"), 99)
    assert "no longer in the workspace" in app.warning[0].value
    assert names(app)


def test_the_panel_says_what_is_known(root: Path, store: Workspace) -> None:
    text = "海关总署举行会议\n来源：海关总署网站 作者：王 明\n2020年3月4日\n海关总署与国际原子能机构签署协议。"
    add(store, ("panel", text))
    app = opened(root, "documents")
    app.session_state["document_tab"] = "About"
    page = shown(at_document(app, document_id(store, "panel")))
    for known in ("海关总署举行会议", "海关总署网站", "2020-03-04", "panel.txt", "Simplified Chinese"):
        assert f"<bdi>{known}" in page, known
    assert "/far/away" not in page


def test_all_of_a_kind_is_restored_and_undone_at_once(root: Path, store: Workspace) -> None:
    document = document_id(store)

    def text() -> str:
        with store.reading() as session:
            return session.get_one(DocumentRow, document).clean

    before = text()
    app = at_document(opened(root, "documents"), document)
    app.selectbox(f"together_kind_{document}").set_value("jammer")
    app.run()
    many = int(app.button(f"together_restore_{document}").label.split()[1])
    app.button(f"together_restore_{document}").click()
    app.run()
    assert not app.exception and many > 1
    with store.reading() as session:
        row = open_document(session, "test", document)
    assert row is not None and not removed_of(row.entries, "jammer")
    assert len([entry for entry in row.entries if entry.standing == "restored"]) >= many
    assert text() != before
    app.button("undo_all").click()
    app.run()
    assert text() == before
    assert all(button.key != "undo_all" for button in app.button)


def test_only_sure_readings_that_have_no_rival_are_accepted() -> None:
    edits = [
        Edit(0, 1, "a", "typo", "x", 0.95, False),
        Edit(2, 3, "b", "date", "x", 0.95, False),
        Edit(2, 3, "c", "date", "x", 0.95, False),
        Edit(4, 5, "d", "date", "x", 0.6, False),
        Edit(4, 5, "e", "date", "x", 0.92, False),
        Edit(6, 7, "f", "typo", "x", 0.5, False),
    ]
    places = entries_of(edits, Decisions())
    assert [edit.replacement for edit in sure_readings(places, 0.9)] == ["a", "e"]
    assert [edit.replacement for edit in sure_readings(places, 0.5)] == ["a", "e", "f"]


def test_removing_asks_first_and_keeps_the_memory(root: Path, store: Workspace) -> None:
    document = document_id(store)
    with store.session() as session:
        row = segments_at(session, document, [0])[0]
        save_person(session, row.id, row.translation.version, "Mine.", "confirmed", (), ())  # type: ignore[union-attr]
    app = opened(root, "documents")
    app.session_state["document_tab"] = "About"
    app = at_document(app, document)
    app.button(f"remove_{document}").click()
    app.run()
    assert "stays in the translation memory" in " ".join(m.value for m in app.markdown)
    with store.reading() as session:
        assert session.get(DocumentRow, document) is not None
    app.button("remove_now").click()
    app.run()
    assert not app.exception
    assert FIRST not in names(app) and len(names(app)) == 2
    with store.reading() as session:
        assert session.get(DocumentRow, document) is None
        assert not session.scalars(select(SegmentRow.id).where(SegmentRow.document_id == document)).all()
        assert "Mine." in session.scalars(select(MemoryRow.target)).all()


def test_a_reader_may_look_and_change_nothing(root: Path, store: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.session, "person_here", lambda where: Person("r", "reader"))
    page = opened(root, "documents")
    page.session_state["document_tab"] = "About"
    page = at_document(page, document_id(store))
    assert page.button(f"remove_{document_id(store)}").disabled
    page.session_state["document_tab"] = "What was removed"
    page.run()
    decisions = [b for b in page.button if (b.key or "").startswith(("restore_", "accept_", "undo_"))]
    assert decisions and all(button.disabled for button in decisions)


def test_hostile_text_takes_no_effect_anywhere(root: Path, store: Workspace) -> None:
    name = f"{RIGHT_TO_LEFT}gnp.:red[x] $x^2$ [a](https://evil.example) <b>b</b> :material/home:"
    add(store, (name, f"{name}\n{HOSTILE}"))
    page = opened(root, "documents")
    [listed] = [link for link in (x.proto.label for x in page.get("page_link")) if "gnp" in link]
    assert (
        RIGHT_TO_LEFT not in listed
        and ":red[" not in listed
        and "[a]" not in listed
        and "$x" not in listed.replace("\\$", "")
    )
    for tab in ("What was removed", "Clean", "Raw", "About"):
        page = opened(root, "documents")
        page.session_state["document_tab"] = tab
        body = shown(at_document(page, document_id(store, name))).replace(LANGUAGE_SCRIPT, "")
        assert "<img" not in body and "<script>" not in body and "<b>b" not in body and 'href="http' not in body, tab
        assert RIGHT_TO_LEFT not in body and "\x00" not in body, tab
