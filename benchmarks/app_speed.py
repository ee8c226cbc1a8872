"""How fast the workbench is in a browser over 100,000 segments and 20,000 concepts: first paint of each page, each click.

    python -m benchmarks.app_speed [WORKSPACE.db]

Without a workspace one is made (benchmarks.app_workspace, about three minutes); a given one is copied first. First paint
is from asking for the address to the page's own content, in a browser that has been there before (it keeps the app's
scripts, compiled), in a session of its own: the median of three visits. A click or key counts from the press to the change that it makes on the screen. Wants
requirements-test.txt and Debian's chromium.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from benchmarks.app_workspace import build
from tests.browser.conftest import CHROMIUM, FLAGS, App

_ROOT = Path(__file__).resolve().parent.parent
_NUMBER = "document.querySelector('.st-key-active .number')?.innerText"
_HEAD = "document.querySelector('.term-head')?.innerText"
_PAGES = {
    "": "document.querySelectorAll('[data-testid=stMetric], .figure').length > 0",
    "documents": "document.querySelectorAll('[class*=st-key-open_], .documents a, .st-key-document_list *').length > 3",
    "glossary": "!!document.querySelector('.term-head')",
    "review?document=401&sentence=9000": "document.querySelectorAll('.rows .row').length > 20",
    "batch": "!!document.querySelector('[data-testid=stMultiSelect]')",
    "insights": "document.querySelectorAll('[data-testid=stMetric], .figure').length > 0",
    "settings": "document.querySelectorAll('h2, h3').length > 1",
}


class Stopwatch:
    """Times by what was done, in ms."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.times: dict[str, list[float]] = defaultdict(list)

    def until_other(self, what: str, watched: str, do: Callable[[], object]) -> None:
        """From `do` until the JavaScript `watched` gives another value (and one at all)."""
        before = self.page.evaluate(watched)
        started = time.perf_counter()
        do()
        self.page.wait_for_function(
            f"before => {{ const now = {watched}; return now !== undefined && now !== before }}",
            arg=before,
            polling="raf",
            timeout=20_000,
        )
        self.times[what].append((time.perf_counter() - started) * 1000)
        # A person's pause; what is drawn behind the change is not counted in the next one.
        self.page.wait_for_timeout(250)

    def table(self) -> str:
        """A line for each, and one for all together."""
        lines = [f"{'':<44}{'times':>6}{'median':>9}{'95th':>8}{'most':>8}  ms"]
        everything = [one for times in self.times.values() for one in times]
        for what, times in [*self.times.items(), ("all clicks and keys", everything)]:
            high = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
            lines.append(f"{what:<44}{len(times):>6}{statistics.median(times):>9.0f}{high:>8.0f}{max(times):>8.0f}")
        return "\n".join(lines)


def first_paints(context: BrowserContext, address: str) -> None:
    """Print the time to each page's content, the median of three visits after two."""
    print(f"{'first paint':<44}{'seconds':>8}")
    for name, there in _PAGES.items():
        times = []
        for _ in range(5):
            page = context.new_page()
            started = time.perf_counter()
            page.goto(f"{address}/{name}", wait_until="commit")
            page.wait_for_function(there, polling="raf", timeout=30_000)
            times.append(time.perf_counter() - started)
            page.wait_for_timeout(1000)
            page.close()
        print(f"  {name.partition('?')[0] or 'home':<42}{statistics.median(times[2:]):>8.2f}")


def review(watch: Stopwatch, address: str) -> None:
    """Keys and clicks on the Review page, in the document of 20,000 sentences."""
    page = watch.page
    page.goto(f"{address}/review?document=401&sentence=9000")
    page.wait_for_selector(".rows .row")
    page.wait_for_timeout(8000)
    for _ in range(15):
        watch.until_other("review: next (Alt+Page Down)", _NUMBER, lambda: page.keyboard.press("Alt+PageDown"))
    for _ in range(10):
        watch.until_other("review: a row", _NUMBER, lambda: page.locator(".rows .row").nth(5).click())
    for _ in range(15):
        # An error holds a sentence back: that is an answer too, and the next one is tried.
        answer = f"{_NUMBER} + document.querySelectorAll('.st-key-active [data-testid=stAlert]').length"
        watch.until_other("review: confirm and next (Ctrl+Enter)", answer, lambda: page.keyboard.press("Control+Enter"))
        if page.locator(".st-key-active [data-testid=stAlert]").count():
            watch.until_other("review: next (Alt+Page Down)", _NUMBER, lambda: page.keyboard.press("Alt+PageDown"))
    for _ in range(5):
        watch.until_other("review: 25 on", _NUMBER, lambda: page.locator(".st-key-act_on button").click())
    panel = "document.querySelector('.st-key-beside_panel')?.innerText"
    for _ in range(3):
        for part in ("History", "Comments", "Memory"):
            press = page.locator(".st-key-beside").get_by_text(part, exact=True)
            watch.until_other(f"review: {part.lower()} beside", panel, press.click)
    preview = "document.querySelector('.st-key-active .preview')?.innerText"
    for number in range(3):
        page.locator(".st-key-active textarea").first.fill(f"Text {number}.")
        watch.until_other("review: saved (Ctrl+S)", preview, lambda: page.keyboard.press("Control+s"))


def glossary(watch: Stopwatch, address: str) -> None:
    """Terms chosen, decided and looked for among 20,000."""
    page = watch.page
    page.goto(f"{address}/glossary")
    page.wait_for_selector(".term-head")
    page.wait_for_timeout(5000)
    for number in range(1, 11):
        press = page.locator(".st-key-term_list button").nth(number)
        watch.until_other("glossary: a term", _HEAD, press.click)
    listed = "document.querySelector('.st-key-term_list')?.innerText"
    for _ in range(5):
        watch.until_other("glossary: later terms", listed, page.locator(".st-key-term_forward button").click)
    for _ in range(5):
        watch.until_other("glossary: approve (Ctrl+Enter)", _HEAD, lambda: page.keyboard.press("Control+Enter"))
    for text in ("计量", "Customs", "第19"):
        page.locator(".st-key-term_search input").fill(text)
        watch.until_other("glossary: search", listed, lambda: page.keyboard.press("Enter"))


def main(given: str = "") -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "workspace.db"
        if given:
            shutil.copy(given, place)
        else:
            build(place)
        app = App(_ROOT, place).start()
        try:
            with sync_playwright() as playwright:
                # A profile on the disk, as a person's browser has it: there compiled scripts are kept.
                context = playwright.chromium.launch_persistent_context(
                    Path(folder) / "profile",
                    executable_path=CHROMIUM,
                    args=list(FLAGS),
                    viewport={"width": 1280, "height": 800},
                )
                first_paints(context, app.address)
                watch = Stopwatch(context.new_page())
                review(watch, app.address)
                glossary(watch, app.address)
                print(watch.table())
                context.close()
        finally:
            app.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
