"""Defects by sense: each kind is found where the words leave little doubt, and declined where they "
"don't."""

from __future__ import annotations

import pytest

from dragoman.defects import find_defects
from dragoman.defects.dates import find_date_conflicts
from dragoman.defects.duplicate import find_duplicates
from dragoman.defects.headline import find_unsupported_headline
from dragoman.defects.lost import find_lost_words
from dragoman.defects.names import find_name_variants
from dragoman.defects.opinion import find_opinions
from dragoman.model import DefectKind, Entity, EntityKind, Parsed, Reason, Statement, Timex, TimexType
from dragoman.statements.quotation import find_quotations
from dragoman.testing import make_actors, make_chronology, make_parsed


def words(text: str) -> str:
    """A spec of loose words: enough where only the words count; "*" marks a finite verb."""
    spec = []
    for word in text.split():
        if word in {".", ",", "“", "”", ":", ";"}:
            spec.append(f"{word}/PUNCT/punct/1")
        elif word.endswith("*"):
            spec.append(f"{word[:-1]}/VERB/dep/1/{word[:-1].lower()}")
        else:
            spec.append(f"{word}/NOUN/dep/1/{word.lower()}")
    spec[0] = spec[0].replace("/dep/1/", "/root/0/").replace("/punct/1", "/punct/0")
    return " ".join(spec)


# --- opinion ------------------------------------------------------------------------------------------


def opinions(parsed: Parsed, *statements: Statement) -> list[str]:
    found = find_opinions(parsed, statements, find_quotations(parsed.document))
    return [defect.span.exact for defect in found]


def test_a_judgement_in_the_reporters_voice_is_quoted_with_its_clause() -> None:
    parsed = make_parsed(
        "The/DET/det/2 row/NOUN/nsubj/3 reached/VERB/root/0/reach the/DET/det/5 point/NOUN/obj/3 "
        "of/ADP/case/7 "
        "absurdity/NOUN/nmod/5 when/ADV/advmod/10//WRB he/PRON/nsubj/10 left/VERB/advcl/3/leave ././punct/3"
    )
    assert opinions(parsed) == ["The row reached the point of absurdity"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The vote was* nothing but a farce .", ["The vote was nothing but a farce"]),
        ("The vote was* nothing short of a farce .", ["The vote was nothing short of a farce"]),
        ("The vote was* nothing short of a success .", []),
    ],
)
def test_nothing_short_of_judges_by_its_noun(text: str, found: list[str]) -> None:
    assert opinions(make_parsed(words(text))) == found


def test_a_quoted_judgement_is_news() -> None:
    assert opinions(make_parsed(words("He called* it “ a shameful farce ” ."))) == []


def test_a_judgement_that_somebody_is_said_to_have_made_is_news() -> None:
    parsed = make_parsed(words("He said* the plan is* ridiculous ."))
    content = parsed.span(2, 6)
    statement = Statement("He", None, None, None, content, direct=False)
    assert opinions(parsed) == ["He said the plan is ridiculous"]
    assert opinions(parsed, statement) == []


def test_a_text_in_the_first_person_has_no_reporter() -> None:
    parsed = make_parsed(words("We think* our plan saves* us from shameful folly ."))
    assert opinions(parsed) == []


# --- headline -----------------------------------------------------------------------------------------

BODY = (
    words(
        "The envoys of both sides met* in the old town hall on Tuesday morning with low hopes and long "
        "lists of wishes , and "
        "the talks began* with a photograph of the four ministers before the doors closed* and the "
        "press was* led* away to a "
        "tent where coffee waited* ."
    )
    .replace("closed/VERB/dep/1/closed", "shut/VERB/dep/1/shut")
    .replace("began/VERB/dep/1/began", "began/VERB/dep/1/begin")
)


def headline(head: str, body: str) -> list[str]:
    return [d.span.exact for d in find_unsupported_headline(make_parsed(f"# {head}\n\n{body}"))]


def test_a_headline_that_ends_talks_which_the_body_only_begins_is_unsupported() -> None:
    head = "Talks/NOUN/nsubj/2/talk ended/VERB/root/0/end quickly/ADV/advmod/2"
    assert headline(head, BODY) == ["Talks ended quickly"]


def test_a_word_of_an_end_in_the_body_supports_it() -> None:
    head = "Talks/NOUN/nsubj/2/talk ended/VERB/root/0/end quickly/ADV/advmod/2"
    body = BODY + "\nThey/PRON/nsubj/2 concluded/VERB/root/0/conclude late/ADV/advmod/2"
    assert headline(head, body) == []


def test_a_claimed_signature_that_the_body_does_not_know_is_unsupported() -> None:
    assert headline("Rivals/NOUN/nsubj/2/rival sign/VERB/root/0 truce/NOUN/obj/2", BODY) == [
        "Rivals sign truce"
    ]


@pytest.mark.parametrize("hedge", ["may/AUX/aux/3", "to/PART/mark/3", "could/AUX/aux/3"])
def test_a_hedged_headline_claims_nothing(hedge: str) -> None:
    assert headline(f"Rivals/NOUN/nsubj/3/rival {hedge} sign/VERB/root/0 truce/NOUN/obj/3", BODY) == []


def test_a_count_that_the_body_gives_otherwise_is_unsupported() -> None:
    head = "Seven/NUM/nummod/2 ministers/NOUN/nsubj/3/minister meet/VERB/root/0"
    assert headline(
        head, BODY.replace("ministers/NOUN/dep/1/ministers", "ministers/NOUN/dep/1/minister")
    ) == ["Seven ministers meet"]
    same = head.replace("Seven", "Four")
    assert (
        headline(same, BODY.replace("ministers/NOUN/dep/1/ministers", "ministers/NOUN/dep/1/minister")) == []
    )


