"""The report's own date: which witness wins, which loses, and why."""

from __future__ import annotations

from typing import Any

from dragoman import read_text
from dragoman.model import DateWitness, Span, WitnessKind
from dragoman.temporal import after_narrated, date_report, past_open, until_publication

CHRONICLE = (
    "On December 17, 2021, the mayors exchanged letters. "
    "The races were held on January 10 in Oslo and on January 12 in Bergen. They met on Friday."
)


def witness(kind: WitnessKind, edtf: str, text: str = "", words: str = "") -> DateWitness:
    start = text.find(words) if words else 0
    return DateWitness(kind, edtf, Span.of(text, start, start + len(words)) if words else None)


def rules_of(published: Any) -> list[str]:
    return [reason.rule for reason in published.reasons]


def test_a_stated_date_is_believed_where_the_text_agrees(read_report: Any) -> None:
    chronology = date_report(read_report(CHRONICLE, published="2022-01-17"))
    assert (chronology.published.edtf, chronology.published.basis) == ("2022-01-17", "stated")
    assert rules_of(chronology.published) == ["published.stated"]
    assert past_open(chronology.published) == "../2022-01-17"


def test_a_rendering_date_alone_decides_nothing(read_report: Any) -> None:
    """Years after all that the text tells, the page's date neither dates the report nor its Friday."""
    report = read_report(CHRONICLE, witnesses=[witness(WitnessKind.PAGE, "2024-07-19")])
    chronology = date_report(report)
    assert chronology.published.edtf is None
    assert chronology.published.basis == "inferred"
    assert rules_of(chronology.published) == ["published.page-alone", "published.not-before"]
    assert (chronology.published.dct_low, chronology.published.dct_high) == ("2022-01-12", None)
    assert after_narrated(chronology) == "2022-01-12/.."
    assert past_open(chronology.published) is None
    dates = {timex.span.exact: timex.edtf for timex in chronology.timexes}
    assert dates == {
        "December 17, 2021": "2021-12-17",
        "January 10": "2022-01-10",
        "January 12": "2022-01-12",
        "Friday": None,
    }


def test_a_page_date_counts_where_a_full_date_stands_shortly_before_it(read_report: Any) -> None:
    text = "The ministers met on January 19, 2022. They signed a paper on Friday."
    chronology = date_report(read_report(text, witnesses=[witness(WitnessKind.PAGE, "2022-01-22")]))
    assert (chronology.published.edtf, chronology.published.basis) == ("2022-01-22", "inferred")
    assert chronology.timexes[-1].edtf == "2022-01-21"


def test_the_day_of_a_fetch_never_dates_a_report_even_where_the_text_is_of_those_days(
    read_report: Any,
) -> None:
    text = "The ministers met on January 19, 2022. They signed a paper on Friday."
    chronology = date_report(read_report(text, witnesses=[witness(WitnessKind.PAGE, "../2022-01-22")]))
    assert chronology.published.edtf != "2022-01-22"
    assert chronology.published.witnesses[0].edtf == "../2022-01-22"


def test_of_two_dates_that_stand_alone_the_later_is_the_page_s(read_report: Any) -> None:
    text = "April 13, 2022\n\nTuesday, October 15, 2019\n\nThe ministers met on Sunday."
    found = [
        witness(WitnessKind.PAGE, "2022-04-13", text, "April 13, 2022"),
        witness(WitnessKind.PAGE, "2019-10-15", text, "Tuesday, October 15, 2019"),
    ]
    report = read_report(text, witnesses=found, chrome=["April 13, 2022", "Tuesday, October 15, 2019"])
    chronology = date_report(report)
    assert chronology.published.edtf == "2019-10-15"
    assert [timex.edtf for timex in chronology.timexes] == ["2019-10-13"]


def test_a_date_line_under_the_headline_dates_the_report(read_report: Any) -> None:
    text = "Ministers meet in Vienna\n\nTuesday, October 15, 2019\n\nThe ministers met on Sunday."
    chronology = date_report(read_report(text, headline=True))
    assert (chronology.published.edtf, chronology.published.basis) == ("2019-10-15", "stated")
    assert chronology.timexes[-1].edtf == "2019-10-13"


def test_a_dateline_older_by_far_beats_the_stated_date(read_report: Any) -> None:
    """A reprint: the text was written when its dateline says."""
    text = "GENEVA, January 21, 2022 (Agency) - The ministers met on Friday."
    chronology = date_report(read_report(text, published="2024-07-19"))
    assert chronology.published.edtf == "2022-01-21"
    assert "published.reprint" in rules_of(chronology.published)


def test_a_weak_witness_before_what_the_text_tells_as_past_loses(read_report: Any) -> None:
    text = "The ministers met on January 19, 2022."
    chronology = date_report(read_report(text, witnesses=[witness(WitnessKind.URL, "2020-01-22")]))
    assert chronology.published.edtf is None
    assert rules_of(chronology.published)[0] == "published.past-after"
    assert chronology.published.reasons[0].spans[-1].exact == "January 19, 2022"


def test_one_misread_clause_does_not_unseat_a_stated_date(read_report: Any) -> None:
    text = "The summit that was set for June 22, 2023."
    chronology = date_report(read_report(text, published="2022-12-12"))
    assert chronology.published.edtf == "2022-12-12"


def test_a_weekday_that_fits_no_year_unseats_a_weak_witness(read_report: Any) -> None:
    """21 January is a Friday in 2022, not in 2024 nor in the years around it."""
    text = "The ministers met on Friday, January 21."
    chronology = date_report(read_report(text, witnesses=[witness(WitnessKind.URL, "2025-02-01")]))
    assert rules_of(chronology.published)[0] == "published.weekday"


