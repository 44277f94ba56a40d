"""The published examples in a browser: nothing overflows, no other host is asked, nothing is refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.publish.conftest import council_of, largest_of

from dragoman.publish.links import event_path, negotiation_path

CHROMIUM = shutil.which("chromium")
PAGES = ("index", "negotiations", "events", "sources", "actors", "colophon")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium (apt install chromium)")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_pages_work_from_files_and_fit_their_window(browser: Browser, example_site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    paths = [f"{name}.html" for name in PAGES]
    paths += [event_path(council_of(example_site)), negotiation_path(largest_of(example_site)["id"])]
    for path in paths:
        page.goto(f"file://{example_site}/{path}")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0, path
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Iowan'), path
    page.close()
    assert said == []  # a breach of the policy would be told here
    assert [url for url in asked if not url.startswith("file:")] == []


def test_the_keyboard_reaches_the_text_first(browser: Browser, example_site: Path) -> None:
    page = browser.new_page()
    page.goto(f"file://{example_site}/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_on_paper_there_is_no_navigation(browser: Browser, example_site: Path) -> None:
    page = browser.new_page()
    page.goto(f"file://{example_site}/{event_path(council_of(example_site))}")
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.pdf()[:5] == b"%PDF-"
    page.close()
