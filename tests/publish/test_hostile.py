"""Nothing in a report becomes markup, a script, a formula, a path or an address to follow."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]
from tests.publish.conftest import files_of, pages_of

from dragoman.dossier import Dossier
from dragoman.model import Span
from dragoman.publish import Options, publish
from dragoman.publish.quote import LONGEST, quote

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "{{ 7 * 7 }}{% raw %}{{ site.title }}",
    "</script><script>alert(1)</script><!--",
    "\u202eevil\u2066\u200b\x1b[31m\x00",
    "=cmd|' /C calc'!A0",
)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site made from reports whose every field attacks."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = []
    for n, attack in enumerate(HOSTILE):
        text = (
            f"GENEVA, 10 January 2022 - Russia and the United States met in Geneva on Monday {attack} and "
            f"discussed {attack}. Iran proposed a plan called “{attack}” to the United States."
        )
        lines.append(
            {
                "id": f"../../{attack}",
                "text": text,
                "title": f"Russia and the United States met in Geneva {attack}",
                "publisher": attack,
                "url": f"javascript:alert({n})" if n % 2 else f"https://x.example/{n}?q=<b>{attack}",
                "date": "2022-01-10",
            }
        )
    big = "Russia and Chile met in Lisbon on Sunday. " + "A" * 1_000_000
    lines.append({"id": "big", "text": big, "title": "B" * 100_000, "date": "2022-01-10"})
    source = folder / "reports.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    with Dossier.open(folder / "x.dossier", create=True) as dossier:
        dossier.build([source])
        publish(
            dossier,
            folder / "site",
            Options(
                title="<b>Title</b> {{ 1 }} \u202e",
                by="</p><script>",
                licence="</script>",
                base_url="https://x.example",
            ),
        )
    return folder / "site"


def test_no_element_and_no_attribute_comes_from_a_report(hostile_site: Path) -> None:
    pages = pages_of(hostile_site)
    assert len(pages) > 8
    for path, page in pages.items():
        for element in page.iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag not in {"img", "b", "iframe"} or element.getparent().tag == "li", path
            assert element.tag != "script" or element.get("type") == "application/ld+json", path
            assert not [name for name in element.attrib if name.startswith("on")], path
            for name in ("href", "xlink:href", "src"):
                address = (element.get(name) or "").strip().lower()
                assert not address.startswith(("javascript:", "data:", "vbscript:")), path
        assert not page.xpath("//comment()"), path


def test_the_words_are_shown_as_they_are(hostile_site: Path) -> None:
    text = "".join(page.text_content() for page in pages_of(hostile_site).values())
    assert "<script>alert(1)</script>" in text
    assert "{{ 7 * 7 }}" in text
    assert "<b>Title</b> {{ 1 }}" in text


def test_nothing_hidden_and_nothing_that_steers_is_kept(hostile_site: Path) -> None:
    for path, data in files_of(hostile_site).items():
        text = data.decode("utf-8")
        assert not set(text) & set("\u202e\u2066\u200b\x1b\x00"), path


def test_linked_data_stays_data(hostile_site: Path) -> None:
    for path, page in pages_of(hostile_site).items():
        for script in page.xpath("//script"):
            assert "<" not in script.text, path
            assert json.loads(script.text)["@context"] == "https://schema.org"


def test_no_cell_is_a_formula(hostile_site: Path) -> None:
    for path, data in files_of(hostile_site).items():
        if path.endswith(".csv"):
            for row in csv.reader(StringIO(data.decode("utf-8"))):
                assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))], path


def test_feed_and_calendar_are_sound(hostile_site: Path) -> None:
    etree.fromstring((hostile_site / "feed.xml").read_bytes())
    for line in (hostile_site / "calendar.ics").read_bytes().split(b"\r\n"):
        assert len(line) <= 75
        assert line[:1] == b" " or line == b"" or line.split(b":")[0].split(b";")[0].isupper(), line


def test_every_name_of_a_file_is_plain(hostile_site: Path) -> None:
    for path in files_of(hostile_site):
        assert path.replace("/", "").replace(".", "").replace("-", "").isalnum(), path


def test_a_report_of_a_million_characters_makes_no_long_page(hostile_site: Path) -> None:
    for path, data in files_of(hostile_site).items():
        assert not path.endswith(".html") or len(data) < 200_000, path


def test_a_quotation_reads_as_the_report_does() -> None:
    text = "First part.\n\nThey met in   Oslo\nthen, and spoke. Later they left.\n\nLast part."
    start = text.index("met")
    found = quote(text, Span.of(text, start, start + 3))
    assert f"{found.before}{found.words}{found.after}" == "They met in Oslo then, and spoke. Later they left."
    assert found.words == "met"


def test_a_quotation_is_cut_at_words_and_says_so() -> None:
    text = " ".join(f"word{n}" for n in range(400))
    start = text.index("word200")
    found = quote(text, Span.of(text, start, start + 7))
    assert found.before.startswith("… word")
    assert found.after.endswith(" …")
    long = "x" * 5000
    assert len(quote(long, Span.of(long, 0, 5000)).words) < LONGEST + 10


def test_words_that_the_text_does_not_hold_are_called_so() -> None:
    assert quote("other text", Span(0, 3, "met")).lost
    assert not quote(None, Span(0, 3, "met")).lost
