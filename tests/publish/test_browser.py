"""
The published site in Debian's Chromium: every kind of page, in light and dark, on paper, at three widths.

Pages are opened from the disk. Every test fails on a request to another host, on anything that the policy of
a page stops and on an error in the console.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.publish.conftest import BASE, council_of, files_of, largest_of, rows_of

from dragoman.dossier import Dossier
from dragoman.publish import Options, links, publish
from dragoman.publish.links import event_path, negotiation_path

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (390, 1280, 1920)

pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="no Chromium is installed (Debian: apt install chromium)"
)

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of this file."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def parted_site(examples_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second edition, lists parted by year, with an event that became part of another."""
    folder = tmp_path_factory.mktemp("parted")
    shutil.copy(examples_file, folder / "x.dossier")
    options = Options(title="Geneva and after", base_url=BASE, licence="CC BY 4.0")
    with pytest.MonkeyPatch.context() as patch, Dossier.open(folder / "x.dossier") as dossier:
        patch.setattr(links, "MANY", 20)
        publish(dossier, folder / "site", replace(options, edition=date(2022, 2, 18)))
        meetings = [one for one in dossier.events() if one.what.startswith("Meeting, held")]
        dossier.judge("same", meetings[0].id, meetings[1].id, who="A. Reader", why="one talk, told twice")
        dossier.judge("correct", meetings[4].id, who="A. Reader", why="seen", slot="place", value="Porto")
        publish(dossier, folder / "site", options)
    return folder / "site"


@pytest.fixture
def kinds(example_site: Path, parted_site: Path) -> dict[str, Path]:
    """A page of every kind."""
    site, parted = example_site, parted_site
    one = next(row["id"] for row in rows_of(site, "events") if row["sources"] == 1)
    moved = next(path for path, data in files_of(parted).items() if b"Told elsewhere" in data)
    decided = next(
        path
        for path, data in files_of(parted).items()
        if path.startswith("event/") and b"Decided by people" in data
    )
    named = ("index", "negotiations", "events", "sources", "actors", "colophon")
    return {
        **{name: site / f"{name}.html" for name in named},
        "negotiation": site / negotiation_path(largest_of(site)["id"]),
        "event told differently": site / event_path(council_of(site)),
        "event of one source": site / event_path(one),
        "second edition": parted / "index.html",
        "years of events": parted / "events.html",
        "events of a year": parted / "events" / "2022.html",
        "years of sources": parted / "sources.html",
        "sources of a year": parted / "sources" / "2022.html",
        "event moved": parted / moved,
        "event decided": parted / decided,
    }


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """A page from the disk; what goes wrong on it fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith("file:") else None)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("requestfailed", lambda r: wrong.append(f"{r.url}: {r.failure}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def unfold(page: Page) -> None:
    """Open what is folded, so that it is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


# What sticks out: an element outside the window that no box of its own can scroll to, text that its box cuts
# off, and text of a drawing outside the drawing.
CUT = """() => {
  const wide = document.documentElement.clientWidth, found = [];
  const scrolls = (e) => e.closest(".wide, .drawing") !== null;
  for (const e of document.querySelectorAll("main *, header *, footer *")) {
    const head = e.closest("thead");
    if (e.closest(".skip") || (head && getComputedStyle(head).position === "absolute")) continue;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (e.closest("svg")) {
      if (e.tagName !== "text") continue;
      const sheet = e.closest("svg").getBoundingClientRect();
      if (box.left < sheet.left - 1 || box.right > sheet.right + 1 || box.top < sheet.top - 1
          || box.bottom > sheet.bottom + 1) found.push(["drawing", e.textContent.slice(0, 60)]);
      continue;
    }
    if (!scrolls(e) && (box.right > wide + 1 || box.left < -1))
      found.push(["window", e.tagName, e.textContent.slice(0, 60)]);
    if (["hidden", "clip"].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
      found.push(["cut", e.tagName, e.textContent.slice(0, 60)]);
  }
  return found;
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_its_window_and_nothing_is_cut(
    open_page: Open, example_site: Path, kinds: dict[str, Path], width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    pages = {example_site / path for path in files_of(example_site) if path.endswith(".html")}
    assert len(pages) > 70
    for path in sorted(pages | set(kinds.values())):
        page.goto(f"file://{path}")
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(CUT) == [], path
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Iowan'), path


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there (needs Node: npm ci in frontend)")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_no_page_keeps_anybody_out(open_page: Open, kinds: dict[str, Path], scheme: str, width: int) -> None:
    """axe-core finds nothing on any kind of page, of whatever weight."""
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    script = AXE.read_text(encoding="utf-8")
    for name, path in kinds.items():
        page.goto(f"file://{path}")
        unfold(page)
        page.evaluate(script)
        # Without its "preload" axe does not ask for the stylesheet again, which the policy of a page forbids.
        found = page.evaluate("axe.run(document, {preload: false})")
        bad = [
            (v["impact"], v["id"], [node["html"][:120] for node in v["nodes"][:3]])
            for v in found["violations"]
        ]
        assert bad == [], name
        assert len(found["passes"]) > 10, name  # it did look


def test_the_keyboard_reaches_the_text_first(open_page: Open, example_site: Path) -> None:
    page = open_page()
    page.goto(f"file://{example_site}/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_mark_leads_to_its_source_and_back(open_page: Open, example_site: Path) -> None:
    page = open_page()
    page.goto(f"file://{example_site}/{negotiation_path(largest_of(example_site)['id'])}")
    page.locator("sup.note a").first.click()
    assert page.url.endswith("#source-1")
    assert page.locator("#source-1").evaluate("(e) => e.matches(':target')")
    page.locator("#source-1 a.back").click()
    assert page.url.endswith("#mention-1")


# --- on paper ---

PAPER = 665  # CSS pixels between the margins of A4


def test_on_paper_there_is_text_and_no_way_around_it(open_page: Open, kinds: dict[str, Path]) -> None:
    """No navigation, nothing wider than the sheet, every address of a source readable, in black on white."""
    page = open_page(viewport={"width": PAPER, "height": 950}, color_scheme="dark")
    page.emulate_media(media="print")
    for name, path in kinds.items():
        page.goto(f"file://{path}")
        assert not page.locator("nav").is_visible(), name
        assert not page.locator("a.back").first.is_visible(), name
        assert page.evaluate("document.documentElement.scrollWidth") <= PAPER, name
        assert page.evaluate(CUT.replace('".wide, .drawing"', '".none"')) == [], name
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", name
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)", name
        for address in page.locator("main a[href^=http]").all():
            href = address.get_attribute("href") or ""
            assert href[:110] in address.inner_text(), (name, href)


def test_a_page_can_be_printed(open_page: Open, kinds: dict[str, Path], tmp_path: Path) -> None:
    page = open_page()
    page.goto(f"file://{kinds['negotiation']}")
    data = page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert data[:5] == b"%PDF-"
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) <= 20
