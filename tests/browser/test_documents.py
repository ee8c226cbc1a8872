"""Documents and Home in a real browser: the list, one document and back, files that come in, and hostile text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import select

from storage import open_workspace
from storage.models import DocumentRow
from tests.browser.conftest import FIRST, NOTICE, open_page, picture


def _id(workspace: Path, start: str) -> int:
    store = open_workspace(workspace)
    with store.reading() as session:
        found = session.scalars(select(DocumentRow.id).where(DocumentRow.name.startswith(start))).first()
    store.close()
    assert found is not None
    return found


def test_from_the_list_to_a_document_and_back(page: Page, address: str, workspace: Path, root: Path) -> None:
    open_page(page, address, "Documents")
    expect(page.locator(".listed:not(.head)")).to_have_count(4)
    picture(page, root, "documents_list")
    page.get_by_label("Search by name").fill(NOTICE)
    page.keyboard.press("Enter")
    expect(page.locator(".listed:not(.head)")).to_have_count(1)
    page.get_by_role("link", name=NOTICE).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1.document-name")).to_have_text(NOTICE)
    expect(page).to_have_url(re.compile(rf"/documents\?document={_id(workspace, NOTICE)}$"))
    page.get_by_role("link", name="All documents").click()
    # The list is as it was left.
    expect(page.locator(".listed:not(.head)")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/documents$"))
    page.go_back()
    expect(page.locator("h1.document-name")).to_have_text(NOTICE)


def test_many_places_are_restored_and_undone(page: Page, address: str, workspace: Path) -> None:
    page.goto(f"{address}/documents?document={_id(workspace, FIRST)}")
    page.get_by_role("button", name="Decide many at once").click()
    page.get_by_role("button", name=re.compile(r"^Restore \d+ places?$")).click()
    expect(page.locator(".st-key-undo_together")).to_contain_text("restored")
    expect(page.locator(".page mark.restored").first).to_be_visible()
    page.locator(".st-key-undo_together").get_by_role("button", name="Undo").click()
    expect(page.locator(".st-key-undo_together")).to_have_count(0)
    expect(page.locator(".page mark.restored")).to_have_count(0)


def test_figures_of_home_lead_to_what_they_count(page: Page, address: str) -> None:
    open_page(page, address, "Home")
    page.get_by_role("link", name=re.compile("by machine")).click()
    expect(page).to_have_url(re.compile(r"/review\?.*state=machine"))
    page.get_by_role("link", name="Home", exact=True).click()
    page.get_by_role("button", name="See the proposals").click()
    expect(page.get_by_role("combobox", name=re.compile("Order"))).to_have_value("Most places to decide first")


def test_dropped_files_are_taken_in_or_named(page: Page, address: str, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.txt", "国家核安全局发布公告。")
        archive.writestr("../out.txt", "国家核安全局发布公告。")
    files = {
        "customs.txt": "海关总署与国际原子能机构在维也纳签署协议。".encode("gb18030"),
        "empty.txt": b" ",
        "renamed.txt": b"%PDF-1.7",
        "more.zip": packed.getvalue(),
        "rows.csv": "编号,标题\n甲,海关公告\n".encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    open_page(page, address, "Home")
    uploader = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    uploader.set_input_files([tmp_path / name for name in files])
    # The lines of the files move the button down.
    expect(page.get_by_text("customs.txt")).to_be_visible()
    page.get_by_label("Of tables, only these columns", exact=True).fill("标题")
    page.get_by_role("button", name="Clean and translate").click()
    report = page.locator(".intake")
    expect(page.get_by_text("3 files taken in")).to_be_visible(timeout=60_000)
    expect(report.locator("dt.refused")).to_have_text(
        ["empty.txt", "renamed.txt", "more.zip/../out.txt"], use_inner_text=True
    )
    expect(report).to_contain_text("the file is empty")
    expect(report).to_contain_text("leads out of the archive")
    page.get_by_role("button", name="Close this report").click()
    expect(report).to_have_count(0)


def test_hostile_text_takes_no_effect(page: Page, address: str, workspace: Path) -> None:
    number = _id(workspace, "<img")
    for where in ("documents", f"documents?document={number}"):
        page.goto(f"{address}/{where}")
        expect(page.get_by_text("<img src=x").first).to_be_visible()
        _nothing_took_effect(page)
    for tab in ("Clean", "Raw", "About"):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        _nothing_took_effect(page)
    page.get_by_role("tab", name="Clean").click()
    expect(page.locator(".page small", has_text="U+202E").first).to_be_visible()
    # Six thousand characters without a blank make no page that is wider than the window.
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")


def _nothing_took_effect(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    assert page.locator(".katex, a[href*=evil], img[src=x], a[href^='javascript']").count() == 0
    main = page.get_by_test_id("stMain")
    assert (
        main.locator("script:has-text('hacked'), strong:has-text('粗体'), [data-testid=stMarkdownColoredText]").count()
        == 0
    )
    assert "\u202e" not in main.inner_text()
