# ruff: noqa: E501 - pages and sentences stay on their lines
"""Which lines of a copied text are headline, paragraph, byline and page furniture."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest

from dragoman.intake import Fetched, Media, read_sources
from dragoman.model import BlockKind, Document, WitnessKind
from dragoman.text import to_document

SHARED = Path(__file__).parents[2] / ".." / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")

BODY = """The foreign ministers of Norway and Chile met in Bergen on Wednesday and agreed to open talks on a fishing treaty.

"We want a text by May," the Norwegian minister told reporters after the meeting."""


def document(text: str, **given: str) -> Document:
    media = Media.RECORD if given else Media.TEXT
    return to_document(Fetched("r", "r.txt", media, text, **given))  # type: ignore[arg-type]


def blocks(text: str, **given: str) -> dict[str, BlockKind]:
    read = document(text, **given)
    return {read.text[block.start : block.end]: block.kind for block in read.blocks}


def chrome(text: str, **given: str) -> list[str]:
    read = document(text, **given)
    assert [span.exact for span in read.chrome] == [
        read.text[block.start : block.end] for block in read.blocks if block.kind is BlockKind.CHROME
    ]
    return [span.exact for span in read.chrome]


def test_a_page_copied_with_all_its_furniture() -> None:
    text = f"""Skip to content
Menu
World
Europe

March 9, 2023

The Alpine Courier

Independent voices since 1901

Norway and Chile open fishing talks in Bergen

By Anna Holm | 3 March 2021

Share on Facebook
Tweet

{BODY}

Advertisement

The two sides will meet again in Santiago in April.

Photo: Jens Berg / AFP

Tags: Norway, Chile

Related articles

Iceland sends an envoy to Oslo

3 comments

Source link

Protected by BotShield

