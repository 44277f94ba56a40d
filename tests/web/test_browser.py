"""The pages in Debian's Chromium, by mouse and by keys: how they look and where they lead."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from browsing import Open, Windows, needs_chromium, tab_to
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, Route, expect
from served import PAGES, ROOT, addresses, word

from dragoman.dossier import Dossier
from dragoman.store import Filter

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (390, 1280, 1920)
SHOTS = os.environ.get("DRAGOMAN_SHOTS")  # a folder that keeps the screenshots

pytestmark = needs_chromium

# Elements whose text is cut, and texts that lie on each other.
CUT = """[...document.querySelectorAll("h1, h2, h3, p, a, button, dd, li, label, td, th")]
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow === "hidden")
    .filter((e) => !e.closest(".sr, .skip")).map((e) => e.textContent.slice(0, 60))"""
OVERLAPS = """() => {
    const boxes = [], apart = ".sr, .skip, .decide, title, script, .drawing";
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (!node.data.trim() || node.parentElement.closest(apart)) continue;
        if (!node.parentElement.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const r of range.getClientRects())
            if (r.width > 1 && r.height > 1) boxes.push([r.top, r.bottom, r.left, r.right, node.data.trim()]);
    }
    boxes.sort((a, b) => a[0] - b[0]);
    const found = [];
    boxes.forEach((a, i) => {
        for (let j = i + 1; j < boxes.length && boxes[j][0] < a[1]; j++) {
            const b = boxes[j];
            const high = Math.min(a[1], b[1]) - b[0], wide = Math.min(a[3], b[3]) - Math.max(a[2], b[2]);
            if (a[4] !== b[4] && wide > 2 && high > 0.45 * Math.min(a[1] - a[0], b[1] - b[0]))
                found.push(`${a[4].slice(0, 40)} | ${b[4].slice(0, 40)}`);
        }
    });
    return found;
}"""


@pytest.fixture
def page(open_page: Open) -> Page:
    """The overview, opened by one person."""
    return open_page("/")


# --- how it looks ---


def test_no_page_is_too_wide_cut_or_overlaid(
    page: Page, address: str, dossier: Dossier, tmp_path: Path
) -> None:
    folder = Path(SHOTS) / Path(dossier.store.where).stem if SHOTS else tmp_path
    for name, path in addresses(dossier).items():
        page.goto(f"{address}{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=bool(SHOTS))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            assert page.evaluate(CUT) == [], (name, width)
            assert page.evaluate(OVERLAPS) == [], (name, width)
    assert len(list(folder.glob("*.png"))) == len(PAGES) * len(WIDTHS)


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there (needs Node: npm ci in frontend)")
def test_no_page_keeps_anybody_out(page: Page, address: str, dossier: Dossier) -> None:
    script = AXE.read_text(encoding="utf-8")
    for name, path in addresses(dossier).items():
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}{path}")
        page.evaluate(
            "[...document.querySelectorAll('main details')].slice(0, 12).forEach((e) => { e.open = true; })"
        )
        page.evaluate(script)
        _no_violation(page, name, {"resultTypes": ["violations"]})
        page.emulate_media(color_scheme="dark")
        _no_violation(page, f"{name}, dark", {"runOnly": ["color-contrast"]})


def _no_violation(page: Page, name: str, options: dict[str, list[str]]) -> None:
    found = page.evaluate("(options) => axe.run(document, options)", options)
    bad = [
        (v["id"], [node["html"][:120] for node in v["nodes"][:3]], v["nodes"][0]["failureSummary"][:300])
        for v in found["violations"]
        if v["impact"] in {"serious", "critical"}
    ]
    assert bad == [], name


@pytest.mark.parametrize("dossier", ["example"], indirect=True)
def test_the_page_of_a_stranger_says_how_to_get_in(windows: Windows, address: str) -> None:
    windows.refusals |= {401, 403}
    page = windows.new(address)
    page.goto(f"{address}/events")
    expect(page.get_by_role("heading", level=1)).to_have_text("Open it from the terminal")
    page.goto(f"{address}/enter?token=guess")
    expect(page.get_by_role("alert")).to_contain_text("opens the dossier once")


@pytest.mark.parametrize("dossier", ["example"], indirect=True)
def test_who_is_in_can_leave(page: Page, address: str, windows: Windows) -> None:
    windows.refusals.add(401)
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open it from the terminal")
    page.goto(f"{address}/log")
    expect(page.get_by_role("heading", level=1)).to_have_text("Open it from the terminal")


# --- where the pages lead ---

NAMES = {
    "Overview": "Overview of", "Negotiations": "Negotiations", "Events": "Events", "Actors": "Actors",
    "Sources": "Sources", "Review": "Review", "Log": "Log of decisions", "Problems": "Problems",
}  # fmt: skip


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_the_menu_leads_to_every_part(page: Page, by: str) -> None:
    menu = page.get_by_role("navigation", name="Pages")
    for name, title in NAMES.items():
        link = menu.get_by_role("link", name=re.compile(f"^{name}"))
        _follow(page, link, by)
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        expect(menu.locator("[aria-current]")).to_contain_text(name)


@pytest.mark.parametrize("dossier", ["example"], indirect=True)
def test_the_page_asked_for_last_is_the_one_that_stays(page: Page, address: str) -> None:
    """An answer that comes late does not take the place of a newer page."""
    late: list[Route] = []
    page.route(f"{address}/", lambda route: late.append(route))  # noqa: PLW0108 - Playwright looks at its signature
    menu = page.get_by_role("navigation", name="Pages")
    menu.get_by_role("link", name="Overview").click()
    menu.get_by_role("link", name="Log").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Log of decisions")
    for route in late:
        with suppress(PlaywrightError):  # it was called off
            route.continue_()
    page.wait_for_timeout(500)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Log of decisions")
    expect(page).to_have_url(re.compile("/log$"))
    page.unroute(f"{address}/")
    page.evaluate("window.kept = true")
    for name in ("Events", "Actors"):  # one after the other they come without loading anew
        menu.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    assert page.evaluate("window.kept") is True


def _follow(page: Page, link: Locator, by: str) -> None:
    if by == "mouse":
        link.click()
    else:
        tab_to(page, link)
        page.keyboard.press("Enter")


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_a_reader_goes_from_the_overview_down_to_the_words(page: Page, by: str) -> None:
    """Negotiation, event, report, source, outlet: each is one link from the one before."""
    main = page.locator("main")
    title = page.get_by_role("heading", level=1)
    name = main.locator(".play h3 a").first.inner_text()
    _follow(page, main.locator(".play h3 a").first, by)
    expect(title).to_have_text(name)
    _follow(page, main.locator(".event h3 a").first, by)
    page.wait_for_url("**/events/*")
    words = main.locator(".passage .m-event").first.inner_text()
    _follow(page, main.locator(".said .credit a").first, by)
    page.wait_for_url("**/reports/*")
    expect(main.locator("#text")).to_contain_text(words)
    _follow(page, main.locator(".numbered a").first, by)
    page.wait_for_url("**/events/*")
    page.go_back()
    page.wait_for_url("**/reports/*")
    expect(main.locator("#text")).to_contain_text(words)


def test_every_page_is_a_permalink_with_its_data_beside_it(
    page: Page, address: str, dossier: Dossier
) -> None:
    for name, path in addresses(dossier).items():
        page.goto(f"{address}{path}")
        beside = {
            kind: page.locator("footer").get_by_role("link", name=kind, exact=True).get_attribute("href")
            for kind in ("JSON", "CSV")
        }
        for kind, href in beside.items():
            assert href is not None, name
            assert urlsplit(href).query == urlsplit(path).query, name
            answer = page.request.get(f"{address}{href}")
            assert answer.ok, href
            rows = (
                json.loads(answer.body()) if kind == "JSON" else list(csv.reader(io.StringIO(answer.text())))
            )
            assert rows, href


def test_the_links_to_the_data_are_followed(page: Page, address: str, dossier: Dossier) -> None:
    event = dossier.happenings(Filter(conflict=True))[0]
    page.goto(f"{address}/events/{event.id}")
    with page.expect_download() as download:
        page.locator("footer").get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
    assert {row["event"] for row in rows} == {event.id}
    page.locator("footer").get_by_role("link", name="JSON").click()
    assert json.loads(page.locator("body").inner_text())["id"] == event.id


# --- lists ---


def test_events_are_paged_and_each_part_is_an_address(page: Page, address: str) -> None:
    page.goto(f"{address}/events")
    first = page.locator(".event").first.get_attribute("id")
    page.get_by_role("link", name="Earlier").click()
    page.wait_for_url("**/events?page=2")
    assert page.locator(".event").first.get_attribute("id") != first
    tab_to(page, page.get_by_role("link", name="Later"))
    page.keyboard.press("Enter")
    expect(page.locator(".event").first).to_have_attribute("id", str(first))


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_events_are_filtered_and_the_filters_stand_in_the_address(
    page: Page, address: str, dossier: Dossier, by: str
) -> None:
    page.goto(f"{address}/events")
    place = word(dossier)
    kept = dossier.happenings(Filter(place=place, types=("meeting",)))
    if by == "mouse":
        page.get_by_label("Type").select_option("meeting")
        page.get_by_label("Place").fill(place)
        page.get_by_role("button", name="Show").click()
    else:
        tab_to(page, page.get_by_label("Type"))
        page.keyboard.type("meeting")
        tab_to(page, page.get_by_label("Place"))
        page.keyboard.type(place)
        page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "place=" in url)
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["type"], asked["place"]) == (["meeting"], [place])
    expect(page.locator(".head .sub")).to_contain_text(f"{len(kept):,} event")
    dated = [h.id for h in kept if h.text("date")]
    shown = [str(one.get_attribute("id")).removeprefix("e-") for one in page.locator(".event").all()]
    assert shown
    assert set(shown) <= set(dated)
    page.reload()
    expect(page.get_by_label("Place")).to_have_value(place)
    expect(page.get_by_label("Type")).to_have_value("meeting")
    page.get_by_role("link", name="All", exact=True).click()
    page.wait_for_url("**/events")


def test_only_conflicts_and_only_what_is_overdue(page: Page, address: str, dossier: Dossier) -> None:
    for label, wanted in (("in conflict", Filter(conflict=True)), ("overdue", Filter(overdue=True))):
        page.goto(f"{address}/events")
        page.get_by_label(label).check()
        page.get_by_role("button", name="Show").click()
        page.wait_for_url(lambda url: "=yes" in url)
        expect(page.locator(".head .sub")).to_contain_text(f"{len(dossier.happenings(wanted)):,} event")


def test_each_list_is_filtered_by_its_form(page: Page, address: str, dossier: Dossier) -> None:
    negotiation = dossier.negotiations()[0]
    person = max((p for p in dossier.profiles() if p.kind == "person"), key=lambda p: len(p.reports))
    event = dossier.happenings(Filter(conflict=True))[0]
    page.goto(f"{address}/reports/{event.history[0].report}")
    title = page.get_by_role("heading", level=1).inner_text()
    for path, label, words in (
        ("/negotiations", "Name", negotiation.name),
        ("/actors", "Name", person.name),
        ("/sources", "Words", title),
    ):
        page.goto(f"{address}{path}")
        page.locator(".filters").get_by_label(label).fill(words[:200])
        page.locator(".filters").get_by_role("button", name="Show").click()
        page.wait_for_url(lambda url: "q=" in url)
        expect(page.locator("tbody th a", has_text=words[:40]).first).to_be_visible()
        page.locator(".filters").get_by_role("link", name="All").click()
        page.wait_for_url(f"**{path}")
    page.goto(f"{address}/actors")
    page.get_by_label("Kind").select_option("person")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**kind=person")
    expect(page.locator("tbody tr").first).to_contain_text("person")
    assert page.locator("tbody tr", has_text="party").count() == 0


def test_a_negotiation_is_grouped_by_forum_or_by_pair(page: Page, address: str, dossier: Dossier) -> None:
    negotiation = max(dossier.negotiations(), key=lambda n: len(n.happenings))
    page.goto(f"{address}/negotiations/{negotiation.id}")
    grouped = page.get_by_role("group", name="Grouped by")
    for name, kind in (("pair of parties", "pair"), ("forum", "forum")):
        grouped.get_by_role("link", name=name).click()
        page.wait_for_url(f"**group={kind}*")
        expect(grouped.locator("[aria-current]")).to_have_text(name)
        expect(page.locator("#timeline svg:visible").first).to_be_visible()
        assert page.locator("#timeline .drawing").evaluate(
            "(box) => box.scrollLeft + box.clientWidth >= box.scrollWidth - 1"
        ), "the timeline opens at its end"


def test_what_is_marked_in_a_report_is_chosen(page: Page, address: str, dossier: Dossier) -> None:
    event = dossier.happenings(Filter(conflict=True))[0]
    page.goto(f"{address}/reports/{event.history[0].report}")
    before = page.locator("#text").inner_text()
    expect(page.locator("#text .m-event").first).to_be_visible()
    for name in ("events", "statements", "mentions", "dates", "defects"):
        page.get_by_role("checkbox", name=name).uncheck()
    page.get_by_role("checkbox", name="mentions").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(lambda url: "show=mention" in url)
    expect(page.locator("#text .m-event, #text .m-statement, #text .m-date")).to_have_count(0)
    assert re.sub(r"\W", "", page.locator("#text").inner_text()).startswith(
        re.sub(r"[\W\d]", "", before)[:20]
    )


# --- search, help, walking ---


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_words_are_found_in_events_and_reports(page: Page, dossier: Dossier, by: str) -> None:
    wanted = word(dossier)
    if by == "mouse":
        page.locator("#q").fill(wanted)
        page.locator("header").get_by_role("button", name="Search").click()
    else:
        page.keyboard.press("/")
        page.keyboard.type(f"{wanted} s d n")  # letters are letters while one types
        expect(page.locator("#q")).to_have_value(f"{wanted} s d n")
        page.locator("#q").fill(wanted)
        page.keyboard.press("Enter")
    page.wait_for_url(f"**/search?{urlencode({'q': wanted})}")
    expect(page.locator(".hits .m-found").first).to_have_text(re.compile(re.escape(wanted), re.IGNORECASE))
    expect(page.locator(".events .event").first).to_be_visible()


@pytest.mark.parametrize("dossier", ["example"], indirect=True)
def test_what_nobody_wrote_is_not_found(page: Page) -> None:
    page.locator("#q").fill("quixotically unfound")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("No event with these words.")
    expect(page.locator("main")).to_contain_text("No report with these words.")


def test_keys_help_and_walk(page: Page, address: str) -> None:
    page.goto(f"{address}/events")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".event h3 a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".event h3 a").nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/*")
