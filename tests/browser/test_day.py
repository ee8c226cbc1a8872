"""A whole day's work, as a translator does it: a noisy file in, cleaned, names settled, translated, reviewed, handed over."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import App, open_page, picture

NOISY = """首页 > 新闻 > 正文
本报讯 12月5日,中国海关总署与国家核安全局在北京举行会谈。
国家核安全局局长表示,双方将加强核材料监管。
边境核安保演练指导组每年举行两次会议。
边境核安保演练指导组由海关总署的专家组成。
"""
GROUP = "边境核安保演练指导组"


@pytest.fixture
def app(tmp_path: Path, root: Path) -> Iterator[App]:
    started = App(root, tmp_path / "workspace.db").start()
    yield started
    started.close()


def test_a_days_work(page: Page, app: App, tmp_path: Path, root: Path) -> None:
    # Upload a noisy file.
    file = tmp_path / "talks.txt"
    file.write_text(NOISY, encoding="utf-8")
    open_page(page, app.address, "Home")
    picture(page, root, "start")
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files([file])
    # The line of the file moves the button down.
    expect(page.get_by_text("talks.txt")).to_be_visible()
    page.get_by_role("button", name="Clean and translate").click()
    expect(page.get_by_text("sentences translated").first).to_be_visible(timeout=60_000)

    # Look at the cleaning.
    page.get_by_role("link", name="Documents", exact=True).click()
    page.get_by_role("link", name=re.compile("^talks")).first.click()
    expect(page.locator(".page del").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Page furniture"))).to_be_visible()
    page.get_by_role("tab", name="Clean").click()
    # For a moment the tab before stands beside it.
    clean = page.get_by_role("tabpanel", name="Clean").locator(".page")
    expect(clean).to_contain_text("国家核安全局局长表示")
    expect(clean).not_to_contain_text("首页")

    # Settle a name that nobody found: it stands at once.
    page.get_by_role("link", name="Glossary", exact=True).click()
    page.get_by_role("button", name="Add", exact=True).click()
    form = page.get_by_test_id("stPopoverBody")
    form.get_by_label("Chinese").fill(GROUP)
    form.get_by_label("English").fill("Border Nuclear Security Exercise Steering Group")
    form.get_by_role("button", name="Add and approve").click()
    expect(page.get_by_text(f"{GROUP}: added")).to_be_visible()

    # Run the batch.
    page.get_by_role("link", name="Batch", exact=True).click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("were here already")).to_be_visible(timeout=60_000)

    # Review with keys.
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.locator(".rows .row").last).to_contain_text("Border Nuclear Security Exercise Steering Group")
    expect(page.locator("body[data-desk=ready]")).to_be_attached()
    page.wait_for_timeout(600)
    number = page.locator(".st-key-active .number")
    for position in (1, 2, 3):
        expect(number).to_have_text(str(position))
        page.keyboard.press("Control+Enter")
    expect(number).to_have_text("4")
    expect(page.get_by_text("3 of 4 confirmed")).to_be_visible()

    # Change the term, and see the change in the other sentence, which was not confirmed.
    page.get_by_role("link", name="Glossary", exact=True).click()
    page.get_by_role("combobox", name="Decision").click()
    page.get_by_role("option", name="All decisions", exact=True).click()
    page.get_by_label("Search").fill(GROUP)
    page.get_by_label("Search").press("Enter")
    expect(page.locator(".term-head")).to_have_text(GROUP)
    english = page.get_by_label("English", exact=True)
    # For a moment the form of the term before stands beside it.
    expect(english).to_have_count(1)
    english.fill("Border Exercise Steering Group")
    english.press("Alt+s")
    expect(page.get_by_text(f"{GROUP}: saved")).to_be_visible()
    page.get_by_role("link", name="Review", exact=True).click()
    expect(number).to_have_text("4")
    expect(page.locator(".st-key-active .preview")).to_contain_text("Border Exercise Steering Group")
    # What a person confirmed stays, and is marked.
    expect(page.locator(".rows .row").last).to_contain_text("Border Nuclear Security Exercise Steering Group")
    expect(page.locator(".rows .flag.error")).to_contain_text("Border Exercise Steering Group")

    # Export.
    page.get_by_role("link", name="Batch", exact=True).click()
    with page.expect_download() as told:
        page.get_by_role("button", name=re.compile("as a zip")).click()
    with zipfile.ZipFile(told.value.path()) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".csv")]
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
    assert [row["state"] for row in rows] == ["confirmed", "confirmed", "confirmed", "machine"]
    assert "Border Exercise Steering Group" in rows[3]["target"]
