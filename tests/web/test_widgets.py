"""
The timeline and the map that script puts in the place of the drawings, in Debian's Chromium.

Every test fails on a request to another host, on anything that the content security policy stops and on an
error of a script.
"""

from __future__ import annotations

import json
import re

import pytest
from browsing import Listen, Windows, needs_chromium
from playwright.sync_api import Locator, Page, Route, expect
from served import ROOT, TOKEN

from dragoman.dossier import Dossier
from dragoman.web import Serving
from dragoman.web.render import asset

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
needs_library = pytest.mark.skipif(
    not asset("vendor/d3-zoom.js"), reason="the libraries of the pages are not there (needs Node: make demo)"
)
pytestmark = [needs_chromium, needs_library]
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script> {{ 7 * 7 }} ${7*7} javascript:alert(3)'


def largest(dossier: Dossier) -> str:
    """The path of the negotiation with the most events."""
    return f"/negotiations/{max(dossier.negotiations(), key=lambda n: len(n.happenings)).id}"


class Opened:
    """A window in which the page of a negotiation is open."""

    def __init__(self, page: Page, address: str, path: str) -> None:
        self.page = page
        self.address = address
        self.path = path

    def go(self, path: str | None = None) -> Page:
        self.page.goto(f"{self.address}{path or self.path}")
        return self.page

    @property
    def timeline(self) -> Locator:
        """The timeline, at rest."""
        found = self.page.locator(".tl-frame")
        found.scroll_into_view_if_needed()
        return found

    @property
    def map(self) -> Locator:
        """The map, at rest."""
        self.page.locator("#places").scroll_into_view_if_needed()
        found = self.page.locator(".mp-frame")
        found.scroll_into_view_if_needed()
        expect(self.page.locator(".mp-land .dg-land")).to_have_attribute("d", re.compile("^M"))
        return found

    def zoom(self, frame: Locator) -> tuple[float, float]:
        """How near one is, and how far to the side; once it has come to rest."""
        self.page.wait_for_timeout(350)
        found: list[float] = frame.evaluate("(frame) => [frame.__zoom.k, frame.__zoom.x]")
        return found[0], found[1]

    def in_view(self) -> list[str]:
        """What the events are that one sees in the timeline."""
        found: list[str] = self.page.evaluate(
            """() => {
              const frame = document.querySelector(".tl-frame").getBoundingClientRect();
              return [...document.querySelectorAll(".tl-track .tl-event:not([hidden])")].filter((e) => {
                const { left, right } = e.getBoundingClientRect();
                return right > frame.left && left < frame.right;
              }).map((e) => e.getAttribute("href"));
            }"""
        )
        return found


@pytest.fixture
def opened(windows: Windows, listen: Listen, example: Dossier) -> Opened:
    address = listen(example, Serving(token=TOKEN, who="ada"))
    page = windows.new(address)
    page.goto(f"{address}/enter?token={TOKEN}")
    found = Opened(page, address, largest(example))
    found.go()
    return found


def told(link: Locator) -> str:
    """What is read out of an event."""
    return link.locator(".sr").text_content() or ""


def wheel(page: Page, frame: Locator, by: float, *, key: str | None = None) -> None:
    frame.hover(position={"x": 600, "y": 100})
    if key:
        page.keyboard.down(key)
    page.mouse.wheel(0, by)
    if key:
        page.keyboard.up(key)


# --- the timeline ---


def test_the_timeline_takes_the_place_of_the_drawing(opened: Opened) -> None:
    expect(opened.timeline).to_be_visible()
    assert opened.page.locator("#timeline svg[role=group]:visible").count() == 0
    listed = opened.page.locator("#events .event h3 a").count()
    assert opened.page.locator(".tl-event").count() == listed
    assert opened.in_view()


def test_the_timeline_zooms_by_keys(opened: Opened) -> None:
    frame = opened.timeline
    opened.page.locator(".tl-event[tabindex='0']").focus()
    before, _ = opened.zoom(frame)
    opened.page.keyboard.press("+")
    nearer, _ = opened.zoom(frame)
    assert nearer > before * 1.4
    opened.page.keyboard.press("-")
    further, _ = opened.zoom(frame)
    assert further == pytest.approx(before, rel=0.01)
    opened.page.keyboard.press("+")
    opened.page.keyboard.press("0")
    assert opened.zoom(frame)[0] == 1


