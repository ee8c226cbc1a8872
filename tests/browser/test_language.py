"""The second language in a real browser: a Chinese one sees Chinese on every page, and a choice holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, Page, expect

from app import language
from tests.browser.conftest import FIRST, picture

CATALOGUE = Path(language.__file__).parent / "languages" / "zh_Hans.po"
PAGES = {
    "首页": "",
    "文档": "documents",
    "术语库": "glossary",
    "审校": "review",
    "批量翻译": "batch",
    "统计": "insights",
    "设置": "settings",
}
# Text of the interface, and what is told of it to a screen reader; not text of documents and names.
IN_VIEW = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
    if (text && !holder.closest("script, style, textarea, [lang]:not(html), [data-testid='stIconMaterial']")
        && holder.checkVisibility()) found.push(text);
  }
  for (const name of ["title", "aria-label", "placeholder", "alt"])
    for (const holder of document.querySelectorAll(`[${name}]`)) found.push(holder.getAttribute(name).trim());
  return found;
}"""


@pytest.fixture(scope="module")
def english() -> re.Pattern[str]:
    """What a sentence of the catalogue looks like that was left in English."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="zh_Hans") if message.id and message.string]
    forms = {form for message in messages for form in (message.id if isinstance(message.id, tuple) else (message.id,))}
    shapes = []
    for form in sorted(forms):
        bare = re.sub(r":material/\w+:|\*\*|`", "", form).strip()
        parts = re.split(r"\{\w+\}", bare)
        if re.search("[A-Za-z]{2,}", " ".join(parts)) and form not in ("SHA-256",):
            # One word for each open place: names that have "of" in them are no sentences.
            shapes.append(r"\S{1,40}".join(re.escape(part) for part in parts))
    return re.compile("|".join(shapes))


@pytest.fixture
def chinese(browser: Browser) -> Iterator[Page]:
    """A page of a browser that speaks Chinese."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light", locale="zh-CN")
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    yield opened
    context.close()


def settled(page: Page) -> None:
    """The script has begun and run to its end, and nobody is told of an exception."""
    page.wait_for_timeout(250)
    expect(page.locator(".stApp[data-test-script-state='notRunning']")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def left_over(page: Page, english: re.Pattern[str]) -> list[str]:
    """What is still English in view."""
    return sorted({text for text in page.evaluate(IN_VIEW) if english.fullmatch(text)})


def test_every_page_is_chinese_for_a_chinese_browser(
    chinese: Page, address: str, english: re.Pattern[str], root: Path
) -> None:
    chinese.goto(address)
    for title, name in PAGES.items():
        chinese.get_by_role("link", name=title, exact=True).click()
        chinese.wait_for_url(f"**/{name}*")
        settled(chinese)
        assert chinese.evaluate("document.documentElement.lang") == "zh-Hans"
        assert left_over(chinese, english) == [], title
        assert chinese.evaluate("document.querySelector('.stMain').scrollWidth <= window.innerWidth"), title
        if name == "review":
            picture(chinese, root, "review-chinese")


def test_what_opens_is_chinese_too(chinese: Page, address: str, english: re.Pattern[str]) -> None:
    chinese.goto(f"{address}/glossary")
    for tab in ("冲突", "历史", "导入与导出"):
        chinese.get_by_role("tab", name=tab, exact=True).click()
        settled(chinese)
        assert left_over(chinese, english) == [], tab
    chinese.goto(f"{address}/review?document=1")
    for part in ("搜索", "批注", "历史"):
        chinese.get_by_role("radio", name=part).or_(chinese.get_by_role("button", name=part, exact=True)).click()
        settled(chinese)
        assert left_over(chinese, english) == [], part
    chinese.goto(f"{address}/documents")
    chinese.get_by_role("link", name=FIRST).click()
    for tab in ("净文", "原文", "信息"):
        chinese.get_by_role("tab", name=tab, exact=True).click()
        settled(chinese)
        assert left_over(chinese, english) == [], tab


def test_a_choice_holds_over_a_reload(page: Page, address: str, english: re.Pattern[str]) -> None:
    page.goto(f"{address}/settings")
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    assert "Settings" in left_over(page, english)
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("combobox", name="Language of the screens").click()
    page.get_by_role("option", name="简体中文").click()
    for _ in range(2):
        expect(page.get_by_role("heading", name="设置", exact=True)).to_be_visible()
        expect(page.get_by_role("link", name="批量翻译", exact=True)).to_be_visible()
        page.wait_for_function("document.documentElement.lang === 'zh-Hans'")
        page.wait_for_function("document.cookie.includes('zhengming_language=zh_Hans')")
        page.reload()
