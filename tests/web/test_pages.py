"""Every page is there, says what it is to say, and has its data beside it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fakes
import pytest
from fastapi.testclient import TestClient
from served import HERE, PAGES, TOKEN, Page, Serve, addresses

from dragoman.dossier import Dossier
from dragoman.model import Verdict
from dragoman.store import Filter
from dragoman.web import Serving
from dragoman.web.pages.overview import SEEN


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole_and_has_its_data_beside_it(
    client: TestClient, example: Dossier, name: str
) -> None:
    path, _, query = addresses(example)[name].partition("?")
    page = client.get(f"{path}?{query}")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.text.count("<h1") == 1
    assert page.text.rstrip().endswith("</html>")
    data = client.get(f"{path}.json?{query}")
    assert data.status_code == 200
    assert isinstance(json.loads(data.text), dict)
    table = client.get(f"{path}.csv?{query}")
    assert table.status_code == 200
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(table.text)))
    assert rows[0][0].isidentifier()
    assert len({len(row) for row in rows}) == 1
    assert f"{path}.json".replace(":", ":") in page.text


def test_the_pages_told_here_are_all_the_pages_that_have_data(client: TestClient, example: Dossier) -> None:
    described = client.get("/openapi.json").json()["paths"]
    assert len([path for path in described if path.endswith(".csv")]) == len(PAGES)
    assert set(addresses(example)) == set(PAGES)


def test_the_overview_tells_the_state_of_play_and_what_waits(client: TestClient, example: Dossier) -> None:
    text = Page.of(client, "/").text
    negotiation = max(example.negotiations(), key=lambda n: len(n.happenings))
    assert f"/negotiations/{negotiation.id}" in text
    assert "Last meeting" in text
    waiting = len(example.matches(Verdict.UNSURE))
    assert f"Review {waiting} pairs" in text
    assert "12 January 2022 (4 sources) or 13 January 2022 (1 source)" in text


def test_a_second_visit_tells_what_came_since_the_first(client: TestClient, example: Dossier) -> None:
    assert "first visit" in Page.of(client, "/").text
    before = int((datetime.now(UTC) - timedelta(days=2)).timestamp())
    client.cookies.set(SEEN, f"0.{before}", domain="testserver.local", path="/")
    text = Page.of(client, "/").text
    assert "New reports" in text
    event = example.happenings()[0].id
    example.judge("not-an-event", event, who="ben")
    assert "the last by ben" in Page.of(client, "/").text


def test_since_may_be_asked_for(client: TestClient) -> None:
    assert "New reports" in Page.of(client, "/?since=2020-01-01").text
    assert "Nothing new" in Page.of(client, "/?since=2100-01-01").text
    assert client.get("/?since=yesterday").status_code == 400


def test_a_negotiation_draws_its_timeline_by_forum_or_by_pair(client: TestClient, example: Dossier) -> None:
    path = addresses(example)["negotiation"]
    drawn = {group: Page.of(client, f"{path}?group={group}").text for group in ("forum", "pair")}
    for text in drawn.values():
        assert text.count("<svg") >= 2
        assert "Proposals and answers" in text
    assert "NATO-Russia Council</text>" in drawn["forum"]
    assert "NATO-Russia Council</text>" not in drawn["pair"]


def test_an_event_shows_each_report_with_its_words_marked_and_the_conflict(
    client: TestClient, example: Dossier
) -> None:
    event = example.happenings(Filter(conflict=True))[0]
    text = Page.of(client, f"/events/{event.id}").text
    assert text.count('class="passage"') >= len(event.claims)
    assert 'class="m-slot m-event" title="date">Thursday</span>' in text
    assert "sources differ" in text
    assert "against" in text


def test_a_report_shows_its_text_as_stored_with_what_was_read_in_it(
    client: TestClient, example: Dossier
) -> None:
    report = next(r for r in example.reports().values() if r.name == "mirror-translated.txt")
    text = Page.of(client, f"/reports/{report.id}").text
    for kind in ("m-event", "m-statement", "m-mention", "m-date", "m-defect", "m-chrome"):
        assert kind in text
    assert "Where its date comes from" in text
    alone = Page.of(client, f"/reports/{report.id}?show=none").text
    article = alone[alone.index("<article") : alone.index("</article>")]
    assert "m-event" not in article
    assert "m-chrome" in article


def test_filters_stand_in_the_address_and_are_filled_in(client: TestClient) -> None:
    text = Page.of(client, "/events?type=refusal&party=RUS&from=2022-01").text
    assert "<option selected>refusal</option>" in text
    assert "Refusal" in text
    assert "t-meeting" not in text
    assert client.get("/events?from=soon").status_code == 400
    assert client.get("/events?type=party").status_code == 400
    assert client.get("/events?page=0").status_code == 422


def test_search_finds_reports_and_events_and_marks_the_words(client: TestClient) -> None:
    text = Page.of(client, "/search?q=Normandy").text
    assert 'class="m-found">Normandy</span>' in text
    assert "No report with these words" in Page.of(client, "/search?q=zzzqqq").text
    assert Page.of(client, "/search?q=%22").text
    assert Page.of(client, "/search").text


def test_what_there_is_not_is_told_as_such(client: TestClient) -> None:
    for path in (
        "/events/ffffffffffffffff", "/reports/ffffffffffffffff", "/actors/person:nobody", "/nothing",
        "/negotiations/negotiation-none", "/sources/none", "/review/aa/bb", "/static/../app.py",
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 404, path
    assert client.get("/events/ffffffffffffffff.json").headers["content-type"].startswith("text/plain")


def test_a_dossier_without_reports_has_pages_too(tmp_path: Path, serve: Serve) -> None:
    with Dossier.open(tmp_path / "empty.dossier", create=True) as empty:
        client = serve(empty, Serving(token=TOKEN, hosts=HERE))
        for path in ("/", "/negotiations", "/events", "/actors", "/sources", "/review", "/log", "/problems"):
            assert client.get(path).status_code == 200, path
        assert "No negotiations yet" in client.get("/").text
        assert client.get("/review/next").status_code == 200


def test_texts_are_sent_compressed(client: TestClient) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 300_000


def test_pages_and_decisions_are_the_same_on_every_database(where: str, tmp_path: Path, serve: Serve) -> None:
    for name, words in (("one", "talks on 2022-01-10"), ("two", "talks on 2022-01-10, talks on 2022-02-03")):
        (tmp_path / f"{name}.txt").write_text(f"A headline\n\npublished 2022-02-05. There were {words}.")
    reports = [tmp_path / "one.txt", tmp_path / "two.txt"]
    with Dossier.open(where, create=True) as dossier:
        dossier.build(reports, workers=0, make_reader=fakes.quick_reader)
        client = serve(dossier)
        event = dossier.happenings()[0]
        paths = [
            "/",
            "/negotiations",
            "/events",
            "/events?text=talks",
            "/actors",
            "/sources",
            "/search?q=talks",
        ]
        paths += ["/review", "/log", "/problems", "/conflicts", f"/events/{event.id}", "/?since=2020-01-01"]
        paths += [f"/sources/{report}" for report in dossier.reports()]
        paths += [f"/reports/{report}" for report in dossier.reports()]
        for path in paths:
            Page.of(client, path)
        page = Page.of(client, f"/events/{event.id}")
        page.send("/decide", decision="correct", slot="place", change={"value": "Bern"})
        assert "Bern" in Page.of(client, f"/events/{event.id}").text
        assert page.send("/decide", decision="not-an-event").answer.status_code == 409
        assert "Bern" in Page.of(client, "/log").text
