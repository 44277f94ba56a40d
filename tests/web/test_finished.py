"""Finished pages: the same as freshly made ones, whoever changed the record, and nobody's but the asker's."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi.testclient import TestClient
from served import HERE, Page, Serve, addresses

from dragoman.dossier import Dossier
from dragoman.model import Verdict
from dragoman.web import Serving
from dragoman.web.access import COOKIE
from dragoman.web.team import Role, Team, add_user

WORD = "correct horse battery"

NEWS = """Talks in Bern

BERN, 3 February 2022 - Russia and the United States met in Bern on 2 February 2022 to discuss a ceasefire.
"""


def plain(text: str) -> str:
    """A page without the proofs in its forms, which are masked anew each time."""
    return re.sub(r'name="form_token" value="[^"]*"', "", text)


def assert_as_fresh(client: TestClient, dossier: Dossier, serve: Serve, paths: list[str]) -> None:
    """Every page is what a server that was started just now would show."""
    with Dossier.open(dossier.store.where) as again:
        fresh = serve(again)
        for path in paths:
            one, other = client.get(path), fresh.get(path)
            assert one.status_code == other.status_code, path
            assert plain(one.text) == plain(other.text), path


def test_no_page_is_out_of_date(example: Dossier, serve: Serve, tmp_path: Path) -> None:
    """Not after a decision of another process, its working in, its taking back, new reports."""
    client = serve(example)
    paths = [*addresses(example).values(), "/", "/?since=2020-01-01", "/search?q=Bern", "/events?text=Bern"]
    match = example.matches(Verdict.UNSURE)[0]
    report = tmp_path / "bern.txt"
    report.write_text(NEWS, encoding="utf-8")
    with Dossier.open(example.store.where) as other:
        for change in (
            lambda: other.judge("same", match.left, match.right, who="ben", reconcile=False),
            other.reconcile,
            lambda: other.judge("correct", match.left, who="ben", slot="place", value="Bern"),
            lambda: other.judge("not-an-event", match.left, who="ben"),
            lambda: other.undo(other.judgements()[-1].id, who="ben"),
            lambda: other.build([report], workers=1),
        ):
            # A server that finds the record behind brings it up to date beside us, at any moment.
            followed = other.is_fresh()
            before = {path: plain(client.get(path).text) for path in paths}
            again = {path: plain(client.get(path).text) for path in paths}
            assert again == before or not followed
            followed = other.is_fresh()
            change()
            changed = any(plain(client.get(path).text) != text for path, text in before.items())
            assert changed or (followed and change == other.reconcile)
            assert_as_fresh(client, example, serve, paths)
    assert "Bern" in client.get("/sources?q=bern").text


def test_the_browser_s_copy_holds_until_something_changes(client: TestClient, example: Dossier) -> None:
    for path in (*addresses(example).values(), "/"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b""), path
        assert again.headers["etag"] == first.headers["etag"]
        assert client.get(path, headers={"If-None-Match": 'W/"other"'}).status_code == 200
    tag = client.get("/log").headers["etag"]
    with Dossier.open(example.store.where) as other:
        other.judge("not-an-event", example.happenings()[0].id, who="ben", reconcile=False)
    changed = client.get("/log", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "ben" in changed.text


def test_the_visit_is_noted_with_a_page_that_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert "dragoman_seen" in again.headers["set-cookie"]


def test_nobody_gets_what_is_another_s(example: Dossier, serve: Serve, tmp_path: Path) -> None:
    """Name, proof and tag are the asker's own, and who only reads has no form to decide with."""
    path = tmp_path / "team.json"
    for name, role in (("ada", Role.REVIEWER), ("ben", Role.READER), ("cem", Role.REVIEWER)):
        add_user(path, name, WORD, role)
    client = serve(example, Serving(team=Team(path), hosts=HERE), inside=False)
    cookies = {name: cookie_of(client, name) for name in ("ada", "ben", "cem")}
    for address in addresses(example).values():
        seen: dict[str, tuple[str, str]] = {}
        for name in ("ada", "ben", "cem", "ada"):
            client.cookies.clear()
            client.cookies.set(COOKIE, cookies[name])
            tags = ", ".join(tag for one, (_, tag) in seen.items() if one != name)
            answer = client.get(address, headers={"If-None-Match": tags})
            assert answer.status_code == 200, f"{address}: the tag of another session counted"
            page = Page(client, answer)
            assert set(re.findall(r"\b(ada|ben|cem)\b", page.text)) == {name}, address
            proofs = {form["form_token"][0] for form in [*page.forms("/logout"), *page.forms("/decide")]}
            assert len(proofs) == 1, address
            assert ("(reader)" in page.text) == (name == "ben")
            assert name != "ben" or not page.forms("/decide")
            seen[name] = proofs.pop(), answer.headers["etag"]
            for one, (token, _) in seen.items():
                status = client.post("/undo", data={"form_token": token, "judgement": "none"}).status_code
                assert status == (404 if one == name != "ben" else 403), f"{address}: {name} with {one}'s"


