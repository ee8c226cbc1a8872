"""The Glossary page without a browser: deciding, merging, conflicts, history, files of terms, drafts and roles."""

from __future__ import annotations

import dataclasses
import re
import time
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from app.drafts import load_draft
from app.terms.conflicts import outcomes
from app.terms.effects import effect_of
from app.terms.exchange import import_preview, read_upload, written
from app.terms.log import in_words
from app.terms.merging import likely_others
from app.terms.provenance import known_from, official, other_english
from app.terms.sightings import concordance_of, lines_html
from glossary import Concept
from glossary.formats import FORMATS
from glossary.preview import preview
from glossary.store import (
    Change,
    Selection,
    add_concept,
    history,
    load_concepts,
    open_conflicts,
    review_queue,
    settlements,
    to_concept,
)
from glossary.store.search import all_sentences
from storage import Person, Workspace
from storage.models import ChangeSetRow, ConceptRow
from storage.people import this_person

IAEA = "国际原子能机构"


def opened(root: Path, role: str = "") -> AppTest:
    """The app at the Glossary page; with `role`, for a person of that role."""
    app = AppTest.from_file(str(root / "app" / "main.py"), default_timeout=20)
    if role:
        app.session_state["person"] = Person("Li", role)  # type: ignore[arg-type]
    app.switch_page("screens/glossary.py")
    return ran(app)


