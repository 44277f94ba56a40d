"""Subjects are at the verb that they stand before."""

from __future__ import annotations

from dragoman.language.subjects import settle_sayers, settle_subjects


def test_a_subject_left_of_the_verb_of_saying_is_the_sayers() -> None:
    """ "envoy said that country intends": both subjects hung on "intends" by mistake."""
    #        0 envoy  1 said  2 that  3 country  4 intends
    heads = [4, 1, 4, 4, 1]
    deps = ["nsubj", "root", "mark", "nsubj", "ccomp"]
    assert settle_subjects(heads, deps) == ([1, 1, 4, 4, 1], deps)


def test_so_is_one_that_a_clause_further_on_has_taken() -> None:
    """ "envoy said that country intends, since body has": "envoy" hung on "has" by mistake."""
    #        0 envoy  1 said  2 country  3 intends  4 since  5 body  6 has
    heads = [6, 1, 3, 1, 6, 6, 1]
    deps = ["nsubj", "root", "nsubj", "ccomp", "mark", "nsubj", "advcl"]
    assert settle_subjects(heads, deps) == ([1, 1, 3, 1, 6, 6, 1], deps)


def test_a_verb_of_saying_with_a_subject_keeps_it() -> None:
    """Nothing moves where the tree is as it should be."""
    heads = [1, 1, 4, 4, 1]
    deps = ["nsubj", "root", "mark", "nsubj", "ccomp"]
    assert settle_subjects(heads, deps) == (heads, deps)


def test_a_question_word_in_front_stays_with_its_clause() -> None:
    """ "What he says matters" has one subject in each clause, none of them moves."""
    heads = [3, 2, 3, 3]
    deps = ["obj", "nsubj", "csubj", "root"]
    assert settle_subjects(heads, deps) == (heads, deps)


def test_who_says_what_stands_before_is_no_apposition() -> None:
    """ "sides meet Holm , spokesman said": "spokesman" hung on "Holm", "said" had nobody who said it."""
    #        0 sides  1 meet  2 Holm  3 ,  4 a  5 spokesman  6 for  7 ministry  8 said
    heads = [1, 8, 1, 5, 5, 2, 7, 5, 8]
    deps = ["nsubj", "ccomp", "obj", "punct", "det", "appos", "case", "nmod", "root"]
    mended = ([1, 8, 1, 5, 5, 8, 7, 5, 8], [*deps[:5], "nsubj", *deps[6:]])
    assert settle_sayers(heads, deps) == mended


def test_an_apposition_stays_where_the_verb_has_its_own_subject() -> None:
    """ "sides meet Holm, the envoy, said Berg" ."""
    #        0 sides  1 meet  2 Holm  3 envoy  4 said  5 Berg
    heads = [1, 4, 1, 2, 4, 4]
    deps = ["nsubj", "ccomp", "obj", "appos", "root", "nsubj"]
    assert settle_sayers(heads, deps) == (heads, deps)
