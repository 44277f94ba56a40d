"""What to_document makes of markup without a page around it: an entry of a feed."""

from __future__ import annotations

import pytest

from dragoman.errors import TextError
from dragoman.intake import Fetched, Media
from dragoman.model import BlockKind, WitnessKind
from dragoman.text import to_document

SUMMARY = "Envoys of Norway and Chile met in Bergen on Friday. They will meet again in May."


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        (SUMMARY, [SUMMARY]),
        (f"<p>{SUMMARY}</p>", [SUMMARY]),
        ("Envoys <b>met</b>.<br><br>They agreed.", ["Envoys met.", "They agreed."]),
        ("<ul><li>Norway met Chile.</li><li>Peru refused.</li></ul>", ["Norway met Chile.", "Peru refused."]),
        ("<p>Envoys met.</p><script>track()</script>", ["Envoys met."]),
        (
            f'<p>{SUMMARY}</p><p><a href="/1">Continue on our site</a></p><p>Share this</p>',
            [SUMMARY],
        ),
        (
            f'<p>{SUMMARY}</p><p>The post <a href="/1">Envoys</a> appeared first on <a href="/">W</a>.</p>',
            [SUMMARY],
        ),
        (f'<p><a href="/1">{SUMMARY}</a></p>', [SUMMARY]),
    ],
)
def test_no_sentence_of_a_fragment_is_lost_and_its_furniture_is_marked(
    markup: str, paragraphs: list[str]
) -> None:
    document = to_document(Fetched("e", "feed:1", Media.FRAGMENT, markup, title="A headline of its own"))
    kinds = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    assert [text for kind, text in kinds if kind is BlockKind.PARAGRAPH] == paragraphs
    assert kinds[0] == (BlockKind.HEADLINE, "A headline of its own")


def test_what_the_feed_says_of_the_entry_is_kept() -> None:
    document = to_document(
        Fetched(
            "e",
            "feed:1",
            Media.FRAGMENT,
            f"<p>{SUMMARY}</p>",
            published="Fri, 21 Jan 2022 23:30:00 -0500",
            publisher="Wire",
            language="en-gb",
            seen="2022-01-23",
        )
    )
    assert (document.publisher, document.language) == ("Wire", "en-gb")
    assert [(w.kind, w.edtf) for w in document.witnesses] == [
        (WitnessKind.STATED, "2022-01-21"),
        (WitnessKind.PAGE, "../2022-01-23"),
    ]


def test_markup_without_words_is_refused() -> None:
    for markup in ("<img src='a.png'>", "<p> </p>", "<script>x()</script>"):
        with pytest.raises(TextError):
            to_document(Fetched("e", "feed:1", Media.FRAGMENT, markup))


def test_a_page_keeps_what_was_given_with_it() -> None:
    page = f"<html><body><h1>Envoys meet in Bergen</h1><p>{SUMMARY}</p><p>{SUMMARY}</p></body></html>"
    document = to_document(
        Fetched("e", "x", Media.HTML, page, title="Given", published="2022-01-21", publisher="Wire")
    )
    assert (document.title, document.publisher) == ("Envoys meet in Bergen", "Wire")
    assert (WitnessKind.STATED, "2022-01-21") in {(w.kind, w.edtf) for w in document.witnesses}
