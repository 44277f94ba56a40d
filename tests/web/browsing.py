"""
Debian's Chromium: windows on a dossier that is served at a port of this machine.

Every test fails on a request to another host, on anything that the content security policy stops and on an
error of a script.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    expect,
    sync_playwright,
)
from served import TOKEN

from dragoman.dossier import Dossier
from dragoman.web import Serving, make_app

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(
    not CHROMIUM, reason="no Chromium is installed (Debian: apt install chromium)"
)

_FOLLOWS = 120.0  # seconds for the record of a large dossier to follow a decision
_REFUSED = re.compile(r"the server responded with a status of (\d+)")
_MADE = re.compile(r"[?&]done=(\w+)")
_confirmed: WeakKeyDictionary[Page, str] = WeakKeyDictionary()  # the last decision that each window showed

Listen = Callable[[Dossier, Serving], str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Serves a dossier at a free port; its token lets in each who comes, not the first alone."""
    running: list[tuple[uvicorn.Server, threading.Thread, socket.socket]] = []

    def listening(dossier: Dossier, serving: Serving) -> str:
        app = make_app(dossier, serving)
        if serving.team is None:
            access = app.state.site.access
            user = access.session(access.exchange(TOKEN)).user
            access.exchange = lambda token: access.begin(user) if token == TOKEN else None
        bound = socket.socket()
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        running.append((server, thread, bound))
        ends = time.monotonic() + 20
        while not server.started and time.monotonic() < ends:
            time.sleep(0.01)
        return f"http://127.0.0.1:{bound.getsockname()[1]}"

    yield listening
    for server, thread, bound in running:
        server.should_exit = True
        thread.join(10)
        bound.close()


class Windows:
    """Windows of people who know nothing of each other; notes what goes wrong in any of them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._wrong: list[str] = []
        self.refusals = {409}  # the page of a conflict; statuses that a test wants to see join it

    def new(self, address: str, **options: Any) -> Page:
        """An empty window that may ask this address alone."""
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = self._browser.new_context(**options)
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda r: None if r.url.startswith((address, "data:")) else self._note(r.url))
        page.on("console", self._told)
        page.on("pageerror", lambda error: self._note(str(error)))
        return page

    def _told(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        # The browser shows data by a page of its own and looks for an icon to it.
        if message.type in {"error", "warning"} and not where.endswith("/favicon.ico"):
            self._note(f"{message.text} {where}")

    def _note(self, text: str) -> None:
        refused = _REFUSED.search(text)
        if not refused or int(refused[1]) not in self.refusals:
            self._wrong.append(text)

    def close(self) -> None:
        """Close all; what went wrong fails the test."""
        for context in self._contexts:
            context.close()
        if self._wrong:
            pytest.fail("\n".join(self._wrong))


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    """Windows for one test."""
    found = Windows(browser)
    yield found
    found.close()


def settled(page: Page, dossier: Dossier, words: str = "") -> Locator:
    """
    Where a decision is confirmed; waits for it, and until the record follows.

    A large dossier is brought up to date by another process. The page says so, and shows the record as it was
    until somebody looks again.
    """
    done = page.locator(".notice.done")
    ends = time.monotonic() + _FOLLOWS
    while (made := _MADE.search(page.url)) is None or made[1] == _confirmed.get(page):
        assert time.monotonic() < ends, f"{page.url}: no decision was confirmed"
        page.wait_for_timeout(50)
    _confirmed[page] = made[1]
    expect(done).to_contain_text(words or re.compile("."), timeout=30_000)
    follow(page, dossier)
    again = page.get_by_role("link", name="Look again")
    if again.count():
        again.click()
        expect(again).to_have_count(0)
    return done


def follow(page: Page, dossier: Dossier) -> None:
    """Wait until the record has followed what was decided."""
    ends = time.monotonic() + _FOLLOWS
    while not dossier.is_fresh() and time.monotonic() < ends:
        page.wait_for_timeout(100)


def look(page: Page) -> None:
    """Let a page look now whether the record changed, as it does every ten seconds."""
    with page.expect_response("**/pulse.json"):
        page.evaluate("document.dispatchEvent(new Event('dragoman:look'))")


def tab_to(page: Page, wanted: Locator, longest: int = 400) -> None:
    """Go with the tab key from where one is to an element, as one does without a mouse."""
    wanted.wait_for(state="attached")
    for _ in range(longest):
        page.keyboard.press("Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"the tab key does not lead to {wanted}")


@pytest.fixture
def address(dossier: Dossier, listen: Listen) -> str:
    """The dossier, served to one person."""
    return listen(dossier, Serving(token=TOKEN, who="ada"))


Open = Callable[..., Page]


@pytest.fixture
def open_page(windows: Windows, address: str) -> Open:
    """Opens a page of the dossier as somebody who is in."""

    def opened(path: str = "/", **options: Any) -> Page:
        page = windows.new(address, **options)
        page.goto(f"{address}/enter?token={TOKEN}")
        page.goto(f"{address}{path}")
        return page

    return opened