def ran(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception[0].value
    return app


def at_tab(app: AppTest, name: str) -> AppTest:
    app.session_state["glossary_tab"] = name
    return ran(app)


def shown(app: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def term(store: Workspace, source: str) -> ConceptRow:
    with store.session() as session:
        return session.scalars(select(ConceptRow).where(ConceptRow.source == source)).one()


def at_term(app: AppTest, row: ConceptRow) -> AppTest:
    app.query_params["term"] = str(row.id)
    app = ran(app)
    assert app.session_state["term"] == row.id
    return app


def concepts(store: Workspace) -> dict[str, Concept]:
    with store.session() as session:
        return {concept.source: concept for concept in load_concepts(session)}


def add(store: Workspace, *added: Concept) -> None:
    with store.session() as session:
        for concept in added:
            add_concept(session, concept)


# What the panel says


def test_a_concordance_shows_every_chinese_form_once_and_escaped(store: Workspace) -> None:
    agency = Concept("国家原子能机构", source_variants=("原子能机构", "中国国家原子能机构"))
    with store.reading() as session:
        found = concordance_of(session, agency, 500)
        lines = lines_html(session, found.lines)
        few = concordance_of(session, agency, 2)
        hostile = concordance_of(session, Concept("海关总署"), 500)
        escaped = lines_html(session, hostile.lines)
    assert {line.word for line in found.lines} == {"原子能机构", "中国国家原子能机构", "国家原子能机构"}
    assert len({(line.document, line.segment, line.left) for line in found.lines}) == found.places
    assert len(few.lines) == 2 and (few.places, few.documents) == (found.places, found.documents)
    assert lines.count("<li") == found.places and "review?document=" in lines
    assert "<img" not in escaped and "&lt;img" in escaped


def test_where_the_english_is_known_from_is_said_with_its_source() -> None:
    listed = official(Concept(IAEA))
    assert listed is not None and listed.target == "International Atomic Energy Agency"
    assert known_from(listed) == "List of official names: the body's own English (iaea.org)"
    composed = Concept("甲乙", "A B", origin="composed", note="score 0.7; why; English from 甲 + 乙")
    assert known_from(composed) == "Put together from 甲 + 乙"
    assert known_from(Concept("甲", "A", origin="person")) == "Entered by a person"
    assert known_from(Concept("甲", "")) == ""
    other = dict(other_english(Concept(IAEA, "Atomic Agency", forbidden=("IAEA Org",)), "Atomic Agency"))
    assert other["International Atomic Energy Agency"].startswith("List of official names")
    assert "Atomic Agency" not in other
    assert other_english(Concept("甲", "A", target_variants=("B", "C"), forbidden=("c",)), "A") == [
        ("B", "Stands in this entry")
    ]


def test_the_effect_from_a_few_sentences_is_that_from_all(store: Workspace) -> None:
    # Claims the form of another, and comes after it: that one has it, and where it goes, this one.
    add(store, Concept("某某机构", "Claimant", source_variants=(IAEA, "海关")))
    with store.reading() as session:
        here = load_concepts(session)
        sentences = list(all_sentences(session))
        changed = 0
        for source in (IAEA, "海关", "核安保", "中国国家原子能机构", "海关总署"):
            before = next((c for c in here if c.source == source), None)
            after = dataclasses.replace(before or Concept(source), target="Another Name", status="approved")
            new = [after if c is before else c for c in here] if before else [*here, after]
            wanted = preview(here, new, sentences)
            found = effect_of(session, [before] if before else [], [after])
            changed += len(wanted.changed)
            assert sorted(map(str, found.preview.changed)) == sorted(map(str, wanted.changed))
            assert {c.sentence for c in found.preview.changed} == {c.sentence for c in wanted.changed}
    assert changed > 5


def test_the_form_says_what_saving_would_change(root: Path, store: Workspace) -> None:
    row = term(store, IAEA)
    app = at_term(opened(root), row)
    assert not [e for e in app.expander if e.label.startswith("Saving would")]
    app.text_input(f"target_{row.id}_{row.version}").set_value("World Atom Agency")
    ran(app)
    [effect] = [e for e in app.expander if e.label.startswith("Saving would")]
    assert re.fullmatch(r"Saving would change \d+ sentences? in \d+ documents?", effect.label)
    assert "<b>World Atom Agency</b>" in shown(app)
    assert concepts(store)[IAEA].target == "International Atomic Energy Agency"


# Moving about


def test_the_buttons_go_to_the_terms_around_and_over_the_end_of_a_page(root: Path, store: Workspace) -> None:
    with store.reading() as session:
        ids = [row.id for row in review_queue(session, Selection(status="candidate"), 0, 20)]
    app = opened(root)
    assert app.button("term_previous").disabled
    for wanted in ids[1:17]:
        app.button("term_next").click()
        assert ran(app).session_state["term"] == wanted
    assert app.session_state["term_page"] == 1
    app.button("term_previous").click()
    ran(app)
    app.button("term_previous").click()
    assert ran(app).session_state["term"] == ids[14] and app.session_state["term_page"] == 0
    app.button(f"rejected_{ids[14]}").click()
    assert ran(app).session_state["term"] == ids[15]


def test_the_next_undecided_is_found_from_among_the_decided(root: Path, store: Workspace) -> None:
    app = opened(root)
    app.selectbox("term_status").set_value("approved")
    ran(app)
    assert term(store, IAEA).status == "approved"
    app.button("term_undecided").click()
    ran(app)
    assert app.selectbox("term_status").value == "candidate"
    with store.reading() as session:
        [first] = review_queue(session, Selection(status="candidate"), 0, 1)
    assert app.session_state["term"] == first.id


def test_an_address_opens_its_term_whatever_the_filters_say(root: Path, store: Workspace) -> None:
    app = opened(root)
    app.text_input("term_search").set_value("zzz")
    ran(app)
    app = at_term(app, term(store, IAEA))
    assert app.text_input("term_search").value == "" and IAEA in shown(app)


def test_other_english_is_put_into_the_form_not_into_the_glossary(root: Path, store: Workspace) -> None:
    row = term(store, IAEA)
    with store.session() as session:
        add_concept(session, Concept("测试机构", "Test Body", target_variants=("Testing Body",), status="candidate"))
    row = term(store, "测试机构")
    app = at_term(opened(root), row)
    assert app.button(f"offer_{row.id}_0").label == "Testing Body"
    app.button(f"offer_{row.id}_0").click()
    ran(app)
    assert app.text_input(f"target_{row.id}_1").value == "Testing Body"
    assert concepts(store)["测试机构"].target == "Test Body"


# Drafts


def test_a_draft_survives_a_reload_and_goes_when_it_is_saved(root: Path, store: Workspace) -> None:
    row = term(store, IAEA)
    app = at_term(opened(root), row)
    app.text_input(f"target_{row.id}_{row.version}").set_value("Half a na")
    ran(app)
    again = at_term(opened(root), row)
    assert again.text_input(f"target_{row.id}_{row.version}").value == "Half a na"
    again.button(f"save_{row.id}").click()
    ran(again)
    assert concepts(store)[IAEA].target == "Half a na"
    with store.reading() as session:
        assert load_draft(session, this_person().name, "concept", row.id) is None


def test_a_draft_can_be_discarded(root: Path, store: Workspace) -> None:
    row = term(store, IAEA)
    app = at_term(opened(root), row)
    key = f"target_{row.id}_{row.version}"
    app.text_input(key).set_value("Half a na")
    ran(app)
    app.button(f"discard_{row.id}").click()
    ran(app)
    assert app.text_input(key).value == "International Atomic Energy Agency"
    assert at_term(opened(root), row).text_input(key).value == "International Atomic Energy Agency"


def test_what_was_typed_into_a_term_that_went_is_said(root: Path, store: Workspace) -> None:
    add(store, Concept("测试机构", "Test Body"))
    row = term(store, "测试机构")
    app = at_term(opened(root), row)
    with store.session() as session:
        session.delete(session.get_one(ConceptRow, row.id))
    app.text_input(f"target_{row.id}_1").set_value("My own words")
    app.button(f"save_{row.id}").click()
    ran(app)
    assert any("no longer" in toast.value and "My own words" in toast.value for toast in app.toast)


def test_a_name_that_is_there_already_is_not_added_and_stays_typed(root: Path, store: Workspace) -> None:
    app = opened(root)
    app.text_input("add_source").set_value(IAEA)
    app.text_input("add_target").set_value("Again")
    next(button for button in app.button if button.label == "Add and approve").click()
    ran(app)
    assert "already" in app.warning[0].value and app.text_input("add_source").value == IAEA
    app.text_input("add_source").set_value("新的机构")
    next(button for button in app.button if button.label == "Add and approve").click()
    ran(app)
    assert concepts(store)["新的机构"].target == "Again" and app.text_input("add_source").value == ""


# Merging


def test_terms_that_may_mean_the_same_are_offered_for_merging(store: Workspace) -> None:
    add(
        store,
        Concept("测试机构", "Test Body"),
        Concept("中国测试机构", "China Body"),
        Concept("试验局", "test body"),
        Concept("测试", "Test", scope="a document"),
        Concept("别的", "Else"),
    )
    row = term(store, "测试机构")
    with store.session() as session:
        row = session.get_one(ConceptRow, row.id)
        assert {other.source for other in likely_others(session, row, "")} == {"中国测试机构", "试验局"}
        assert [other.source for other in likely_others(session, row, "else")] == ["别的"]


def test_a_merge_is_shown_done_as_one_change_and_undone(root: Path, store: Workspace) -> None:
    add(store, Concept("测试机构", "Test Body", count=3), Concept("中国测试机构", "China Body", count=2))
    row, other = term(store, "测试机构"), term(store, "中国测试机构")
    app = at_term(opened(root), row)
    app.button(f"merge_{row.id}").click()
    ran(app)
    assert app.radio(f"merge_other_{row.id}").value == other.id
    assert "3 + 2 = 5" in shown(app)
    app.button(f"merge_now_{row.id}").click()
    ran(app)
    merged = concepts(store)["测试机构"]
    assert (merged.source_variants, merged.target_variants, merged.count) == (("中国测试机构",), ("China Body",), 5)
    assert "中国测试机构" not in concepts(store)
    at_tab(app, "History")
    with store.reading() as session:
        [latest, *_] = history(session)
    assert latest.action == "merge" and "merged two terms" in shown(app)
    app.button(f"undo_{latest.number}").click()
    ran(app)
    assert concepts(store)["中国测试机构"].target == "China Body"
    assert f"Taken back by change {latest.number + 1}" in [caption.value for caption in app.caption]


# Conflicts

TWINS = (
    Concept("甲机构", "The Same Name", count=4, documents=2),
    Concept("乙机构", "The Same Name", count=1, documents=1),
)


def test_a_conflict_says_what_keeping_a_side_would_change(root: Path, store: Workspace) -> None:
    add(store, *TWINS)
    app = at_tab(opened(root), "Conflicts")
    page = shown(app)
    assert "the same name: is the English of 乙机构 and of 甲机构" in page and "seen 4 times in 2 documents" in page
    with store.reading() as session:
        [conflict] = open_conflicts(session)
    words = [[in_words(change) for change in way.changes] for way in outcomes(conflict)]
    assert words == [["English: The Same Name → –; Decision: Approved → To decide"]] * 2
    assert page.count("English: The Same Name → –") == 2
    kept = [side.source for side in conflict.concepts].index("甲机构")
    app.button(f"keep_{conflict.id}_{kept}").click()
    ran(app)
    assert (concepts(store)["甲机构"].target, concepts(store)["乙机构"].target) == ("The Same Name", "")
    assert "No term contradicts another." in app.success[0].value


def test_both_sides_right_changes_nothing_and_can_be_opened_again(root: Path, store: Workspace) -> None:
    add(store, *TWINS)
    before = concepts(store)
    app = at_tab(opened(root), "Conflicts")
    with store.reading() as session:
        [conflict] = open_conflicts(session)
    app.button(f"both_{conflict.id}").click()
    ran(app)
    assert concepts(store) == before and app.success
    with store.reading() as session:
        [settled] = settlements(session)
    app.session_state["settled"] = True
    ran(app)
    app.button(f"reopen_{settled.id}").click()
    ran(app)
    assert not app.success and app.button(f"both_{conflict.id}")


def test_a_fault_leads_to_its_term(root: Path, store: Workspace) -> None:
    add(store, Concept("没有英文", ""))
    app = at_tab(opened(root), "Conflicts")
    with store.reading() as session:
        [conflict] = open_conflicts(session)
    app.button(f"open_{conflict.id}_0").click()
    ran(app)
    assert app.session_state["glossary_tab"] == "Terms"
    assert app.session_state["term"] == term(store, "没有英文").id


# History


def test_a_change_is_told_in_words_and_a_second_undo_is_refused_in_one(root: Path, store: Workspace) -> None:
    row = term(store, IAEA)
    app = at_term(opened(root), row)
    for number, english in enumerate(("First", "Second")):
        app.text_input(f"target_{row.id}_{row.version + number}").set_value(english)
        app.button(f"save_{row.id}").click()
        ran(app)
    # Until the names are carried over, a page is drawn anew at any moment, and its messages with it.
    for _ in range(100):
        if "forcing_watched" not in app.session_state:
            break
        time.sleep(0.05)
        ran(app)
    at_tab(app, "History")
    assert "English: International Atomic Energy Agency → First" in shown(app)
    with store.reading() as session:
        earlier = history(session)[1].number
    app.button(f"undo_{earlier}").click()
    ran(app)
    assert (
        any("was changed again since" in toast.value for toast in app.toast)
        and concepts(store)[IAEA].target == "Second"
    )
    app.text_input("history_term").set_value("没有这个")
    ran(app)
    assert "was not changed yet" in app.info[0].value


def test_the_history_of_one_term_stands_in_its_panel(root: Path, store: Workspace) -> None:
    row = term(store, IAEA)
    app = at_term(opened(root), row)
    assert '<ul class="changes">' not in shown(app)
    app.session_state["term_history"] = True
    ran(app)
    assert '<ul class="changes">' in shown(app) and "brought in by a command" in shown(app)


def test_changes_are_told_without_what_only_counts() -> None:
    before = Concept("甲", "A", count=1, note="n")
    after = dataclasses.replace(before, target_variants=("B",), count=2, status="rejected")
    assert in_words(Change(before, after)) == "Also right in English: – → B; Decision: Approved → Rejected"
    assert in_words(Change(None, before)) == "added (A)" and in_words(Change(before, None)) == "taken out (A)"
    assert in_words(Change(before, dataclasses.replace(before, count=9))) == "decided on as it was"


# Import and export

LIST = f"source,target\n{IAEA},World Atom Agency\n新的机构,New Body\n核安保,nuclear safety\n".encode()


def test_an_import_is_shown_before_it_is_done_as_one_change(root: Path, store: Workspace) -> None:
    before = concepts(store)
    app = at_tab(opened(root), "Import and export")
    app.file_uploader[0].set_value(("list.csv", LIST, "text/csv"))
    ran(app)
    assert "<b>1</b><span>New</span>" in shown(app) and "<b>1</b><span>Changed</span>" in shown(app)
    assert "nuclear safety is among the English never to use here" in shown(app)
    assert concepts(store) == before
    app.radio("import_how").set_value("add")
    ran(app)
    assert "<b>0</b><span>Changed</span>" in shown(app)
    app.radio("import_how").set_value("update")
    ran(app)
    app.button("import_effect").click()
    ran(app)
    assert re.match(r"\d+ sentences? in \d+ documents? would get other names", app.info[-1].value)
    app.button("import_now").click()
    ran(app)
    assert concepts(store)[IAEA].target == "World Atom Agency" and concepts(store)["新的机构"].target == "New Body"
    with store.reading() as session:
        [latest, *_] = history(session)
        assert (latest.action, latest.note, len(latest.changes)) == ("import", "list.csv", 2)
        count = session.scalar(select(func.count(ChangeSetRow.id)))
    assert "import_read" not in app.session_state
    ran(app)
    with store.reading() as session:
        assert session.scalar(select(func.count(ChangeSetRow.id))) == count


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("letter.csv", b"Dear reader,\nhello", "letter.csv: "),
        ("empty.csv", b"", "empty.csv: "),
        ("broken.xlsx", b"PK\x03\x04broken", "broken.xlsx: is no readable Excel workbook"),
        ("broken.tbx", b"<?xml version='1.0'?><tbx><text>", "broken.tbx: "),
        ("picture.tsv", b"\x89PNG\r\n\x1a\n\x00\xff\xfe", "picture.tsv: "),
    ],
)
def test_a_wrong_file_is_one_sentence(root: Path, store: Workspace, name: str, data: bytes, said: str) -> None:
    read = read_upload("1", name, data)
    assert read.problem.startswith(said) and read.problem.endswith(".") and "\n" not in read.problem
    assert not read.read.concepts
    app = at_tab(opened(root), "Import and export")
    app.file_uploader[0].set_value((name, data, ""))
    ran(app)
    assert app.error and not [button for button in app.button if button.key == "import_now"]


