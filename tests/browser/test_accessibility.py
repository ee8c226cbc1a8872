"""Every page against WCAG 2.1 A and AA as axe-core sees it, in light and dark, at a desk and on a tablet."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
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


def wider_by(page: Page, width: int) -> int:
    """How many px the page is wider than a screen of `width` px."""
    page.set_viewport_size({"width": width, "height": 768})
    page.wait_for_timeout(200)
    over: int = page.evaluate(
        """() => { const main = document.querySelector('[data-testid=stMain]');
            return Math.max(main.scrollWidth - main.clientWidth, document.body.scrollWidth - innerWidth) }"""
    )
    return over


@pytest.mark.parametrize("name", PAGES)
def test_no_page_keeps_anybody_out(page: Page, address: str, name: str) -> None:
    settled(page, address, name)
    assert [width for width in (1024, 1280) if wider_by(page, width) > 1] == []
    light = _background(page)
    told = violations(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "light => getComputedStyle(document.querySelector('.stApp')).backgroundColor !== light", arg=light
    )
    page.wait_for_timeout(400)
    told += violations(page)
    assert told == [], "\n".join(told)


def _background(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    return colour
