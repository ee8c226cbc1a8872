"""The reviewer's desk in a real browser: what is typed outlives everything, two people on one sentence, names at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from app.intake import take_files
from storage import Workspace, open_workspace
from storage.models import SegmentRow
from tests.browser.conftest import App, picture

TEXT = "\n".join(
    (
        "海关总署和国家核安全局在北京签署协议。",
        "双方将加强核材料监管。",
        "国际原子能机构表示欢迎。",
        "双方将加强核材料监管。",
        "协调小组每年举行会议。",
        "协调小组由专家组成。",
    )
)


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of one small document; to be copied."""
    folder = tmp_path_factory.mktemp("talks")
    (folder / "talks.txt").write_text(TEXT, encoding="utf-8")
    store = open_workspace(folder / "workspace.db")
    take_files(store, [str(folder / "talks.txt")], lambda text, share: None)
    store.close()
    return folder / "workspace.db"


@pytest.fixture
def place(talks: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(talks, tmp_path / "workspace.db"))


@pytest.fixture
def app(place: Path, root: Path) -> Iterator[App]:
    started = App(root, place).start()
    yield started
    started.close()


@pytest.fixture
def store(place: Path) -> Iterator[Workspace]:
    opened = open_workspace(place)
    yield opened
    opened.close()


def box(page: Page, number: int) -> Locator:
    """The text box of sentence `number`, once it is under review."""
    expect(page.locator(".st-key-active .number")).to_have_text(str(number))
    return page.get_by_role("textbox", name=f"English of sentence {number}", exact=True)


def go(page: Page, app: App, number: int) -> Locator:
    page.goto(f"{app.address}/review?sentence={number}")
    expect(box(page, number)).to_be_visible()
    # The list below is drawn behind the box.
    expect(page.locator(".st-key-beside_panel")).to_be_visible()
    expect(page.locator("body[data-desk=ready]")).to_be_attached()
    page.wait_for_timeout(400)
    return box(page, number)


def english(store: Workspace) -> list[str]:
    with store.reading() as session:
        rows = session.scalars(select(SegmentRow).order_by(SegmentRow.position))
        return [row.translation.target if row.translation else "" for row in rows]


def states(store: Workspace) -> list[str]:
    with store.reading() as session:
        rows = session.scalars(select(SegmentRow).order_by(SegmentRow.position))
        return [row.translation.state if row.translation else "missing" for row in rows]


def test_what_is_typed_outlives_a_reload_and_a_new_start_of_the_server(page: Page, app: App, store: Workspace) -> None:
    english_of = go(page, app, 2)
    english_of.fill("Typed, and never sent")
    page.reload()
    expect(box(page, 2)).to_have_value("Typed, and never sent")
    box(page, 2).press("End")
    page.keyboard.type(", and more")
    app.stop()
    # A box that cannot be sent cannot be typed in; what was typed last is still there.
    expect(box(page, 2)).to_be_disabled()
    app.start()
    page.reload()
    expect(box(page, 2)).to_have_value("Typed, and never sent, and more")
    page.wait_for_timeout(400)
    box(page, 2).press("Control+s")
    expect(page.locator(".st-key-active .badge.edited")).to_be_visible()
    assert english(store)[1] == "Typed, and never sent, and more"
    # The desk hears of it right after the badge is drawn.
    page.wait_for_function("!Object.keys(localStorage).some((name) => name.startsWith('zhengming/'))")


def test_two_browsers_on_one_sentence(page: Page, browser: Browser, app: App, store: Workspace) -> None:
    mine = go(page, app, 2)
    mine.fill("Mine, half done")
    other = browser.new_page(viewport={"width": 1280, "height": 800})
    theirs = go(other, app, 2)
    theirs.fill("Theirs, done")
    theirs.press("Control+s")
    expect(other.locator(".st-key-active .badge.edited")).to_be_visible()
    other.close()
    mine.press("Control+s")
    card = page.locator(".st-key-active")
    expect(card.get_by_text("changed by somebody else")).to_be_visible()
    expect(card).to_contain_text("Mine, half done")
    expect(card).to_contain_text("Theirs, done")
    page.get_by_role("button", name="Go on with mine").click()
    expect(box(page, 2)).to_have_value("Mine, half done")
    page.wait_for_timeout(400)
    box(page, 2).press("Control+s")
    expect(page.locator(".st-key-active .badge.edited")).to_be_visible()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert english(store)[1] == "Mine, half done"