def test_the_timeline_zooms_by_the_wheel_with_ctrl_and_else_lets_the_page_scroll(opened: Opened) -> None:
    frame = opened.timeline
    before = opened.zoom(frame)
    wheel(opened.page, frame, -240, key="Control")
    nearer = opened.zoom(frame)
    assert nearer[0] > before[0]
    wheel(opened.page, frame, -240)
    assert opened.zoom(frame) == nearer


def test_the_timeline_moves_by_dragging_and_no_event_opens(opened: Opened) -> None:
    frame = opened.timeline
    opened.page.get_by_role("button", name="Zoom in").first.click()
    before = opened.zoom(frame)
    box = frame.bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + 400, box["y"] + 50)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + 520, box["y"] + 52, steps=5)
    opened.page.mouse.up()
    after = opened.zoom(frame)
    assert after[0] == before[0]
    assert after[1] == pytest.approx(before[1] + 120, abs=2)
    assert opened.page.url.endswith(opened.path)


def test_the_buttons_move_and_fit(opened: Opened) -> None:
    frame = opened.timeline
    buttons = opened.page.get_by_role("group", name="Move and zoom the timeline")
    whole = opened.in_view()
    for _ in range(4):
        buttons.get_by_role("button", name="Zoom in").click()
        opened.zoom(frame)
    few = opened.in_view()
    assert len(few) < len(whole)
    buttons.get_by_role("button", name="Earlier").click()
    opened.zoom(frame)
    assert opened.in_view() != few
    buttons.get_by_role("button", name="Fit all").click()
    opened.zoom(frame)
    assert opened.in_view() == whole
    buttons.get_by_role("button", name="Latest").click()
    opened.zoom(frame)
    assert opened.in_view()


def test_an_event_opens_by_a_click(opened: Opened) -> None:
    link = opened.timeline.locator(".tl-event:visible").last
    href = link.get_attribute("href")
    link.click()
    opened.page.wait_for_url(f"**{href}")
    expect(opened.page.get_by_role("heading", level=1)).to_be_visible()


def test_one_goes_from_event_to_event_by_keys_and_opens_one(opened: Opened) -> None:
    opened.timeline.locator(".tl-event[tabindex='0']").focus()
    opened.page.keyboard.press("Home")
    focused = opened.page.locator(".tl-event:focus")
    first = told(focused)
    tip = opened.page.locator(".tl .w-tip")
    expect(tip).to_have_text(first)
    seen = [first]
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "End"):
        opened.page.keyboard.press(key)
        expect(focused).to_be_in_viewport()
        seen.append(told(focused))
    assert len(set(seen)) >= 4
    opened.page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    href = focused.get_attribute("href")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_url(f"**{href}")


def test_every_dated_event_is_reached_by_keys_also_where_marks_are_counted(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": 390, "height": 900})
    opened.timeline.locator(".tl-event[tabindex='0']").focus()
    opened.page.keyboard.press("Home")
    focused = opened.page.locator(".tl-event:focus")
    reached = {focused.get_attribute("href")}
    for _ in range(opened.page.locator(".tl-event").count() - 1):
        opened.page.keyboard.press("ArrowRight")
        expect(focused).to_be_in_viewport()
        reached.add(focused.get_attribute("href"))
    assert len(reached) == opened.page.locator(".tl-event").count()


def test_a_tip_tells_an_event_in_plain_words(opened: Opened) -> None:
    link = opened.timeline.locator(".tl-event:visible").first
    link.hover()
    tip = opened.page.locator(".tl .w-tip")
    expect(tip).to_have_text(told(link))
    opened.page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


# --- the map ---


def test_the_map_lists_the_events_of_a_place_by_a_click(opened: Opened) -> None:
    place = opened.map.locator(".mp-place").first
    words = place.get_attribute("aria-label") or ""
    place.click()
    panel = opened.page.get_by_role("group", name=words)
    count = int(re.findall(r"([0-9]+) events?$", words)[0])
    assert panel.get_by_role("link").count() == count
    expect(place).to_have_attribute("aria-expanded", "true")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    place.click()
    href = panel.get_by_role("link").last.get_attribute("href")
    panel.get_by_role("link").last.click()
    opened.page.wait_for_url(f"**{href}")


def test_the_map_is_used_by_keys(opened: Opened) -> None:
    frame = opened.map
    opened.page.locator(".mp-place[tabindex='0']").focus()
    before, _ = opened.zoom(frame)
    opened.page.keyboard.press("+")
    assert opened.zoom(frame)[0] > before * 1.4
    opened.page.keyboard.press("0")
    assert opened.zoom(frame)[0] == pytest.approx(1)
    focused = opened.page.locator(".mp-place:focus")
    seen = set()
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowLeft", "ArrowRight"):
        opened.page.keyboard.press(key)
        seen.add(focused.get_attribute("aria-label"))
    assert len(seen) > 1
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator(".mp-panel a:focus")).to_have_count(1)
    opened.page.keyboard.press("Escape")
    expect(focused).to_have_attribute("aria-expanded", "false")
    opened.page.keyboard.press("Enter")
    href = opened.page.locator(".mp-panel a:focus").get_attribute("href")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_url(f"**{href}")


