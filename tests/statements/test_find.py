"""Statements: source, cue and content in the shapes that reports have them."""

from __future__ import annotations

from dragoman.model import Entity, EntityKind, Parsed, Reason, Span, Statement, Timex, TimexType
from dragoman.statements import find_statements
from dragoman.testing import make_actors, make_chronology, make_parsed

MORO = Entity("person:ana-moro", EntityKind.PERSON, "Ana Moro", ("ESP",))
SPAIN = Entity("state:ESP", EntityKind.STATE, "Spain", ("ESP",))


def found(parsed: Parsed, entities: dict[str, Entity] | None = None) -> list[Statement]:
    return list(find_statements(parsed, make_chronology(), make_actors(parsed, entities)))


def parts(parsed: Parsed, entities: dict[str, Entity] | None = None) -> list[tuple[str, str | None, str]]:
    return [
        (s.speaker, None if s.cue is None else s.cue.exact, s.content.exact) for s in found(parsed, entities)
    ]


INDIRECT = make_parsed(
    "Moro/PROPN/nsubj/2 said/VERB/root/0/say on/ADP/case/4 Monday/PROPN/obl/2 that/SCONJ/mark/7 "
    "talks/NOUN/nsubj/7 "
    "failed/VERB/ccomp/2/fail ././punct/2"
)


def test_indirect_speech_has_source_cue_and_content_without_that() -> None:
    (statement,) = found(INDIRECT, {"Moro": MORO})
    assert (statement.speaker, statement.party) == ("Ana Moro", "ESP")
    assert statement.source is not None
    assert statement.source.exact == "Moro"
    assert statement.cue is not None
    assert statement.cue.exact == "said"
    assert statement.content.exact == "talks failed"
    assert not statement.direct
    assert statement.reasons[0].rule == "statement.verb.clause"


REFUSED = make_parsed(
    "Moro/PROPN/nsubj/2 refused/VERB/root/0/refuse to/PART/mark/4 promise/VERB/xcomp/2 that/SCONJ/mark/7 "
    "Spain/PROPN/nsubj/7 joins/VERB/ccomp/4/join ././punct/2"
)


def test_words_that_were_refused_keep_the_refusal_in_their_cue() -> None:
    (statement,) = found(REFUSED, {"Moro": MORO})
    assert statement.cue is not None
    assert statement.cue.exact == "refused to promise"
    assert statement.content.exact == "Spain joins"


def test_a_date_that_hangs_on_the_cue_is_the_date_of_the_statement() -> None:
    monday = Timex(
        INDIRECT.span(3, 4),
        3,
        4,
        TimexType.DATE,
        "2022-01-17",
        "2022-01-17",
        Reason("test.timex"),
        anchor="dct",
    )
    chronology = make_chronology("2022-01-19", timexes=[monday])
    (statement,) = find_statements(INDIRECT, chronology, make_actors(INDIRECT))
    assert statement.date == "2022-01-17"


def test_a_quotation_before_its_cue_is_direct_and_loses_its_marks() -> None:
    parsed = make_parsed(
        "“/``/punct/4 We/PRON/nsubj/4 must/AUX/aux/4 wait/VERB/ccomp/8 ,/punct/4 ”/punct/4 "
        "the/DET/det/9 said/VERB/root/0/say "
        "envoy/NOUN/nsubj/8 ././punct/8"
    )
    (statement,) = found(parsed)
    assert statement.content.exact == "We must wait"
    assert statement.direct


def test_a_quotation_split_by_its_cue_is_one_statement_a_sentence() -> None:
    parsed = make_parsed(
        "“/``/punct/3 We/PRON/nsubj/3 wait/VERB/ccomp/7 ,/punct/3 ”/punct/3 she/PRON/nsubj/7 "
        "said/VERB/root/0/say ././punct/7\n"
        "“/``/punct/3 They/PRON/nsubj/3 know/VERB/root/0 it/PRON/obj/3 well/ADV/advmod/3 ././punct/3\n"
        "It/PRON/nsubj/2 hurts/VERB/root/0/hurt them/PRON/obj/2 ././punct/2 ”/punct/2"
    )
    assert parts(parsed, {"she": MORO}) == [
        ("Ana Moro", "said", "We wait"),
        ("Ana Moro", "said", "They know it well"),
        ("Ana Moro", "said", "It hurts them"),
    ]


