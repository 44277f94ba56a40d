"""Every decision in Debian's Chromium, by mouse and by keys, on the example dossier and on the corpora's."""

from __future__ import annotations

import json
from urllib.parse import urljoin

import pytest
from browsing import Listen, Open, Windows, follow, look, needs_chromium, settled, tab_to
from playwright.sync_api import Locator, Page, expect
from served import TOKEN

from dragoman.dossier import Dossier
from dragoman.model import Decision, Happening, Match, Verdict
from dragoman.store import Filter
from dragoman.web import Serving

pytestmark = needs_chromium

BY = pytest.mark.parametrize("by", ["mouse", "keys"])
EXAMPLE = pytest.mark.parametrize("dossier", ["example"], indirect=True)


def queue(dossier: Dossier) -> list[Match]:
    """The pairs in the order in which they are shown."""
    return sorted(dossier.matches(Verdict.UNSURE), key=lambda m: (-m.score, m.left, m.right))


def path_of(match: Match) -> str:
    return f"/review/{match.left}/{match.right}"


def fewest(events: list[Happening]) -> Happening:
    """The event of fewest claims, so that the way by the tab key is short."""
    return min(events, key=lambda h: (len(h.claims), h.id))


def conflicting(dossier: Dossier) -> Happening:
    """An event on which reports differ, with a day, so that others lie near it."""
    return fewest([h for h in dossier.happenings(Filter(conflict=True)) if h.text("date")])


def press(page: Page, element: Locator, by: str) -> None:
    """Click an element, or go to it with the tab key and press it."""
    if by == "mouse":
        element.click()
    else:
        tab_to(page, element)
        page.keyboard.press("Enter")


def act(page: Page, by: str, button: str, key: str) -> None:
    """Press a button with the mouse, or its key."""
    if by == "mouse":
        page.locator("main").get_by_role("button", name=button).first.click()
    else:
        page.keyboard.press(key)


def made(dossier: Dossier) -> list[Decision]:
    return [j.decision for j in dossier.judgements()]


# --- pairs ---


@BY
def test_a_pair_is_the_same_or_different_and_taken_back(open_page: Open, dossier: Dossier, by: str) -> None:
    pairs = queue(dossier)
    page = open_page("/review")
    if by == "mouse":
        page.get_by_role("link", name="Begin").click()
    else:
        page.keyboard.press("j")
    page.wait_for_url(f"**{path_of(pairs[0])}")
    act(page, by, "Same", "s")
    settled(page, dossier, "they are one event")
    assert path_of(pairs[0]) not in page.url
    one, other = (dossier.happening(claim) for claim in (pairs[0].left, pairs[0].right))
    assert one == other
    act(page, by, "Take back", "z")
    settled(page, dossier, "Taken back")
    assert path_of(pairs[0]) in page.url
    act(page, by, "Different", "d")
    settled(page, dossier, "they are different events")
    one, other = (dossier.happening(claim) for claim in (pairs[0].left, pairs[0].right))
    assert one != other
    assert made(dossier) == [Decision.SAME, Decision.UNDO, Decision.DIFFERENT]
    assert pairs[0] not in dossier.matches(Verdict.UNSURE)


@EXAMPLE
def test_a_pair_is_decided_without_script(open_page: Open, dossier: Dossier) -> None:
    first = queue(dossier)[0]
    page = open_page(path_of(first), java_script_enabled=False)
    page.get_by_role("button", name="Same").click()
    settled(page, dossier, "they are one event")
    page.get_by_role("button", name="Take back").first.click()
    settled(page, dossier, "Taken back")
    page.get_by_role("button", name="Different").click()
    settled(page, dossier, "they are different events")
    assert made(dossier) == [Decision.SAME, Decision.UNDO, Decision.DIFFERENT]


