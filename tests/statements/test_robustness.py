"""Whatever the parser says, statements and defects have true spans, and take time linear in the text."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.defects import find_defects
from dragoman.model import Parsed
from dragoman.statements import find_statements
from dragoman.testing import make_actors, make_chronology, make_parsed

WORDS = (
    "Moro he it envoys said told warned vowed accused called according to that claim statementthat made "
    "' “ ” \" "
    ", . : — Friday January 10 2022 ; the of in whether which who Question absurdity sadly and as not is will"
).split()
POS = ("NOUN", "VERB", "PROPN", "PRON", "ADP", "SCONJ", "AUX", "PUNCT", "DET", "PART")
DEPS = (
    "nsubj", "nsubj:pass", "ccomp", "xcomp", "parataxis", "obj", "obl", "advcl", "acl", "acl:relcl", "conj",
    "mark", "case", "aux", "aux:pass", "nmod:poss", "appos", "punct", "fixed", "dep",
)  # fmt: skip
TAGS = ("VBD", "VBG", "VBN", "VB", "VBZ", "NN", "NNP", "WP", "IN", "TO", "MD")
LEMMAS = ("say", "tell", "warn", "vow", "accuse", "call", "make", "claim", "hope", "plan", "quote", "word")


@st.composite
def sentences(draw: st.DrawFn) -> str:
    size = draw(st.integers(1, 14))
    order = draw(st.permutations(range(size)))
    heads = {order[0]: 0}
    for place in range(1, size):
        heads[order[place]] = order[draw(st.integers(0, place - 1))] + 1
    words = []
    for i in range(size):
        pick = draw(st.tuples(*(st.sampled_from(values) for values in (WORDS, POS, DEPS, LEMMAS, TAGS))))
        word, pos, dep, lemma, tag = pick
        words.append(f"{word}/{pos}/{dep}/{heads[i]}/{lemma}/{tag}")
    return " ".join(words)


def check(parsed: Parsed) -> None:
    actors, chronology = make_actors(parsed), make_chronology("2022-01-19")
    text = parsed.document.text
    statements = find_statements(parsed, chronology, actors)
    for statement in statements:
        for span in (statement.source, statement.cue, statement.content):
            assert span is None or text[span.start : span.end] == span.exact
        assert statement.speaker.strip()
        assert any(character.isalnum() for character in statement.content.exact)
    for defect in find_defects(parsed, chronology, actors, (), statements):
        assert text[defect.span.start : defect.span.end] == defect.span.exact


@settings(max_examples=120, deadline=None)
@given(st.lists(sentences(), min_size=1, max_size=5), st.booleans())
def test_any_parse_gives_true_spans(specs: list[str], paragraphs: bool) -> None:
    check(make_parsed(("\n\n" if paragraphs else "\n").join(specs)))


def test_time_is_linear_in_the_text() -> None:
    sentence = (
        "“/``/punct/3 They/PRON/nsubj/3 wait/VERB/ccomp/6 ,/punct/3 ”/punct/3 said/VERB/root/0/say "
        "Moro/PROPN/nsubj/6 who/PRON/nsubj/9//WP had/AUX/aux/9 warned/VERB/acl:relcl/7/warn "
        "that/SCONJ/mark/11 it/PRON/nsubj/11 ends/VERB/ccomp/9 ././punct/6"
    )

    def seconds(times: int) -> float:
        parsed = make_parsed("\n".join([sentence] * times))
        actors, chronology = make_actors(parsed), make_chronology()
        start = time.process_time()
        statements = find_statements(parsed, chronology, actors)
        find_defects(parsed, chronology, actors, (), statements)
        assert len(statements) >= times
        return time.process_time() - start

    seconds(50)
    small, large = seconds(200), seconds(2000)
    assert large < 40 * small + 0.5
