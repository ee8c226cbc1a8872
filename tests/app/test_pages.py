"""The pages over a real workspace, without a browser: what they read, what they save, and what they refuse."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from glossary.store import load_concepts
from storage import Workspace
from storage.models import ConceptRow, DocumentRow, TranslationRow
from translate.store import segments_at

FIRST = "000_7a25a5ce63c9142d"


def opened(root: Path, page: str) -> AppTest:
    """The app at one of its pages, run once."""
    app = AppTest.from_file(str(root / "app" / "main.py"), default_timeout=20)
    app.run()
    app.switch_page(f"screens/{page}.py")
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """Everything that the page shows as HTML."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def document_id(store: Workspace, name: str = FIRST) -> int:
    with store.session() as session:
        return session.scalars(select(DocumentRow.id).where(DocumentRow.name == name)).one()


def english(store: Workspace, document: int, position: int) -> TranslationRow:
    with store.session() as session:
        row = segments_at(session, document, [position])[0].translation
    assert row is not None
    return row


def at_document(app: AppTest, document: int) -> AppTest:
    app.query_params["document"] = str(document)
    app.run()
    assert not app.exception
    return app


def test_a_workspace_that_is_none_is_one_sentence(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear reader", encoding="utf-8")
    monkeypatch.setenv("ZHENGMING_WORKSPACE", str(path))
    app = AppTest.from_file(str(root / "app" / "main.py")).run()
    assert not app.exception
    assert "is not a Zhengming workspace" in app.error[0].value
    assert path.read_text(encoding="utf-8") == "Dear reader"


def test_approving_a_term_saves_it_and_goes_on(root: Path, store: Workspace) -> None:
    app = opened(root, "glossary")
    first = app.session_state["term"]
    with store.session() as session:
        row = session.get_one(ConceptRow, first)
        version = row.version
    app.text_input(f"target_{first}_{version}").set_value("Centre of Tests")
    app.button(f"approved_{first}").click()
    app.run()
    assert not app.exception
    assert app.session_state["term"] != first
    with store.session() as session:
        row = session.get_one(ConceptRow, first)
        assert (row.status, row.origin, row.decided, row.version) == ("approved", "person", True, version + 1)
        assert next(name.text for name in row.names if name.role == "target") == "Centre of Tests"


def test_a_name_without_english_is_not_approved(root: Path, store: Workspace) -> None:
    app = opened(root, "glossary")
    first = app.session_state["term"]
    app.text_input(f"target_{first}_1").set_value("")
    app.button(f"approved_{first}").click()
    app.run()
    assert "English first" in app.warning[0].value
    with store.session() as session:
        assert session.get_one(ConceptRow, first).status == "candidate"


def test_a_term_changed_meanwhile_is_not_overwritten(root: Path, store: Workspace) -> None:
    app = opened(root, "glossary")
    first = app.session_state["term"]
    with store.session() as session:
        session.get_one(ConceptRow, first).version += 1
    app.text_input(f"target_{first}_1").set_value("Mine")
    app.button(f"approved_{first}").click()
    app.run()
    assert "Somebody else" in app.warning[0].value and "Mine" in app.warning[0].value
    with store.session() as session:
        assert session.get_one(ConceptRow, first).status == "candidate"


def test_a_half_typed_term_survives_going_to_another(root: Path, store: Workspace) -> None:
    app = opened(root, "glossary")
    first = app.session_state["term"]
    other = next(
        b for b in app.button if (b.key or "").startswith("term_") and b.key[5:].isdigit() and b.key != f"term_{first}"
    )
    app.text_input(f"target_{first}_1").set_value("Half a na")
    other.click()
    app.run()
    assert app.session_state["term"] != first
    assert "Half a na" in app.button(f"term_{first}").label
    app.switch_page("screens/home.py")
    app.run()
    app.switch_page("screens/glossary.py")
    app.run()
    app.button(f"term_{first}").click()
    app.run()
    assert app.text_input(f"target_{first}_1").value == "Half a na"
    with store.session() as session:
        session.get_one(ConceptRow, first).version += 1
    app.run()
    assert "Half a na" in app.warning[0].value
    app.button("keep_mine").click()
    app.run()
    assert app.text_input(f"target_{first}_2").value == "Half a na" and not app.warning
    app.button(f"approved_{first}").click()
    app.run()
    assert first not in app.session_state["term_drafts"]
    with store.session() as session:
        assert session.get_one(ConceptRow, first).status == "approved"


def test_search_and_reject(root: Path, store: Workspace) -> None:
    app = opened(root, "glossary")
    app.text_input("term_search").set_value("zzz no such name")
    app.run()
    assert "No name fits" in app.info[0].value
    app.text_input("term_search").set_value("")
    app.run()
    first = app.session_state["term"]
    app.button(f"rejected_{first}").click()
    app.run()
    with store.session() as session:
        assert session.get_one(ConceptRow, first).status == "rejected"


def test_the_download_is_the_whole_termbase(store: Workspace) -> None:
    from app.terms.exchange import csv_bytes
    from glossary.csv_file import read_rows

    with store.session() as session:
        data = csv_bytes(session)
        concepts = load_concepts(session)
    assert data.startswith("\ufeff".encode())
    assert [c.key for c in read_rows(data.decode())[0]] == [c.key for c in concepts]


def test_a_changed_glossary_is_carried_into_the_translations(root: Path, store: Workspace) -> None:
    document = document_id(store)
    app = opened(root, "glossary")
    app.selectbox("term_status").set_value("approved")
    app.text_input("term_search").set_value("国际原子能机构")
    app.run()
    with store.session() as session:
        row = session.scalars(select(ConceptRow).where(ConceptRow.source == "国际原子能机构")).one()
    app.button(f"term_{row.id}").click()
    app.run()
    app.text_input(f"target_{row.id}_{row.version}").set_value("World Atom Agency")
    app.button(f"save_{row.id}").click()
    app.run()
    for _ in range(600):
        if "World Atom Agency" in english(store, document, 0).target:
            break
        time.sleep(0.1)
    app.switch_page("screens/review.py")
    app.run()
    app = at_document(app, document)
    assert "World Atom Agency" in app.text_area[0].value
    assert all(button.key != "update_english" for button in app.button)


def test_document_text_is_never_markup(root: Path, store: Workspace) -> None:
    hostile = document_id(store, "<img src=x onerror=window.hacked=1> $x^2$ [a](b)")
    for page in ("documents", "review"):
        body = shown(at_document(opened(root, page), hostile))
        assert "&lt;script&gt;" in body
        assert "<img" not in body and "<script>window.hacked" not in body
