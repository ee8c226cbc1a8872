"""The Glossary page in a real browser: decided from the keyboard, merged, undone, settled, and exchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from glossary import Concept
from glossary.store import Selection, add_concept, load_concepts, review_queue
from storage import open_workspace
from storage.models import ConceptRow

TWINS = (
    Concept("测试甲机构", "The Same Name", count=4, documents=2),
    Concept("测试乙机构", "The Same Name", count=1, documents=1),
)


@pytest.fixture(scope="module")
def queue(workspace: Path) -> list[ConceptRow]:
    """The first undecided terms, as the page lists them; two terms of one English are added."""
    store = open_workspace(workspace)
    with store.session() as session:
        for concept in TWINS:
            add_concept(session, concept)
        rows = list(review_queue(session, Selection(status="candidate"), 0, 8))
    store.close()
    return rows


def stored(workspace: Path) -> dict[str, Concept]:
    store = open_workspace(workspace)
    with store.reading() as session:
        found = {concept.source: concept for concept in load_concepts(session)}
    store.close()
    return found


def number_of(workspace: Path, source: str) -> int:
    store = open_workspace(workspace)
    with store.reading() as session:
        found = session.scalars(select(ConceptRow.id).where(ConceptRow.source == source)).one()
    store.close()
    return found


def at(page: Page, source: str) -> None:
    """The panel shows this term, nothing is being worked out any more, and the keys are listened to."""
    expect(page.locator(".term-head")).to_have_text(source)
    expect(page.locator("[data-testid='stApp']")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_role("button", name="Merge…")).to_be_visible()
    page.wait_for_function("window.zhengmingGlossaryKeys")


def test_terms_are_decided_from_the_keyboard(
    page: Page, address: str, workspace: Path, queue: list[ConceptRow]
) -> None:
    page.goto(f"{address}/glossary")
    at(page, queue[0].source)
    page.keyboard.press("Alt+PageDown")
    at(page, queue[1].source)
    page.keyboard.press("Alt+PageUp")
    at(page, queue[0].source)
    page.keyboard.press("F2")
    english = page.get_by_label("English", exact=True)
    expect(english).to_be_focused()
    page.keyboard.type("Typed at once")
    page.keyboard.press("Control+Enter")
    at(page, queue[1].source)
    expect(english).to_be_focused()
    page.keyboard.press("Alt+x")
    at(page, queue[2].source)
    page.keyboard.press("F8")
    at(page, queue[3].source)
    now = stored(workspace)
    assert (now[queue[0].source].target, now[queue[0].source].status) == ("Typed at once", "approved")
    assert now[queue[1].source].status == "rejected" and now[queue[2].source].status == "candidate"


@pytest.mark.parametrize("key", ["Alt+PageDown", "F2"])
def test_a_key_is_not_lost_while_the_page_is_drawn(page: Page, address: str, queue: list[ConceptRow], key: str) -> None:
    held: list[Route] = []
    what = "TextInput" if key == "F2" else "Button"
    page.route(f"**/static/js/{what}.*.js", lambda route: held.append(route))
    page.goto(f"{address}/glossary?term={queue[5].id}")
    expect(page.locator(".st-key-term_form").get_by_test_id("stSkeleton").first).to_be_visible()
    page.wait_for_function("window.zhengmingGlossaryKeys")
    page.keyboard.press(key)
    page.wait_for_timeout(200)
    for route in held:
        route.continue_()
    if key == "F2":
        expect(page.get_by_label("English", exact=True)).to_be_focused()
    else:
        expect(page.locator(".term-head")).to_have_text(queue[6].source)


def test_what_was_typed_outlives_a_reload(page: Page, address: str, workspace: Path, queue: list[ConceptRow]) -> None:
    page.goto(f"{address}/glossary?term={queue[4].id}")
    at(page, queue[4].source)
    english = page.get_by_label("English", exact=True)
    english.fill("Half a name")
    english.press("Tab")
    expect(page.get_by_role("button", name="Discard what I typed")).to_be_visible()
    page.reload()
    at(page, queue[4].source)
    expect(english).to_have_value("Half a name")
    page.get_by_role("button", name="Discard what I typed").click()
    expect(english).not_to_have_value("Half a name")


def test_two_terms_are_merged_and_taken_apart_again(page: Page, address: str, workspace: Path, queue: object) -> None:
    page.goto(f"{address}/glossary?term={number_of(workspace, '测试甲机构')}")
    at(page, "测试甲机构")
    page.keyboard.press("Alt+m")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("4 + 1 = 5")
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("Also written 测试乙机构")).to_be_visible()
    assert "测试乙机构" not in stored(workspace)
    page.get_by_role("tab", name="History").click()
    expect(page.get_by_text("merged two terms")).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Taken back by change")).to_be_visible()
    assert stored(workspace)["测试乙机构"].target == "The Same Name"


def test_a_conflict_is_settled(page: Page, address: str, workspace: Path, queue: object) -> None:
    page.goto(f"{address}/glossary")
    page.get_by_role("tab", name="Conflicts").click()
    expect(page.get_by_text("English: The Same Name → –").first).to_be_visible()
    page.get_by_role("button", name="Keep 测试甲机构").click()
    expect(page.get_by_text("No term contradicts another.")).to_be_visible()
    assert stored(workspace)["测试乙机构"].target == ""


def test_files_of_terms_come_in_and_go_out(page: Page, address: str, workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("source,target\n新的测试机构,=New Body\n", encoding="utf-8")
    page.goto(f"{address}/glossary")
    page.get_by_role("tab", name="Import and export").click()
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Import 1 term").click()
    expect(page.get_by_text("was imported as change")).to_be_visible()
    assert stored(workspace)["新的测试机构"].target == "=New Body"
    page.get_by_role("combobox", name="Format").click()
    page.get_by_role("option", name="TSV, every field").click()
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download() as told:
        page.get_by_role("button", name="Download glossary.tsv").click()
    told.value.save_as(tmp_path / "out.tsv")
    assert "新的测试机构\t'=New Body" in (tmp_path / "out.tsv").read_text(encoding="utf-8-sig")


def test_nothing_is_cut_off_on_a_tablet(page: Page, address: str, queue: list[ConceptRow]) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    page.goto(f"{address}/glossary?term={queue[0].id}")
    at(page, queue[0].source)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    expect(page.locator(".kwic li").first).to_be_in_viewport()
    for name in ("Approve", "Reject", "Merge…"):
        button = page.get_by_role("button", name=name)
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=0.9)
