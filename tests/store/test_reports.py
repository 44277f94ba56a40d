"""Reports, their versions and addresses, their problems; search and filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import fakes
import pytest

from dragoman.dossier.identify import identify
from dragoman.dossier.read import read_one
from dragoman.errors import UsageError
from dragoman.intake import Fetched, Media
from dragoman.store import Added, Filter, NewReport, Store, StoredProblem


def made(text: str, *, address: str = "here", title: str | None = None) -> NewReport:
    fetched = Fetched(
        "name", "origin", Media.RECORD, text, original=text.encode(), address=address, title=title
    )
    report = read_one(fakes.read, fetched, identify(fetched)).report
    assert report is not None
    return report


def added(store: Store, *reports: NewReport, reread: bool = False) -> list[Added]:
    found = []
    for report in reports:
        with store.writing() as tx:
            found.append(tx.add_report(report, source="s", reread=reread))
    return found


def test_the_same_report_twice_changes_nothing(store: Store) -> None:
    one = made("talks on 2022-01-10")
    assert added(store, one, one) == [Added.NEW, Added.KNOWN]
    with store.reading() as found:
        assert len(found.reports()) == len(found.claims()) == 1


def test_a_report_that_changed_at_its_address_is_a_new_version(store: Store) -> None:
    one, two = made("talks on 2022-01-10"), made("talks on 2022-01-11")
    assert added(store, one, two, one) == [Added.NEW, Added.VERSION, Added.KNOWN]
    with store.reading() as found:
        assert [report.current for report in found.reports().values()] == [False, True]
        assert [claim.date for claim in found.claims()] == ["2022-01-11"]
        assert [claim.date for claim in found.claims(report=one.stored.id)] == ["2022-01-10"]
        assert list(found.entities()) == [two.stored.id]
        assert found.original(one.stored.id) == b"talks on 2022-01-10"
        assert found.addresses(one.stored.id) == ("here",)
        assert not found.is_fresh()


def test_a_report_counts_while_it_is_the_newest_at_any_of_its_addresses(store: Store) -> None:
    one, moved = made("talks on 2022-01-10"), made("talks on 2022-01-10", address="there")
    added(store, one, moved, made("talks on 2022-01-11"))
    with store.reading() as found:
        assert found.reports()[one.stored.id].current
        assert len(found.claims()) == 2
    added(store, made("talks on 2022-01-12", address="there"))
    with store.reading() as found:
        assert not found.reports()[one.stored.id].current


def test_reading_anew_replaces_what_was_read(store: Store) -> None:
    one = made("talks on 2022-01-10 and PARTLY")
    again = replace(one, claims=(), problems=(), reader="9")
    assert added(store, one) == [Added.NEW]
    with store.reading() as found:
        assert [problem.report for problem in found.problems()] == [one.stored.id]
    assert added(store, again, reread=True) == [Added.REREAD]
    with store.reading() as found:
        assert found.claims() == []
        assert found.problems() == ()
        assert len(found.reports()) == 1


def test_problems_of_a_source_are_those_of_its_last_run(store: Store) -> None:
    one = StoredProblem("folder", "folder/a", "intake", "is empty")
    two = StoredProblem("folder", "folder/b", "intake", "is empty")
    other = StoredProblem("elsewhere", "elsewhere/c", "intake", "is empty")
    for run in ([one, two], [one, two], [two]):
        with store.writing() as tx:
            tx.settle_problems(["folder"], run)
            tx.add_problems([other])
    with store.reading() as found:
        assert [problem.where for problem in found.problems()] == ["elsewhere/c", "folder/b"]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("GENEVA", [0]),
        ("gen", [0]),
        ("geneva talks", [0]),
        ("talks", [0, 1]),
        ('"talks on 2022-01-11"', [1]),
        ('"on talks"', []),
        ("日内瓦", [1]),
        ("ge", [0]),
        ("% _ '", []),
        ("headline", [1]),
    ],
)
def test_words_are_found_in_texts_and_headlines(store: Store, query: str, hits: list[int]) -> None:
    reports = [
        made("talks on 2022-01-10 in Geneva"),
        made("会谈在日内瓦举行 talks on 2022-01-11", address="b", title="A headline"),
    ]
    added(store, *reports)
    with store.reading() as found:
        assert found.search(query) == tuple(reports[hit].stored.id for hit in hits)


def test_the_search_follows_a_reading_anew(store: Store) -> None:
    one = made("talks on 2022-01-10")
    added(store, one, replace(one, text="other words"), reread=True)
    with store.reading() as found:
        assert found.search("talks") == ()
        assert found.search("other") == (one.stored.id,)


@pytest.mark.parametrize(
    ("wanted", "days"),
    [
        (Filter(), [10, 12]),
        (Filter(since=date(2022, 1, 11)), [12]),
        (Filter(until=date(2022, 1, 11)), [10]),
        (Filter(since=date(2022, 1, 10), until=date(2022, 1, 12)), [10, 12]),
        (Filter(parties=("RUS", "USA")), [10, 12]),
        (Filter(parties=("RUS", "CHN")), []),
        (Filter(people=("ryabkov",)), [10, 12]),
        (Filter(people=("ryab%",)), []),
        (Filter(place="geneva"), [10, 12]),
        (Filter(place="GEN_"), []),
        (Filter(types=("meeting",), statuses=("held", "planned")), [10, 12]),
        (Filter(types=("refusal",)), []),
        (Filter(text="talks 01-12"), [12]),
        (Filter(text="hosts"), []),
        (Filter(conflict=True), []),
        (Filter(conflict=False, overdue=False), [10, 12]),
        (Filter(forum="OSCE"), []),
    ],
)
def test_filters(store: Store, wanted: Filter, days: list[int]) -> None:
    added(store, made("talks on 2022-01-12"), made("talks on 2022-01-10, said the hosts", address="b"))
    with store.writing() as tx:
        fakes.derive_alone(tx)
    with store.reading() as found:
        happenings = found.happenings(wanted)
        assert [happening.value("date") for happening in happenings] == [f"2022-01-{day}" for day in days]
        assert found.count(wanted) == len(days)
        assert found.happenings(wanted, limit=1, offset=1) == happenings[1:2]
        assert found.happenings(wanted, offset=1) == happenings[1:]


def test_an_event_is_found_by_the_beginning_of_its_id_or_of_a_claims(store: Store) -> None:
    added(store, *(made(f"talks on 2022-01-{day}", address=str(day)) for day in range(10, 28)))
    with store.writing() as tx:
        fakes.derive_alone(tx)
    with store.reading() as found:
        first, *others = sorted(happening.id for happening in found.happenings())
        happening = found.happening(first[:12])
        assert happening is not None
        assert happening.id == first
        assert found.happening("0" * 16) is None
        assert found.happening("no id") is None
        twice = next(key[0] for key in others if sum(key[0] == other[0] for other in others) > 1)
        with pytest.raises(UsageError, match="several events"):
            found.happening(twice)