def test_the_sentences_of_an_import_are_those_that_hold_its_names(store: Workspace) -> None:
    with store.reading() as session:
        found = import_preview(session, [Concept(IAEA, "World Atom Agency")], "update")
        holding = [text for _, text in all_sentences(session) if IAEA in text]
    assert 0 < len(found.changed) <= len(holding)
    assert {changed.sentence for changed in found.changed} <= set(holding)


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_is_made_when_asked_for_and_says_what_it_leaves_out(
    root: Path, store: Workspace, form: str
) -> None:
    app = at_tab(opened(root), "Import and export")
    app.selectbox("export_format").set_value(form)
    ran(app)
    assert all(button.key != "export_download" for button in app.get("download_button"))
    app.button("export_make").click()
    ran(app)
    with store.reading() as session:
        made = written(session, form, approved=False)
        some = written(session, form, approved=True)
        approved = [c for c in load_concepts(session) if c.status == "approved"]
    assert [button.key for button in app.get("download_button")].count("export_download") == 1
    assert len(app.warning) == len(made.left_out) and len(app.info) == len(made.notes)
    assert 0 < some.rows < made.rows or form in ("tmx", "deepl", "google", "amazon", "azure")
    assert some.rows and approved


# Roles


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_who_only_looks_sees_everything_and_can_change_nothing(root: Path, store: Workspace, role: str) -> None:
    add(store, *TWINS)
    before = concepts(store)
    row = term(store, "甲机构")
    app = at_term(opened(root, role), row)
    assert app.text_input(f"target_{row.id}_1").disabled
    assert "甲机构" in shown(app) and any("a terminologist decides" in caption.value for caption in app.caption)
    at_tab(app, "Conflicts")
    assert "is the English of" in shown(app)
    at_tab(app, "History")
    assert "甲机构" in shown(app)
    at_tab(app, "Import and export")
    assert app.selectbox("export_format") and not app.file_uploader
    forbidden = ("approved_", "rejected_", "save_", "merge_", "keep_", "both_", "undo_", "import_", "add_", "discard_")
    for name in ("Terms", "Conflicts", "History", "Import and export"):
        at_tab(app, name)
        assert not [b.key for b in app.button if (b.key or "").startswith(forbidden)]
        assert all(box.disabled for box in app.text_area)
    assert concepts(store) == before


