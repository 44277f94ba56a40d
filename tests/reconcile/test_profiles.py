"""One person under all spellings, never two as one, with offices through time."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Entity, EntityKind, Profile, Reason, StoredReport
from dragoman.reconcile.profiles import find_profiles

Row = tuple[str, str | None, str | None, str | None]  # name, party, office, day of publication


def dossier(rows: list[Row]) -> tuple[dict[str, tuple[Entity, ...]], dict[str, StoredReport]]:
    """One report a row, each naming one person."""
    entities, reports = {}, {}
    for number, (name, party, office, day) in enumerate(rows):
        key = f"r{number}"
        parties = (party,) if party else ()
        entities[key] = (Entity(f"person:{number}", EntityKind.PERSON, name, parties, office),)
        reports[key] = report(key, day)
    return entities, reports


def report(key: str, day: str | None) -> StoredReport:
    known = date.fromisoformat(day) if day else None
    return StoredReport(key, key, key, day, "stated", "", "", earliest=known, latest=known)


def profiles(rows: list[Row]) -> tuple[Profile, ...]:
    return find_profiles(*dossier(rows))


def names(rows: list[Row]) -> list[tuple[str, int]]:
    return sorted((profile.name, len(profile.reports)) for profile in profiles(rows))


def test_spellings_scripts_and_the_bare_surname_are_one_person() -> None:
    found = profiles(
        [
            ("Sergei Lavrov", "RUS", "Foreign Minister", "2021-12-17"),
            ("Sergey Lavrov", "RUS", None, "2022-01-10"),
            ("Лавров", "RUS", None, "2022-01-11"),
            ("Lavrov", "RUS", "Minister of Foreign Affairs", "2022-01-21"),
        ]
    )
    (lavrov,) = found
    assert lavrov.id == "person:sergei-lavrov"
    assert dict(lavrov.spellings) == {"Sergei Lavrov": 1, "Sergey Lavrov": 1, "Лавров": 1, "Lavrov": 1}
    (tenure,) = lavrov.tenures
    assert (tenure.party, tenure.first, tenure.last, tenure.in_table) == (
        "RUS",
        "2021-12-17",
        "2022-01-21",
        True,
    )
    assert tenure.reports == ("r0", "r3")


def test_two_persons_of_one_surname_stay_two_and_the_bare_surname_stands_alone() -> None:
    rows: list[Row] = [
        ("Petra Muster", "AUT", None, "2020-01-01"),
        ("Paul Muster", "AUT", None, "2020-01-02"),
        ("Muster", "AUT", None, "2020-01-03"),
    ]
    assert names(rows) == [("Muster", 1), ("Paul Muster", 1), ("Petra Muster", 1)]


def test_a_bare_surname_joins_the_one_who_holds_the_office_that_it_names() -> None:
    rows: list[Row] = [
        ("Petra Muster", "AUT", "Foreign Minister", "2020-01-01"),
        ("Paul Muster", "AUT", None, "2020-01-02"),
        ("Muster", "AUT", "Foreign Minister", "2020-01-03"),
    ]
    assert names(rows) == [("Paul Muster", 1), ("Petra Muster", 2)]


def test_a_bare_surname_of_another_party_does_not_join() -> None:
    rows: list[Row] = [("Petra Muster", "AUT", None, "2020-01-01"), ("Muster", "DEU", None, "2020-01-03")]
    assert names(rows) == [("Muster", 1), ("Petra Muster", 1)]


@pytest.mark.parametrize(
    ("day", "whose"), [("1990-05-01", "George H. W. Bush"), ("2003-05-01", "George W. Bush")]
)
def test_father_and_son_are_told_apart_by_the_date(day: str, whose: str) -> None:
    found = profiles(
        [
            ("George H. W. Bush", "USA", "President", "1991-01-01"),
            ("George W. Bush", "USA", "President", "2002-01-01"),
            ("George Bush", "USA", "President", day),
            ("Bush", "USA", "President", day),
        ]
    )
    assert {p.name: len(p.reports) for p in found}[whose] == 3
    assert len(found) == 2


def test_an_undated_namesake_is_nobodys() -> None:
    rows: list[Row] = [
        ("George H. W. Bush", "USA", "President", "1991-01-01"),
        ("George W. Bush", "USA", "President", "2002-01-01"),
        ("George Bush", "USA", "President", None),
    ]
    assert ("George Bush", 1) in names(rows)


def test_a_son_with_a_suffix_is_not_his_father_unless_they_hold_one_office() -> None:
    rows: list[Row] = [
        ("Max Muster", "AUT", "President", "2020-01-01"),
        ("Max Muster Jr.", "AUT", None, "2020-01-01"),
    ]
    assert len(names(rows)) == 2
    rows[1] = ("Max Muster Jr.", "AUT", "President", "2020-02-01")
    assert len(names(rows)) == 1


def test_a_short_name_that_fits_two_longer_ones_joins_neither() -> None:
    rows: list[Row] = [
        ("Max Anton Muster", "AUT", None, "2020-01-01"),
        ("Max Berthold Muster", "AUT", None, "2020-01-01"),
        ("Max Muster", "AUT", None, "2020-01-01"),
    ]
    assert len(names(rows)) == 3


def test_a_surname_of_two_words_joins_though_the_given_names_stand_alone_once() -> None:
    rows: list[Row] = [("Jan Willem Van Beispiel", "NLD", None, f"2020-01-0{day}") for day in range(1, 4)]
    rows += [("Van Beispiel", "NLD", None, "2020-01-05"), ("Jan Willem", "NLD", None, "2020-01-05")]
    assert names(rows) == [("Jan Willem", 1), ("Jan Willem Van Beispiel", 4)]


def test_a_king_named_alone_is_not_the_prince_who_is_his_son() -> None:
    rows: list[Row] = [
        ("Mohammed bin Salman", "SAU", "Crown Prince", "2020-01-01"),
        ("King Salman", "SAU", "King", "2020-01-01"),
    ]
    assert len(names(rows)) == 2


def test_two_names_run_together_do_not_make_one_of_two_persons() -> None:
    rows: list[Row] = [
        ("Petra Muster", "AUT", None, "2020-01-01"),
        ("Jan Beispiel", "AUT", None, "2020-01-01"),
        ("Petra Muster Jan Beispiel", "AUT", None, "2020-01-01"),
    ]
    assert len(names(rows)) == 3


def test_one_name_with_offices_of_two_states_is_two_persons() -> None:
    rows: list[Row] = [
        ("Jan Beispiel", "AUT", "Foreign Minister", "2020-01-01"),
        ("Jan Beispiel", "NLD", "Prime Minister", "2020-01-02"),
    ]
    assert sorted(profile.id for profile in profiles(rows)) == [
        "person:jan-beispiel-aut",
        "person:jan-beispiel-nld",
    ]


def test_one_person_may_pass_from_a_state_to_an_organisation() -> None:
    (found,) = profiles(
        [
            ("Jens Stoltenberg", "NOR", "Prime Minister", "2010-01-01"),
            ("Jens Stoltenberg", "NATO", "Secretary General", "2020-01-02"),
        ]
    )
    assert [(tenure.office, tenure.party) for tenure in found.tenures] == [
        ("prime minister", "NOR"),
        ("secretary general", "NATO"),
    ]


def test_the_table_parts_two_times_in_one_office_and_is_a_witness_of_its_own() -> None:
    (putin,) = profiles(
        [
            ("Vladimir Putin", "RUS", "President of Russia", "2003-01-01"),
            ("Vladimir Putin", "RUS", None, "2010-01-01"),
            ("Vladimir Putin", "RUS", "President", "2015-01-01"),
        ]
    )
    told = [(t.office, t.first, t.last, len(t.reports), t.in_table) for t in putin.tenures]
    assert told == [
        ("president", "2003-01-01", "2003-01-01", 1, True),
        ("prime minister", "2008", "2012", 0, True),
        ("president", "2015-01-01", "2015-01-01", 1, True),
    ]


def test_an_office_that_only_the_table_gave_the_reader_counts_as_no_report() -> None:
    reason = Reason(
        "actor.person.table-name", "table of office holders: Vladimir Putin: president, RUS, 2012 to now"
    )
    entity = Entity("person:x", EntityKind.PERSON, "Vladimir Putin", ("RUS",), "president", reasons=(reason,))
    (putin,) = find_profiles({"r": (entity,)}, {"r": report("r", "2016-01-01")})
    assert [(t.office, t.reports, t.in_table) for t in putin.tenures] == [("president", (), True)]


def test_former_offices_and_deputies_are_not_the_office() -> None:
    (found,) = profiles(
        [
            ("Jan Beispiel", "AUT", "former President", "2020-01-01"),
            ("Jan Beispiel", "AUT", "Deputy National Security Adviser", "2020-01-02"),
        ]
    )
    assert [tenure.office for tenure in found.tenures] == ["deputy national security adviser"]


def test_bodies_are_one_under_listed_and_british_or_american_spellings() -> None:
    def body(name: str, parties: tuple[str, ...] = ()) -> Entity:
        return Entity(f"organisation:{name}", EntityKind.ORGANISATION, name, parties)

    entities = {
        "a": (body("World Health Organization"), body("Foreign Ministry", ("RUS",))),
        "b": (body("World Health Organisation"), body("Foreign Ministry", ("USA",))),
    }
    found = find_profiles(entities, {key: report(key, "2020-01-01") for key in entities})
    assert sorted((profile.name, profile.parties, len(profile.reports)) for profile in found) == [
        ("Foreign Ministry", ("RUS",), 1),
        ("Foreign Ministry", ("USA",), 1),
        ("World Health Organisation", (), 2),
    ]


_ROWS = st.lists(
    st.tuples(
        st.sampled_from(
            ["George Bush", "George W. Bush", "George H. W. Bush", "Bush", "Max Muster", "M. Muster",
             "Max A. Muster", "Max Anton Muster", "Max Bert Muster", "Muster",
             "Муштер", "Макс Мустер", "Max Muster Jr."]
        ),
        st.sampled_from([None, "USA", "RUS", "AUT", "NATO"]),
        st.sampled_from([None, "President", "Foreign Minister", "former President"]),
        st.sampled_from([None, "1990-01-01", "2004-01-01", "2020-01-01"]),
    ),
    max_size=12,
)  # fmt: skip


@given(_ROWS, st.randoms(use_true_random=False))
def test_any_order_of_reports_gives_the_same_profiles(rows: list[Row], shuffle: random.Random) -> None:
    entities, reports = dossier(rows)
    keys = list(entities)
    shuffle.shuffle(keys)
    mixed: Mapping[str, tuple[Entity, ...]] = {key: entities[key] for key in keys}
    assert find_profiles(mixed, {key: reports[key] for key in keys}) == find_profiles(entities, reports)


@given(_ROWS)
def test_every_use_of_a_name_is_in_one_profile_and_ids_are_unique(rows: list[Row]) -> None:
    found = profiles(rows)
    told = sorted(key for profile in found for key in profile.reports)
    assert told == sorted(f"r{number}" for number in range(len(rows)))
    assert len({profile.id for profile in found}) == len(found)
