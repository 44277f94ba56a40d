"""Dates of bylines, datelines, metadata and addresses."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.text.dates import (
    as_edtf,
    date_line,
    days_meant,
    find_dateline,
    find_dates,
    parse_stated,
    time_line,
    url_witness,
)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("January 21, 2022", "2022-01-21"),
        ("Jan. 21 2022", "2022-01-21"),
        ("21st January 2022", "2022-01-21"),
        ("21 Jan", "XXXX-01-21"),
        ("January 2022", "2022-01"),
        ("2022-01-21", "2022-01-21"),
        ("2022/01/21", "2022-01-21"),
        ("21.01.2022", "2022-01-21"),
        ("1.2.2022", "2022-02-01"),
        ("25/06/2022", "2022-06-25"),
        ("06/25/2022", "2022-06-25"),
        ("05/05/2022", "2022-05-05"),
        ("21 января 2022", "2022-01-21"),
        ("21 Ιανουαρίου 2022", "2022-01-21"),
        ("le 1er mars 2022", "2022-03-01"),
        ("21. Januar 2022", "2022-01-21"),
        ("21 de enero de 2022", "2022-01-21"),
        ("2022年1月21日", "2022-01-21"),
        ("Feb. 29, 2024", "2024-02-29"),
    ],
)
def test_a_date_is_as_fine_as_its_words(text: str, edtf: str) -> None:
    assert [found.edtf for found in find_dates(text)] == [edtf]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("22 March 2019", "2019-03-22", "2019-03-22"),
        (" March 22, 2019 ", "2019-03-22", "2019-03-22"),
        ("March 2019", "2019-03-01", "2019-03-31"),
        ("2019-03", "2019-03-01", "2019-03-31"),
        ("2019", "2019-01-01", "2019-12-31"),
    ],
)
def test_a_day_is_meant_as_people_write_it(written: str, first: str, last: str) -> None:
    assert days_meant(written) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "written", ["22 March", "soon", "", "2019-03-22 or so", "22 March 2019 to May", "05/06/2022"]
)
def test_what_is_no_day_means_none(written: str) -> None:
    assert days_meant(written) is None
    assert as_edtf(written) == written.strip()


@pytest.mark.parametrize(
    "text",
    ["05/06/2022", "Feb 29, 2023", "31 April 2022", "12.30", "1/2", "21 2022", "9999-01-01", "No. 21-2022"],
)
def test_what_is_no_day_or_could_be_two_is_left(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        ("Wednesday, January 23, 2019 10:15 am EST", True),
        ("Published: 21 January 2022 | Updated: 22 January 2022", True),
        ("2022-01-21T10:00:00+01:00", True),
        ("(June 14, 2021)", True),
        ("On January 10 they met", False),
        ("The draft of 17 December 2021", False),
        ("January", False),
    ],
)
def test_a_date_line_holds_nothing_else(line: str, yes: bool) -> None:
    assert bool(date_line(line)) is yes


def test_time_lines() -> None:
    assert time_line("11:26 A.M. EDT")
    assert time_line("17:15")
    assert not time_line("At 17:15 they met")


@pytest.mark.parametrize(
    ("paragraph", "place", "agency", "edtf"),
    [
        ("BERGEN, Jan. 21 (Reuters) - The envoys", "Bergen", "Reuters", "XXXX-01-21"),
        ("BERGEN, January 10. /TASS/. The envoys", "Bergen", "TASS", "XXXX-01-10"),
        ("BERGEN. Jan 10 (Interfax) - The envoys", "Bergen", "Interfax", "XXXX-01-10"),
        ("BERGEN, Norway (AP) — The envoys", "Bergen, Norway", "Associated Press", None),
        ("Bergen, 21 January 2022 – The envoys", "Bergen", None, "2022-01-21"),
        ("January 21, 2022, Bergen — The envoys", "Bergen", None, "2022-01-21"),
        ("January 10 (Xinhua) -- The envoys", None, "Xinhua", "XXXX-01-10"),
        ("(Reuters) - The envoys", None, "Reuters", None),
        ("OSLO/BERGEN, Jan 21 (AFP) - The envoys", "Oslo/Bergen", "Agence France-Presse", "XXXX-01-21"),
        ("BERGEN — The envoys", "Bergen", None, None),
    ],
)
def test_datelines(paragraph: str, place: str | None, agency: str | None, edtf: str | None) -> None:
    found = find_dateline(paragraph)
    assert found is not None
    assert (found.place, found.agency, found.date.edtf if found.date else None) == (place, agency, edtf)
    assert paragraph[found.end :].startswith("The envoys")


@pytest.mark.parametrize(
    "paragraph",
    [
        "From June 26 – July 5 the envoys",
        "Bergen - the port - is small",
        "The minister (left) - a lawyer - spoke",
        "On 21 January 2022 the envoys",
        "May (the minister) – said",
        "NATO — the alliance — met",
        "",
    ],
)
def test_sentences_are_no_datelines(paragraph: str) -> None:
    assert find_dateline(paragraph) is None


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("2022-01-21", "2022-01-21"),
        ("2022-01-21T23:30:00-05:00", "2022-01-21"),
        ("20220121", "2022-01-21"),
        ("Fri, 21 Jan 2022 10:00:00 GMT", "2022-01-21"),
        ("January 21, 2022", "2022-01-21"),
        ("2022-01", "2022-01"),
        ("2022", "2022"),
        ("2022-01-21~", "2022-01-21~"),
        ("../2022-01-13", "../2022-01-13"),
        ("2022-13-40", None),
        ("yesterday", None),
        ("", None),
        ("1642766400", None),
    ],
)
def test_stated_dates(value: str, edtf: str | None) -> None:
    assert parse_stated(value) == edtf


@pytest.mark.parametrize(
    ("url", "edtf"),
    [
        ("https://x.example/2022/01/21/talks", "2022-01-21"),
        ("https://x.example/world/2022/jan/21/talks", "2022-01-21"),
        ("https://x.example/2022/01/talks", "2022-01"),
        ("https://x.example/talks-20220121.html", "2022-01-21"),
        ("https://x.example/talks-12345678", None),
        ("https://x.example/2022/13/45/talks", None),
        (None, None),
    ],
)
def test_addresses(url: str | None, edtf: str | None) -> None:
    witness = url_witness(url)
    assert (witness.edtf if witness else None) == edtf
