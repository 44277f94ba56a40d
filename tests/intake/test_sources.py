"""What read_sources makes of files, folders, names and standard input."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import pickle
from pathlib import Path

import pytest

from dragoman.errors import IntakeError, TextError
from dragoman.intake import Fetched, Media, read_sources
from dragoman.text import to_document

REPORT = "Envoys of Norway and Chile met in Bergen.\n\nThey will meet again in May.\n"
PAGE = "<!doctype html><html><title>Envoys meet</title><body><p>Envoys met in Bergen.</p></body></html>"


def read(*sources: str | Path, **options: object) -> list[Fetched | IntakeError]:
    return list(read_sources(sources, **options))  # type: ignore[arg-type]


def reports(*sources: str | Path, **options: object) -> list[Fetched]:
    rows = read(*sources, **options)
    faults = [str(row) for row in rows if isinstance(row, IntakeError)]
    assert faults == []
    return [row for row in rows if isinstance(row, Fetched)]


def fault(*sources: str | Path, **options: object) -> IntakeError:
    rows = read(*sources, **options)
    assert len(rows) == 1
    assert isinstance(rows[0], IntakeError)
    return rows[0]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_file_is_one_report_named_after_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "bergen.txt", REPORT)
    (report,) = reports(path)
    assert (report.id, report.origin, report.media, report.content) == (
        "bergen.txt",
        str(path),
        Media.TEXT,
        REPORT,
    )


def test_a_folder_is_read_sorted_with_all_below_it_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c/x.txt", ".hidden.txt", ".git/config.txt"):
        write(tmp_path / name, REPORT)
    assert [report.id for report in reports(tmp_path)] == ["x.txt", "z.txt", "b.txt"]


def test_equal_names_in_two_folders_become_paths_below_the_folder_they_share(tmp_path: Path) -> None:
    for name in ("en/one.txt", "ru/one.txt", "ru/two.txt"):
        write(tmp_path / name, REPORT)
    assert [report.id for report in reports(tmp_path / "en", tmp_path / "ru")] == [
        "en/one.txt",
        "ru/one.txt",
        "two.txt",
    ]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "one.txt", REPORT)
    assert len(reports(path, tmp_path, path)) == 1


def test_a_link_back_to_a_folder_above_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "in" / "one.txt", REPORT)
    (tmp_path / "in" / "back").symlink_to(tmp_path, target_is_directory=True)
    assert [report.id for report in reports(tmp_path)] == ["one.txt"]


def test_a_link_to_itself_is_a_fault_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    write(tmp_path / "one.txt", REPORT)
    first, second = read(tmp_path)
    assert isinstance(first, IntakeError)
    assert "loop.txt" in first.where
    assert isinstance(second, Fetched)


def test_the_folder_that_browsers_save_beside_a_page_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "talks.html", PAGE)
    write(tmp_path / "talks_files" / "style.css", "p {color: red}")
    assert [report.id for report in reports(tmp_path)] == ["talks.html"]


def test_a_pipe_in_a_folder_does_not_block_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no regular file" in fault(tmp_path).message


def test_standard_input_is_read_where_a_dash_stands(tmp_path: Path) -> None:
    path = write(tmp_path / "one.txt", REPORT)
    ids = [report.id for report in reports(path, "-", stdin=io.BytesIO(REPORT.encode()))]
    assert ids == ["one.txt", "stdin"]


def test_a_pipe_that_gives_few_bytes_at_a_time_is_read_to_its_end() -> None:
    class Trickle(io.RawIOBase):
        def __init__(self) -> None:
            self.rest = json.dumps({"id": "a", "text": REPORT}).encode() + b"\n"

        def readable(self) -> bool:
            return True

        def read(self, _size: int = -1) -> bytes:
            part, self.rest = self.rest[:7], self.rest[7:]
            return part

    (report,) = reports("-", stdin=Trickle())
    assert (report.id, report.content) == ("a", REPORT)


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress), (".bz2", bz2.compress)]
)
def test_packed_files_are_unpacked(tmp_path: Path, suffix: str, pack: object) -> None:
    lines = "".join(json.dumps({"id": f"r{i}", "text": REPORT}) + "\n" for i in range(3))
    packed = pack(lines.encode())  # type: ignore[operator]
    path = write(tmp_path / f"reports.jsonl{suffix}", packed + packed[:0])
    assert [report.id for report in reports(path)] == ["r0", "r1", "r2"]
    text = write(tmp_path / f"report.txt{suffix}", pack(REPORT.encode()))  # type: ignore[operator]
    assert reports(text)[0].content == REPORT


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_several_packed_members_after_one_another_are_one_stream(tmp_path: Path, pack: object) -> None:
    rows = [json.dumps({"id": name, "text": REPORT}).encode() + b"\n" for name in "ab"]
    path = write(tmp_path / "two.jsonl", b"".join(pack(row) for row in rows))  # type: ignore[operator]
    assert [report.id for report in reports(path)] == ["a", "b"]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_damaged_packed_data_are_a_fault(tmp_path: Path, pack: object) -> None:
    packed = pack(REPORT.encode() * 500)  # type: ignore[operator]
    assert "cannot be" in fault(write(tmp_path / "cut.txt.gz", packed[: len(packed) // 2])).message
    broken = packed[:20] + bytes(byte ^ 0x55 for byte in packed[20:])
    assert "cannot be" in fault(write(tmp_path / "broken.txt.gz", broken)).message


def test_a_file_that_unpacks_to_far_more_than_reports_do_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * (80 << 20), compresslevel=9)
    path = write(tmp_path / "bomb.jsonl.gz", bomb)
    assert "unpack to more than" in fault(path).message


def test_what_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    assert "no such file" in fault(tmp_path / "none.txt").message
    assert "holds no files" in fault(tmp_path).message
    assert "empty" in fault(write(tmp_path / "empty.txt", b"")).message
    assert "empty" in fault(write(tmp_path / "blank.txt", b" \r\n\t\n")).message
    assert "no standard input" in fault("-").message
    assert "cannot be read" in fault("a\0b").message


@pytest.mark.parametrize(
    ("content", "seems"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"PK\x03\x04\x14\0", "ZIP"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\0" * 257 + b"ustar\0", "tar"),
        (b"SQLite format 3\0" + b"\0" * 50, "SQLite"),
        (bytes(range(256)) * 8, "binary data"),
    ],
)
def test_binary_content_is_named_with_what_to_try(tmp_path: Path, content: bytes, seems: str) -> None:
    error = fault(write(tmp_path / "report.txt", content))
    assert seems in error.message
    assert ";" in error.message
    assert error.where.endswith("report.txt")


def test_a_page_is_known_by_its_content_and_a_text_that_names_a_tag_is_none(tmp_path: Path) -> None:
    assert reports(write(tmp_path / "saved.txt", PAGE))[0].media is Media.HTML
    assert reports(write(tmp_path / "page", "\ufeff  " + PAGE))[0].media is Media.HTML
    assert reports(write(tmp_path / "plain.html", REPORT))[0].media is Media.TEXT
    assert reports(write(tmp_path / "about.txt", "The <html> tag opens a page.\n"))[0].media is Media.TEXT


def test_records_are_known_by_their_content(tmp_path: Path) -> None:
    row = json.dumps({"id": "x", "text": REPORT})
    assert reports(write(tmp_path / "download", row))[0].media is Media.RECORD
    assert reports("-", stdin=io.BytesIO(row.encode()))[0].id == "x"
    assert reports(write(tmp_path / "brace.txt", "{sic} the envoy said.\n"))[0].media is Media.TEXT


def test_a_report_over_the_limit_is_refused_with_its_length_and_the_option(tmp_path: Path) -> None:
    path = write(tmp_path / "long.txt", "a b " * 300)
    message = fault(path, max_characters=1000).message
    assert "1,200 characters" in message
    assert "--max-chars" in message
    assert len(reports(path, max_characters=1200)) == 1
    assert "bytes" in fault(write(tmp_path / "longer.txt", "a b " * 5000), max_characters=1000).message


def test_ids_stay_unique_when_records_repeat_them(tmp_path: Path) -> None:
    row = json.dumps({"id": "a", "text": REPORT}) + "\n"
    path = write(tmp_path / "r.jsonl", row * 2 + json.dumps({"id": "a#2", "text": REPORT}) + "\n" + row)
    ids = [report.id for report in reports(path)]
    assert ids[0] == "a"
    assert len(set(ids)) == 4


def test_errors_survive_the_way_between_processes(tmp_path: Path) -> None:
    error = fault(tmp_path / "none.txt")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (again.where, again.message, str(again)) == (error.where, error.message, str(error))


def test_a_page_is_held_to_the_limit_that_was_given(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    paragraph = "<p>The envoys of Norway and Chile met in Bergen on Monday and agreed to open talks.</p>"
    path.write_text(f"<html><body><h1>Envoys meet</h1>{paragraph * 50}</body></html>", encoding="utf-8")
    (short,) = read_sources([path], max_characters=2_000)
    assert isinstance(short, Fetched)
    with pytest.raises(TextError, match=r"more than the 2,000 .*--max-chars"):
        to_document(short)
    (long,) = read_sources([path], max_characters=20_000)
    assert isinstance(long, Fetched)
    assert to_document(long).text.count("Bergen") == 50


def test_a_page_longer_than_the_default_limit_is_read_under_a_higher_one(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    body = "".join(f"<p>Envoy {i} met the others. {'They talked. ' * 4000}</p>" for i in range(25))
    path.write_text(f"<html><body><h1>Envoys meet</h1>{body}</body></html>", encoding="utf-8")
    (page,) = read_sources([path], max_characters=5_000_000)
    assert isinstance(page, Fetched)
    assert len(to_document(page).text) > 1_000_000


@pytest.mark.parametrize("name", ["bergen.txt", "bergen.txt.gz", "page.html", "page.html.xz"])
def test_the_bytes_of_a_file_come_along_as_they_came_in_but_unpacked(tmp_path: Path, name: str) -> None:
    content = (PAGE if "page" in name else REPORT.replace("\n", "\r\n")).encode("utf-16")
    pack = {"gz": gzip.compress, "xz": lzma.compress}.get(name.rpartition(".")[2], bytes)
    path = write(tmp_path / name, pack(content))  # type: ignore[operator]
    (tmp_path / "link").symlink_to(path)
    (report,) = reports(tmp_path / "link")
    assert report.original == content
    assert report.address == os.path.realpath(path)


def test_addresses_of_records_do_not_depend_on_what_is_read_beside_them(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": REPORT}, {"text": REPORT}, {"id": "a", "text": "Another text."}]
    path = write(tmp_path / "x" / "r.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    other = write(tmp_path / "y" / "r.jsonl", path.read_bytes())
    alone = [report.address for report in reports(path)]
    assert alone == [f"{os.path.realpath(path)}#{place}" for place in ("a", "2", "a:3")]
    assert [report.address for report in reports(other, path)][3:] == alone


def test_a_url_is_the_address_and_tells_records_of_other_ids_apart(tmp_path: Path) -> None:
    url = "https://courier.example/talks"
    lines = [{"id": name, "url": url, "text": f"{REPORT} {i}"} for i, name in enumerate("aabb")]
    path = write(tmp_path / "r.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    assert [report.address for report in reports(path)] == [url, url, f"{url}#b", f"{url}#b"]


def test_the_address_of_standard_input_is_its_content() -> None:
    one, two, same = (reports("-", stdin=io.BytesIO(text))[0] for text in (b"One.", b"Two.", b"One."))
    assert one.address == same.address != two.address
    assert one.address.startswith("stdin:")
    lines = b"".join(json.dumps({"text": f"They met {i}."}).encode() + b"\n" for i in range(3))
    assert len({report.address for report in reports("-", stdin=io.BytesIO(lines))}) == 3


def test_the_id_that_a_record_gave_does_not_depend_on_what_is_read_beside_it(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": REPORT}, {"text": REPORT}]
    path = write(tmp_path / "r.jsonl", "".join(json.dumps(line) + "\n" for line in lines * 2))
    text = write(tmp_path / "one.txt", REPORT)
    assert [report.given_id for report in reports(path, text)] == ["a", "", "a", "", ""]