@BY
def test_unsure_goes_on_and_decides_nothing(open_page: Open, dossier: Dossier, by: str) -> None:
    pairs = queue(dossier)
    page = open_page(path_of(pairs[0]))
    expect(page.locator(".pair-head .sub")).to_contain_text(f"1 of {len(pairs)}")
    for at, (name, key) in enumerate((("Unsure", "u"), ("After", "j")), 1):
        if by == "mouse":
            page.get_by_role("link", name=name).click()
        else:
            page.keyboard.press(key)
        page.wait_for_url(f"**{path_of(pairs[at])}")
    if by == "mouse":
        page.get_by_role("link", name="Before").click()
    else:
        page.keyboard.press("k")
    page.wait_for_url(f"**{path_of(pairs[1])}")
    assert not dossier.judgements()


def test_the_last_decision_is_taken_back_from_another_page(open_page: Open, dossier: Dossier) -> None:
    pairs = queue(dossier)
    page = open_page(path_of(pairs[0]))
    page.keyboard.press("d")
    settled(page, dossier)
    page.get_by_role("link", name="All pairs").click()
    expect(page.get_by_role("button", name="Take back my last decision")).to_be_visible()
    page.keyboard.press("z")
    settled(page, dossier, "Taken back")
    page.wait_for_url("**/review/**")
    assert made(dossier) == [Decision.DIFFERENT, Decision.UNDO]


@BY
@pytest.mark.parametrize("letter", ["A", "B"])
def test_a_slot_of_either_side_is_corrected(open_page: Open, dossier: Dossier, by: str, letter: str) -> None:
    first = queue(dossier)[0]
    page = open_page(path_of(first))
    if by == "mouse":
        page.locator("summary", has_text="Correct").click()
        page.get_by_label(letter, exact=True).check()
        page.locator("select[name=slot]").select_option("place")
        page.get_by_label("Value").fill("Bern")
        page.get_by_label("Why").fill("her diary says so")
        page.get_by_role("button", name="Keep").click()
    else:
        page.keyboard.press("c")
        expect(page.locator("select[name=slot]")).to_be_focused()
        if letter == "B":
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("ArrowRight")
            page.keyboard.press("Tab")
        page.keyboard.type("place")
        page.keyboard.press("Tab")
        page.keyboard.type("Bern")
        page.keyboard.press("Tab")
        page.keyboard.type("her diary says so")
        page.keyboard.press("Enter")
    settled(page, dossier, "the slot is corrected")
    assert path_of(first) in page.url
    (judgement,) = dossier.judgements()
    claim = first.left if letter == "A" else first.right
    assert (judgement.slot, judgement.value, judgement.anchors[0].claim) == ("place", '"Bern"', claim)
    assert judgement.why == "her diary says so"
    happening = dossier.happening(claim)
    assert happening is not None
    assert happening.text("place") == "Bern"


@BY
def test_a_side_of_a_pair_is_no_event(open_page: Open, dossier: Dossier, by: str) -> None:
    """First A of the first pair; then, once that is taken back, B."""
    first = queue(dossier)[0]
    page = open_page(path_of(first))
    start = page.url
    for letter, claim in (("A", first.left), ("B", first.right)):
        page.goto(start)
        whole = dossier.happening(claim)
        assert whole is not None
        if by == "mouse":
            page.locator("summary", has_text="No event").click()
        else:
            page.keyboard.press("n")
        expect(page.get_by_role("button", name=f"{letter} is no event")).to_be_visible()
        act(page, by, f"{letter} is no event", letter.lower())
        settled(page, dossier, "it is no event")
        assert dossier.happening(claim) is None
        for left in set(whole.claims) - {claim}:
            assert dossier.happening(left) is not None, "the other reports still tell of it"
        act(page, by, "Take back", "z")
        settled(page, dossier, "Taken back")
        assert dossier.happening(claim) == whole
        page.wait_for_url("**/review/**")


# --- events ---


