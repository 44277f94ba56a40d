"""Reports that would be obeyed: on every page and in all data they are inert."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import fakes
import pytest
from fastapi.testclient import TestClient
from served import ROOT, Serve

from dragoman.dossier import Dossier

HOSTILE = {
    "script": '<script>alert(1)</script> "><script src=//evil.example/x.js></script> talks on 2022-01-10',
    "handlers": "<img src=x onerror=alert(1)> <a href='javascript:alert(1)'>x</a> ' onfocus=alert(1) x='",
    "svg": "<svg onload=alert(1)><style>*{display:none}</style></svg></title></textarea></article>",
    "template": "{{ 7 * 7 }} {% for x in ().__class__.__mro__ %}x{% endfor %} ${7*7} <%= 7*7 %> #{7*7}",
    "turned": "talks \u202egnirts\u202c and \u2066alone\u2069, zero\u200bwidth, \x07bell \x1b[31mred\x1b[0m",
    "formula": '=HYPERLINK("https://evil.example";"x") talks on 2022-01-12',
    "long": "x" * 200_000 + " talks on 2022-01-13",
    "placeholder": "@@ %s {0} &lt;script&gt; &#60;b&#62; <!-- --> ]]> talks on 2022-01-14",
}
# What a browser would act on, as tags with their attributes.
ACTIVE = re.compile(r"^on|^style$|^srcdoc$")


class Tags(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.fixture
def hostile(tmp_path: Path) -> Dossier:
    rows = []
    for name, words in HOSTILE.items():
        text = f"{words}\n\npublished 2022-01-15. There were talks on 2022-01-11. {words}"
        title = f"{words[:2000]} {name}"
        rows.append({"id": f"=cmd|{name}", "title": title, "text": text, "publisher": f"@{words[:300]}"})
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    dossier = Dossier.open(tmp_path / "hostile.dossier", create=True)
    built = dossier.build([path], workers=0, make_reader=fakes.quick_reader)
    assert built.new == len(HOSTILE)
    event = dossier.happenings()[0].id
    dossier.judge(
        "correct", event, who="<b>ben</b>", why="<script>alert(1)</script>", slot="place", value="<i>Bern"
    )
    return dossier


def pages(dossier: Dossier) -> list[str]:
    found = [
        "/",
        "/negotiations",
        "/events",
        "/conflicts",
        "/actors",
        "/sources",
        "/review",
        "/log",
        "/problems",
    ]
    found += [f"/events/{h.id}" for h in dossier.happenings()]
    found += [f"/reports/{report}" for report in dossier.reports()]
    found += [f"/sources/{report}" for report in dossier.reports()]
    found += [f"/negotiations/{n.id}" for n in dossier.negotiations()]
    found += [f"/actors/{p.id}" for p in dossier.profiles()]
    found += [
        "/search?q=talks",
        "/search?q=%3Cscript%3E",
        "/search?q=%7B%7B+7+*+7+%7D%7D",
        "/events?text=%22%3E%3Cb",
    ]
    return found


def test_no_word_of_a_report_becomes_markup(hostile: Dossier, serve: Serve) -> None:
    with hostile:
        client: TestClient = serve(hostile)
        for path in pages(hostile):
            answer = client.get(path)
            assert answer.status_code == 200, path
            tags = Tags()
            tags.feed(answer.text)
            for tag, attributes in tags.found:
                assert not [name for name in attributes if ACTIVE.match(name)], f"{path}: {tag} {attributes}"
                assert tag not in {"iframe", "object", "embed", "base", "img", "style", "i", "b"}, (
                    f"{path}: {tag}"
                )
                for name in ("href", "src", "action"):
                    assert attributes.get(name, "/").startswith(("/", "#", "?")) or not attributes[name], path
            scripts = [attributes for tag, attributes in tags.found if tag == "script"]
            assert all(attributes["src"].startswith("/static/") for attributes in scripts)


def test_braces_of_a_report_are_words(hostile: Dossier, serve: Serve) -> None:
    with hostile:
        client: TestClient = serve(hostile)
        braces = next(r.id for r in hostile.reports().values() if "7 * 7" in (r.title or ""))
        text = client.get(f"/reports/{braces}").text
        assert "{{ 7 * 7 }} {% for x in ().__class__.__mro__ %}" in text


def test_what_is_not_seen_is_shown_or_left_out(hostile: Dossier, serve: Serve) -> None:
    with hostile:
        client: TestClient = serve(hostile)
        unseen = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08\x1b]")
        for path in pages(hostile):
            assert not unseen.search(client.get(path).text), path
        turned = next(r.id for r in hostile.reports().values() if "gnirts" in (r.title or ""))
        assert (
            '<span class="unseen" title="a character that would not be seen">U+202E</span>'
            in client.get(f"/reports/{turned}").text
        )


def test_pages_of_long_lines_stay_small(hostile: Dossier, serve: Serve) -> None:
    with hostile:
        client: TestClient = serve(hostile)
        for path in pages(hostile):
            assert len(client.get(path).content) < 250_000, path


def test_no_cell_is_a_formula(hostile: Dossier, serve: Serve) -> None:
    with hostile:
        client: TestClient = serve(hostile)
        for path in pages(hostile):
            base, _, query = path.partition("?")
            table = client.get(f"{'/overview' if base == '/' else base}.csv?{query}")
            assert table.status_code == 200, path
            for row in csv.reader(io.StringIO(table.text)):
                for cell in row:
                    number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
                    assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (
                        f"{path}: {cell[:80]}"
                    )


def test_a_form_takes_anything_and_shows_it_as_text(hostile: Dossier, serve: Serve) -> None:
    with hostile:
        client: TestClient = serve(hostile)
        text = client.get("/log").text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "&lt;b&gt;ben&lt;/b&gt;" in text


def test_no_template_trusts_a_value() -> None:
    for template in (ROOT / "src" / "dragoman" / "web" / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", "")
        assert "autoescape" not in text
        assert "style=" not in text
        assert not re.search(r"<script(?! src)", text)
        assert not re.search(r"\son\w+=", text)
