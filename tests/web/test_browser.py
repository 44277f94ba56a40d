"""
The application in Debian's Chromium: every page and every decision, by mouse and by keys.

Every test fails on a request to another host, on anything that the content security policy stops and on an
error of a script.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from served import PAGES, ROOT, TOKEN, addresses

from dragoman.dossier import Dossier
from dragoman.model import Decision, Match, Verdict
from dragoman.store import Filter
from dragoman.web import Serving, make_app

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
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


@pytest.fixture
def address(example: Dossier) -> Iterator[str]:
    """The example dossier, served at a free port; a token of its own for each who comes."""
    app = make_app(example, Serving(token=TOKEN, who="ada"))
    access = app.state.site.access
    first = access.exchange
    access.exchange = lambda token: first(token) or access.begin(access.session(first_cookie[0]).user)
    first_cookie = [first(TOKEN)]
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    ends = time.monotonic() + 20
    while not server.started and time.monotonic() < ends:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    bound.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """A page of somebody who is in; what went wrong on it fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(path: str = "/", **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on(
            "request", lambda r: wrong.append(r.url) if not r.url.startswith((address, "data:")) else None
        )
        page.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{address}/enter?token={TOKEN}")
        page.goto(f"{address}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    # The page of a conflict is an answer with the status 409, which the browser's console notes.
    assert [text for text in wrong if "status of 409" not in text] == []


def first(dossier: Dossier) -> Match:
    return min(dossier.matches(Verdict.UNSURE), key=lambda m: (-m.score, m.left, m.right))


def pair_path(dossier: Dossier) -> str:
    match = first(dossier)
    return f"/review/{match.left}/{match.right}"


def settled(page: Page) -> Locator:
    """Where a decision is confirmed; waits for it."""
    done = page.locator(".notice.done")
    expect(done).to_be_visible()
    return done


# --- how it looks ---


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_window(
    open_page: Open, address: str, example: Dossier, tmp_path: Path, width: int
) -> None:
    page = open_page("/", viewport={"width": width, "height": 900})
    for name, path in addresses(example).items():
        page.goto(f"{address}{path}")
        page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        cut = page.evaluate(
            """[...document.querySelectorAll("h1, h2, h3, p, a, button, dd, li, label")].filter(
                (e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow === "hidden"
                    && !e.closest(".sr, .skip")).map((e) => e.textContent.slice(0, 60))"""
        )
        assert cut == [], name
    assert len(list(tmp_path.glob("*.png"))) == len(PAGES)


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there (needs Node: npm ci in frontend)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(open_page: Open, address: str, example: Dossier, scheme: str) -> None:
    page = open_page("/", color_scheme=scheme)
    script = AXE.read_text(encoding="utf-8")
    for name, path in addresses(example).items():
        page.goto(f"{address}{path}")
        for details in page.locator("main details:not([open]) > summary").all()[:12]:
            if details.is_visible():
                details.evaluate("(summary) => { summary.parentElement.open = true; }")
        page.evaluate(script)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        bad = [
            (v["id"], [node["html"][:120] for node in v["nodes"][:3]], v["nodes"][0]["failureSummary"][:300])
            for v in found["violations"]
            if v["impact"] in {"serious", "critical"}
        ]
        assert bad == [], name


def test_the_page_of_a_stranger_says_how_to_get_in(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/events")
    expect(page.get_by_role("heading", level=1)).to_have_text("Open it from the terminal")
    context.close()


# --- decisions, by mouse ---


@pytest.mark.parametrize(("button", "decision"), [("Same", Decision.SAME), ("Different", Decision.DIFFERENT)])
@pytest.mark.parametrize("script", [True, False])
def test_a_pair_is_decided_by_mouse(
    open_page: Open, example: Dossier, button: str, decision: Decision, *, script: bool
) -> None:
    path = pair_path(example)
    page = open_page(path, java_script_enabled=script)
    page.get_by_role("button", name=button).click()
    settled(page)
    assert path not in page.url
    assert [j.decision for j in example.judgements()] == [decision]
    page.get_by_role("button", name="Take back").first.click()
    expect(page.locator(".notice.done")).to_contain_text("Taken back")
    assert path in page.url
    assert len(example.judgements()) == 2


def test_unsure_goes_on_and_decides_nothing(open_page: Open, example: Dossier) -> None:
    page = open_page("/review")
    page.get_by_role("link", name="Begin").click()
    page.wait_for_url(f"**{pair_path(example)}")
    before = page.url
    page.get_by_role("link", name="Unsure").click()
    page.wait_for_url(lambda url: url != before)
    assert not example.judgements()
    page.get_by_role("link", name="Before").click()
    page.wait_for_url(before)


@pytest.mark.parametrize("script", [True, False])
def test_a_slot_is_corrected_by_mouse(open_page: Open, example: Dossier, *, script: bool) -> None:
    page = open_page(pair_path(example), java_script_enabled=script)
    page.locator("summary", has_text="Correct").click()
    page.get_by_label("B", exact=True).check()
    page.locator("select[name=slot]").select_option("place")
    page.get_by_label("Value").fill("Bern")
    page.get_by_role("button", name="Keep").click()
    settled(page)
    (made,) = example.judgements()
    assert (made.slot, made.value, made.anchors[0].claim) == ("place", '"Bern"', first(example).right)


def test_a_claim_is_no_event_by_mouse(open_page: Open, example: Dossier) -> None:
    match = first(example)
    page = open_page(pair_path(example))
    page.locator("summary", has_text="No event").click()
    page.get_by_role("button", name="A is no event").click()
    settled(page)
    assert example.happening(match.left) is None


def test_an_event_is_corrected_split_merged_and_put_back_by_mouse(open_page: Open, example: Dossier) -> None:
    event = example.happenings(Filter(conflict=True))[0]
    page = open_page(f"/events/{event.id}")
    page.get_by_role("button", name="Take this date: 13 January 2022").click()
    expect(settled(page)).to_contain_text("corrected")
    page.get_by_role("button", name="Split off report 2").click()
    expect(settled(page)).to_contain_text("different events")
    page.locator("#merge > summary").click()
    page.get_by_role("button", name="Merge with Meeting").first.click()
    expect(settled(page)).to_contain_text("one event")
    page.get_by_role("button", name="Take back").first.click()
    expect(settled(page)).to_contain_text("Taken back")
    assert [j.decision for j in example.judgements()] == [
        Decision.CORRECT, Decision.DIFFERENT, Decision.SAME, Decision.UNDO,
    ]  # fmt: skip
    page.get_by_role("link", name="Log").click()
    expect(page.locator(".judgement")).to_have_count(4)


# --- decisions, by keys ---


@pytest.mark.parametrize(("key", "decision"), [("s", Decision.SAME), ("d", Decision.DIFFERENT)])
def test_a_pair_is_decided_by_keys(open_page: Open, example: Dossier, key: str, decision: Decision) -> None:
    path = pair_path(example)
    page = open_page("/review")
    page.keyboard.press("j")
    page.wait_for_url(f"**{path}")
    page.keyboard.press(key)
    settled(page)
    assert [j.decision for j in example.judgements()] == [decision]
    page.keyboard.press("z")
    expect(page.locator(".notice.done")).to_contain_text("Taken back")
    assert path in page.url


def test_one_walks_through_the_queue_by_keys(open_page: Open, example: Dossier) -> None:
    page = open_page(pair_path(example))
    seen = [page.url]
    for key in ("j", "u", "k"):
        page.keyboard.press(key)
        page.wait_for_url(lambda url: url != seen[-1])
        seen.append(page.url)
    assert seen[3] == seen[1]
    assert len(set(seen)) == 3
    assert not example.judgements()


def test_a_slot_is_corrected_by_keys(open_page: Open, example: Dossier) -> None:
    page = open_page(pair_path(example))
    page.keyboard.press("c")
    expect(page.locator("select[name=slot]")).to_be_focused()
    page.keyboard.type("place")
    page.keyboard.press("Tab")
    page.keyboard.type("Bern")
    page.keyboard.press("Enter")
    settled(page)
    (made,) = example.judgements()
    assert (made.slot, made.value, made.anchors[0].claim) == ("place", '"Bern"', first(example).left)


def test_a_claim_is_no_event_by_keys(open_page: Open, example: Dossier) -> None:
    match = first(example)
    page = open_page(pair_path(example))
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="B is no event")).to_be_visible()
    page.keyboard.press("b")
    settled(page)
    assert example.happening(match.right) is None


def test_an_event_is_decided_by_keys(open_page: Open, example: Dossier) -> None:
    event = next(h for h in example.happenings() if len(h.claims) == 1 and h.text("place"))
    page = open_page(f"/events/{event.id}")
    page.keyboard.press("c")
    expect(page.locator("details.correct[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator("#merge")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("#merge[open]")).to_have_count(0)
    page.keyboard.press("n")
    settled(page)
    assert example.happening(event.id) is None
    page.keyboard.press("z")
    expect(page.locator(".notice.done")).to_contain_text("Taken back")
    assert example.happening(event.id) is not None


def test_keys_find_help_and_walk(open_page: Open) -> None:
    page = open_page("/events")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".event h3 a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".event h3 a").nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/*")
    page.keyboard.press("/")
    page.keyboard.type("Normandy s d n")
    expect(page.locator("#q")).to_have_value("Normandy s d n")
    page.locator("#q").fill("Normandy")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Normandy")
    expect(page.locator(".m-found").first).to_have_text("Normandy")


# --- two at once ---


def test_two_reviewers_see_each_other_and_overwrite_nothing(open_page: Open, example: Dossier) -> None:
    path = pair_path(example)
    one, other = open_page(path), open_page(path)
    one.wait_for_timeout(300)  # the first look at the pulse
    other.get_by_role("button", name="Different").click()
    settled(other)
    one.evaluate("document.dispatchEvent(new Event('dragoman:look'))")
    expect(one.locator("#pulse")).to_contain_text("ada decided last")
    one.get_by_role("button", name="Same").click()
    expect(one.get_by_role("heading", level=1)).to_have_text("It changed meanwhile")
    assert len(example.judgements()) == 1
    one.get_by_role("button", name="Decide all the same").click()
    settled(one)
    assert [j.decision for j in example.judgements()] == [Decision.DIFFERENT, Decision.SAME]
