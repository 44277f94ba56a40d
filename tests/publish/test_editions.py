"""Publishing again: only what changed, what is new since the edition before, and nobody else's files."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.publish.conftest import BASE, files_of, pages_of, rows_of

from dragoman.dossier import Dossier
from dragoman.errors import UsageError
from dragoman.publish import Options, publish
from dragoman.publish.edition import compare, dump_memory, load_memory, next_memory
from dragoman.publish.links import event_path, negotiation_path
from dragoman.publish.material import Material, gather
from dragoman.publish.site import Site, is_inside

OPTIONS = Options(title="Geneva and after", by="A. Reader", base_url=BASE)


def test_publishing_twice_changes_nothing(examples: Dossier, copied_site: Path) -> None:
    """Not a byte, and no file is even written anew."""
    before = {path: (copied_site / path).stat().st_mtime_ns for path in files_of(copied_site)}
    data = files_of(copied_site)
    published = publish(examples, copied_site, OPTIONS)
    assert files_of(copied_site) == data
    changed = {path for path in data if (copied_site / path).stat().st_mtime_ns != before[path]}
    assert changed == set()
    assert published.written.same == len(data) - 1  # all but the manifest itself, which lists the others


def test_the_same_dossier_gives_the_same_bytes_anywhere(
    examples: Dossier, example_site: Path, tmp_path: Path
) -> None:
    publish(examples, tmp_path / "a" / "b", OPTIONS)
    assert files_of(tmp_path / "a" / "b") == files_of(example_site)


def test_a_later_edition_says_what_is_new_and_touches_only_what_changed(
    examples: Dossier, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    first = publish(examples, site, replace(OPTIONS, edition=date(2022, 2, 18)))
    assert first.news.since is None
    before = files_of(site)
    second = publish(examples, site, OPTIONS)
    assert second.day == "2022-02-22"
    assert second.news.since == "2022-02-18"
    after = files_of(site)
    text = pages_of(site)["index.html"].text_content()
    assert "New since 18 February 2022" in text
    assert "Now cancelled; before, planned; 1 more source, 2 in all." in text
    assert "1 more source, 5 in all." in text
    assert "No. 2" in text
    untouched = [path for path in before if path.startswith("event/") and before[path] == after.get(path)]
    assert len(untouched) > 25
    assert set(untouched).isdisjoint(second.written.changed)


def kind_of(path: str) -> str:
    """A file's kind: the folder it stands in, or itself; the data files by their name."""
    return path if path.startswith("data/") or "/" not in path else path.partition("/")[0]


ALWAYS = {"index.html", "colophon.html", "feed.xml", "sitemap.xml", "data/edition.json", "SHA256SUMS"}
LISTS = {
    "events.html", "sources.html", "actors.html", "calendar.ics", "data/events.csv", "data/events.jsonl",
    "data/sources.csv", "data/sources.jsonl", "data/actors.csv", "data/actors.jsonl",
}  # fmt: skip


def later_report(folder: Path, text: str) -> Path:
    path = folder / "later.jsonl"
    row = {"id": "later", "date": "2022-02-23", "title": "A later report", "text": text}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_a_report_of_something_new_changes_no_page_of_anything_else(
    examples_file: Path, copied_site: Path, tmp_path: Path
) -> None:
    """The lists and what tells of the edition change; of events and negotiations none does."""
    shutil.copy(examples_file, tmp_path / "x.dossier")
    source = later_report(
        tmp_path, "OSLO, 23 February 2022 - Norway and Chile met in Oslo on Tuesday, Kari Holm said."
    )
    times = {path: (copied_site / path).stat().st_mtime_ns for path in files_of(copied_site)}
    with Dossier.open(tmp_path / "x.dossier") as dossier:
        dossier.build([source])
        published = publish(dossier, copied_site, OPTIONS)
    assert set(published.written.changed) == ALWAYS | LISTS
    (new,) = published.written.new
    assert kind_of(new) == "event"
    assert published.written.removed == published.written.left == []
    touched = {path for path in times if (copied_site / path).stat().st_mtime_ns != times[path]}
    assert touched == set(published.written.changed) | {"data/manifest.json"}
    assert published.news.events == (new.removeprefix("event/").removesuffix(".html"),)
    assert published.news.changed == ()


