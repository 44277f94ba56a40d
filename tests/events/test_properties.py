"""What holds for any report: no error, spans that fit the text, stable ids, time that grows with length."""

from __future__ import annotations

import time
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.actors import find_actors
from dragoman.events import find_events
from dragoman.language import Language, load_language
from dragoman.model import (
    Actors,
    Block,
    BlockKind,
    Chronology,
    Document,
    Entity,
    EntityKind,
    Event,
    Mention,
    Parsed,
    Reason,
    Sentence,
    Slot,
    Span,
    Timex,
    TimexType,
    Token,
    Use,
)
from dragoman.temporal import date_report
from dragoman.testing import make_chronology, make_document

WORDS = (
    "talks meeting held met with and , Norway Chad Oslo in on Monday offer the an rejected proposed to will "
    "not agreed signed treaty ceasefire broke off down called between after by of who ; said visit Earlier"
).split()
POS = "NOUN VERB ADP PROPN CCONJ PUNCT DET PART AUX ADJ PRON SCONJ NUM ADV".split()
DEPS = (
    "nsubj obj obl nmod conj cc case mark aux aux:pass nsubj:pass xcomp ccomp advcl acl acl:relcl appos flat "
    "compound amod det nmod:poss parataxis punct advmod compound:prt iobj fixed"
).split()
TAGS = "NN NNS NNP VBD VBZ VB VBG VBN IN DT TO MD PRP$ WP".split()
LABELS = "PER ROLE GPE LOC NORP ORG FORUM DOC NOM PRON".split()
ENTITIES = {
    "a": Entity("a", EntityKind.STATE, "Norway", ("NOR",), country="NOR"),
    "b": Entity("b", EntityKind.PERSON, "Moro", ("TCD",)),
    "c": Entity("c", EntityKind.PLACE, "Oslo", country="NOR", granularity="city"),
    "d": Entity("d", EntityKind.FORUM, "Council", ("NOR", "TCD")),
    "e": Entity("e", EntityKind.ORGANISATION, "Body", ()),
}
DATES = ["2022-01-10", "2022-01", "../2022-01-13", "2022-01-10/2022-01-12", "XXXX-01-10", "2022-01-21~", None]


@st.composite
def sentences(draw: st.DrawFn) -> list[tuple[str, str, str, str, int]]:
    """Words with any tags and any tree: a root, and for each other word a head among those placed before."""
    size = draw(st.integers(1, 14))
    root = draw(st.integers(0, size - 1))
    order = [root, *(i for i in range(size) if i != root)]
    heads = {root: root}
    for n, i in enumerate(order[1:], 1):
        heads[i] = order[draw(st.integers(0, n - 1))]

    def pick(table: list[str]) -> str:
        return draw(st.sampled_from(table))

    return [
        (pick(WORDS), pick(POS), pick(TAGS), "root" if i == root else pick(DEPS), heads[i])
        for i in range(size)
    ]


