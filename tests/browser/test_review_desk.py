"""The reviewer's desk in a real browser: what is typed outlives everything, two people on one sentence, names at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.intake import take_files
from storage import Workspace, open_workspace
from storage.models import DocumentRow, SegmentRow
from tests.browser.conftest import App, picture

# Each test has its own document, about a work of its own: no sentence and no name of one is in another.
TEXT = """\
海关总署和国家核安全局同{work}组签署协议。
双方的{work}组将加强核材料监管。
国际原子能机构对{work}组表示欢迎。
双方的{work}组将加强核材料监管。
{work}小组每年举行会议。
{work}小组由专家组成。
"""
WORKS = iter("协调 指导 工作 筹备 审查 监督 研究 联络".split())


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty one."""
    return tmp_path_factory.mktemp("desk") / "workspace.db"


@pytest.fixture
def store(workspace: Path) -> Iterator[Workspace]:
    opened = open_workspace(workspace)
    yield opened
    opened.close()


@dataclass(frozen=True)
class Talks:
    """The document of one test."""

    work: str
    id: int
    address: str
    store: Workspace

    def rows(self, session: Session) -> list[SegmentRow]:
        wanted = select(SegmentRow).where(SegmentRow.document_id == self.id).order_by(SegmentRow.position)
        return list(session.scalars(wanted))


@pytest.fixture
def talks(store: Workspace, app: App, tmp_path: Path) -> Talks:
    work = next(WORKS)
    file = tmp_path / f"{work}.txt"
    file.write_text(TEXT.format(work=work), encoding="utf-8")
    take_files(store, [str(file)], lambda text, share: None)
    with store.reading() as session:
        document = session.scalars(select(DocumentRow.id).where(DocumentRow.name == work)).one()
    return Talks(work, document, app.address, store)


def box(page: Page, number: int) -> Locator:
    """The text box of sentence `number`, once it is under review."""
    expect(page.locator(".st-key-active .number")).to_have_text(str(number))
    return page.get_by_role("textbox", name=f"English of sentence {number}", exact=True)


def go(page: Page, talks: Talks, number: int) -> Locator:
    page.goto(f"{talks.address}/review?document={talks.id}&sentence={number}")
    expect(box(page, number)).to_be_visible()
    drawn(page)
    return box(page, number)


def drawn(page: Page) -> None:
    """Wait until keys are heard: the list below is drawn behind the box."""
    expect(page.locator(".st-key-beside_panel")).to_be_visible()
    expect(page.locator("body[data-desk=ready]")).to_be_attached()
    page.wait_for_timeout(400)


def english(talks: Talks) -> list[str]:
    with talks.store.reading() as session:
        return [row.translation.target if row.translation else "" for row in talks.rows(session)]


def states(talks: Talks) -> list[str]:
    with talks.store.reading() as session:
        return [row.translation.state if row.translation else "missing" for row in talks.rows(session)]


def test_two_browsers_on_one_sentence(page: Page, browser: Browser, talks: Talks) -> None:
    mine = go(page, talks, 2)
    mine.fill("Mine, half done")
    other = browser.new_page(viewport={"width": 1280, "height": 800})
    theirs = go(other, talks, 2)
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
    assert english(talks)[1] == "Mine, half done"


def test_a_day_of_keys(page: Page, talks: Talks) -> None:
    go(page, talks, 1).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" ")
    page.keyboard.press("Alt+1")
    expect(box(page, 1)).to_have_value(re.compile("General Administration of Customs[^ ]*$"))
    page.keyboard.press("Control+Enter")
    expect(box(page, 2)).to_be_focused()
    assert states(talks)[0] == "confirmed"
    page.keyboard.press("Alt+c")
    expect(box(page, 2)).to_have_value(f"双方的{talks.work}组将加强核材料监管。")
    box(page, 2).fill("Both sides will reinforce the control of nuclear material.")
    page.keyboard.press("Control+Enter")
    expect(box(page, 3)).to_be_focused()
    page.keyboard.press("Alt+l")
    expect(page.locator(".st-key-active .badge.locked")).to_be_visible()
    expect(box(page, 3)).to_be_disabled()
    page.keyboard.press("Alt+PageUp")
    expect(box(page, 2)).to_be_visible()
    page.get_by_role("button", name="Use this English there").click()
    expect(page.get_by_text("1 sentence took this English")).to_be_visible()
    assert states(talks) == ["confirmed", "confirmed", "locked", "confirmed", "machine", "machine"]
    assert english(talks)[3] == english(talks)[1]


def test_a_selection_becomes_a_name_that_stands_everywhere(page: Page, talks: Talks, root: Path) -> None:
    name = f"{talks.work}小组"
    go(page, talks, 5)
    page.locator(".st-key-active .cell.zh").evaluate(
        """(cell, name) => {
            const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            while (text.nextNode() && !text.currentNode.data.includes(name));
            const at = text.currentNode.data.indexOf(name);
            getSelection().setBaseAndExtent(text.currentNode, at, text.currentNode, at + name.length);
        }""",
        name,
    )
    page.get_by_role("button", name="Add to the glossary").click()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Chinese")).to_have_value(name)
    expect(form.get_by_text("It stands in 2 sentences.")).to_be_visible()
    form.get_by_label("English").fill("Steering Group on Safeguards")
    form.get_by_label("English").press("Tab")
    form.get_by_role("button", name="Add and approve").click()
    expect(page.locator(".st-key-active .preview")).to_contain_text("Steering Group on Safeguards")
    expect(page.locator(".rows .row").last).to_contain_text("Steering Group on Safeguards")
    assert [text.count("Steering Group on Safeguards") for text in english(talks)] == [0, 0, 0, 0, 1, 1]


def test_replaced_at_one_stroke_and_taken_back(page: Page, talks: Talks, root: Path) -> None:
    go(page, talks, 2).fill("Both sides tighten the control.")
    box(page, 2).press("Control+s")
    expect(page.locator(".st-key-active .badge.edited")).to_be_visible()
    before = english(talks)
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
    assert english(talks)[1] == "Both sides <b>strengthen</b> the control."
    page.get_by_role("button", name="Undo the replacement").click()
    expect(page.locator(".st-key-active .preview")).to_contain_text("tighten")
    assert english(talks) == before


def test_a_hostile_name_in_this_browser_is_data(page: Page, talks: Talks) -> None:
    go(page, talks, 2)
    page.evaluate("""localStorage.setItem('zhengming/x/1', 'no JSON {'); window.hacked = undefined""")
    box(page, 2).fill("</textarea><script>window.hacked=1</script><img src=x onerror=window.hacked=1>")
    box(page, 2).press("Control+s")
    expect(page.locator(".st-key-active .preview")).to_contain_text("<script>window.hacked=1</script>")
    page.reload()
    expect(page.locator(".st-key-active .preview")).to_contain_text("<img src=x")
    assert page.evaluate("window.hacked") is None


def test_what_is_typed_outlives_a_reload_and_a_new_start_of_the_server(page: Page, app: App, talks: Talks) -> None:
    english_of = go(page, talks, 2)
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
    drawn(page)
    box(page, 2).press("Control+s")
    expect(page.locator(".st-key-active .badge.edited")).to_be_visible()
    assert english(talks)[1] == "Typed, and never sent, and more"
    assert not page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('zhengming/')).length")