def test_a_report_of_a_known_event_changes_its_page_and_those_that_tell_of_it(
    examples_file: Path, copied_site: Path, tmp_path: Path
) -> None:
    shutil.copy(examples_file, tmp_path / "x.dossier")
    source = later_report(
        tmp_path,
        "MOSCOW, 23 February 2022 - Russia and the United States met in Geneva on 21 January 2022, "
        "an envoy said.",
    )
    known = next(
        row["id"]
        for row in rows_of(copied_site, "events")
        if (row["date"], row["place"]) == ("2022-01-21", "Geneva")
    )
    holding = {
        negotiation_path(row["id"])
        for row in rows_of(copied_site, "negotiations")
        if known in row["happenings"]
    }
    assert holding
    with Dossier.open(tmp_path / "x.dossier") as dossier:
        dossier.build([source])
        published = publish(dossier, copied_site, OPTIONS)
    assert published.written.new == published.written.removed == []
    changed = set(published.written.changed)
    assert {path for path in changed if path.startswith("event/")} == {event_path(known)}
    assert {path for path in changed if path.startswith("negotiation/")} == holding
    assert changed - {event_path(known)} - holding <= ALWAYS | LISTS | {"negotiations.html"} | {
        f"data/{name}" for name in ("negotiations.csv", "negotiations.jsonl")
    }
    assert published.news.changed == ((known, ("1 more source, 6 in all",)),)


def test_an_event_that_became_part_of_another_leaves_a_page_and_nothing_else_goes(
    examples_file: Path, copied_site: Path, tmp_path: Path
) -> None:
    """Also where a person put files of their own beside those of the site."""
    shutil.copy(examples_file, tmp_path / "x.dossier")
    own = {
        "CNAME": "record.example",
        "event/notes.html": "mine",
        "data/own.csv": "a,b",
        "own/deep/x.txt": "x",
    }
    for path, text in own.items():
        (copied_site / path).parent.mkdir(parents=True, exist_ok=True)
        (copied_site / path).write_text(text, encoding="utf-8")
    before = set(files_of(copied_site))
    with Dossier.open(tmp_path / "x.dossier") as dossier:
        one, two = (  # a call and a visit, of one negotiation
            told.id
            for told in dossier.events()
            if told.what.endswith("held") and set(told.happening.many("parties")) == {"FRA", "RUS"}
        )
        dossier.judge("same", one, two, who="A. Reader", why="one talk, told twice")
        published = publish(dossier, copied_site, OPTIONS)
        (kept,) = {one, two} & {told.id for told in dossier.events()}
    (gone,) = {one, two} - {kept}
    assert set(files_of(copied_site)) == before
    assert published.written.removed == published.written.left == []
    assert {path: (copied_site / path).read_text(encoding="utf-8") for path in own} == own
    page = pages_of(copied_site)[event_path(gone)]
    assert page.xpath("//h1")[0].text_content() == "Told elsewhere"
    assert f"../{event_path(kept)}" in page.xpath("//main//a/@href")
    assert gone not in {row["id"] for row in rows_of(copied_site, "events")}
    assert published.news.since is None or published.news.joined == 1


