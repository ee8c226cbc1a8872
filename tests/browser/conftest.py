"""The app as a process of its own, and Debian's chromium to drive it.

With ZHENGMING_SCREENSHOTS=1 the pictures of the README are taken on the way (docs/*.png).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from app.intake import take_files
from storage import open_workspace
from tests.samples import sample_workspace

expect.set_options(timeout=30_000)
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FIRST = "000_7a25a5ce63c9142d"
NOTICE = "notice"
REMOVED = "首页 > 新闻 > 正文"


# The ports of apps that have ended, for the next ones: at the same address the browser has what the pages are made of.
_left: list[int] = []


class App:
    """The app on a free port of this machine; it can be stopped and started again at the same address."""

    def __init__(self, root: Path, workspace: Path, **environment: str) -> None:
        self.port = _left.pop() if _left else _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._root = root
        self._log = (workspace.parent / f"app-{self.port}.log").open("w")
        self._environment = {**os.environ, "ZHENGMING_WORKSPACE": str(workspace), **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> App:
        command = [sys.executable, "-m", "streamlit", "run", "app/main.py", "--server.port", str(self.port)]
        command += ["--server.address", "127.0.0.1", "--server.fileWatcherType", "none", *options]
        self._process = subprocess.Popen(
            command, cwd=self._root, env=self._environment, stdout=self._log, stderr=self._log
        )
        for _ in range(300):
            assert self._process.poll() is None, "the app ended by itself"
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1) as answer:
                    if answer.status == 200:
                        return self
            except OSError:
                time.sleep(0.1)
        pytest.fail("the app did not come up within 30 seconds")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def close(self) -> None:
        self.stop()
        self._log.close()
        _left.append(self.port)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """The samples and a notice that lost a line, for a module."""
    folder = tmp_path_factory.mktemp("browser")
    copy = Path(shutil.copy(sample_workspace(tmp_path_factory, seeds), folder / "workspace.db"))
    notice = folder / f"{NOTICE}.txt"
    notice.write_text(f"{REMOVED}\n海关总署发布公告。\n", encoding="utf-8")
    store = open_workspace(copy)
    take_files(store, [str(notice)], lambda text, share: None)
    store.close()
    return copy


@pytest.fixture(scope="module")
def app(workspace: Path, root: Path) -> Iterator[App]:
    """The app over that workspace, for all tests of a module."""
    started = App(root, workspace).start()
    yield started
    started.close()


@pytest.fixture(scope="module")
def address(app: App) -> str:
    """Where it answers."""
    return app.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all pages: what they are made of is fetched and compiled once."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new page of a browser that has seen nothing yet; it keeps count of what it asks of other machines."""
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    elsewhere: list[str] = []
    opened.on("request", lambda request: elsewhere.append(request.url) if _is_elsewhere(request.url) else None)
    yield opened
    storage = {"origin": urllib.parse.urljoin(opened.url, "/").rstrip("/"), "storageTypes": "local_storage"}
    context.new_cdp_session(opened).send("Storage.clearDataForOrigin", storage)
    context.clear_cookies()
    for shown in context.pages:
        shown.close()
    assert not elsewhere, "the app asked another machine"


def _is_elsewhere(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


def picture(page: Page, root: Path, name: str) -> None:
    """A screenshot for docs/, if they are wanted now."""
    if os.environ.get("ZHENGMING_SCREENSHOTS") == "1":
        page.mouse.move(640, 790)
        expect(page.get_by_test_id("stToast")).to_have_count(0)
        page.wait_for_timeout(600)
        page.screenshot(path=root / "docs" / f"{name}.png")


def open_page(page: Page, address: str, name: str) -> None:
    """Go to a page of the app by its name."""
    page.goto(address if name == "Home" else f"{address}/{name.lower()}")
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