def cookie_of(client: TestClient, name: str) -> str:
    """A session of somebody of the team."""
    client.cookies.clear()
    client.post("/login", data={"name": name, "password": WORD})
    found = client.cookies.get(COOKIE)
    assert found
    return found


def test_each_has_the_own_last_decision_to_take_back(example: Dossier, serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    for name in ("ada", "ben"):
        add_user(path, name, WORD, Role.REVIEWER)
    client = serve(example, Serving(team=Team(path), hosts=HERE), inside=False)
    example.judge("different", *addresses(example)["pair"].split("/")[2:], who="ada")
    for name, offered in (("ada", True), ("ben", False), ("ada", True)):
        client.cookies.clear()
        client.post("/login", data={"name": name, "password": WORD})
        assert bool(Page.of(client, "/review").forms("/undo")) is offered


def test_who_may_no_longer_decide_gets_no_forms(example: Dossier, serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    add_user(path, "ada", WORD, Role.REVIEWER)
    client = serve(example, Serving(team=Team(path), hosts=HERE), inside=False)
    client.post("/login", data={"name": "ada", "password": WORD})
    address = addresses(example)["event"]
    tag = Page.of(client, address).answer.headers["etag"]
    assert Page.of(client, address).forms("/decide")
    add_user(path, "ada", WORD, Role.READER)
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert not Page(client, answer).forms("/decide")


def test_the_notice_of_trouble_comes_and_goes(client: TestClient) -> None:
    client.get("/log")
    updater = client.app.state.site.updater  # type: ignore[attr-defined]
    site = client.app.state.site  # type: ignore[attr-defined]
    site.cached.get("fresh", lambda: False)
    updater.trouble = "The record could not follow."
    site.cached._answers.put("fresh", value=False)
    assert "could not follow" in client.get("/log").text
    updater.trouble = ""
    assert "could not follow" not in client.get("/log").text


def test_the_page_of_conflicts_follows_its_filters(client: TestClient) -> None:
    every = client.get("/conflicts.json").json()
    assert every["total"] > 0
    assert "Reports differ on nothing" in Page.of(client, "/conflicts?party=NOR").text
    assert "Reports differ on nothing" not in Page.of(client, "/conflicts").text


def test_lists_stand_in_the_order_of_the_record(client: TestClient, example: Dossier) -> None:
    names = re.findall(r'<a href="/actors/([^"?]+)">', Page.of(client, "/actors").text)
    assert names == [profile.id for profile in example.profiles()][: len(names)]
    ids = re.findall(r'<a href="/reports/([0-9a-f]+)"', Page.of(client, "/sources").text)
    published = {one.report.id: one.report.published or "" for one in example.sources()}
    days = [published[key] for key in ids]
    assert days == sorted(days, reverse=True)
    assert days[-1] == "" or "" not in published.values(), "reports of no date come last"