def test_an_edition_of_the_same_day_is_compared_with_the_one_before(
    examples: Dossier, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    publish(examples, site, replace(OPTIONS, edition=date(2022, 2, 18)))
    second = publish(examples, site, OPTIONS)
    data = files_of(site)
    again = publish(examples, site, OPTIONS)
    assert again.news == second.news
    assert files_of(site) == data


def test_an_edition_with_nothing_new_says_so(examples: Dossier, copied_site: Path) -> None:
    published = publish(examples, copied_site, replace(OPTIONS, edition=date(2022, 2, 23)))
    assert published.news.nothing
    assert set(published.written.changed) == {
        "SHA256SUMS", "colophon.html", "data/edition.json", "feed.xml", "index.html", "sitemap.xml",
    }  # fmt: skip
    later = pages_of(copied_site)["index.html"].text_content()
    assert "New since 22 February 2022" in later
    assert "Nothing: no report came in since" in later


def test_an_earlier_edition_is_refused_unless_begun_anew(examples: Dossier, copied_site: Path) -> None:
    options = replace(OPTIONS, edition=date(2022, 1, 20))
    data = files_of(copied_site)
    with pytest.raises(UsageError, match="--anew"):
        publish(examples, copied_site, options)
    assert files_of(copied_site) == data
    published = publish(examples, copied_site, replace(options, anew=True))
    assert published.day == "2022-01-20"
    assert published.news.since is None
    assert published.written.removed


def test_an_edition_of_a_day_holds_no_report_of_a_later_one(examples: Dossier, tmp_path: Path) -> None:
    publish(examples, tmp_path / "site", Options(edition=date(2022, 1, 20)))
    rows = (tmp_path / "site" / "data" / "sources.jsonl").read_text(encoding="utf-8").splitlines()
    days = [json.loads(row)["published"] for row in rows]
    assert max(days) == "2022-01-19"
    assert b"No meeting on Thursday" not in b"".join(files_of(tmp_path / "site").values())


def test_events_that_became_one_leave_a_page_that_leads_on(invented_dossier: Dossier, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(invented_dossier, site)
    ids = {told.id: told for told in invented_dossier.events()}
    pair = invented_dossier.unsure()[0]
    ends = [next(event for event, told in ids.items() if told.claim(c.id)) for c in (pair.left, pair.right)]
    with invented_dossier.store.reading() as reading:
        material = gather(reading, None)
    memory = load_memory((site / "data" / "edition.json").read_bytes())
    kept, lost = ends
    one = next(t for t in material.told if t.id == kept)
    merged = replace(
        one,
        happening=replace(one.happening, claims=(*one.happening.claims, *ids[lost].happening.claims)),
    )
    told = [merged if t.id == kept else t for t in material.told if t.id != lost]
    after, news = next_memory(memory, replace(material, told=told, day=date(2024, 4, 1)))
    assert after.moved == {lost: kept}
    assert news.joined == 1
    assert news.gone == 0
    assert lost not in after.now.events


def test_an_event_keeps_its_name_where_an_earlier_report_gives_it_another_id(
    invented_dossier: Dossier,
) -> None:
    """Feed and calendar know it by the id under which it first stood; its old page leads to the new one."""
    with invented_dossier.store.reading() as reading:
        material = gather(reading, None)
    memory, _ = next_memory(None, material)
    one = material.told[0]
    new = replace(one.happening, id="0" * 16, claims=("0" * 16, *one.happening.claims))
    later = replace(material, told=[replace(one, happening=new), *material.told[1:]], day=date(2024, 4, 1))
    after, news = next_memory(memory, later)
    assert after.now.events["0" * 16].name == one.id
    assert after.now.events["0" * 16].first == "2024-03-12"
    assert after.moved == {one.id: "0" * 16}
    assert (news.events, news.joined, news.gone) == ((), 0, 0)


def test_an_event_that_is_no_event_any_more_is_gone_with_its_page(
    invented_dossier: Dossier, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    publish(invented_dossier, site)
    before = files_of(site)
    gone = next(told for told in invented_dossier.events() if told.happening.text("status") == "cancelled")
    invented_dossier.judge("not-an-event", gone.id, who="someone", why="a rumour")
    published = publish(invented_dossier, site)
    after = files_of(site)
    assert f"event/{gone.id}.html" in before
    assert f"event/{gone.id}.html" in published.written.removed
    assert f"event/{gone.id}.html" not in after
    assert b"someone" not in b"".join(after.values())  # who decided is not published


def test_a_changed_value_is_told(invented_dossier: Dossier) -> None:
    with invented_dossier.store.reading() as reading:
        material = gather(reading, None)
    memory, _ = next_memory(None, material)
    one = material.told[0]
    slots = dict(one.happening.slots)
    slots["place"] = replace(slots["place"], value="Porto")
    changed = replace(one, happening=replace(one.happening, slots=slots, sources=5))
    later: Material = replace(material, told=[changed, *material.told[1:]])
    news = compare(memory.now, later)
    was = one.happening.text("place")
    assert news.changed == ((one.id, (f"place now Porto; before, {was}", "2 more sources, 5 in all")),)


def test_the_memory_is_read_as_it_was_written(invented_dossier: Dossier) -> None:
    with invented_dossier.store.reading() as reading:
        memory, _ = next_memory(None, gather(reading, None))
    assert load_memory(dump_memory(memory)) == memory


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"format": 9}', b"\xff", b'{"format":1,"now":null}'])
def test_a_broken_memory_is_named(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        load_memory(data)


# --- the folder ---


def test_files_that_are_not_the_sites_are_never_touched(invented_dossier: Dossier, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="was not made by"):
        publish(invented_dossier, site)
    assert files_of(site) == {"index.html": b"mine"}
    (site / "index.html").unlink()
    (site / "CNAME").write_text("record.example", encoding="utf-8")
    (site / "event").mkdir()
    (site / "event" / "note.txt").write_text("mine", encoding="utf-8")
    publish(invented_dossier, site)
    (site / "data" / "extra.csv").write_text("mine", encoding="utf-8")
    publish(invented_dossier, site, Options(title="Anew", anew=True))
    files = files_of(site)
    assert files["CNAME"] == b"record.example"
    assert files["event/note.txt"] == files["data/extra.csv"] == b"mine"


def test_what_somebody_changed_is_written_again_where_it_is_needed_and_left_where_not(
    invented_dossier: Dossier, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    publish(invented_dossier, site)
    data = files_of(site)
    (site / "style.css").write_text("changed", encoding="utf-8")
    gone = next(told for told in invented_dossier.events() if told.happening.text("status") == "cancelled")
    (site / "event" / f"{gone.id}.html").write_text("changed", encoding="utf-8")
    invented_dossier.judge("not-an-event", gone.id, who="someone")
    published = publish(invented_dossier, site)
    assert files_of(site)["style.css"] == data["style.css"]
    assert published.written.left == [f"event/{gone.id}.html"]
    assert files_of(site)[f"event/{gone.id}.html"] == b"changed"


def test_a_publication_that_was_stopped_is_finished_by_the_next(
    invented_dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, whole = tmp_path / "site", tmp_path / "whole"
    put = Site._put

    def stop(self: Site, path: str, data: bytes) -> None:
        if path == "feed.xml":
            raise KeyboardInterrupt
        put(self, path, data)

    monkeypatch.setattr(Site, "_put", stop)
    with pytest.raises(KeyboardInterrupt):
        publish(invented_dossier, site)
    monkeypatch.undo()
    assert "index.html" in files_of(site)
    assert "feed.xml" not in files_of(site)
    publish(invented_dossier, site)
    publish(invented_dossier, whole)
    assert files_of(site) == files_of(whole)


def test_the_sums_are_those_of_the_files(example_site: Path) -> None:
    lines = (example_site / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {path: digest for digest, path in (line.split("  ") for line in lines)}
    files = files_of(example_site)
    assert set(sums) == set(files) - {"SHA256SUMS", "data/manifest.json"}
    for path, digest in sums.items():
        assert hashlib.sha256(files[path]).hexdigest() == digest


@pytest.mark.parametrize("path", ["../up", "/etc/passwd", "a/../../b", "", "C:\\x", "a\\..\\b", "x:y"])
def test_a_manifest_names_nothing_outside_the_site(path: str) -> None:
    assert not is_inside(path)


def test_a_hostile_manifest_removes_nothing_outside(invented_dossier: Dossier, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(invented_dossier, site)
    victim = tmp_path / "victim.txt"
    victim.write_text("mine", encoding="utf-8")
    manifest = site / "data" / "manifest.json"
    row = json.loads(manifest.read_bytes())
    row["files"]["../victim.txt"] = {"sha256": hashlib.sha256(b"mine").hexdigest(), "changed": "2024-01-01"}
    manifest.write_text(json.dumps(row), encoding="utf-8")
    publish(invented_dossier, site)
    assert victim.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda site: (site / "data" / "manifest.json").write_text("{", encoding="utf-8"),
        lambda site: (site / "data" / "edition.json").write_text("{}", encoding="utf-8"),
        lambda site: (shutil.rmtree(site), site.write_text("a file", encoding="utf-8")),
    ],
)
def test_a_site_that_cannot_be_read_is_named(
    invented_dossier: Dossier, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    site = tmp_path / "site"
    publish(invented_dossier, site)
    spoil(site)
    with pytest.raises(UsageError, match="site"):
        publish(invented_dossier, site)


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "ftp://x.example/"},
        {"base_url": "example.org"},
        {"base_url": "https://x.example/?a=1"},
        {"base_url": "https://x.example/\u202e"},
        {"base_url": "javascript:alert(1)"},
        {"title": " \u200b"},
    ],
)
def test_options_that_make_no_site_are_wrong_use(options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Options(**options)  # type: ignore[arg-type]
