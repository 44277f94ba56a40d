"""
The third tutorial, walked in Chromium as it is told.

Its words in quotation marks stand on the pages that its sections show, and its images are screenshots of this
walk. ``make docs`` has the walk write them (DRAGOMAN_IMAGES names the folder).
"""

from __future__ import annotations

import os
import re
import shlex
import struct
from collections import defaultdict
from pathlib import Path

import pytest
from browsing import Listen, Windows, needs_chromium, settled
from click.testing import CliRunner
from making import copied
from playwright.sync_api import Page, expect
from served import ROOT, TOKEN

from dragoman.cli import main
from dragoman.dossier import Dossier
from dragoman.model import Decision
from dragoman.web import Serving

TUTORIAL = ROOT / "docs" / "tutorial-face.md"
IMAGES = ROOT / "docs" / "images"
MOST = 150_000  # bytes of an image

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]]*)\]\(images/([^)]+)\)")


def sections() -> dict[int, str]:
    """The tutorial's sections without what stands between fences, by number."""
    text = _FENCE.sub("", TUTORIAL.read_text(encoding="utf-8"))
    parts = re.split(r"^## (\d+)\. ", text, flags=re.MULTILINE)
    return {int(number): told for number, told in zip(parts[1::2], parts[2::2], strict=True)}


def plain(text: str) -> str:
    return " ".join(text.split())


class Walk:
    """Who follows the tutorial: sees pages, takes pictures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.section = 0
        self.seen: dict[int, str] = defaultdict(str)
        self.pictures: dict[str, tuple[int, str]] = {}

    def look(self, page: Page) -> str:
        """Note what stands on a page."""
        text = plain(page.evaluate("document.documentElement.textContent"))
        self.seen[self.section] += f" {text}"
        return text

    def picture(self, page: Page, name: str) -> None:
        """Note it and take a picture of it."""
        page.evaluate("document.activeElement?.blur()")
        self.pictures[name] = self.section, self.look(page)
        # Hiding the caret would add a style, which the page's own policy forbids.
        page.screenshot(path=self.folder / name, caret="initial")


@pytest.fixture
def talks(example_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The dossier that the tutorial builds, in a folder of its own where its commands run."""
    monkeypatch.chdir(tmp_path)
    return copied(example_file, tmp_path / "talks.dossier")


def run(start: str) -> None:
    """Run the tutorial's first command that begins so."""
    text = TUTORIAL.read_text(encoding="utf-8")
    command = next(line[2:] for line in text.splitlines() if line.startswith(f"$ {start}"))
    done = CliRunner().invoke(main, shlex.split(command)[1:])
    assert done.exit_code == 0, done.output


def walk_sections(walk: Walk, page: Page, phone: Page, dossier: Dossier) -> None:
    """Sections 1 to 6: what is done in the browser."""
    walk.section = 1
    walk.picture(page, "face-overview.png")

    walk.section = 2
    page.locator(".play h3 a").first.click()
    page.wait_for_url("**/negotiations/*")
    page.locator("#timeline").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#timeline').scrollIntoView({behavior: 'instant'})")
    walk.picture(page, "face-negotiation.png")

    walk.section = 3
    conflict(walk, page)
    page.evaluate("document.querySelector('#slot-forum').scrollIntoView({behavior: 'instant'})")
    walk.picture(page, "face-conflict.png")
    page.locator("#slot-date").get_by_role("link", name="6").first.click()
    page.get_by_role("link", name="THE WEEK IN REVIEW").click()
    page.wait_for_url("**/reports/*")
    expect(page.locator("#text")).to_be_visible()
    page.evaluate("document.querySelector('.report-page').scrollIntoView({behavior: 'instant'})")
    walk.picture(page, "face-report.png")

    walk.section = 4
    overview(walk, page)
    page.get_by_role("link", name="Review 3 pairs").click()
    page.wait_for_url("**/review/*/*")
    walk.picture(page, "face-pair.png")
    phone.goto(page.url)
    walk.picture(phone, "face-phone.png")
    page.keyboard.press("s")
    settled(page, dossier, "they are one event")
    walk.picture(page, "face-kept.png")

    walk.section = 5
    conflict(walk, page)
    page.get_by_role("button", name="Take this date: 13 January 2022").click()
    settled(page, dossier, "the slot is corrected")
    page.evaluate("document.querySelector('#slot-forum').scrollIntoView({behavior: 'instant'})")
    walk.picture(page, "face-corrected.png")
    page.keyboard.press("z")
    settled(page, dossier, "Taken back")
    page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
    walk.picture(page, "face-back.png")

    walk.section = 6
    page.get_by_role("link", name="Log").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log of decisions")
    expect(page.locator(".judgement")).to_have_count(3)
    walk.picture(page, "face-log.png")


def overview(walk: Walk, page: Page) -> None:
    page.get_by_role("link", name="Overview").click()
    expect(page.locator("#h-conflicts")).to_be_visible()
    walk.look(page)


def conflict(walk: Walk, page: Page) -> None:
    """From the overview to the event on which reports differ."""
    overview(walk, page)
    page.locator("#h-conflicts ~ ul a").first.click()
    page.wait_for_url("**/events/*")


@needs_chromium
def test_the_tutorial_is_walked_as_it_is_told(
    talks: Path, tmp_path: Path, listen: Listen, windows: Windows
) -> None:
    folder = (ROOT / os.environ.get("DRAGOMAN_IMAGES", tmp_path / "images")).resolve()
    folder.mkdir(exist_ok=True)
    walk = Walk(folder)
    with Dossier.open(talks) as dossier:
        address = listen(dossier, Serving(token=TOKEN, who="ada"))
        page = windows.new(address, viewport={"width": 1280, "height": 640}, reduced_motion="reduce")
        phone = windows.new(address, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
        for window in (phone, page):
            window.goto(f"{address}/enter?token={TOKEN}")
        walk_sections(walk, page, phone, dossier)
        assert [j.decision for j in dossier.judgements()] == [
            Decision.SAME, Decision.CORRECT, Decision.UNDO,
        ]  # fmt: skip

    page = windows.new("file://", viewport={"width": 1280, "height": 640})
    walk.section = 7
    run("dragoman publish")
    page.goto((tmp_path / "site" / "index.html").as_uri())
    walk.picture(page, "face-site.png")
    walk.section = 8
    run("dragoman plot")
    page.set_viewport_size({"width": 960, "height": 640})
    page.goto((tmp_path / "timeline.svg").as_uri())

    walk.picture(page, "face-plot.png")

    told = sections()
    assert walk.pictures.keys() == {name for text in told.values() for _, name in _IMAGE.findall(text)}
    for number, text in told.items():
        for alt, name in _IMAGE.findall(text):
            section, shown = walk.pictures[name]
            assert section == number, f"{name} stands in section {number}"
            words = re.findall(r"“([^”]+)”", plain(alt))
            assert words, f"{name}: its text quotes nothing of it"
            assert [one for one in words if one not in shown] == [], name
        words = re.findall(r"“([^”]+)”", plain(_IMAGE.sub("", text)))
        assert [one for one in words if one not in walk.seen[number]] == [], f"section {number}"


def test_each_image_of_the_tutorial_is_there_and_small() -> None:
    shown = {name for text in sections().values() for _, name in _IMAGE.findall(text)}
    assert shown == {path.name for path in IMAGES.glob("face-*.png")}
    for name in shown:
        picture = (IMAGES / name).read_bytes()
        width, height = struct.unpack(">II", picture[16:24])
        assert len(picture) <= MOST, f"{name}: {len(picture):,} bytes"
        assert width in {390, 960, 1280}, name
        assert height <= 900, name