def test_according_to_attributes_the_clause_around_it() -> None:
    parsed = make_parsed(
        "According/VERB/case/3/accord to/ADP/fixed/1 Spain/PROPN/obl/6 ,/punct/3 talks/NOUN/nsubj/6 "
        "failed/VERB/root/0/fail "
        "././punct/6"
    )
    assert parts(parsed, {"Spain": SPAIN}) == [("Spain", "According to", "talks failed")]


def test_a_participle_goes_on_with_the_speaker_of_its_verb() -> None:
    parsed = make_parsed(
        "Moro/PROPN/nsubj/2 left/VERB/root/0/leave ,/punct/4 saying/VERB/advcl/2/say/VBG she/PRON/nsubj/6 "
        "agreed/VERB/ccomp/4/agree ././punct/2"
    )
    assert parts(parsed, {"Moro": MORO}) == [("Ana Moro", "saying", "she agreed")]


def test_what_was_added_is_no_part_of_what_was_said_first() -> None:
    parsed = make_parsed(
        "Moro/PROPN/nsubj/2 said/VERB/root/0/say talks/NOUN/nsubj/4 failed/VERB/ccomp/2/fail ,/punct/6 "
        "adding/VERB/advcl/4/add/VBG that/SCONJ/mark/9 she/PRON/nsubj/9 left/VERB/ccomp/6/leave ././punct/2"
    )
    assert ("Ana Moro", "said", "talks failed") in parts(parsed, {"Moro": MORO})


def test_a_relative_clause_names_its_antecedent() -> None:
    parsed = make_parsed(
        "An/DET/det/2 envoy/NOUN/nsubj/9 who/PRON/nsubj/4//WP warned/VERB/acl:relcl/2/warn "
        "that/SCONJ/mark/7 talks/NOUN/nsubj/7 "
        "failed/VERB/ccomp/4/fail has/AUX/aux/9 left/VERB/root/0/leave ././punct/9"
    )
    assert parts(parsed) == [("An envoy", "warned", "talks failed")]


def test_a_noun_carried_by_a_light_verb_is_a_cue() -> None:
    parsed = make_parsed(
        "Moro/PROPN/nsubj/2 expressed/VERB/root/0/express hope/NOUN/obj/2 that/SCONJ/mark/6 "
        "talks/NOUN/nsubj/6 "
        "succeed/VERB/acl/3 ././punct/2"
    )
    assert ("Ana Moro", "expressed hope", "talks succeed") in parts(parsed, {"Moro": MORO})


def test_a_cue_run_together_with_that_is_still_seen() -> None:
    parsed = make_parsed(
        "Moro/PROPN/nsubj/2 issued/VERB/root/0/issue a/DET/det/4 warningthat/NOUN/obj/2 ,/punct/4 "
        "by/ADP/case/7 then/ADV/obl/9 "
        "talks/NOUN/nsubj/9 failed/VERB/dep/2/fail ././punct/2"
    )
    assert parts(parsed, {"Moro": MORO}) == [("Ana Moro", "issued a warningthat", "by then talks failed")]


def test_negation_is_part_of_the_cue() -> None:
    parsed = make_parsed(
        "Moro/PROPN/nsubj/4 did/AUX/aux/4 not/PART/advmod/4 say/VERB/root/0 whether/SCONJ/mark/7 "
        "talks/NOUN/nsubj/7 "
        "failed/VERB/ccomp/4/fail ././punct/4"
    )
    assert parts(parsed, {"Moro": MORO}) == [("Ana Moro", "did not say", "whether talks failed")]


def test_several_speakers_keep_their_words() -> None:
    parsed = make_parsed(
        "Both/CCONJ/cc:preconj/3 the/DET/det/3 envoys/NOUN/nsubj/4 said/VERB/root/0/say talks/NOUN/nsubj/6 "
        "failed/VERB/ccomp/4/fail ././punct/4"
    )
    assert parts(parsed) == [("the envoys", "said", "talks failed")]


