"""Parsing reports: offsets, blocks, trees inside sentences, and the same answer every time."""

from __future__ import annotations

import json
import pickle
import shutil
import time
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span

from dragoman.errors import ModelError
from dragoman.language import Language, load_language
from dragoman.language.component import spacy_pipeline
from dragoman.language.labels import NAMES
from dragoman.language.network import FOLDER
from dragoman.model import Block, BlockKind, Document, Parsed

REPORT = (
    "Ministers to Meet in Geneva\n"
    "Russian Foreign Minister Sergei Lavrov will meet U.S. Secretary of State Antony Blinken in Geneva on "
    'Friday, the ministry said. "We expect an answer," Lavrov told reporters in Moscow.\n'
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
@given(
    st.lists(
        st.sampled_from(
            ["Talks", "ended.", "Mr.", '"We', 'agree,"', "U.S.", "(said", "2022)", "\n", "é", "🕊"]
        )
    )
)
def test_any_words(words: list[str]) -> None:
    assert_sound(load_language().parse(document_of(" ".join(words))))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200_000,
        "word " * 4_000,
        "." * 10_000,
        "http://" + "a/" * 5_000,
        "(" * 2_000 + "'" * 2_000,
        "U.S.-" * 2_000,
    ],
    ids=["one word", "no full stop", "full stops", "address", "brackets", "hyphens"],
)
def test_monsters_take_bounded_time(language: Language, text: str) -> None:
    """Each takes well under a second; what grew with the square of the length would take minutes."""
    begun = time.process_time()
    assert_sound(language.parse(document_of(text)))
    assert time.process_time() - begun < 15


def test_a_missing_table_of_lemmas_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    (folder / "lemmas.tsv").unlink()
    with pytest.raises(ModelError, match="lemmas"):
        load_language(folder=folder)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"make model"):
        load_language(folder=tmp_path)


def test_a_missing_pipeline_is_named() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load_language("no_such_pipeline")


def test_a_spacy_user_gets_an_annotated_doc() -> None:
    """The component gives what ``parse`` gives; white space tokens stay in the Doc and disturb nothing."""
    doc = spacy_pipeline()("Russia's envoy  met Blinken in Geneva.\n\nNo date was set.")
    assert [s.text.strip() for s in doc.sents] == [
        "Russia's envoy  met Blinken in Geneva.",
        "No date was set.",
    ]
    assert ("Geneva", "GPE") in [(entity.text, entity.label_) for entity in doc.ents]
    met = next(token for token in doc if token.text == "met")
    assert (met.dep_, met.lemma_, met.tag_) == ("ROOT", "meet", "VBD")
    assert [child.text for child in met.children if child.dep_ == "nsubj"] == ["envoy"]
    assert len(spacy_pipeline()("")) == 0
    assert len(spacy_pipeline()("  ")) == 1


def test_a_named_pipeline_is_used(tmp_path: Path) -> None:
    """A pipeline saved by its user is loaded by its path; its labels become ours."""

    @SpacyPipeline.component("flat_reader")
    def flat_reader(doc: Doc) -> Doc:
        for token in doc:
            token.head, token.dep_ = doc[0], "ROOT" if token.i == 0 else "dobj"
            token.tag_, token.pos_ = "NN", "NOUN"
        doc.ents = [Span(doc, 1, 2, "PERSON"), Span(doc, 2, 3, "MONEY")]
        return doc

    pipeline = spacy.blank("en")
    pipeline.add_pipe("flat_reader")
    pipeline.to_disk(tmp_path / "named")
    parsed = load_language(str(tmp_path / "named")).parse(document_of("They met Lavrov\nThey left him"))
    assert_sound(parsed)
    assert [token.dep for token in parsed.tokens] == ["root", "obj", "obj"] * 2
    assert [(name.label, name.start_token) for name in parsed.names] == [("PER", 1), ("PER", 4)]


def test_a_pipeline_without_a_parser_is_declined(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="parser"):
        load_language(str(tmp_path / "blank")).parse(document_of("They met."))


def test_a_model_of_another_release_is_declined(tmp_path: Path) -> None:
    """Word shapes are numbers to the network: other numbers would be read as other shapes, silently."""
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    labels["shapes"].insert(3, "new")
    (folder / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    with pytest.raises(ModelError, match="shapes"):
        load_language(folder=folder)


@pytest.mark.parametrize("name", ["network.onnx", "heads.npz", "labels.json"])
def test_a_cut_off_model_is_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    (folder / name).write_bytes((FOLDER / name).read_bytes()[:977])
    with pytest.raises(ModelError, match="damaged"):
        load_language(folder=folder)


def test_the_model_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 40_000_000


def test_the_story_behind_a_dateline_begins_anew() -> None:
    """Its day and place are the report's, and no part of the first sentence."""
    text = "OSLO, 5 March 2019 - The ministers of Norway and Finland met in Turku on Monday."
    parsed = load_language().parse(Document("d", text, (Block(0, len(text), BlockKind.PARAGRAPH),)))
    assert [parsed.sentence_span(s).exact for s in parsed.sentences] == [text[:20], text[21:]]