© 2021 The Alpine Courier. All rights reserved.
"""
    read = document(text)
    kinds = {read.text[block.start : block.end]: block.kind for block in read.blocks}
    assert read.title == "Norway and Chile open fishing talks in Bergen"
    assert read.publisher == "The Alpine Courier"
    assert [line for line, kind in kinds.items() if kind is BlockKind.PARAGRAPH] == [
        *BODY.split("\n\n"),
        "The two sides will meet again in Santiago in April.",
    ]
    assert [line for line, kind in kinds.items() if kind is BlockKind.BYLINE] == [
        "By Anna Holm | 3 March 2021"
    ]
    assert [(witness.kind, witness.edtf) for witness in read.witnesses] == [
        (WitnessKind.PAGE, "2023-03-09"),
        (WitnessKind.BYLINE, "2021-03-03"),
    ]
    assert read.text == text


@needs_shared
def test_the_model_case_has_its_five_lines_of_furniture_and_its_headline() -> None:
    gold = json.loads((SHARED / "gold" / "seed.jsonl").read_text(encoding="utf-8").splitlines()[0])
    (fetched,) = read_sources([SHARED / "seed"])
    assert isinstance(fetched, Fetched)
    read = to_document(fetched)
    assert [span.exact for span in read.chrome] == gold["chrome"]
    assert read.title is not None
    assert read.title.startswith("Negotiations between")
    assert [witness.kind for witness in read.witnesses] == [WitnessKind.PAGE]


@needs_shared
def test_no_sentence_of_the_corpora_is_taken_for_furniture() -> None:
    lines = [
        span.exact
        for name in ("voa", "wikinews", "kremlin", "whitehouse")
        for fetched in islice(read_sources([SHARED / "corpora" / f"{name}.jsonl"]), 0, None, 3)
        if isinstance(fetched, Fetched)
        for span in to_document(fetched).chrome
    ]
    # What is there to find: dates at the head, legends of maps, comments of markup, end marks.
    assert all(len(line.split()) <= 6 and not line.endswith((".", "!", "?")) for line in lines)
    assert len(set(lines)) <= 45


@pytest.mark.parametrize(
    "line",
    [
        "Source link",
        "Read the original article",
        "Verified by SiteGuard",
        "Powered by WordPress",
        "Share this article",
        "Facebook Twitter WhatsApp",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Subscribe to our newsletter",
        "Follow us on Telegram",
        "We use cookies to give you the best experience on our website.",
        "Accept all cookies",
        "Read more: Iceland waits",
        "(AP Photo/Jens Berg)",
        "Photo: Jens Berg",
        "3 min read",
        "12 comments",
        "Leave a comment",
        "Please enable JavaScript to view this page.",
        "Skip to main content",
        "#Norway #Chile",
        "Copyright 2021 Courier Ltd",
    ],
)
def test_furniture_between_paragraphs(line: str) -> None:
    first, second = BODY.split("\n\n")
    assert chrome(f"{first}\n\n{line}\n\n{second}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell.",
        "The source of the dispute is water.",
        "Home ministers of both states will attend.",
        "He asked them to follow the road map.",
        "Related talks on energy were put off until June.",
        "Talks on tags for fishing boats go on.",
        "Sign up, the ministers urged, before May.",
        "No comment, said the envoy.",
        "The agreement was verified by inspectors of the agency in March.",
        "Comments by the envoy were brief.",
        "Photo sessions were cancelled.",
        "(c) the Parties shall meet once a year;",
        "By Friday the two had agreed on a text.",
        "Published reports of a deal are wrong, he said.",
        "Updated proposals were tabled on 5 May 2021.",
        "Reuters reported that the talks had failed.",
        "On 3 March 2021 they met again.",
        "Ladies and gentlemen,",
        "Article 1.2: Quantitative Restrictions",
    ],
)
def test_sentences_and_headings_that_look_like_furniture_stay(line: str) -> None:
    first, second = BODY.split("\n\n")
    assert blocks(f"{first}\n\n{line}\n\n{second}")[line] is BlockKind.PARAGRAPH
    assert blocks(f"{first}\n\n{second}\n\n{line}")[line] is BlockKind.PARAGRAPH


def test_hard_wrapped_lines_are_one_paragraph_and_lines_that_end_are_their_own() -> None:
    wrapped = (
        "The foreign ministers of Norway and Chile met in Bergen on Wednesday\n"
        "and agreed to open talks on a fishing treaty, both ministries said.\n"
        "The two ministers signed nothing.\n\n"
        "They will meet again in Santiago in April, when the fleets are back\n"
        "in port.\n"
    )
    assert list(blocks(wrapped).values()) == [BlockKind.PARAGRAPH] * 2
    lines = (
        "The ministers of Norway and Chile met in Bergen.\nThey agreed to open talks on a fishing treaty in May.\n"
        "Nothing was signed on Wednesday.\nThe next round is in Santiago in April."
    )
    assert len(blocks(lines)) == 4


def test_a_headline_on_two_lines_is_one() -> None:
    assert document(f"Norway and Chile open\nfishing talks in Bergen\n\n{BODY}").title == (
        "Norway and Chile open\nfishing talks in Bergen"
    )


@pytest.mark.parametrize(
    "text", [BODY, "They met.\n\nThey parted.", "Bergen", "* * *\n\nThey met in Bergen."]
)
def test_a_text_without_headline_has_none(text: str) -> None:
    assert document(text).title is None


def test_a_given_title_stands_before_the_text_unless_the_text_holds_it() -> None:
    title = "Norway and Chile open talks"
    read = document(BODY, title=title)
    assert read.text == f"{title}\n\n{BODY}"
    assert read.blocks[0].kind is BlockKind.HEADLINE
    inside = document(f"{title}\n\n{BODY}", title=title)
    assert inside.text == f"{title}\n\n{BODY}"
    assert inside.blocks[0].kind is BlockKind.HEADLINE
    sentence = document(f"{title}, both ministries said on Wednesday in Bergen.", title=title)
    assert sentence.text == f"{title}, both ministries said on Wednesday in Bergen."
    assert [block.kind for block in sentence.blocks] == [BlockKind.PARAGRAPH]
    assert sentence.title == title


def test_furniture_above_a_given_title_that_the_text_holds() -> None:
    title = "Norway and Chile open talks"
    text = f"Alpine Courier\n\nVoices since 1901\n\n{title}\n\n{BODY}\n\nAlpine Courier"
    assert chrome(text, title=title, publisher="Alpine Courier") == [
        "Alpine Courier",
        "Voices since 1901",
        "Alpine Courier",
    ]


def test_places_and_times_under_a_given_title_stay() -> None:
    text = f"East Room\n\n3:04 P.M. EDT\n\nVia Teleconference\n\n{BODY}"
    assert chrome(text, title="Remarks of the Minister") == []


def test_a_title_that_begins_the_only_paragraph_is_cut_off_as_headline() -> None:
    read = document(f"Norway and Chile open talks. {BODY}", title="Norway and Chile open talks.")
    assert [read.text[block.start : block.end] for block in read.blocks][:2] == [
        "Norway and Chile open talks.",
        BODY.partition("\n\n")[0],
    ]


@pytest.mark.parametrize("given", [{}, {"title": "Norway and Chile open fishing talks"}])
def test_a_date_above_the_report_is_the_pages_and_weak(given: dict[str, str]) -> None:
    read = document(f"September 30, 2023\n\n{BODY}", **given)
    assert [span.exact for span in read.chrome] == ["September 30, 2023"]
    assert [(witness.kind, witness.edtf) for witness in read.witnesses] == [(WitnessKind.PAGE, "2023-09-30")]
    assert read.witnesses[0].span == read.chrome[0]


@pytest.mark.parametrize(
    ("line", "kind", "edtf"),
    [
        ("3 March 2021", WitnessKind.BYLINE, "2021-03-03"),
        ("Published: 3 March 2021, 14:05 GMT", WitnessKind.BYLINE, "2021-03-03"),
        ("Wednesday, March 3, 2021", WitnessKind.BYLINE, "2021-03-03"),
        ("By Anna Holm and Bo Li, March 3", WitnessKind.BYLINE, "XXXX-03-03"),
        ("Last updated on 2021-03-04 at 09:15", WitnessKind.PAGE, "2021-03-04"),
    ],
)
def test_bylines_under_the_headline_are_witnesses(line: str, kind: WitnessKind, edtf: str) -> None:
    read = document(f"Norway and Chile open fishing talks\n\n{line}\n\n{BODY}")
    assert [(witness.kind, witness.edtf) for witness in read.witnesses] == [(kind, edtf)]
    assert read.blocks[1].kind is BlockKind.BYLINE


def test_the_dateline_stays_in_its_paragraph_and_tells_place_agency_and_day() -> None:
    read = document("BERGEN, March 3 (Reuters) - " + BODY)
    assert read.blocks[0].kind is BlockKind.PARAGRAPH
    assert read.blocks[0].start == 0
    assert (read.place, read.publisher) == ("Bergen", "Reuters")
    (witness,) = read.witnesses
    assert (witness.kind, witness.edtf) == (WitnessKind.DATELINE, "XXXX-03-03")
    assert witness.span is not None
    assert witness.span.exact == "March 3"


def test_metadata_that_came_with_the_report_come_first() -> None:
    read = document(
        BODY,
        title="Talks",
        published="2021-03-03T23:30:00-03:00",
        url="https://x.example/2021/03/04/talks",
        place="Bergen",
        publisher="Courier",
        language="en_GB",
    )
    assert [(witness.kind, witness.edtf) for witness in read.witnesses] == [
        (WitnessKind.STATED, "2021-03-03"),
        (WitnessKind.URL, "2021-03-04"),
    ]
    assert (read.place, read.publisher, read.language) == ("Bergen", "Courier", "en-GB")


def test_a_date_that_cannot_be_read_is_no_witness(caplog: pytest.LogCaptureFixture) -> None:
    assert document(BODY, title="Talks", published="some day").witnesses == ()
    assert "'some day'" in caplog.text