def test_a_report_without_a_source_is_nobodys_statement() -> None:
    parsed = make_parsed(
        "It/PRON/nsubj:pass/3 is/AUX/aux:pass/3 expected/VERB/root/0/expect/VBN that/SCONJ/mark/6 "
        "talks/NOUN/nsubj/6 "
        "fail/VERB/ccomp/3 ././punct/3"
    )
    assert parts(parsed) == []


def test_a_condition_is_no_statement() -> None:
    parsed = make_parsed(
        "If/SCONJ/mark/3 Moro/PROPN/nsubj/3 says/VERB/advcl/8/say talks/NOUN/nsubj/5 "
        "failed/VERB/ccomp/3/fail ,/punct/3 "
        "we/PRON/nsubj/8 leave/VERB/root/0 ././punct/8"
    )
    assert parts(parsed) == []


def test_what_others_mean_to_do_inside_a_statement_is_not_theirs() -> None:
    parsed = make_parsed(
        "Moro/PROPN/nsubj/2 said/VERB/root/0/say Spain/PROPN/nsubj/4 plans/VERB/ccomp/2/plan "
        "to/PART/mark/6 "
        "leave/VERB/xcomp/4 ././punct/2"
    )
    assert parts(parsed, {"Moro": MORO, "Spain": SPAIN}) == [("Ana Moro", "said", "Spain plans to leave")]


def test_a_broken_quotation_loses_and_swallows_nothing() -> None:
    parsed = make_parsed(
        "Moro/PROPN/nsubj/2 said/VERB/root/0/say it/PRON/nsubj/6 “/``/punct/6 cannot/AUX/aux/6 "
        "act/VERB/ccomp/2 there/ADV/advmod/6 "
        "././punct/6 ”/punct/6 Trans-Alpine/PROPN/dep/6 ”/punct/10 ././punct/2\n"
        "Others/NOUN/nsubj/2 left/VERB/root/0/leave ././punct/2"
    )
    (statement,) = found(parsed, {"Moro": MORO})
    assert statement.content.exact == "it “cannot act there.” Trans-Alpine”"
    assert statement.direct


TRANSCRIPT = make_parsed(
    "Meeting/NOUN/root/0 notes/NOUN/dep/1\n\n"
    "Ana/PROPN/root/0 Moro/PROPN/flat/1 :/punct/1 Good/ADJ/amod/5 morning/NOUN/parataxis/1 ././punct/1\n\n"
    "We/PRON/nsubj/2 met/VERB/root/0/meet ././punct/2\n\n"
    "Question/NOUN/root/0 :/punct/1 Why/ADV/parataxis/1 ?/punct/1\n\n"
    "Ana/PROPN/root/0 Moro/PROPN/flat/1 :/punct/1 No/INTJ/discourse/5 comment/NOUN/parataxis/1 ././punct/1",
    names=[("PER", "Ana Moro"), ("PER", "Ana Moro")],
)


def test_labels_of_a_transcript_speak_without_a_cue_and_questions_are_nobodys() -> None:
    assert parts(TRANSCRIPT) == [
        ("Ana Moro", None, "Good morning"),
        ("Ana Moro", None, "We met"),
        ("Ana Moro", None, "No comment"),
    ]
    assert found(TRANSCRIPT)[1].source == Span.of(TRANSCRIPT.document.text, 15, 23)


def test_a_name_and_a_colon_head_a_headline() -> None:
    parsed = make_parsed(
        "# Moro/PROPN/root/0 :/punct/1 talks/NOUN/nsubj/4 fail/VERB/parataxis/1", names=[("PER", "Moro")]
    )
    assert parts(parsed, {"Moro": MORO}) == [("Ana Moro", ":", "talks fail")]


def test_statements_stand_in_order_and_their_spans_are_their_words() -> None:
    text = TRANSCRIPT.document.text
    statements = found(TRANSCRIPT)
    assert [s.content.start for s in statements] == sorted(s.content.start for s in statements)
    for statement in statements:
        for span in (statement.source, statement.cue, statement.content):
            assert span is None or text[span.start : span.end] == span.exact
