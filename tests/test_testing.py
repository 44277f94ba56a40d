"""The helpers that build reports by hand keep the model's contract."""

from __future__ import annotations

import pytest

from dragoman.model import BlockKind, Entity, EntityKind
from dragoman.testing import make_actors, make_chronology, make_document, make_parsed

SPEC = """
# Talks/NOUN/nsubj/2 fail/VERB/root/0

Lavrov/PROPN/nsubj/2 left/VERB/root/0/leave ,/punct/2 “/punct/2 sad/ADJ/xcomp/2 ”/punct/2 ././punct/2
He/PRON/nsubj/2 returned/VERB/root/0/return
"""


def test_make_document_parts_paragraphs_and_keeps_furniture() -> None:
    document = make_document(
        "Head\n\nBody of\ntwo lines.\n\nShare", headline=True, chrome=["Share"], place="Rome"
    )
    assert [b.kind for b in document.blocks] == [BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.CHROME]
    assert document.title == "Head"
    assert document.place == "Rome"
    assert [s.exact for s in document.chrome] == ["Share"]
    assert document.text[document.blocks[1].start : document.blocks[1].end] == "Body of\ntwo lines."


def test_make_parsed_sets_the_words_as_english_has_them() -> None:
    parsed = make_parsed(SPEC, names=[("PER", "Lavrov")])
    assert parsed.document.text == "Talks fail\n\nLavrov left, “sad”. He returned"
    assert all(parsed.document.text[t.start : t.end] == t.text for t in parsed.tokens)
    assert [s.block for s in parsed.sentences] == [
        BlockKind.HEADLINE,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]
    left = parsed.tokens[3]
    assert (left.lemma, left.dep, left.head, left.tag) == ("leave", "root", 3, "VBD")
    assert parsed.children(3)[0] == 2
    assert parsed.tokens[4].head == 3
    assert [(n.label, n.start_token, n.end_token) for n in parsed.names] == [("PER", 2, 3)]


def test_make_parsed_names_the_word_that_is_written_wrong() -> None:
    with pytest.raises(ValueError, match="Lavrov/PROPN"):
        make_parsed("Lavrov/PROPN")


def test_make_actors_finds_every_occurrence() -> None:
    parsed = make_parsed(SPEC)
    lavrov = Entity("person:lavrov", EntityKind.PERSON, "Sergei Lavrov", ("RUS",))
    actors = make_actors(parsed, {"Lavrov": lavrov, "He": lavrov})
    assert [m.span.exact for m in actors.mentions] == ["Lavrov", "He"]
    mention = actors.at(2)
    assert mention is not None
    assert actors.of(mention) == (lavrov,)


def test_make_chronology_bounds_the_report_by_its_date() -> None:
    assert make_chronology("2022-01-21").published.dct_low == "2022-01-21"
    assert make_chronology().published.basis == "unknown"
