"""Decisions: made without script, kept for good, undone, never lost to another's."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

import pytest
from fastapi.testclient import TestClient
from served import HERE, TOKEN, Page, Serve

from dragoman.dossier import Dossier
from dragoman.model import Claim, Decision, Match, Verdict
from dragoman.output.words import date_in_short
from dragoman.store import Filter
from dragoman.web import Serving
from dragoman.web.access import COOKIE


def first(dossier: Dossier) -> Match:
    """The pair that is shown first."""
    return min(dossier.matches(Verdict.UNSURE), key=lambda m: (-m.score, m.left, m.right))


def ask_claims(dossier: Dossier, ids: Sequence[str]) -> list[Claim]:
    with dossier.store.reading() as found:
        return found.claims(ids)


def pair(client: TestClient, match: Match) -> Page:
    return Page.of(client, f"/review/{match.left}/{match.right}")


def test_same_joins_the_pair_and_leads_to_the_next(client: TestClient, example: Dossier) -> None:
    match = first(example)
    after = pair(client, match).send("/decide", decision="same")
    assert after.answer.status_code == 200
    assert after.answer.url.path.startswith("/review/")
    assert f"/{match.left}/" not in after.answer.url.path
    assert "Kept: they are one event" in after.text
    assert example.happening(match.left) == example.happening(match.right)
    (made,) = example.judgements()
    assert (made.decision, made.who) == (Decision.SAME, "ada")
    assert f"of {len(example.matches(Verdict.UNSURE))}" in after.text


def test_different_keeps_them_apart_and_out_of_the_queue(client: TestClient, example: Dossier) -> None:
    match = first(example)
    pair(client, match).send("/decide", decision="different")
    one, other = example.happening(match.left), example.happening(match.right)
    assert one is not None
    assert other is not None
    assert one.id != other.id
    assert f"/review/{match.left}/{match.right}" not in Page.of(client, "/review").text


def test_taking_back_returns_to_the_pair(client: TestClient, example: Dossier) -> None:
    match = first(example)
    back = pair(client, match).send("/decide", decision="different").send("/undo")
    assert back.answer.url.path == f"/review/{match.left}/{match.right}"
    assert "Taken back" in back.text
    assert [j.decision for j in example.judgements()] == [Decision.DIFFERENT, Decision.UNDO]
    again = back.send("/undo", judgement=example.judgements()[-1].id)
    assert again.answer.status_code == 200
    assert len(example.judgements()) == 3


def test_taking_back_without_a_name_takes_the_last_own_decision(client: TestClient, example: Dossier) -> None:
    match = first(example)
    pair(client, match).send("/decide", decision="different")
    example.judge("not-an-event", example.happenings()[0].id, who="ben")
    token = Page.of(client, "/review").forms("/logout")[0]["form_token"]
    client.post("/undo", data={"form_token": token})
    own, _, undo = example.judgements()
    assert undo.undoes == own.id
    assert client.post("/undo", data={"form_token": token}).status_code == 400


def test_no_event_takes_a_claim_out(client: TestClient, example: Dossier) -> None:
    match = first(example)
    pair(client, match).send("/decide", decision="not-an-event", claim=match.left)
    assert example.happening(match.left) is None


def test_a_slot_is_corrected_from_a_pair_and_one_stays_there(client: TestClient, example: Dossier) -> None:
    match = first(example)
    change: dict[str, str | list[str]] = {"slot": "place", "value": "Bern", "claim": match.right}
    after = pair(client, match).send("/decide", decision="correct", change=change)
    assert after.answer.url.path == f"/review/{match.left}/{match.right}"
    found = example.happening(match.right)
    assert found is not None
    assert found.text("place") == "Bern"


def test_a_value_of_a_report_is_taken_by_one_button(client: TestClient, example: Dossier) -> None:
    event = example.happenings(Filter(conflict=True))[0]
    page = Page.of(client, f"/events/{event.id}")
    after = page.send("/decide", decision="correct", slot="date", value="2022-01-13")
    found = example.happening(event.id)
    assert found is not None
    assert found.text("date") == "2022-01-13"
    assert "decided by a person" in after.text
    assert "Take back" in after.text


def test_a_list_is_corrected_with_semicolons(client: TestClient, example: Dossier) -> None:
    event = example.happenings(Filter(conflict=True))[0]
    change: dict[str, str | list[str]] = {"value": "RUS; NATO ; "}
    Page.of(client, f"/events/{event.id}").send("/decide", decision="correct", slot="parties", change=change)
    found = example.happening(event.id)
    assert found is not None
    assert set(found.many("parties")) == {"RUS", "NATO"}


def test_a_wrong_value_is_refused_with_the_reason(client: TestClient, example: Dossier) -> None:
    event = example.happenings(Filter(conflict=True))[0]
    page = Page.of(client, f"/events/{event.id}")
    after = page.send("/decide", decision="correct", slot="date", change={"value": "soon", "why": "a letter"})
    assert after.answer.status_code == 400
    assert "is no date" in after.text
    assert not example.judgements()
    (form,) = after.forms("/decide", decision="correct")
    assert (form["value"], form["why"]) == (["soon"], ["a letter"]), "nothing that was typed is lost"
    kept = after.send("/decide", decision="correct", change={"value": "22 March 2019"})
    assert kept.answer.status_code == 200
    (made,) = example.judgements()
    assert (made.value, made.why) == ('"2019-03-22"', "a letter"), "a date is taken as people write it"


def test_the_address_of_an_event_that_is_none_says_who_decided_so(
    client: TestClient, example: Dossier
) -> None:
    event = example.happenings(Filter(conflict=True))[0]
    example.judge("not-an-event", event.id, who="ada", why="a rumour")
    (claim,) = ask_claims(example, event.claims[:1])
    day = date_in_short(claim.date)
    assert day in Page.of(client, "/log").text, "the log says what it was about, also where nothing is left"
    gone = client.get(f"/events/{event.id}")
    assert gone.status_code == 404
    assert re.search(r"[Aa]da decided on \d+ \w+ \d{4} that this is no event; .* Why: a rumour", gone.text)


def test_a_report_is_split_off_and_merged_again(client: TestClient, example: Dossier) -> None:
    event = example.happenings(Filter(conflict=True))[0]
    claim = event.claims[-1]
    after = Page.of(client, f"/events/{event.id}").send("/decide", decision="different", claim=claim)
    alone, rest = example.happening(claim), example.happening(event.claims[0])
    assert alone is not None
    assert rest is not None
    assert alone.claims == (claim,)
    assert set(rest.claims) == set(event.claims) - {claim}
    assert after.answer.url.path == f"/events/{alone.id}"
    Page.of(client, "/log").send("/undo")
    whole = example.happening(claim)
    assert whole is not None
    assert set(whole.claims) == set(event.claims)


def test_an_event_is_merged_with_one_named_by_its_address(client: TestClient, example: Dossier) -> None:
    one, other = example.happenings(Filter(parties=("IRN",)))[:2]
    page = Page.of(client, f"/events/{one.id}")
    forms = page.forms("/decide", decision="same")
    form = {**forms[-1], "claim": [one.id, f"http://testserver/events/{other.id}?done=1#slots"]}
    assert client.post("/decide", data=form).status_code == 200
    assert example.happening(one.id) == example.happening(other.id)


def test_a_decision_on_what_changed_meanwhile_shows_both_and_keeps_nothing(
    client: TestClient, example: Dossier
) -> None:
    match = first(example)
    page = pair(client, match)
    example.judge("different", match.left, match.right, who="ben", why="two dinners")
    both = page.send("/decide", decision="same")
    assert both.answer.status_code == 409
    assert "It changed meanwhile" in both.text
    assert "ben" in both.text
    assert "two dinners" in both.text
    assert len(example.judgements()) == 1
    all_the_same = both.send("/decide", decision="same")
    assert all_the_same.answer.status_code == 200
    assert [j.who for j in example.judgements()] == ["ben", "ada"]


def test_a_second_press_on_a_stale_page_is_noticed_too(client: TestClient, example: Dossier) -> None:
    event = example.happenings(Filter(conflict=True))[0]
    page = Page.of(client, f"/events/{event.id}")
    page.send("/decide", decision="correct", slot="date", value="2022-01-13")
    assert page.send("/decide", decision="not-an-event").answer.status_code == 409


def test_a_change_elsewhere_stops_nobody(client: TestClient, example: Dossier) -> None:
    page = pair(client, first(example))
    example.judge(
        "correct", example.happenings(Filter(parties=("IRN",)))[0].id, who="ben", slot="place", value="Bern"
    )
    assert page.send("/decide", decision="same").answer.status_code == 200


def test_open_pages_are_told_of_a_change(client: TestClient, example: Dossier) -> None:
    before = client.get("/pulse.json").json()
    assert client.get("/pulse.json").json() == before
    example.judge("not-an-event", example.happenings()[0].id, who="ben")
    after = client.get("/pulse.json").json()
    assert after["version"] != before["version"]
    assert "ben" in after["text"]


def test_the_log_tells_what_counts_and_what_was_taken_back(client: TestClient, example: Dossier) -> None:
    event = example.happenings(Filter(conflict=True))[0]
    made = example.judge("correct", event.id, who="ben", slot="place", value="Bern", why="the sign says so")
    page = Page.of(client, "/log")
    assert "the sign says so" in page.text
    assert f"/events/{event.id}" in page.text
    after = page.send("/undo", judgement=made.id)
    assert "taken back" in after.text
    assert not after.forms("/undo", judgement=made.id)
    assert "<q>Corrected: place is Bern</q> of ben" in after.text, "what was taken back"
    assert after.text.count("Do it again") == 2, "beside the notice and in the list"
    again = after.send("/undo", judgement=example.judgements()[-1].id)
    assert "done again" in again.text
    assert again.forms("/undo", judgement=made.id), "it counts once more"
    assert "Taken back" in Page.of(client, f"/events/{event.id}").text
    assert "Nothing was decided yet" in Page.of(client, "/log?who=nobody").text


def test_a_large_dossier_keeps_the_decision_at_once_and_follows_in_another_process(
    example: Dossier, serve: Serve
) -> None:
    client = serve(example, Serving(token=TOKEN, who="ada", hosts=HERE, small=0))
    match = first(example)
    after = pair(client, match).send("/decide", decision="same")
    assert "Kept" in after.text
    assert f"/review/{match.left}/{match.right}" not in Page.of(client, "/review").text
    assert len(example.judgements()) == 1
    ends = time.monotonic() + 60
    while not example.is_fresh() and time.monotonic() < ends:
        time.sleep(0.1)
    assert example.happening(match.left) == example.happening(match.right)
    assert "being brought up to date" not in Page.of(client, "/").text
    assert client.get("/pulse.json").json()["fresh"] is True


def test_taking_back_that_one_side_is_no_event_returns_to_the_pair(
    client: TestClient, example: Dossier
) -> None:
    match = first(example)
    for claim in (match.left, match.right):
        after = pair(client, match).send("/decide", decision="not-an-event", claim=claim)
        assert f"/{match.left}/{match.right}" not in after.answer.url.path
        back = after.send("/undo")
        assert back.answer.url.path == f"/review/{match.left}/{match.right}"
        assert "Taken back" in back.text


def test_taking_back_a_correction_of_a_side_returns_to_its_pair(client: TestClient, example: Dossier) -> None:
    second = sorted(example.matches(Verdict.UNSURE), key=lambda m: (-m.score, m.left, m.right))[1]
    page = pair(client, second)
    after = page.send("/decide", decision="correct", change={"slot": "subject", "value": "fish"})
    back = after.send("/undo")
    assert back.answer.url.path == f"/review/{second.left}/{second.right}"


@pytest.mark.parametrize("given", ["../..", "//evil.example", "aa/bb", f"{16 * 'f'}/{16 * 'e'}", "x"])
def test_a_pair_that_is_none_leads_nowhere(
    client: TestClient, example: Dossier, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    match = first(example)
    after = pair(client, match).send("/decide", decision="not-an-event", claim=match.right)
    monkeypatch.setattr(client.app.state.site.updater, "decided", lambda: False)  # type: ignore[attr-defined]
    (form,) = after.forms("/undo")
    sent = client.post("/undo", data={**form, "pair": given}, follow_redirects=False)
    assert sent.headers["location"].startswith("/review/next?")


def test_what_was_taken_back_on_a_page_of_an_event_is_done_again_there(
    client: TestClient, example: Dossier
) -> None:
    event = example.happenings(Filter(conflict=True))[0]
    page = Page.of(client, f"/events/{event.id}")
    after = page.send("/decide", decision="correct", slot="place", change={"value": "Bern"})
    for _ in range(2):
        after = after.send("/undo")
        assert after.answer.url.path == f"/events/{event.id}"


def test_a_pair_whose_record_has_yet_to_follow_says_that_it_comes_back(
    client: TestClient, example: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    match = first(example)
    after = pair(client, match).send("/decide", decision="not-an-event", claim=match.right)
    monkeypatch.setattr(client.app.state.site.updater, "decided", lambda: False)  # type: ignore[attr-defined]
    back = after.send("/undo")
    assert back.answer.status_code == 200
    assert back.answer.url.path == f"/review/{match.left}/{match.right}"
    assert "This pair comes back" in back.text
    assert ".json" not in back.text.partition("<footer")[2].replace("openapi.json", ""), "it has no data yet"
    assert client.get("/pulse.json").json()["fresh"] is False
    example.reconcile_aside()
    again = Page.of(client, f"{back.answer.url.path}?{back.answer.url.query.decode()}")
    assert "One event or two?" in again.text


def test_two_sittings_have_forms_of_their_own(client: TestClient, example: Dossier) -> None:
    form = pair(client, first(example)).forms("/decide", decision="same")[0]
    access = client.app.state.site.access  # type: ignore[attr-defined]
    session = access.session(client.cookies[COOKIE])
    client.cookies.clear()
    client.cookies.set(COOKIE, access.begin(session.user))
    assert client.post("/decide", data=form).status_code == 403