def test_a_terminologist_decides(root: Path, store: Workspace) -> None:
    add(store, dataclasses.replace(TWINS[0], status="candidate"))
    row = term(store, "甲机构")
    app = at_term(opened(root, "terminologist"), row)
    app.button(f"approved_{row.id}").click()
    ran(app)
    assert concepts(store)["甲机构"].status == "approved"
    with store.reading() as session:
        assert history(session)[0].who == "Li"


def test_hostile_names_stay_text(root: Path, store: Workspace) -> None:
    hostile = Concept(
        "<img src=x>恶意[a](b)",
        "<b>x</b> $y$",
        source_variants=("<i>v</i>",),
        target_variants=("<u>t</u>", "**t**"),
        status="candidate",
        note="<script>1</script>",
    )
    add(store, hostile, dataclasses.replace(hostile, source="<img src=x>恶", status="approved"))
    row = term(store, hostile.source)
    app = at_term(opened(root), row)
    app.session_state["term_history"] = True
    ran(app)
    app.button(f"merge_{row.id}").click()
    ran(app)
    pages = [shown(app)]
    for name in ("Conflicts", "History"):
        at_tab(app, name)
        pages.append(shown(app))
    for page in pages:
        assert "&lt;" in page
        assert not re.search(r"<(img|i|u)\b|<script>1", page)
    assert "&lt;u&gt;t" in pages[0]


def test_an_empty_glossary_says_how_to_begin(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMING_WORKSPACE", str(tmp_path / "new.db"))
    app = opened(root)
    assert "Every name is decided" in app.success[0].value
    app.selectbox("term_status").set_value("")
    ran(app)
    assert "No names yet" in app.info[0].value
    assert at_tab(app, "Conflicts").success
    assert "Nothing was changed yet" in at_tab(app, "History").info[0].value
    st.cache_resource.clear()
    st.cache_data.clear()


def test_to_concept_and_the_form_agree(store: Workspace) -> None:
    from app.terms.form import TermForm, decided

    with store.session() as session:
        for row in review_queue(session, Selection(), 0, 50):
            concept = to_concept(row)
            form = TermForm.of(concept)
            assert TermForm.kept(form.as_text()) == form
            assert decided(concept, form, concept.status) == concept
    assert TermForm.kept("[]") == TermForm.kept("{") == TermForm("", "", "", "", "", "", "")
