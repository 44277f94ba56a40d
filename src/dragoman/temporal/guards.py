"""Further conditions of the rules: whether the words around a match let it be a time expression."""

# ruff: noqa: ARG001 - guards share one signature

from __future__ import annotations

from collections.abc import Callable, Mapping

from dragoman.temporal.atoms import Atoms, Capture
from dragoman.temporal.words import context

Guard = Callable[[Atoms, int, int, Capture], bool]


def _month_name(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """A lone month: "May" and "March" must not be verbs, "April" no first name, "Jan" no man."""
    if "DAY" in capture:
        return True
    k = next(j for j in range(i, end) if "MONTH" in atoms.kinds[j])
    word, tag = atoms.lower[k], atoms.tag_at(k)
    before = atoms.word(k - 1) if k and atoms.sentence[k - 1] == atoms.sentence[k] else ""
    if len(word.rstrip(".")) < 5 and word not in {"may", "june", "july"}:
        return before in context("short-month-before")
    if tag == "MD" or tag.startswith("VB"):
        return False
    if word in {"may", "march"}:
        return before in context("month-before") or (
            word == "march" and before != "" and tag.startswith("NN")
        )
    first_name = word in {"april", "june", "august"} and atoms.tag_at(k + 1) == "NNP"
    return not (first_name and not before)


def _lone_ordinal(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """ "the 15th" as a day of the month: nothing that it could count may follow."""
    if not 1 <= int(capture["ORDNUM"]) <= 31:
        return False
    word, tag = atoms.next_word(end), atoms.tag_at(end)
    before = atoms.word(i - 1)
    if word in {"century", "-"} or word[:1].isdigit():
        return False
    if before not in {"on", "of", "by", "until", "till", "since", "from", "before", "after", "to"}:
        return False
    return (
        word == ""
        or not word[:1].isalpha()
        or (bool(tag) and not tag.startswith(("NN", "JJ", "CD", "VBG", "VBN")))
        or word in context("expression-ends")
    )


def _lone_year(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """A bare number from 1000 to 2199 that the words around it let be a year."""
    year = int(capture["YEAR"])
    before = atoms.word(i - 1) if i and atoms.sentence[i - 1] == atoms.sentence[i] else ""
    after = atoms.next_word(end)
    if before in context("no-year-before") or after in context("no-year-after"):
        return False
    if before == "and" and atoms.word(i - 3) in context("no-year-before"):
        return False
    if after in {",", "."} and atoms.word(end + 1)[:3].isdigit() and atoms.end[end] == atoms.start[end + 1]:
        return False
    plural = atoms.tag_at(end) == "NNS" or (after.endswith("s") and not atoms.tag_at(end))
    if (
        after
        and plural
        and (year % 100 == 0 or year < 1900)
        and before not in {"in", "since", "of", "by", "the"}
    ):
        return False
    if year > 2060 or (year < 1700 and before not in context("year-before")):
        return False
    return (
        before in context("year-before")
        or before == ""
        or not before[:1].isalpha()
        or 1900 <= year <= 2060
        or atoms.is_noun(end)
    )


def _not_amount(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """The day is not the beginning of an amount ("May 10 percent", "March 3.5")."""
    after = atoms.next_word(end)
    return after not in {"%", "percent", "million", "billion", ":"}


def _season_noun(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """A season, not the verb "spring", a "Spring" of history or the name of a company."""
    k = end - 1
    word = atoms.text[k]
    if atoms.tag_at(k).startswith("VB"):
        return False
    before = atoms.text[k - 1] if k else ""
    named = word[0].isupper() and (
        before[:1].isupper() and before.lower() not in {"the", "in", "last", "this", "next"}
    )
    olympics = atoms.next_word(end) in {"olympics", "olympic", "palace", "games"}
    return not named and not olympics


def _fall_season(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """ "fall" as autumn: after a word that dates it, and nothing that falls."""
    k = end - 1
    before = atoms.word(k - 1)
    after = atoms.next_word(end)
    dated = before in {"this", "last", "next", "that", "each", "every", "early", "late"}
    return dated or (
        before in {"the", "in", "by"}
        and after not in {"of", "in", "back", "to", "into"}
        and not atoms.tag_at(k).startswith("VB")
    )


def _weekday_name(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """A weekday that is no part of a name ("Bloody Sunday", "Good Friday Agreement", "Black Friday")."""
    before, after = atoms.word(i - 1), atoms.next_word(end)
    return before not in {"bloody", "black", "good", "holy", "ruby", "ash", "palm"} and after not in {
        "agreement",
        "accords",
    }


def _not_agreement(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """Good Friday the day, not the agreement."""
    return atoms.next_word(end) not in {"agreement", "accord", "accords", "peace"}


def _weekend(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """ "the weekend" only; "the week" says nothing."""
    return capture.get("UNIT") == "WE"


def _end_of(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """ "the year" after "the end of", "late in" and their like."""
    if capture.get("UNIT") not in {"Y", "M", "W"}:
        return False
    leans = atoms.next_word(end) in {"of", "before", "after", "that", "when", "ahead"}
    return not leans and atoms.word(i - 1) in {"of", "in", "for"} and atoms.word(i - 2) in context("end-of")


def _sentence_final(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """
    Nothing follows that the words could lean on: "two days before." but not "two days before the
    vote".
    """
    word = atoms.next_word(end)
    return (
        word == ""
        or not word[:1].isalnum()
        or word in context("expression-ends")
        or atoms.tag_at(end).startswith(("VBD", "MD"))
    )


def _a_unit(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """ "a day" as a length: not a rate ("twice a day") and not the beginning of "a year-long"."""
    after = atoms.next_word(end)
    if capture.get("UNIT") in {"Q", "WE", "H"}:
        return False
    if (
        capture.get("UNIT") in {"CE", "DE", "D"}
        and atoms.word(i) in {"a", "an"}
        and after in {"when", "that", "of"}
    ):
        return False
    if atoms.is_noun(end) or atoms.tag_at(end).startswith("JJ"):
        return False
    return after not in {"-", "long"}


def _plural_unit(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """ "90 day" before a noun; "one day" has its own rule, "the 10th day" is none."""
    return capture["UNIT"] not in {"Q", "H", "CE"} and capture["NUM"] != "1"


def _set_word(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """ "daily", not the Daily Telegraph."""
    capital = atoms.text[i][0].isupper()
    return not (capital and (atoms.text[end : end + 1] or [""])[0][:1].isupper())


def _ref_word(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """ "now" and "former" in running words, no parts of names."""
    text = atoms.text[i]
    if atoms.word(end) == "-" and atoms.end[i] == atoms.start[min(end, atoms.size - 1)]:
        return False
    if atoms.word(i) == "current" and not atoms.tag_at(i).startswith(("JJ", "")):
        return False
    return text[0].islower() or i == 0 or atoms.sentence[i - 1] != atoms.sentence[i]


def _times(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """Once, twice or "three times" a day."""
    return atoms.word(i) in {"once", "twice"}


def _bare_part(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """ "night" alone, no part of a compound."""
    if atoms.text[i][0].isupper() and i and atoms.sentence[i - 1] == atoms.sentence[i]:
        return False
    greeting = atoms.word(i - 1) in {"good", "opening", "closing"}
    return not greeting and atoms.next_word(end) not in {"-", "of"}


def _day_ordinal(atoms: Atoms, i: int, end: int, capture: Capture) -> bool:
    """ "December first", not "in June first reports"."""
    return 1 <= int(capture["ORD"]) <= 31 and _sentence_final(atoms, i, end, capture)


GUARDS: Mapping[str, Guard] = {
    "month-name": _month_name,
    "day-ordinal": _day_ordinal,
    "lone-ordinal": _lone_ordinal,
    "lone-year": _lone_year,
    "not-amount": _not_amount,
    "season-noun": _season_noun,
    "fall-season": _fall_season,
    "weekday-name": _weekday_name,
    "not-agreement": _not_agreement,
    "weekend": _weekend,
    "end-of": _end_of,
    "sentence-final": _sentence_final,
    "a-unit": _a_unit,
    "plural-unit": _plural_unit,
    "set-word": _set_word,
    "ref-word": _ref_word,
    "times": _times,
    "bare-part": _bare_part,
}
