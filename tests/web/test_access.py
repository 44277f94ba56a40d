"""Who gets in, what every answer carries, and what is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from served import HERE, TOKEN, Page, Serve

from dragoman.dossier import Dossier
from dragoman.errors import UsageError
from dragoman.web import Serving
from dragoman.web.access import COOKIE, Access, Brake
from dragoman.web.guard import HEADERS
from dragoman.web.serving import check_bind, is_loopback
from dragoman.web.team import Role, Team, User, add_user, remove_user, users

WORD = "correct horse battery"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    path = tmp_path / "team.json"
    add_user(path, "ada", WORD, Role.REVIEWER)
    add_user(path, "ben", WORD, Role.READER)
    return path


def enter(client: TestClient, name: str, password: str = WORD, to: str = "/") -> int:
    answer = client.post("/login", data={"name": name, "password": password, "next": to})
    return answer.status_code


def test_the_token_opens_once(example: Dossier, serve: Serve) -> None:
    client = serve(example, inside=False)
    assert client.get("/enter?token=guess").status_code == 403
    answer = client.get(f"/enter?token={TOKEN}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    client.cookies.clear()
    assert client.get(f"/enter?token={TOKEN}").status_code == 403


def test_strangers_see_nothing(example: Dossier, serve: Serve) -> None:
    client = serve(example, inside=False)
    event = example.happenings()[0].id
    for path in (
        "/",
        f"/events/{event}",
        "/events.json",
        "/events.csv",
        "/openapi.json",
        "/pulse.json",
        "/log",
    ):
        answer = client.get(path)
        assert answer.status_code == 401, path
        assert "Meeting" not in answer.text
    assert client.post("/decide", data={"decision": "not-an-event", "claim": event}).status_code == 401
    assert client.get("/static/style.css").status_code == 200


def test_a_forged_or_old_cookie_is_no_session(example: Dossier, serve: Serve) -> None:
    client = serve(example, inside=False)
    client.cookies.set(COOKIE, Access(Serving()).begin(User("ada", Role.REVIEWER)))
    assert client.get("/events").status_code == 401
    access = Access(Serving(seconds=-1))
    assert access.session(access.begin(User("ada", Role.REVIEWER))) is None


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    paths = ("/", "/events.json", "/events.csv", "/static/style.css", "/nothing", "/login", "/events?page=0")
    for path in paths:
        answer = client.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, f"{path}: {name}"
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_an_error_of_ours_is_told_without_its_cause(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("dragoman.web.pages.sources._names", broken)
    answer = client.get("/sources")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "", "[::2]", "testserver@evil"])
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


def test_a_form_of_another_site_is_refused(client: TestClient, example: Dossier) -> None:
    form = Page.of(client, f"/events/{example.happenings()[0].id}").forms("/decide", decision="not-an-event")[
        0
    ]
    for headers in (
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        assert client.post("/decide", data=form, headers=headers).status_code == 403
    for token in ("", "x", "AAAA", "é"):
        assert client.post("/decide", data={**form, "form_token": token}).status_code == 403
    assert not example.judgements()
    here = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/decide", data=form, headers=here).status_code == 200
    assert len(example.judgements()) == 1


def test_a_form_without_end_is_refused(client: TestClient) -> None:
    assert client.post("/login", content=b"name=" + b"x" * 200_000).status_code == 413
    assert client.post("/login", content=iter([b"name=", b"x"])).status_code == 413


def test_the_token_of_a_form_is_another_each_time_and_of_one_session() -> None:
    access = Access(Serving())
    one, other = (access.session(access.begin(User("ada", Role.REVIEWER))) for _ in range(2))
    assert one
    assert other
    token = access.form_token(one)
    assert token != access.form_token(one)
    assert access.is_ours(one, token)
    assert not access.is_ours(other, token)


def test_a_team_signs_in_with_names_and_passwords(example: Dossier, serve: Serve, team: Path) -> None:
    client = serve(example, Serving(team=Team(team), hosts=HERE), inside=False)
    assert "Password" in client.get("/events").text
    assert enter(client, "ada", "wrong password") == 401
    assert enter(client, "nobody") == 401
    assert client.get(f"/enter?token={TOKEN}").status_code == 403
    answer = client.post("/login", data={"name": "ada", "password": WORD, "next": "/events?party=RUS"})
    assert str(answer.url).endswith("/events?party=RUS")
    assert client.post("/logout").status_code == 403
    Page.of(client, "/").send("/logout")
    assert client.get("/events").url.path == "/login"


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "/\tevil", "login"]
)
def test_the_door_leads_nowhere_else(example: Dossier, serve: Serve, team: Path, to: str) -> None:
    client = serve(example, Serving(team=Team(team), hosts=HERE), inside=False)
    answer = client.post("/login", data={"name": "ada", "password": WORD, "next": to}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_an_ended_session_stays_ended(example: Dossier, serve: Serve, team: Path) -> None:
    client = serve(example, Serving(team=Team(team), hosts=HERE), inside=False)
    enter(client, "ada")
    kept = client.cookies[COOKIE]
    Page.of(client, "/").send("/logout")
    client.cookies.set(COOKIE, kept)
    assert client.get("/events").url.path == "/login"


def test_a_reader_reads_and_decides_nothing(example: Dossier, serve: Serve, team: Path) -> None:
    client = serve(example, Serving(team=Team(team), hosts=HERE), inside=False)
    enter(client, "ben")
    event = example.happenings()[0].id
    page = Page.of(client, f"/events/{event}")
    assert not page.forms("/decide")
    token = page.forms("/logout")[0]["form_token"]
    data = {"form_token": token, "decision": "not-an-event", "claim": event}
    assert client.post("/decide", data=data).status_code == 403
    assert client.post("/undo", data=data).status_code == 403
    assert not example.judgements()


def test_who_is_taken_out_is_out_at_once(example: Dossier, serve: Serve, team: Path) -> None:
    client = serve(example, Serving(team=Team(team), hosts=HERE), inside=False)
    enter(client, "ben")
    assert client.get("/events").url.path == "/events"
    remove_user(team, "ben")
    assert client.get("/events").url.path == "/login"


def test_guessing_is_slowed_down(example: Dossier, serve: Serve, team: Path) -> None:
    client = serve(example, Serving(team=Team(team), hosts=HERE), inside=False)
    tried = [enter(client, "ada", "wrong password") for _ in range(6)]
    assert tried == [401] * 5 + [429]
    answer = client.post("/login", data={"name": "ada", "password": WORD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_the_brake_lets_go_with_time_and_with_success() -> None:
    now = [0.0]
    brake = Brake(lambda: now[0])
    for _ in range(5):
        brake.failed("name:ada", "address:1")
    assert brake.wait("name:ada") == 301
    assert brake.wait("name:ben") == 0
    assert brake.wait("name:ben", "address:1") == 301
    now[0] = 301.0
    assert brake.wait("name:ada") == 0
    brake.failed("name:ada")
    brake.succeeded("name:ada")
    assert brake.wait("name:ada") == 0


def test_passwords_are_kept_as_hashes_for_their_owner_alone(team: Path) -> None:
    text = team.read_text(encoding="utf-8")
    assert WORD not in text
    assert "$argon2id$" in text
    assert stat.S_IMODE(team.stat().st_mode) == 0o600
    assert [(user.name, user.role) for user in users(team)] == [("ada", Role.REVIEWER), ("ben", Role.READER)]


@pytest.mark.parametrize(
    ("name", "password"), [("ada", "short"), ("", WORD), ("a b", WORD), ("ada", "x" * 2000)]
)
def test_bad_names_and_passwords_are_refused(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(UsageError):
        add_user(tmp_path / "team.json", name, password, Role.READER)
    assert not (tmp_path / "team.json").exists()


def test_a_broken_file_of_users_lets_nobody_in(team: Path) -> None:
    known = Team(team)
    assert known.user("ada")
    team.write_text("{}", encoding="utf-8")
    assert known.user("ada") is None
    with pytest.raises(UsageError, match="no file of users"):
        Team(team)


def test_other_machines_need_a_team(team: Path) -> None:
    check_bind("127.0.0.1", None)
    check_bind("::1", None)
    check_bind("0.0.0.0", Team(team))  # noqa: S104 - nothing is bound
    with pytest.raises(UsageError, match="--team"):
        check_bind("0.0.0.0", None)  # noqa: S104
    assert not is_loopback("example.org")


def test_a_dossier_open_for_reading_only_offers_no_decision(
    example: Dossier, serve: Serve, tmp_path: Path
) -> None:
    event = example.happenings()[0].id
    with Dossier.open(tmp_path / "example.dossier", readonly=True) as sealed:
        client = serve(sealed)
        page = Page.of(client, f"/events/{event}")
        assert not page.forms("/decide")
        token = page.forms("/logout")[0]["form_token"]
        data = {"form_token": token, "decision": "not-an-event", "claim": event}
        assert client.post("/decide", data=data).status_code == 403