@BY
def test_a_slot_of_an_event_is_corrected_and_its_values_are_taken(
    open_page: Open, dossier: Dossier, by: str
) -> None:
    event = conflicting(dossier)
    slot = event.conflicts[0]
    page = open_page(f"/events/{event.id}")
    take = page.locator(f"#slot-{slot} .values").get_by_role("button", name="Take this").first
    offered = str(take.locator("xpath=..").locator("input[name=value]").get_attribute("value"))
    press(page, take, by)
    settled(page, dossier, "the slot is corrected")
    expect(page.locator(f"#slot-{slot} .standing")).to_contain_text("decided by a person")
    assert (dossier.judgements()[0].slot, dossier.judgements()[0].value) == (slot, json.dumps(offered))

    place = page.locator("#slot-place")
    if by == "mouse":
        place.locator("summary").click()
        place.get_by_label("place", exact=True).fill("Bern")
        place.get_by_role("button", name="Keep").click()
    else:
        tab_to(page, place.locator("summary"))
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Control+A")
        page.keyboard.type("Bern")
        page.keyboard.press("Enter")
    settled(page, dossier, "the slot is corrected")
    expect(place.locator(".value strong")).to_have_text("Bern")


@BY
def test_a_value_is_added_to_a_slot_that_holds_several(open_page: Open, dossier: Dossier, by: str) -> None:
    event = fewest([h for h in dossier.happenings() if len(h.many("people")) > 1])
    one, other = event.many("people")[:2]
    dossier.judge(Decision.CORRECT, event.id, who="ada", slot="people", value=[one])
    page = open_page(f"/events/{event.id}")
    people = page.locator("#slot-people")
    expect(people.locator(".value strong")).to_have_text(one)
    press(page, people.get_by_role("button", name=f"Add people: {other}"), by)
    settled(page, dossier, "the slot is corrected")
    after = dossier.happening(event.id)
    assert after is not None
    assert after.many("people") == (one, other)


@BY
def test_an_event_is_split_merged_and_put_back_from_the_log(
    open_page: Open, dossier: Dossier, by: str
) -> None:
    event = conflicting(dossier)
    page = open_page(f"/events/{event.id}")
    press(page, page.get_by_role("button", name="Split off report 2"), by)
    settled(page, dossier, "they are different events")
    parted = dossier.happening(event.claims[1])
    assert parted is not None
    assert event.claims[0] not in parted.claims

    if by == "mouse":
        page.locator("#merge > summary").click()
        page.get_by_role("button", name="Merge with").first.click()
    else:
        page.keyboard.press("s")
        expect(page.get_by_role("button", name="Merge with").first).to_be_focused()
        page.keyboard.press("Enter")
    settled(page, dossier, "they are one event")
    merged = [anchor.claim for anchor in dossier.judgements()[-1].anchors]
    assert len({happening.id for claim in merged if (happening := dossier.happening(claim))}) == 1

    press(page, page.get_by_role("link", name="Log"), by)
    expect(page.get_by_role("heading", level=1)).to_have_text("Log of decisions")
    expect(page.locator(".judgement")).to_have_count(2)
    last = page.locator(".judgement").first
    expect(last).to_contain_text("Same event")
    press(page, last.get_by_role("button", name="Take back"), by)
    settled(page, dossier, "Taken back")
    expect(page.locator(".judgement")).to_have_count(3)
    expect(page.locator(".judgement.undone")).to_have_count(1)
    assert made(dossier) == [Decision.DIFFERENT, Decision.SAME, Decision.UNDO]
    page.get_by_label("Decision").select_option("same")
    page.locator("main .filters").get_by_role("button", name="Show").click()
    expect(page.locator(".judgement")).to_have_count(1)


@BY
def test_an_event_is_merged_with_one_that_is_named(open_page: Open, dossier: Dossier, by: str) -> None:
    one, other = (h for h in dossier.happenings(Filter(types=("meeting",)))[:2])
    page = open_page(f"/events/{one.id}")
    if by == "mouse":
        page.locator("#merge > summary").click()
        page.get_by_label("Another one").fill(other.id)
        page.locator("#merge form").last.get_by_role("button", name="Merge").click()
    else:
        page.keyboard.press("s")
        tab_to(page, page.get_by_label("Another one"))
        page.keyboard.type(other.id)
        page.keyboard.press("Enter")
    settled(page, dossier, "they are one event")
    assert dossier.happening(one.id) == dossier.happening(other.id)


