"""Readings of the tree: who does it, to whom, denied or not."""

from __future__ import annotations

from dragoman.events import syntax
from dragoman.testing import make_parsed

LIST = make_parsed(
    "Norway/PROPN/nsubj/4 and/CCONJ/cc/3 Chad/PROPN/conj/1 rejected/VERB/root/0/reject "
    "the/DET/det/6 offer/NOUN/obj/4 ././punct/4"
)
PASSIVE = make_parsed(
    "The/DET/det/2 offer/NOUN/nsubj:pass/4 was/AUX/aux:pass/4 rejected/VERB/root/0/reject/VBN "
    "by/ADP/case/6 Norway/PROPN/obl/4 ././punct/4"
)
INVITED = make_parsed(
    "Norway/PROPN/nsubj/2 invited/VERB/root/0/invite Chad/PROPN/obj/2 to/PART/mark/5/to/TO "
    "visit/VERB/xcomp/2/visit/VB Oslo/PROPN/obj/5 ././punct/2"
)
RELATIVE = make_parsed(
    "Moro/PROPN/nsubj/6 ,/punct/1 who/PRON/nsubj/4//WP met/VERB/acl:relcl/1/meet Salo/PROPN/obj/4 "
    "left/VERB/root/0/leave ././punct/6"
)


def test_coordinated_subjects_all_do_it_and_the_object_undergoes_it() -> None:
    """Both conjuncts act; the object is what is acted on."""
    assert syntax.doers(LIST, 3) == [0, 2]
    assert syntax.undergoers(LIST, 3) == [5]


def test_in_a_passive_the_by_phrase_does_it_and_the_subject_undergoes_it() -> None:
    """Voice turns the roles."""
    assert syntax.is_passive(PASSIVE, 3)
    assert not syntax.is_passive(LIST, 3)
    assert syntax.doers(PASSIVE, 3) == [5]
    assert syntax.undergoers(PASSIVE, 3) == [1]


def test_a_participle_on_a_noun_is_passive_only_without_an_object() -> None:
    """ "talks held" is passive, "having held talks" is not."""
    bare = make_parsed("Talks/NOUN/root/0/talk held/VERB/acl/1/hold/VBN ././punct/1")
    active = make_parsed("Chad/PROPN/root/0 given/VERB/acl/1/give/VBN aid/NOUN/obj/2 ././punct/1")
    assert syntax.is_passive(bare, 1)
    assert not syntax.is_passive(active, 1)


def test_who_is_invited_is_who_would_visit() -> None:
    """Verbs of object-control hand their object down as the subject of the infinitive."""
    assert syntax.surface_subjects(INVITED, 4) == [2]


def test_another_verb_hands_its_subject_down() -> None:
    """ "Norway hopes to visit": Norway would visit."""
    hopes = make_parsed(
        "Norway/PROPN/nsubj/2 hopes/VERB/root/0/hope to/PART/mark/4/to/TO visit/VERB/xcomp/2/visit/VB "
        "Chad/PROPN/obj/4 ././punct/2"
    )
    assert syntax.surface_subjects(hopes, 3) == [0]


def test_a_relative_pronoun_stands_for_its_antecedent() -> None:
    """ "Moro, who met Salo": Moro met."""
    assert syntax.surface_subjects(RELATIVE, 3) == [0]
    assert syntax.relative_antecedent(RELATIVE, 3) == 0
    assert syntax.relative_antecedent(RELATIVE, 5) is None


def test_a_preposition_of_several_words_is_read_whole() -> None:
    """ "ahead of" is one case."""
    parsed = make_parsed(
        "Moro/PROPN/nsubj/2 left/VERB/root/0/leave ahead/ADV/case/5 of/ADP/fixed/3 talks/NOUN/obl/2/talk"
    )
    assert syntax.case_of(parsed, 4) == "ahead of"
    assert syntax.case_of(parsed, 0) == ""
    assert syntax.obliques(parsed, 1, {"ahead of"}) == [4]
    assert syntax.obliques(parsed, 1, {"of"}) == []


def test_not_never_and_no_deny_the_predicate() -> None:
    """Negation by an adverb on the verb or by "no" on its object."""
    not_met = make_parsed("Chad/PROPN/nsubj/3 never/ADV/advmod/3 met/VERB/root/0/meet Salo/PROPN/obj/3")
    no_talks = make_parsed("Chad/PROPN/nsubj/2 held/VERB/root/0/hold no/DET/det/4 talks/NOUN/obj/2/talk")
    assert syntax.is_negated(not_met, 2)
    assert syntax.is_negated(no_talks, 1)
    assert syntax.has_no(no_talks, 3)
    assert not syntax.is_negated(LIST, 3)


def test_a_particle_counts_as_dependent_or_right_after_the_verb() -> None:
    """ "called off talks", "called the talks off", but not a far-off "off"."""
    parsed = make_parsed(
        "Chad/PROPN/nsubj/2 called/VERB/root/0/call off/ADP/case/4 talks/NOUN/obl/2/talk with/ADP/case/6 "
        "Norway/PROPN/nmod/4 and/CCONJ/cc/8 left/VERB/conj/2/leave ././punct/2"
    )
    assert syntax.has_particle(parsed, 1, "off")
    assert not syntax.has_particle(parsed, 7, "off")
    assert syntax.undergoers(parsed, 1) == [3]


def test_the_clause_of_a_word_is_told_by_its_nearest_predicate() -> None:
    """Climbs to the verb of the clause, not to the root."""
    assert syntax.clause_head(INVITED, 5) == 4
    assert syntax.clause_head(INVITED, 2) == 1


def test_things_done_are_read_by_word_order_where_the_parse_names_none() -> None:
    """A noun before the next comma or verb, no further."""
    spec = (
        "Chad/PROPN/nsubj/2 ended/VERB/root/0/end its/PRON/dep/5 own/ADJ/dep/5 truce/NOUN/dep/2 ,/punct/2 "
        "pact/NOUN/dep/2 ././punct/2"
    )
    parsed = make_parsed(spec)
    assert syntax.things_done(parsed, 1, frozenset({"truce", "pact"})) == [4]
    assert syntax.things_done(parsed, 1, frozenset({"pact"})) == []


def test_a_noun_with_the_or_that_points_back() -> None:
    """ "the offer" is definite, "an offer" is not."""
    an = make_parsed("Chad/PROPN/nsubj/2 rejected/VERB/root/0/reject an/DET/det/4 offer/NOUN/obj/2")
    assert syntax.is_definite(LIST, 5)
    assert not syntax.is_definite(an, 3)
    assert syntax.determiners(an, 3) == {"an"}