@st.composite
def reports(draw: st.DrawFn) -> tuple[Parsed, Chronology, Actors]:
    """Any parse with any mentions and dates on it."""
    rows = draw(st.lists(sentences(), min_size=1, max_size=5))
    headline = draw(st.booleans())
    text = ""
    tokens: list[Token] = []
    marks: list[Sentence] = []
    for number, row in enumerate(rows):
        first = len(tokens)
        for word, pos, tag, dep, head in row:
            start = len(text)
            text += word + " "
            i = len(tokens)
            tokens.append(
                Token(
                    i,
                    start,
                    start + len(word),
                    word,
                    word.lower(),
                    word.lower(),
                    pos,
                    tag,
                    dep,
                    first + head,
                    number,
                )
            )
        block = BlockKind.HEADLINE if headline and not number else BlockKind.PARAGRAPH
        marks.append(Sentence(number, first, len(tokens), block, number))
    blocks = tuple(Block(tokens[s.start_token].start, tokens[s.end_token - 1].end, s.block) for s in marks)
    parsed = Parsed(Document("any", text, blocks), tuple(tokens), tuple(marks), ())
    mentions: list[Mention] = []
    timexes: list[Timex] = []
    for token in tokens:
        role = draw(st.sampled_from(["", "", "mention", "date"]))
        if role == "mention":
            entity = draw(st.sampled_from(sorted(ENTITIES)))
            mentions.append(
                Mention(
                    parsed.span(token.i, token.i + 1),
                    token.i,
                    token.i + 1,
                    token.i,
                    draw(st.sampled_from(LABELS)),
                    (entity,),
                    draw(st.sampled_from([(), ENTITIES[entity].parties])),
                    draw(st.sampled_from(list(Use))),
                    Reason("test"),
                )
            )
        if role == "date":
            edtf = draw(st.sampled_from(DATES))
            kind = draw(st.sampled_from(list(TimexType)))
            timexes.append(
                Timex(
                    parsed.span(token.i, token.i + 1),
                    token.i,
                    token.i + 1,
                    kind,
                    edtf or "XXXX-WXX-1",
                    edtf,
                    Reason("t"),
                )
            )
    published = draw(st.sampled_from([None, "2022-01-20", "2022-01"]))
    return parsed, make_chronology(published, timexes=timexes), Actors(tuple(mentions), ENTITIES)


def spans_of(event: Event) -> list[Span]:
    slots = [slot for field in fields(event) if isinstance(slot := getattr(event, field.name), Slot)]
    reasons = [*event.steps, *(reason for slot in slots for reason in slot.reasons)]
    return [*event.evidence, *(span for slot in slots for span in slot.spans)] + [
        span for reason in reasons for span in reason.spans
    ]


def check(parsed: Parsed, events: tuple[Event, ...]) -> None:
    text = parsed.document.text
    assert len({event.id for event in events}) == len(events)
    for event in events:
        assert event.evidence
        assert all(text[span.start : span.end] == span.exact for span in spans_of(event))
        roles = {*event.by.value, *event.to.value, *event.mediators.value}
        assert roles <= set(event.parties.value)
        assert not set(event.by.value) & set(event.to.value)


@settings(max_examples=150, deadline=None)
@given(reports())
def test_any_parse_gives_events_whose_spans_fit_and_whose_ids_are_stable(
    report: tuple[Parsed, Chronology, Actors],
) -> None:
    """Whatever the tags, the tree, the mentions and the dates are."""
    events = find_events(*report)
    check(report[0], events)
    assert find_events(*report) == events


OURS = [
    "The foreign ministers of Norway and Finland met in Oslo on October 16, 2013 to discuss fishing rights.",
    "Chad and Sudan will sign a peace accord in Dakar next week.",
    "Syria has rejected an Israeli offer of peace talks.",
    "North Korea has proposed military talks with South Korea.",
    "Earlier, Iran and Turkey held talks in Tehran.",
    "Georgia broke off talks with Russia on Wednesday.",
    "The two sides will meet again on March 6.",
    "Egypt brokered a ceasefire between Israel and Hamas in November 2012.",
]


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


def read(language: Language, sentences: list[str]) -> tuple[Parsed, Chronology, Actors]:
    parsed = language.parse(make_document("\n\n".join(sentences), published="2013-10-18"))
    chronology = date_report(parsed)
    return parsed, chronology, find_actors(parsed, chronology)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(OURS), min_size=1, max_size=8))
def test_sentences_in_any_order_give_sound_events(language: Language, chosen: list[str]) -> None:
    """Also with the real parse."""
    report = read(language, chosen)
    check(report[0], find_events(*report))


def test_twenty_times_the_text_takes_about_twenty_times_as_long(language: Language) -> None:
    """Best of three for 200 sentences against 10, with room for a busy machine: no quadratic rule."""

    def seconds(count: int) -> float:
        report = read(language, [OURS[i % len(OURS)] for i in range(count)])
        times = []
        for _ in range(3):
            start = time.process_time()
            find_events(*report)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(200) < 80 * max(seconds(10), 0.002)