def test_an_undated_report_lies_between_what_it_tells_as_past_and_as_to_come(read_report: Any) -> None:
    text = "The ministers met on January 10, 2022. They will meet on January 20, 2022. They spoke this month."
    chronology = date_report(read_report(text))
    published = chronology.published
    assert (published.edtf, published.dct_low, published.dct_high) == (None, "2022-01-10", "2022-01-20")
    assert chronology.timexes[-1].edtf == "2022-01"  # both bounds agree on the month


def test_a_report_without_any_date_is_of_unknown_date(read_report: Any) -> None:
    published = date_report(read_report("The ministers met on Monday.")).published
    assert (published.edtf, published.basis, published.reasons) == (None, "unknown", ())


def test_a_date_line_above_all_else_may_be_the_page_s(read_report: Any) -> None:
    chronology = date_report(read_report("Tuesday, October 15, 2019\n\nThe ministers met on Sunday."))
    assert chronology.published.edtf is None
    assert rules_of(chronology.published)[0] == "published.page-alone"


def test_a_dateline_without_a_year_bears_out_a_page_date_beside_it(read_report: Any) -> None:
    """And denies one that lies in another part of the year."""
    text = "The ministers met on Friday."
    dateline = witness(WitnessKind.DATELINE, "XXXX-01-21")
    beside = date_report(read_report(text, witnesses=[dateline, witness(WitnessKind.PAGE, "2022-01-22")]))
    assert beside.published.edtf == "2022-01-22"
    away = date_report(read_report(text, witnesses=[dateline, witness(WitnessKind.STATED, "2024-07-19")]))
    assert away.published.edtf is None
    assert rules_of(away.published) == ["published.reprint"]


def test_a_dateline_without_a_year_takes_the_text_s_year(read_report: Any) -> None:
    text = "On December 17, 2021, they published drafts. The ministers met on Friday."
    chronology = date_report(read_report(text, witnesses=[witness(WitnessKind.DATELINE, "XXXX-01-21")]))
    assert (chronology.published.edtf, chronology.published.basis) == ("2022-01-21", "inferred")
    assert chronology.timexes[-1].edtf == "2022-01-21"


def test_a_stated_month_dates_what_every_day_of_it_gives(read_report: Any) -> None:
    chronology = date_report(read_report("They met this year. They met yesterday.", published="2022-01"))
    assert (chronology.published.edtf, chronology.published.basis) == ("2022-01", "stated")
    assert [timex.edtf for timex in chronology.timexes] == ["2022", None]


def test_open_dates_for_what_a_report_leaves_undated(read_report: Any) -> None:
    dated = date_report(read_report("The ministers met.", published="2019-10-10")).published
    assert past_open(dated) == "../2019-10-10"
    assert until_publication("2019-08-27", dated) == "2019-08-27/2019-10-10"
    assert until_publication("2019-10-10", dated) == "2019-10-10"
    undated = date_report(read_report("The ministers met.")).published
    assert until_publication("2019-08-27", undated) == "2019-08-27/.."
    assert until_publication(None, undated) is None


def test_far_times_and_odd_digits_are_declined(read_report: Any) -> None:
    text = "They met on May 3, 2021. They will meet 9000 years later. "
    text += "In \u2019\u00b2\u00b3 they met, in 1999-\u00b2\u00b3 too."
    found = [(timex.span.exact, timex.edtf) for timex in date_report(read_report(text)).timexes]
    assert found[:2] == [("May 3, 2021", "2021-05-03"), ("9000 years later", None)]


def test_a_byline_older_by_far_beats_the_page_s_metadata(read_report: Any) -> None:
    """The page was put up again, and its metadata give that day."""
    text = "Halvorsen, Geneva, January 21, 2022\n\nThe ministers met on Friday."
    byline = witness(WitnessKind.BYLINE, "2022-01-21", text, "January 21, 2022")
    chronology = date_report(read_report(text, published="2023-08-02", witnesses=[byline]))
    assert chronology.published.edtf == "2022-01-21"
    assert chronology.timexes[-1].edtf == "2022-01-21"


def test_lines_that_say_when_the_report_was_put_up(read_report: Any) -> None:
    posted = (
        "Drafts of a treaty\n\nPosted by the editors on 17 December 2021, 18:05\n\nThey met on Wednesday."
    )
    assert date_report(read_report(posted, headline=True)).published.edtf == "2021-12-17"
    briefing = "Press briefing, 11 January 2022\n\nWe met yesterday."
    assert date_report(read_report(briefing)).published.edtf == "2022-01-11"
    masthead = "Valley Courier, 11 January 2022\n\nThey met yesterday."
    assert date_report(read_report(masthead)).published.edtf is None
    about = "The accords of 11 January 2002\n\nThey met yesterday."
    assert date_report(read_report(about, headline=True)).published.edtf is None


def test_a_dateline_of_place_and_day_takes_its_year_from_the_text(read_report: Any) -> None:
    text = "MOSCOW. January 27. The minister said on Thursday that talks were held on January 21, 2022."
    chronology = date_report(read_report(text))
    assert chronology.published.edtf == "2022-01-27"
    assert {timex.span.exact: timex.edtf for timex in chronology.timexes}["Thursday"] == "2022-01-27"


def test_the_day_of_what_was_called_off_lies_ahead() -> None:
    """A dateline before the day of a cancelled meeting is no contradiction."""
    for said in ("has been cancelled", "was called off on Thursday", "was postponed to 3 July 2024"):
        text = (
            "Talks in Vienna called off\n\n"
            "OSLO, June 20, 2024 (Fjord News) - The meeting of Serbia and Kosovo on 26 June 2024 in Vienna "
            f"{said}.\n"
        )
        assert read_text(text).published == "2024-06-20", said