def test_a_day_of_keys(page: Page, app: App, store: Workspace) -> None:
    go(page, app, 1).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" ")
    page.keyboard.press("Alt+1")
    expect(box(page, 1)).to_have_value(re.compile("General Administration of Customs[^ ]*$"))
    page.keyboard.press("Control+Enter")
    expect(box(page, 2)).to_be_focused()
    assert states(store)[0] == "confirmed"
    page.keyboard.press("Alt+c")
    expect(box(page, 2)).to_have_value("双方将加强核材料监管。")
    box(page, 2).fill("Both sides will tighten the control of nuclear material.")
    page.keyboard.press("Control+Enter")
    expect(box(page, 3)).to_be_focused()
    page.keyboard.press("Alt+l")
    expect(page.locator(".st-key-active .badge.locked")).to_be_visible()
    expect(box(page, 3)).to_be_disabled()
    page.keyboard.press("Alt+PageUp")
    expect(box(page, 2)).to_be_visible()
    page.get_by_role("button", name="Use this English there").click()
    expect(page.get_by_text("1 sentence took this English")).to_be_visible()
    assert states(store) == ["confirmed", "confirmed", "locked", "confirmed", "machine", "machine"]
    assert english(store)[3] == english(store)[1]


def test_a_selection_becomes_a_name_that_stands_everywhere(page: Page, app: App, store: Workspace, root: Path) -> None:
    go(page, app, 5)
    page.locator(".st-key-active .cell.zh").evaluate(
        """cell => {
            const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            while (text.nextNode() && !text.currentNode.data.includes("协调小组"));
            const at = text.currentNode.data.indexOf("协调小组");
            getSelection().setBaseAndExtent(text.currentNode, at, text.currentNode, at + 4);
        }"""
    )
    page.get_by_role("button", name="Add to the glossary").click()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Chinese")).to_have_value("协调小组")
    expect(form.get_by_text("It stands in 2 sentences.")).to_be_visible()
    form.get_by_label("English").fill("Steering Group on Safeguards")
    form.get_by_label("English").press("Tab")
    form.get_by_role("button", name="Add and approve").click()
    expect(page.locator(".st-key-active .preview")).to_contain_text("Steering Group on Safeguards")
    expect(page.locator(".rows .row").last).to_contain_text("Steering Group on Safeguards")
    assert [text.count("Steering Group on Safeguards") for text in english(store)] == [0, 0, 0, 0, 1, 1]


def test_replaced_at_one_stroke_and_taken_back(page: Page, app: App, store: Workspace, root: Path) -> None:
    go(page, app, 2).fill("Both sides tighten the control.")
    box(page, 2).press("Control+s")
    expect(page.locator(".st-key-active .badge.edited")).to_be_visible()
    before = english(store)
    page.get_by_role("button", name="Find and replace").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Find", exact=True).fill("tighten")
    form.get_by_label("Find", exact=True).press("Tab")
    form.get_by_label("Replace with").fill("<b>strengthen</b>")
    form.get_by_label("Replace with").press("Tab")
    expect(form.locator("ins.d")).to_have_text("<b>strengthen</b>")
    picture(page, root, "replace")
    form.get_by_role("button", name="Replace in 1 sentence").click()
    expect(page.locator(".st-key-active .preview")).to_contain_text("<b>strengthen</b>")
    assert english(store)[1] == "Both sides <b>strengthen</b> the control."
    page.get_by_role("button", name="Undo the replacement").click()
    expect(page.locator(".st-key-active .preview")).to_contain_text("tighten")
    assert english(store) == before


def test_a_hostile_name_in_this_browser_is_data(page: Page, app: App, store: Workspace) -> None:
    go(page, app, 2)
    page.evaluate("""localStorage.setItem('zhengming/x/1', 'no JSON {'); window.hacked = undefined""")
    box(page, 2).fill("</textarea><script>window.hacked=1</script><img src=x onerror=window.hacked=1>")
    box(page, 2).press("Control+s")
    expect(page.locator(".st-key-active .preview")).to_contain_text("<script>window.hacked=1</script>")
    page.reload()
    expect(page.locator(".st-key-active .preview")).to_contain_text("<img src=x")
    assert page.evaluate("window.hacked") is None
