"""Parsing reports: offsets, blocks, trees inside sentences, and the same answer every time."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest
from dragoman.errors import ModelError
from dragoman.language import Language, load_language
from dragoman.language.labels import NAMES
from dragoman.model import Block, BlockKind, Document, Parsed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

REPORT = (
    "Ministers to Meet in Geneva\n"
    "Russian Foreign Minister Sergei Lavrov will meet U.S. Secretary of State Antony Blinken in Geneva on "
    "Friday, the ministry said. \"We expect an answer,\" Lavrov told reporters in Moscow.\n"
    "Share this page\n"
    "The two sides last spoke on Jan. 10. No date was set for the U.S.-led talks."
)


def document_of(text: str, kinds: list[BlockKind] | None = None) -> Document:
    """A document whose lines are blocks."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), BlockKind.PARAGRAPH))
        at += len(line) + 1
    if kinds:
        blocks = [Block(b.start, b.end, kind) for b, kind in zip(blocks, kinds, strict=True)]
    return Document("test", text, tuple(blocks))


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


@pytest.fixture(scope="module")
def parsed(language: Language) -> Parsed:
    kinds = [BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.CHROME, BlockKind.PARAGRAPH]
    return language.parse(document_of(REPORT, kinds))


def assert_sound(parsed: Parsed) -> None:
    """Everything that ``Parsed`` promises."""
    text = parsed.document.text
    for i, token in enumerate(parsed.tokens):
        assert token.i == i
        assert text[token.start : token.end] == token.text
        assert token.text.strip() == token.text != ""
        sentence = parsed.sentences[token.sentence]
        assert sentence.start_token <= token.head < sentence.end_token
        assert sentence.start_token <= i < sentence.end_token
        assert (token.dep == "root") == (token.head == i)
    bounds = [bound for s in parsed.sentences for bound in (s.start_token, s.end_token)]
    assert bounds[::2] == [0, *bounds[1:-1:2]][: len(bounds) // 2]
    assert not parsed.tokens or bounds[-1] == len(parsed.tokens)
    last = 0
    for name in parsed.names:
        assert name.label in NAMES
        assert last <= name.start_token < name.end_token <= len(parsed.tokens)
        assert len({token.sentence for token in parsed.tokens[name.start_token : name.end_token]}) == 1
        last = name.end_token
    for sentence in parsed.sentences:
        roots = [t for t in parsed.tokens[sentence.start_token : sentence.end_token] if t.head == t.i]
        assert len(roots) == 1


def test_what_parsed_promises(parsed: Parsed) -> None:
    assert_sound(parsed)


def test_page_furniture_is_not_parsed(parsed: Parsed) -> None:
    assert not [token for token in parsed.tokens if token.text == "Share"]


def test_blocks_are_sentence_bounds(parsed: Parsed) -> None:
    first = parsed.sentences[0]
    assert parsed.sentence_span(first).exact == "Ministers to Meet in Geneva"
    assert first.block is BlockKind.HEADLINE
    assert {sentence.block_index for sentence in parsed.sentences} == {0, 1, 3}


def test_sentences_of_a_paragraph(parsed: Parsed) -> None:
    texts = [parsed.sentence_span(s).exact for s in parsed.sentences if s.block_index == 3]
    assert texts == ["The two sides last spoke on Jan. 10.", "No date was set for the U.S.-led talks."]


def test_names_of_the_guideline(parsed: Parsed) -> None:
    names = [(name.label, parsed.span(name.start_token, name.end_token).exact) for name in parsed.names]
    for expected in (
        ("ROLE", "Russian Foreign Minister"),
        ("PER", "Sergei Lavrov"),
        ("ROLE", "U.S. Secretary of State"),
        ("PER", "Antony Blinken"),
        ("GPE", "Moscow"),
    ):
        assert expected in names


def test_who_meets_whom(parsed: Parsed) -> None:
    verb = next(token for token in parsed.tokens if token.text == "meet")
    assert (verb.lemma, verb.pos, verb.tag) == ("meet", "VERB", "VB")
    subject = next(parsed.tokens[i] for i in parsed.children_by(verb.i, "nsubj"))
    assert subject.text in {"Sergei", "Minister"}


def test_lemmas(parsed: Parsed) -> None:
    lemmas = {token.text: token.lemma for token in parsed.tokens}
    assert (lemmas["said"], lemmas["sides"], lemmas["spoke"]) == ("say", "side", "speak")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \r\n"])
def test_nothing_to_read(language: Language, text: str) -> None:
    assert language.parse(Document("empty", text)).tokens == ()


def test_only_furniture(language: Language) -> None:
    document = Document("chrome", "Share", (Block(0, 5, BlockKind.CHROME),))
    assert language.parse(document) == Parsed(document, (), (), ())


def test_a_document_without_blocks_is_one_paragraph(language: Language) -> None:
    parsed = language.parse(Document("plain", "They met in Oslo. They left."))
    assert [s.block_index for s in parsed.sentences] == [0, 0]


def test_the_same_alone_and_in_company(language: Language) -> None:
    """A report's parse depends on its own text alone, whatever was read before."""
    alone = language.parse(document_of(REPORT))
    language.parse(document_of("ENTIRELY different words, 1234567.89 of them!\n" * 5))
    assert language.parse(document_of(REPORT)) == alone


def test_the_same_after_pickling(language: Language, parsed: Parsed) -> None:
    copy: Language = pickle.loads(pickle.dumps(language))  # noqa: S301 - our own bytes
    assert copy.parse(parsed.document) == parsed


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    assert_sound(load_language().parse(document_of(text.replace("\r", " "))))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["Talks", "ended.", "Mr.", '"We', 'agree,"', "U.S.", "(said", "2022)", "\n", "é", "🕊"])))
def test_any_words(words: list[str]) -> None:
    assert_sound(load_language().parse(document_of(" ".join(words))))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "word " * 40_000,
        "." * 20_000,
        "http://" + "a/" * 100_000,
        "(" * 5_000 + ")" * 5_000,
        "U.S.-" * 10_000,
    ],
    ids=["one word", "no full stop", "full stops", "address", "brackets", "hyphens"],
)
def test_monsters_take_bounded_time(language: Language, text: str) -> None:
    begun = time.perf_counter()
    assert_sound(language.parse(document_of(text)))
    assert time.perf_counter() - begun < 40


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"make model"):
        load_language(folder=tmp_path)


def test_a_missing_pipeline_is_named() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load_language("no_such_pipeline")