def test_the_map_zooms_by_the_wheel_with_ctrl(opened: Opened) -> None:
    frame = opened.map
    before = opened.zoom(frame)
    wheel(opened.page, frame, -240)
    assert opened.zoom(frame) == before
    wheel(opened.page, frame, -240, key="Control")
    assert opened.zoom(frame)[0] > before[0]


# --- pages that come and go ---


def test_they_come_and_go_with_the_pages(opened: Opened) -> None:
    page = opened.go("/negotiations")
    page.evaluate("window.same = true")
    assert page.evaluate("typeof d3") == "undefined"  # loaded where it is needed
    page.locator(f"main a[href='{opened.path}']").first.click()
    for _ in range(2):
        expect(opened.timeline).to_be_visible()
        expect(opened.map).to_be_visible()
        opened.page.get_by_role("button", name="Zoom in").first.click()
        page.get_by_role("link", name="Events", exact=True).first.click()
        page.wait_for_url("**/events")
        assert page.locator(".tl, .mp").count() == 0
        page.go_back()
        page.wait_for_url(f"**{opened.path}")
    expect(page.locator(".tl")).to_have_count(1)
    page.locator(".switch a", has_text="forum").click()
    page.wait_for_url("**group=forum**")
    expect(opened.timeline).to_be_visible()
    expect(page.locator(".tl")).to_have_count(1)
    assert page.evaluate("window.same")  # all of it without loading a page anew


def test_without_script_the_drawings_stand_and_fit_a_phone(windows: Windows, opened: Opened) -> None:
    plain = windows.new(opened.address, java_script_enabled=False)
    plain.goto(f"{opened.address}/enter?token={TOKEN}")
    for width in (1280, 390):
        plain.set_viewport_size({"width": width, "height": 900})
        plain.goto(f"{opened.address}{opened.path}")
        for part in ("#timeline", "#places"):
            drawing = plain.locator(f"{part} svg:visible")
            expect(drawing).to_have_count(1)
            box = drawing.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        assert plain.locator("#timeline svg:visible a").count() > 10


def test_without_their_data_the_drawings_stand(windows: Windows, opened: Opened) -> None:
    windows.refusals.add(500)
    opened.page.route("**/*.json*", lambda route: route.fulfill(status=500, body="{}"))
    page = opened.go()
    page.wait_for_timeout(500)
    expect(page.locator("#timeline svg:visible")).to_have_count(1)
    assert page.locator("#timeline .drawing").evaluate("(box) => box.scrollHeight <= box.clientHeight + 1")


def test_one_comes_back_to_what_one_looked_at(opened: Opened) -> None:
    page, frame = opened.page, opened.timeline
    page.evaluate("window.same = true")
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").first.click()
        opened.zoom(frame)
    before = opened.zoom(frame)
    link = frame.locator(".tl-event:visible").last
    href = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**{href}")
    page.go_back()
    page.wait_for_url(f"**{opened.path}")
    assert opened.zoom(opened.timeline) == pytest.approx(before, abs=1)
    assert page.evaluate("window.same")


def test_without_animation_a_step_is_made_at_once(opened: Opened) -> None:
    opened.page.emulate_media(reduced_motion="reduce")
    opened.go()
    frame = opened.timeline
    zoomed = frame.evaluate(
        """(frame) => {
          const before = frame.__zoom.k;
          document.querySelector('.tl [aria-label="Zoom in"]').click();
          return frame.__zoom.k / before;
        }"""
    )
    assert zoomed == pytest.approx(1.6)


