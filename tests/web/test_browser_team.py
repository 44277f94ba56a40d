"""A team in Debian's Chromium: who signs in, who decides, who only reads, who has left."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Listen, Windows, needs_chromium, settled, tab_to
from playwright.sync_api import Page, expect

from dragoman.dossier import Dossier
from dragoman.model import Verdict
from dragoman.web import Serving
from dragoman.web.team import Role, Team, add_user, remove_user

pytestmark = needs_chromium

WORD = "correct horse battery"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Ada reviews, Ben reads."""
    path = tmp_path / "team.json"
    add_user(path, "ada", WORD, Role.REVIEWER)
    add_user(path, "ben", WORD, Role.READER)
    return path


@pytest.fixture
def address(example: Dossier, listen: Listen, team: Path) -> str:
    """The example dossier, served to them."""
    return listen(example, Serving(team=Team(team)))


def sign_in(page: Page, name: str, password: str = WORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def pair_path(dossier: Dossier) -> str:
    match = min(dossier.matches(Verdict.UNSURE), key=lambda m: (-m.score, m.left, m.right))
    return f"/review/{match.left}/{match.right}"


def test_a_reviewer_signs_in_by_mouse_decides_and_leaves(
    windows: Windows, address: str, example: Dossier
) -> None:
    windows.refusals.add(401)
    path = pair_path(example)
    page = windows.new(address)
    page.goto(f"{address}{path}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in(page, "ada", "a wrong password")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    sign_in(page, "ada")
    page.wait_for_url(f"**{path}")  # where one wanted to go
    page.get_by_role("button", name="Different").click()
    settled(page, example)
    page.get_by_role("link", name="Log").click()
    expect(page.locator(".judgement .credit")).to_contain_text("ada")
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto(f"{address}/log")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_reader_signs_in_by_keys_sees_all_and_decides_nothing(
    windows: Windows, address: str, example: Dossier
) -> None:
    page = windows.new(address)
    page.goto(f"{address}{pair_path(example)}")
    tab_to(page, page.get_by_label("Name"))
    page.keyboard.type("ben")
    page.keyboard.press("Tab")
    page.keyboard.type(WORD)
    page.keyboard.press("Enter")
    expect(page.locator("footer")).to_contain_text("ben (reader)")
    event = next(h for h in example.happenings() if len(h.claims) > 1)
    for path in (pair_path(example), f"/events/{event.id}", "/review", "/log"):
        page.goto(f"{address}{path}")
        expect(page.locator("main form[method=post]")).to_have_count(0)
        for key in "sdcnz":
            page.keyboard.press(key)
        page.wait_for_timeout(50)
        assert page.url == f"{address}{path}"
    assert not example.judgements()


def test_who_is_taken_off_the_list_is_out_at_once(windows: Windows, address: str, team: Path) -> None:
    page = windows.new(address)
    page.goto(f"{address}/login")
    sign_in(page, "ada")
    page.get_by_role("link", name="Events").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Events")
    remove_user(team, "ada")
    page.get_by_role("link", name="Actors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_who_guesses_has_to_wait(windows: Windows, address: str) -> None:
    windows.refusals |= {401, 429}
    page = windows.new(address)
    page.goto(f"{address}/login")
    for number in range(5):
        sign_in(page, "ada", f"a wrong password {number}")
        expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    sign_in(page, "ada")
    expect(page.get_by_role("alert")).to_contain_text("Too many wrong passwords")


def test_two_of_a_team_see_who_decided(windows: Windows, address: str, example: Dossier, team: Path) -> None:
    add_user(team, "cleo", WORD, Role.REVIEWER)
    path = pair_path(example)
    ada, cleo = windows.new(address), windows.new(address)
    for page, name in ((ada, "ada"), (cleo, "cleo")):
        page.goto(f"{address}{path}")
        with page.expect_response("**/pulse.json"):
            sign_in(page, name)
    cleo.get_by_role("button", name="Different").click()
    settled(cleo, example)
    ada.evaluate("document.dispatchEvent(new Event('dragoman:look'))")
    expect(ada.locator("#pulse")).to_contain_text("cleo decided last")
    ada.get_by_role("button", name="Same").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("It changed meanwhile")
    expect(ada.locator("main")).to_contain_text("cleo")
    ada.get_by_role("link", name="Leave it as it is").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("One event or two?")
    assert len(example.judgements()) == 1