@BY
def test_one_report_of_an_event_tells_of_none(open_page: Open, dossier: Dossier, by: str) -> None:
    """The first report, whose claim gives the event its id: the others still tell of it."""
    event = fewest([h for h in dossier.happenings() if len(h.claims) > 1])
    page = open_page(f"/events/{event.id}")
    press(page, page.get_by_role("button", name="No event in report 1"), by)
    settled(page, dossier, "it is no event")
    assert dossier.happening(event.claims[0]) is None
    assert all(dossier.happening(claim) is not None for claim in event.claims[1:])


@BY
def test_an_event_is_none(open_page: Open, dossier: Dossier, by: str) -> None:
    """Of an event with one report and of one with several, both with the same key."""
    events = dossier.happenings()
    page = open_page("/")
    for event, button in (
        (fewest([h for h in events if len(h.claims) == 1 and h.text("place")]), "No event"),
        (fewest([h for h in events if len(h.claims) > 1]), "It is no event"),
    ):
        page.goto(urljoin(page.url, f"/events/{event.id}"))
        act(page, by, button, "n")
        settled(page, dossier, "it is no event")
        assert all(dossier.happening(claim) is None for claim in event.claims)
        act(page, by, "Take back", "z")
        settled(page, dossier, "Taken back")
        assert dossier.happening(event.id) is not None


@EXAMPLE
def test_escape_closes_what_a_key_opened(open_page: Open, dossier: Dossier) -> None:
    page = open_page(f"/events/{conflicting(dossier).id}")
    for key, opened in (("c", "details.correct[open]"), ("s", "#merge[open]")):
        page.keyboard.press(key)
        expect(page.locator(opened)).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator(opened)).to_have_count(0)


# --- two at once; a large dossier ---


def test_two_reviewers_see_each_other_and_overwrite_nothing(open_page: Open, dossier: Dossier) -> None:
    path = path_of(queue(dossier)[0])
    one, other = open_page(path), open_page(path)
    one.wait_for_function("document.getElementById('pulse') !== null")
    one.wait_for_timeout(300)  # the first look at the pulse
    other.get_by_role("button", name="Different").click()
    settled(other, dossier)
    look(one)
    expect(one.locator("#pulse")).to_contain_text("ada decided last")
    one.get_by_role("button", name="Same").click()
    expect(one.get_by_role("heading", level=1)).to_have_text("It changed meanwhile")
    assert len(dossier.judgements()) == 1
    one.get_by_role("button", name="Decide all the same").click()
    settled(one, dossier)
    assert made(dossier) == [Decision.DIFFERENT, Decision.SAME]


@EXAMPLE
def test_a_large_dossier_says_that_its_record_follows(
    dossier: Dossier,
    windows: Windows,
    listen: Listen,  # ends before the dossier closes
) -> None:
    first = queue(dossier)[0]
    address = listen(dossier, Serving(token=TOKEN, who="ada", small=0))
    page = windows.new(address)
    page.goto(f"{address}/enter?token={TOKEN}")
    page.goto(f"{address}{path_of(first)}")
    page.keyboard.press("s")
    expect(page.locator(".notice.done")).to_be_visible()
    expect(page.locator(".notice", has_text="is being brought up to date")).to_be_visible()
    follow(page, dossier)
    look(page)
    expect(page.locator(".notice", has_text="The record has followed")).to_be_visible()
    expect(page.locator("#pulse")).to_be_hidden()
    dossier.judge("not-an-event", dossier.happenings()[-1].id, who="cleo")
    look(page)
    expect(page.locator("#pulse")).to_contain_text("cleo decided last")
    settled(page, dossier)
    expect(page.locator(".notice", has_text="is being brought up to date")).to_have_count(0)
    assert dossier.happening(first.left) == dossier.happening(first.right)
