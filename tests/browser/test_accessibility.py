"""Every page against WCAG 2.1 A and AA as axe-core sees it, in light and dark, at a desk and on a tablet."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
PAGES = ("", "documents", "documents?document=1", "glossary", "review", "batch", "insights", "settings")


def violations(page: Page) -> list[str]:
    """What axe-core finds, a line each."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['any'][0]['message'] if node['any'] else ''} {node['html'][:160]}"
        for one in found
        for node in one["nodes"]
    ]


def settled(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{name}")
    expect(page.get_by_role("link", name="Settings", exact=True)).to_be_visible()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    page.wait_for_timeout(700)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    told = []
    for name in PAGES:
        settled(page, address, name)
        told += [f"{name or 'home'}: {line}" for line in violations(page)]
    context.close()
    assert told == [], "\n".join(told)


@pytest.mark.parametrize("width", [1280, 1024])
def test_no_page_is_wider_than_the_screen(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 768})
    page = context.new_page()
    wide = []
    for name in PAGES:
        settled(page, address, name)
        over = page.evaluate(
            """() => { const main = document.querySelector('[data-testid=stMain]');
                return Math.max(main.scrollWidth - main.clientWidth, document.body.scrollWidth - innerWidth) }"""
        )
        if over > 1:
            wide.append(f"{name or 'home'} by {over} px")
    context.close()
    assert wide == [], wide