def test_paper_shows_the_drawings(opened: Opened) -> None:
    expect(opened.timeline).to_be_visible()
    opened.page.emulate_media(media="print")
    expect(opened.page.locator("#timeline svg:visible")).to_have_count(1)
    expect(opened.page.locator(".tl-frame")).to_be_hidden()


# --- hostile words, many events ---


def answer(opened: Opened, change: dict[str, object]) -> None:
    """Let the addresses of the widgets answer with something else."""

    def changed(route: Route) -> None:
        path = route.request.url.partition("?")[0].rsplit("/", 1)[-1]
        route.fulfill(body=json.dumps(change[path]), content_type="application/json")

    for name in change:
        opened.page.route(f"**/{name}*", changed)


def mark(**given: object) -> dict[str, object]:
    usual = {"kind": "meeting", "fill": "full", "struck": False, "unknown": False, "about": False, "sign": ""}
    return {**usual, **given}


def event(number: int, day: str, words: str = "", **given: object) -> dict[str, object]:
    return {
        "id": f"e{number}", "href": f"/events/e{number}", "words": words or f"event {number}", "label": words,
        "mark": mark(), "at": day, "first": day, "last": day, "open": None, **given,
    }  # fmt: skip


def lines(lanes: list[dict[str, object]], first: str, last: str) -> dict[str, object]:
    return {
        "group": "pair", "today": last, "stretches": [[first, last]], "legend": [], "lanes": lanes,
        "lanes_left_out": 0,
    }  # fmt: skip


def test_hostile_words_are_text(opened: Opened) -> None:
    days = [event(n, f"2022-01-{n + 1:02}", f"{n} {HOSTILE}", mark=mark(sign="≠")) for n in range(4)]
    days.append(event(9, "2022-01-09", HOSTILE, at=None, first=None, last=None))
    places = [
        {
            "name": HOSTILE, "short": HOSTILE, "exact": "place", "latitude": 46.2, "longitude": 6.1,
            "events": [{"id": "e1", "href": "/events/e1", "words": HOSTILE}],
        }
    ]  # fmt: skip
    view = {"west": -10, "south": 35, "east": 30, "north": 60}
    answer(
        opened,
        {
            "timeline.json": lines([{"name": HOSTILE, "events": days}], "2021-12-30", "2022-01-12"),
            "places.json": {"policy": HOSTILE, "view": view, "places": places, "without_place": 0},
        },
    )
    page = opened.go()
    page.on("dialog", lambda _: pytest.fail("a word of a report was run"))
    for link in opened.timeline.locator(".tl-event").all():
        link.hover()
        assert HOSTILE in (page.locator(".tl .w-tip").text_content() or "")
    opened.map.locator(".mp-place").click()
    expect(page.locator(".mp-panel h3")).to_have_text(HOSTILE)
    expect(page.locator(".mp-panel li")).to_have_text(HOSTILE)
    assert page.locator(".tl-name").first.text_content() == HOSTILE
    assert page.locator(":is(.tl, .mp) :is(img, script, iframe, object, style)").count() == 0