def test_a_stub_contradicts_nothing() -> None:
    assert headline("Rivals/NOUN/nsubj/2/rival sign/VERB/root/0 truce/NOUN/obj/2", words("They met* .")) == []


# --- names --------------------------------------------------------------------------------------------


BLINKEN = Entity("person:antony-blinken", EntityKind.PERSON, "Antony Blinken", ("USA",))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anthony Blinken", ["Anthony Blinken"]),
        ("Antony Blinken", []),
        ("Tony Blinken", []),
        ("Robert Blinken", []),
    ],
)
def test_a_letter_too_many_in_a_well_known_name_is_a_variant(name: str, expected: list[str]) -> None:
    parsed = make_parsed(words(f"{name} met* envoys , and {name} left* ."))
    found = find_name_variants(parsed, make_actors(parsed, {name: BLINKEN}))
    assert [d.span.exact for d in found] == expected
    assert all("Antony Blinken" in d.note for d in found)


# --- duplicates ---------------------------------------------------------------------------------------


def day(parsed: Parsed, at: int, value: str) -> Timex:
    return Timex(parsed.span(at, at + 1), at, at + 1, TimexType.DATE, value, value, Reason("test.timex"))


def duplicates(text: str, days: dict[int, str]) -> list[str]:
    parsed = make_parsed(text)
    places = {name: Entity(f"place:{name}", EntityKind.PLACE, name) for name in ("Rome", "Oslo", "Bern")}
    chronology = make_chronology(timexes=[day(parsed, at, value) for at, value in days.items()])
    return [d.span.exact for d in find_duplicates(parsed, chronology, make_actors(parsed, places))]


def test_a_sentence_with_the_days_and_places_of_an_earlier_one_tells_it_again() -> None:
    text = (
        words("Talks took* place in Rome on D1 and in Oslo on D2 .")
        + "\n"
        + words("D1 saw* Rome , D2 saw* Oslo .")
    )
    days = {6: "2022-01-10", 11: "2022-01-12", 13: "XXXX-01-10", 17: "2022-01-12"}
    assert duplicates(text, days) == ["D1 saw Rome, D2 saw Oslo."]


def test_other_days_at_the_same_places_are_news() -> None:
    text = (
        words("Talks took* place in Rome on D1 and in Oslo on D2 .")
        + "\n"
        + words("D3 saw* Rome , D4 saw* Oslo .")
    )
    days = {6: "2022-01-10", 11: "2022-01-12", 13: "2022-02-10", 17: "2022-02-12"}
    assert duplicates(text, days) == []


def test_the_same_words_again_are_a_duplicate() -> None:
    sentence = words("The two sides agreed* on a list of nine prisoners who would go home by sea .")
    parsed = make_parsed(sentence + "\n" + words("They left* .") + "\n" + sentence)
    found = find_duplicates(parsed, make_chronology(), make_actors(parsed))
    assert [d.span.start for d in found] == [parsed.tokens[parsed.sentences[2].start_token].start]


# --- dates --------------------------------------------------------------------------------------------


def conflicts(text: str, published: str | None = None) -> list[str]:
    parsed = make_parsed(words(text))
    return [d.span.exact for d in find_date_conflicts(parsed, make_chronology(published))]


def test_a_weekday_that_is_not_that_dates_is_a_conflict() -> None:
    assert conflicts("On Friday , January 10 , 2022 they met* .") == ["Friday, January 10, 2022"]
    assert conflicts("On Monday , January 10 , 2022 they met* .") == []
    assert conflicts("On Friday 10 January 2022 they met* .") == ["Friday 10 January 2022"]


def test_without_its_year_a_date_is_judged_by_the_reports_year_and_its_neighbours() -> None:
    assert conflicts("On Sunday , January 10 they met* .", "2022-01-15") == []  # 2021 had it
    assert conflicts("On Friday , January 10 they met* .", "2022-01-15") == ["Friday, January 10"]
    assert conflicts("On Friday , January 10 they met* .") == []


# --- lost words ---------------------------------------------------------------------------------------


def test_a_preposition_between_a_noun_and_a_verb_has_lost_its_noun() -> None:
    parsed = make_parsed(
        "Talks/NOUN/nsubj/3 in/ADP/case/1 began/VERB/root/0/begin late/ADV/advmod/3 ././punct/3\n"
        "The/DET/det/2 hall/NOUN/nsubj/6 they/PRON/nsubj/4 met/VERB/acl:relcl/2/meet in/ADP/obl/4 "
        "was/AUX/cop/7 cold/ADJ/root/0 "
        "././punct/7"
    )
    assert [d.span.exact for d in find_lost_words(parsed)] == ["Talks in began late."]


# --- all together -------------------------------------------------------------------------------------


def test_defects_stand_in_order_and_surface_and_sense_come_together() -> None:
    parsed = make_parsed(words("Anthony Blinken issued* a statementthat failed* in Rome ."))
    actors = make_actors(parsed, {"Anthony Blinken": BLINKEN})
    found = find_defects(parsed, make_chronology(), actors, (), ())
    assert [d.kind for d in found] == [DefectKind.NAME_VARIANT, DefectKind.FUSED_WORDS]
    assert all(parsed.document.text[d.span.start : d.span.end] == d.span.exact for d in found)
