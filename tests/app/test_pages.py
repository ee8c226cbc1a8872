"""The pages over a real workspace, without a browser: what they read, what they save, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from glossary.store import load_concepts
from storage import Workspace
from storage.models import ConceptRow, DocumentRow, TranslationRow
from translate.store import save_person, segments_at

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
    app.selectbox("document_choice").set_value(document)
    app.run()
    assert not app.exception
    return app


def test_home_counts_what_is_there(root: Path, store: Workspace) -> None:
    app = opened(root, "home")
    values = {metric.label: metric.value for metric in app.metric}
    assert values["Documents"] == "3"
    assert int(values["Names to decide"]) > 0
    assert app.button("next_step").label == "Decide on names"


def test_an_empty_workspace_says_how_to_begin(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMING_WORKSPACE", str(tmp_path / "new.db"))
    app = opened(root, "home")
    assert any("sample documents" in button.label for button in app.button)
    for page in ("documents", "review"):
        assert "no documents yet" in opened(root, page).info[0].value
    assert opened(root, "glossary").success or opened(root, "glossary").info


def test_the_sample_documents_are_one_click_away(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMING_WORKSPACE", str(tmp_path / "new.db"))
    app = opened(root, "home")
    next(button for button in app.button if "sample" in button.label).click()
    app.run(timeout=60)
    assert not app.exception
    assert {metric.label: metric.value for metric in app.metric}["Documents"] == "5"
    assert "5 more" not in app.success[0].value and "sentences translated" in app.success[0].value


def test_a_workspace_that_is_none_is_one_sentence(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear reader", encoding="utf-8")
    monkeypatch.setenv("ZHENGMING_WORKSPACE", str(path))
    app = AppTest.from_file(str(root / "app" / "main.py")).run()
    assert not app.exception
    assert "is not a Zhengming workspace" in app.error[0].value
    assert path.read_text(encoding="utf-8") == "Dear reader"


def test_documents_show_what_was_removed_and_why(root: Path, store: Workspace) -> None:
    app = at_document(opened(root, "documents"), document_id(store))
    page = shown(app)
    assert "<del" in page and "Forum jammer text: forum jammer" in page
    app.pills[0].set_value(["chrome"])
    app.run()
    assert 'class="other" style="--h:345" title="Forum jammer' in shown(app)


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
    from app.terms import csv_bytes
    from glossary.csv_file import read_rows

    with store.session() as session:
        data = csv_bytes(session)
        concepts = load_concepts(session)
    assert data.startswith("\ufeff".encode())
    assert [c.key for c in read_rows(data.decode())[0]] == [c.key for c in concepts]


def test_an_edit_is_saved_with_its_proof(root: Path, store: Workspace) -> None:
    document = document_id(store)
    app = at_document(opened(root, "review"), document)
    before = english(store, document, 0)
    text = before.target + " Reviewed."
    app.text_area[0].set_value(text)
    app.run()
    assert "Not saved" in shown(app)
    app.button("save").click()
    app.run()
    after = english(store, document, 0)
    assert (after.target, after.state, after.version) == (text, "edited", before.version + 1)
    with store.session() as session:
        row = segments_at(session, document, [0])[0].translation
        assert row is not None and row.occurrences
        assert all(text[o.target_start : o.target_end] == o.found for o in row.occurrences)


def test_an_error_holds_back_confirmation_unless_told(root: Path, store: Workspace) -> None:
    document = document_id(store)
    app = at_document(opened(root, "review"), document)
    app.text_area[0].set_value("Nothing of the sort.")
    app.button("confirm").click()
    app.run()
    assert "Not confirmed" in app.warning[0].value
    assert english(store, document, 0).state == "machine"
    assert app.text_area[0].value == "Nothing of the sort."
    app.checkbox[0].check()
    app.button("confirm").click()
    app.run()
    after = english(store, document, 0)
    assert (after.state, after.target) == ("confirmed", "Nothing of the sort.")
    assert any(flag["severity"] == "error" for flag in after.flags)
    assert app.session_state["review_at"] == (document, 1)


def test_typed_text_survives_going_elsewhere(root: Path, store: Workspace) -> None:
    document = document_id(store)
    app = at_document(opened(root, "review"), document)
    app.text_area[0].set_value("A draft.")
    app.button("next").click()
    app.run()
    assert app.text_area[0].value != "A draft."
    app.switch_page("screens/documents.py")
    app.run()
    app.switch_page("screens/review.py")
    app.run()
    app.button("previous").click()
    app.run()
    assert app.text_area[0].value == "A draft."
    assert english(store, document, 0).state == "machine"


def test_two_reviewers_are_both_shown_their_text(root: Path, store: Workspace) -> None:
    document = document_id(store)
    app = at_document(opened(root, "review"), document)
    with store.session() as session:
        row = segments_at(session, document, [0])[0]
        assert row.translation is not None
        save_person(session, row.id, row.translation.version, "Theirs.", "edited", (), ())
    app.text_area[0].set_value("Mine.")
    app.button("save").click()
    app.run()
    assert "Mine." in shown(app) and "Theirs." in shown(app)
    assert english(store, document, 0).target == "Theirs."
    app.button("keep_mine").click()
    app.run()
    assert app.text_area[0].value == "Mine."
    app.button("save").click()
    app.run()
    assert english(store, document, 0).target == "Mine."


def test_a_changed_glossary_is_offered_to_the_translations(root: Path, store: Workspace) -> None:
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
    app.switch_page("screens/review.py")
    app.run()
    app = at_document(app, document)
    app.button("update_english").click()
    app.run(timeout=30)
    assert not app.exception
    assert "World Atom Agency" in english(store, document, 0).target
    assert all(button.key != "update_english" for button in app.button)


def test_document_text_is_never_markup(root: Path, store: Workspace) -> None:
    hostile = document_id(store, "<img src=x onerror=window.hacked=1>")
    for page in ("documents", "review"):
        body = shown(at_document(opened(root, page), hostile))
        assert "&lt;script&gt;" in body
        assert "<img" not in body and "<script>window.hacked" not in body