def test_many_events_stay_smooth(opened: Opened) -> None:
    lanes: list[dict[str, object]] = []
    for lane in range(8):
        days = [
            f"{2015 + n // 120}-{1 + n // 10 % 12:02}-{1 + n % 10 * 2:02}" for n in range(0, 900, 3 + lane)
        ]
        days = sorted([*days, *["2016-05-05"] * 12])
        lanes.append({"name": f"parties {lane}", "events": [event(n, day) for n, day in enumerate(days)]})
    count = sum(300 * 3 // (3 + lane) + (900 % (3 + lane) > 0) + 12 for lane in range(8))
    answer(opened, {"timeline.json": lines(lanes, "2014-12-20", "2022-12-31")})
    opened.go()
    frame = opened.timeline
    expect(opened.page.locator(".tl-event")).to_have_count(count)
    first = opened.in_view()
    assert 20 <= len(first) < 200  # the latest alone
    spent = frame.evaluate(
        """async (frame) => {
          const spent = [];
          for (let n = 0; n < 20; n++) {
            const before = performance.now();
            frame.dispatchEvent(new WheelEvent("wheel", {
              deltaY: n < 10 ? 60 : -60, ctrlKey: true, bubbles: true, cancelable: true,
              clientX: 700, clientY: 300,
            }));
            frame.getBoundingClientRect();
            spent.push(performance.now() - before);
            await new Promise(requestAnimationFrame);
          }
          return spent.sort((a, b) => a - b);
        }"""
    )
    assert spent[len(spent) // 2] < 60  # milliseconds for a step; 9 were measured
    opened.page.get_by_role("button", name="Fit all").click()
    opened.zoom(frame)
    more = opened.page.locator(".tl-more").first
    held = more.text_content()
    assert held
    before, _ = opened.zoom(frame)
    more.click()
    nearer, _ = opened.zoom(frame)
    assert nearer > before, held


# --- how they look ---


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_moves_when_they_come_and_nothing_is_wider_than_the_window(
    opened: Opened, width: int
) -> None:
    page = opened.page
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    page.set_viewport_size({"width": width, "height": 900})
    opened.go()
    expect(opened.timeline).to_be_visible()
    expect(opened.map).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.02
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in (".tl", ".mp"):
        inside = page.evaluate(
            """(part) => {
              const root = document.querySelector(part), box = root.getBoundingClientRect();
              return [...root.children].filter((c) => !c.matches(".w-tip")).every((c) => {
                const { top, bottom, left, right } = c.getBoundingClientRect();
                return top >= box.top - 1 && bottom <= box.bottom + 1
                  && left >= box.left - 1 && right <= box.right + 1;
              });
            }""",
            part,
        )
        assert inside, part


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there (needs Node: npm ci in frontend)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_they_keep_nobody_out(opened: Opened, scheme: str) -> None:
    opened.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened.map.locator(".mp-place").first.click()
    opened.timeline.locator(".tl-event:visible").first.hover()
    opened.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = opened.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    bad = [
        (v["id"], v["impact"], [node["html"][:200] for node in v["nodes"][:3]])
        for v in found["violations"]
        if v["impact"] in {"serious", "critical"}
    ]
    assert bad == []


# --- by touch ---


def fingers(page: Page, *steps: list[tuple[float, float]]) -> None:
    """Put fingers down, move them from step to step, lift them."""
    device = page.context.new_cdp_session(page)
    for n, points in enumerate(steps):
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        kind = "touchMove" if n else "touchStart"
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
        page.wait_for_timeout(20)  # as a hand would; the browser drops what comes at once
    device.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture
def by_touch(windows: Windows, opened: Opened) -> Opened:
    page = windows.new(opened.address, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(f"{opened.address}/enter?token={TOKEN}")
    found = Opened(page, opened.address, opened.path)
    found.go()
    return found


def test_one_finger_moves_the_timeline_and_two_zoom(by_touch: Opened) -> None:
    frame = by_touch.timeline
    by_touch.page.locator("#timeline").evaluate(
        "(section) => section.scrollIntoView({ behavior: 'instant' })"
    )
    for _ in range(2):
        by_touch.page.get_by_role("button", name="Zoom in").first.tap()
        by_touch.zoom(frame)
    before = by_touch.zoom(frame)
    box = frame.bounding_box()
    assert box is not None
    y = box["y"] + 120
    fingers(by_touch.page, *([(150.0 + 20 * n, y)] for n in range(6)))
    moved = by_touch.zoom(frame)
    assert moved[0] == before[0]
    assert moved[1] > before[1] + 60
    fingers(by_touch.page, *([(180.0 - 12 * n, y), (200.0 + 12 * n, y)] for n in range(6)))
    assert by_touch.zoom(frame)[0] > moved[0] * 1.5


def test_one_finger_on_the_map_scrolls_the_page_and_two_move_it(by_touch: Opened) -> None:
    frame = by_touch.map
    before = by_touch.zoom(frame)
    box = frame.bounding_box()
    assert box is not None
    y = box["y"] + 150
    fingers(by_touch.page, *([(180.0, y - 20 * n)] for n in range(6)))
    assert by_touch.zoom(frame) == before
    box = frame.bounding_box()
    assert box is not None
    y = box["y"] + 150
    fingers(by_touch.page, *([(180.0 - 12 * n, y), (200.0 + 12 * n, y)] for n in range(6)))
    assert by_touch.zoom(frame)[0] > before[0] * 1.5
