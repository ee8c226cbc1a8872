"""The Insights page in a real browser: charts with words for those who cannot see them, and bars that lead to sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from storage import open_workspace
from storage.models import RevisionRow, TranslationRow
from tests.browser.conftest import open_page, picture

FLAG = {"check": "numbers", "severity": "warning", "text": "not found in the English: 215万"}


@pytest.fixture(scope="module", autouse=True)
def reviewed(workspace: Path) -> None:
    """Some sentences marked, some confirmed, before the app is asked."""
    store = open_workspace(workspace)
    with store.session() as session:
        for row in session.query(TranslationRow).order_by(TranslationRow.id):
            row.flags = [FLAG]
            if row.id % 3:
                continue
            told = {"segment_id": row.segment_id, "engine": row.engine}
            session.add(RevisionRow(**told, version=1, target=row.target, state="machine", who="machine"))
            row.target, row.state, row.version = f"{row.target} Read.", "confirmed", 2
            session.add(RevisionRow(**told, version=2, target=row.target, state="confirmed", who="<b>li</b>"))
    store.close()


def canvas(page: Page, figure: str) -> Locator:
    """The drawing of a figure, once it is there."""
    drawn = page.locator(f".st-key-chart_{figure}").locator("canvas, svg.marks").first
    drawn.scroll_into_view_if_needed()
    expect(drawn).to_be_visible()
    return drawn


def test_figures_have_words(page: Page, address: str, root: Path) -> None:
    open_page(page, address, "Insights")
    expect(page.get_by_text("sentences were confirmed as they were")).to_be_visible()
    for name in (
        "Review over time",
        "How much reviewers changed",
        "How the names came to stand",
        "What the checks mark",
    ):
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    for figure in ("progress", "outcomes", "marks"):
        canvas(page, figure)
    described = page.locator("[aria-label^='What the checks mark. Most marks are “Numbers”']").first
    expect(described).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Figures as CSV").click()
    table = taken.value.path().read_bytes()
    assert table.startswith(b"\xef\xbb\xbf") and "What the checks mark,Numbers,Check," in table.decode("utf-8-sig")
    page.mouse.wheel(0, -5000)
    picture(page, root, "insights")


def test_a_bar_and_its_link_lead_to_the_sentences(page: Page, address: str) -> None:
    open_page(page, address, "Insights")
    expect(page.get_by_text("sentences were confirmed as they were")).to_be_visible()
    box = page.locator(".st-key-list_marks")
    box.scroll_into_view_if_needed()
    box.get_by_text("Show as a list").click()
    box.get_by_role("link", name=re.compile("^Numbers · ")).click()
    page.wait_for_url("**/review?**")
    assert "flag=numbers" in page.url
    page.get_by_role("link", name="Insights", exact=True).click()
    drawn = canvas(page, "outcomes")
    size = drawn.bounding_box()
    assert size is not None
    # All names of the samples have one outcome: one bar, from the middle to the right, above the middle.
    drawn.click(position={"x": size["width"] * 0.8, "y": size["height"] * 0.3})
    page.wait_for_url("**/review?**")
    assert re.search(r"outcome=\w+", page.url)
    # Coming back does not lead away again.
    page.get_by_role("link", name="Insights", exact=True).click()
    canvas(page, "outcomes")
    page.wait_for_timeout(500)
    assert "/insights" in page.url


def test_text_of_a_document_stays_text(page: Page, address: str) -> None:
    open_page(page, address, "Insights")
    drawn = canvas(page, "marked_documents")
    size = drawn.bounding_box()
    assert size is not None
    tip = page.locator("#vg-tooltip-element")
    for at in range(2, 18):
        # The shortest bars begin just behind the middle.
        page.mouse.move(size["x"] + size["width"] * 0.585, size["y"] + size["height"] * at / 20)
        page.wait_for_timeout(60)
        if tip.is_visible() and "onerror" in tip.inner_text():
            break
    else:
        pytest.fail("no bar of the hostile document told its name")
    expect(tip.locator("img, a")).to_have_count(0)
    page.locator(".st-key-list_marked_documents").get_by_text("Show as a list").click()
    expect(page.get_by_role("link", name=re.compile("<img src=x onerror"))).to_be_visible()
    assert page.evaluate("window.hacked") is None
