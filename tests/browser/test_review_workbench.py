"""The workbench in a real browser: approve a term, edit a sentence, confirm it, reload, still there."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select

from documents.store import list_documents
from glossary import Concept
from glossary.store import add_concept
from storage import open_workspace
from storage.models import ConceptRow, DocumentRow
from tests.browser.conftest import FIRST, NOTICE, REMOVED, open_page, picture
from translate.store import segments_at

GOOD = (
    "This is the first IAEA Collaborating Centre in the world set up to serve the capacity building of international "
    "front line officers in nuclear security, and the first IAEA Collaborating Centre set up by the customs "
    "authority of a member state."
)
HOSTILE_TERM = Concept(
    source="恶意[点我](https://evil.example)<img src=x onerror=window.hacked=1>",
    target="$x^2$ :material/home: <b>bold</b> ![picture](https://evil.example/a.png) :red[red]",
    category="agency",
    status="candidate",
    origin="text",
    confidence=1.0,
    context="一句<img src=x onerror=window.hacked=1>恶意[点我](https://evil.example)<img src=x onerror=window.hacked=1>话",
    note="<script>window.hacked=1</script> $y$",
)


def _document(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Document").click()
    # A damaged document says so behind its name.
    page.get_by_role("option", name=re.compile(f"^{re.escape(name)}( · |$)")).click()


def _at(page: Page, number: int) -> Locator:
    """The text box of sentence `number`, once it is under review."""
    expect(page.locator(".st-key-active .number")).to_have_text(str(number))
    english = page.get_by_role("textbox", name=f"English of sentence {number}", exact=True)
    expect(english).to_have_count(1)
    return english


def _document_id(workspace: Path, name: str) -> int:
    store = open_workspace(workspace)
    with store.session() as session:
        found = session.scalars(select(DocumentRow.id).where(DocumentRow.name == name)).one()
    store.close()
    return found


def test_open_approve_edit_confirm_reload(page: Page, address: str, workspace: Path, root: Path) -> None:
    open_page(page, address, "Home")
    expect(page.get_by_text("Names to decide")).to_be_visible()

    page.get_by_role("button", name="Decide on names").click()
    page.get_by_role("button", name="新疆维吾尔自治区计量测试研究院").click()
    expect(page.locator(".term-head")).to_have_text("新疆维吾尔自治区计量测试研究院")
    box = page.get_by_label("English", exact=True)
    expect(box).to_have_value(re.compile("^Xinjiang Uygur Autonomous Region"))
    picture(page, root, "glossary")
    box.fill("Xinjiang Uygur Institute of Metrology")
    box.press("Control+Enter")
    expect(page.locator(".term-head")).not_to_have_text("新疆维吾尔自治区计量测试研究院")

    page.get_by_role("link", name="Review", exact=True).click()
    _document(page, FIRST)
    expect(page.locator(".st-key-active .zh")).to_contain_text("中国国家原子能机构")
    # The script that hears of a click is loaded at the first visit.
    expect(page.locator("body[data-desk=ready]")).to_be_attached()
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Go to sentence 2", exact=True).click()
    english = _at(page, 2)
    expect(english).to_be_focused()
    expect(english).to_be_in_viewport()
    page.wait_for_timeout(400)
    english.fill(GOOD)
    english.press("Control+s")
    expect(page.locator(".st-key-active .badge.edited")).to_be_visible()
    _top_in_view(page)
    picture(page, root, "review")
    _at(page, 2).press("Control+Enter")
    _at(page, 3)
    expect(page.get_by_text("1 of 25 confirmed")).to_be_visible()

    page.reload()
    _at(page, 3)
    expect(page.get_by_text("1 of 25 confirmed")).to_be_visible()
    expect(page.locator(".rows .row").nth(1)).to_contain_text(GOOD)
    _saved(workspace)


def _top_in_view(page: Page) -> None:
    """The top of the page and the sentence under review are on the screen together."""
    page.get_by_test_id("stMain").evaluate("main => main.scrollTop = 0")
    expect(page.get_by_role("combobox", name="Document")).to_be_in_viewport(ratio=1)
    expect(_at(page, 2)).to_be_in_viewport(ratio=1)


def _saved(workspace: Path) -> None:
    """What the commands see of it."""
    document = _document_id(workspace, FIRST)
    store = open_workspace(workspace)
    with store.session() as session:
        term = session.scalars(select(ConceptRow).where(ConceptRow.source == "新疆维吾尔自治区计量测试研究院")).one()
        assert (term.status, term.decided) == ("approved", True)
        assert "Xinjiang Uygur Institute of Metrology" in [name.text for name in term.names]
        translation = segments_at(session, document, [1])[0].translation
        assert translation is not None
        assert (translation.state, translation.target) == ("confirmed", GOOD)
        assert [o.outcome for o in translation.occurrences].count("unresolved") == 0
    store.close()


def test_documents_show_what_was_removed(page: Page, address: str, workspace: Path, root: Path) -> None:
    page.goto(f"{address}/documents?document={_document_id(workspace, FIRST)}")
    expect(page.locator("del").first).to_be_visible()
    expect(page.get_by_role("button", name="Forum jammer text")).to_be_visible()
    picture(page, root, "documents")
    page.get_by_role("tab", name="Clean").click()
    expect(page.locator("del")).to_have_count(0)
    expect(page.locator(".page")).to_contain_text("国际原子能机构")


def test_a_restored_removal_stays_restored(page: Page, address: str, workspace: Path) -> None:
    page.goto(f"{address}/documents?document={_document_id(workspace, NOTICE)}")
    place = page.locator("[class*='st-key-place_']", has_text="breadcrumb")
    place.get_by_role("button", name="Restore").click()
    expect(place.get_by_text("Restored")).to_be_visible()
    expect(page.get_by_text("1 sentence here has no English yet")).to_be_visible()
    page.reload()
    expect(place.get_by_text("Restored")).to_be_visible()
    expect(page.locator(".page mark.restored")).to_have_text(REMOVED)
    page.get_by_role("tab", name="Clean").click()
    # What is restored stands in both tabs; only this one has no mark on it.
    expect(page.locator(".page mark.restored")).to_have_count(0)
    expect(page.locator(".page")).to_contain_text(REMOVED)
    page.get_by_role("tab", name="What was removed").click()
    place.get_by_role("button", name="Undo").click()
    expect(place.get_by_role("button", name="Restore")).to_be_visible()
    expect(page.get_by_text("has no English yet")).to_have_count(0)


def test_a_key_is_not_lost_while_the_buttons_are_drawn(page: Page, address: str, workspace: Path) -> None:
    held: list[Route] = []
    page.route("**/static/js/Button.*.js", lambda route: held.append(route))
    page.goto(f"{address}/review?document={_document_id(workspace, FIRST)}&sentence=5")
    expect(page.locator(".st-key-act_next").get_by_test_id("stSkeleton")).to_be_visible()
    expect(page.locator("body[data-desk=ready]")).to_be_attached()
    _at(page, 5).press("Alt+PageDown")
    page.wait_for_timeout(200)
    for route in held:
        route.continue_()
    _at(page, 6)


def test_typing_is_not_lost_by_a_shortcut(page: Page, address: str, workspace: Path) -> None:
    page.goto(f"{address}/review?document={_document_id(workspace, FIRST)}&sentence=5")
    english = _at(page, 5)
    # The list below is drawn behind the box; a person does not type before they see it.
    expect(page.locator(".st-key-beside_panel")).to_be_visible()
    expect(page.locator("body[data-desk=ready]")).to_be_attached()
    page.wait_for_timeout(400)
    english.fill("A draft typed by hand.")
    english.press("Alt+PageDown")
    _at(page, 6)
    expect(page.locator(".rows .badge.unsaved")).to_be_visible()
    _at(page, 6).press("Alt+PageUp")
    expect(_at(page, 5)).to_have_value("A draft typed by hand.")
    page.keyboard.press("End")
    page.keyboard.type(" More")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Not confirmed: put right")).to_be_visible()
    expect(_at(page, 5)).to_be_focused()
    # Long enough for whatever else comes to have come.
    page.wait_for_timeout(500)
    expect(_at(page, 5)).to_have_value("A draft typed by hand. More")


def test_text_of_a_document_takes_no_effect(page: Page, address: str, workspace: Path) -> None:
    store = open_workspace(workspace)
    with store.session() as session:
        add_concept(session, HOSTILE_TERM)
        hostile = session.scalars(select(DocumentRow.id).where(DocumentRow.name.startswith("<img"))).one()
        term = session.scalars(select(ConceptRow.id).where(ConceptRow.source == HOSTILE_TERM.source)).one()
    store.close()
    for where in (f"documents?document={hostile}", f"review?document={hostile}"):
        page.goto(f"{address}/{where}")
        expect(page.locator(".stHtml", has_text="<script>window.hacked=1</script>").first).to_be_visible()
        expect(page.locator(".stHtml", has_text="$\\frac{1}{2}$").first).to_be_visible()
        _nothing_took_effect(page)
    page.goto(f"{address}/glossary")
    expect(page.locator(".term-head")).to_be_visible()
    # It may be the first and shown already; a click would then only run the page once more.
    if page.locator(".term-head").inner_text() != HOSTILE_TERM.source:
        page.locator(f".st-key-term_{term} button").click()
    expect(page.locator(".term-head")).to_have_text(HOSTILE_TERM.source)
    expect(page.locator(f".st-key-term_{term}")).to_contain_text("$x^2$")
    _nothing_took_effect(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_test_id("stToast")).to_be_visible()
    _nothing_took_effect(page)
    page.goto(f"{address}/batch")
    page.get_by_role("combobox", name=re.compile("^Documents to take along")).click()
    expect(page.get_by_text("<img src=x").first).to_be_visible()
    _nothing_took_effect(page)


def test_a_batch_goes_on_while_the_page_is_left_and_its_files_are_taken_along(
    page: Page, address: str, workspace: Path, tmp_path: Path
) -> None:
    page.goto(f"{address}/batch")
    page.get_by_role("combobox", name=re.compile("Names")).click()
    page.get_by_role("option", name="Full names", exact=True).click()
    page.get_by_role("combobox", name=re.compile("Engine")).click()
    page.get_by_role("option", name="Draft (offline)").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text(re.compile("Translating|Done")).first).to_be_visible()
    page.get_by_role("link", name="Glossary").click()
    expect(page.locator(".term-head")).to_be_visible()
    page.get_by_role("link", name="Batch").click()
    expect(page.get_by_text("were here already")).to_be_visible()
    with page.expect_download() as told:
        page.get_by_role("button", name=re.compile("as a zip")).click()
    told.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        store = open_workspace(workspace)
        with store.session() as session:
            assert len(archive.namelist()) == 2 * len(list_documents(session))
        store.close()
        assert not [name for name in archive.namelist() if "/" in name or "<" in name]
        assert b"Draft (offline)" in archive.read(next(n for n in archive.namelist() if n.endswith(".html")))
    _nothing_took_effect(page)
    page.get_by_role("button", name="Another batch").click()
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def _nothing_took_effect(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    main = page.get_by_test_id("stMain")
    for trace in (
        "a[href*=evil]",
        "img[src*=evil]",
        "img[src=x]",
        ".katex",
        "b:has-text('bold')",
        "script:has-text('hacked')",
    ):
        assert main.locator(trace).count() == 0, trace
    assert page.locator(".katex, a[href*=evil], img[src=x]").count() == 0
