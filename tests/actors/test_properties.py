"""Whatever the words and however they are parsed, mentions keep their contract."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.actors import find_actors
from dragoman.model import Parsed
from dragoman.testing import make_chronology, make_parsed

WORDS = (
    "Russia Moscow Russian U.S. Palestinian rebels officials the two both sides he her they it "
    "President Putin Vladimir Bush Laura foreign minister of in to and , - 's met said visited "
    "summit EU Hamas government counterpart his Kremlin North Korea leaders Mr. Jr. ( ) Darfur "
    "opposition country Jordan King Abdullah former Geneva Chile Santiago "
).split()
POS = ["PROPN", "NOUN", "VERB", "ADJ", "ADP", "DET", "PRON", "PUNCT", "CCONJ"]
DEPS = [
    "nsubj",
    "obj",
    "obl",
    "nmod",
    "compound",
    "flat",
    "conj",
    "appos",
    "amod",
    "case",
    "det",
    "nmod:poss",
    "punct",
]
LABELS = ["PER", "ROLE", "GPE", "LOC", "NORP", "ORG", "FORUM", "DOC"]


@st.composite
def parses(draw: st.DrawFn) -> Parsed:
    """Any words with any tree over them and any names in them."""
    lines, names = [], []
    for _ in range(draw(st.integers(1, 3))):
        words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
        root = draw(st.integers(1, len(words)))
        fields = []
        for i, word in enumerate(words, 1):
            head = 0 if i == root else root if draw(st.booleans()) else draw(st.integers(1, len(words)))
            head = root if head == i else head
            dep = "root" if i == root else draw(st.sampled_from(DEPS))
            fields.append(f"{word}/{draw(st.sampled_from(POS))}/{dep}/{head}")
        lines.append(" ".join(fields))
        start = draw(st.integers(0, len(words) - 1))
        end = draw(st.integers(start + 1, len(words)))
        names.append((draw(st.sampled_from(LABELS)), " ".join(words[start:end])))
    return make_parsed("\n".join(lines), names=names[:1])


@settings(max_examples=150, deadline=None)
@given(parses(), st.sampled_from([None, "2005-03-01", "2022"]))
def test_mentions_keep_their_contract(parsed: Parsed, published: str | None) -> None:
    actors = find_actors(parsed, make_chronology(published))
    text, last = parsed.document.text, 0
    for mention in actors.mentions:
        assert last <= mention.start_token < mention.end_token <= len(parsed.tokens)
        last = mention.end_token
        assert text[mention.span.start : mention.span.end] == mention.span.exact
        assert mention.start_token <= mention.head_token < mention.end_token
        assert set(mention.entities) <= set(actors.entities)
        assert len(set(mention.parties)) == len(mention.parties)
        for span in mention.reason.spans:
            assert text[span.start : span.end] == span.exact
    named = {key for mention in actors.mentions for key in mention.entities}
    assert named == set(actors.entities)
    assert all(key == entity.id for key, entity in actors.entities.items())


@settings(max_examples=30, deadline=None)
@given(parses())
def test_a_report_reads_the_same_again(parsed: Parsed) -> None:
    assert find_actors(parsed, make_chronology(None)) == find_actors(parsed, make_chronology(None))


def test_an_empty_report_has_no_actors() -> None:
    parsed = make_parsed("Nothing/PRON/nsubj/2/nothing/NN happened/VERB/root/0/happen/VBD ./punct/2")
    actors = find_actors(parsed, make_chronology(None))
    assert actors.mentions == ()
    assert actors.entities == {}
