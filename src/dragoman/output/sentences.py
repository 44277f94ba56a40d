"""
An event in plain sentences, made from its slots and from nothing else.

    On 10 January 2022 Russia and the United States met in Geneva, Switzerland (named: Sergei Ryabkov,
    Wendy Sherman).

No sentence says more than the slots do: a date keeps all of its uncertainty, a plan stays a plan whatever
day it is read, what is unclear is called so, and words that come from a report stand in quotation marks.
People are named apart from parties: who acts for whom is not in the record of an event.
Tenses do not depend on the day of reading, so that a sentence stays as it is until the record changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.model import PARTY_SLOTS, EventType, Happening, MeetingKind, Plain, Standing, Status
from dragoman.model.edtf import Edtf, Moment
from dragoman.output.happenings import count
from dragoman.output.words import (
    country_in_words,
    date_in_words,
    is_country,
    listed,
    party_in_words,
    visible,
)

LONGEST = 240  # characters of a report's own words in a sentence
_NAMED = 6  # people or parties that a sentence names before it counts the rest

# Names that English does not use without an article; all others stand alone.
_WITH_THE = frozenset(
    """
    AU EU UN OSCE IAEA CSCE IMF WTO CIS CSTO SCO EAEU OAU GCC OIC OAS PIF OECD EAC G7 G8 G20
    LTTE MILF PKK SLM SPLA SPLM TPLF Kurds Taliban Quad
    ARE BHS CAF COD COG COK COM CZE DOM FRO GBR GMB MDV MHL NLD PHL PSE SLB SUN USA
    """.split()
)
_FIRST_WORDS = frozenset(
    "African Andean Arab Commonwealth Council European International Organisation Organization six "
    "Quad Union United World".split()
)
# What a name ends in that has the article, and what it ends in that has none whatever it begins with.
_LAST_WORDS = frozenset(
    "Alliance Army Bank Club Coalition Conference Front Movement opposition government-in-exile".split()
)
_MANY_OF_THEM = frozenset(
    "countries factions forces groups militants nations powers rebels separatists states".split()
)
# Lands, waters and buildings that stand where a town would, with their article.
_PLACES_WITH_THE = frozenset({
    "Arctic", "Balkans", "Black Sea", "Caribbean", "Caucasus", "Gaza Strip", "Golan Heights", "Gulf", "Hague",
    "Kremlin", "Middle East", "Oval Office", "Pacific", "Persian Gulf", "Sahel", "Vatican", "West Bank",
    "White House",
})  # fmt: skip
# What takes place, so that one is at it; all other forums one meets within.
_GATHERINGS = frozenset(
    """
    assembly committee commission conference congress consultations council dialog dialogue exhibition
    forum gathering meeting negotiations retreat round session summit talks week workshop
    """.split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    One sentence in three pieces; the middle one is what leads to the event where it is a link.

    Attributes:
        before: what stands before, with its space: "On 10 January 2022 ".
        core: what happened: "met in Geneva".
        after: what follows, with the full stop.
    """

    before: str
    core: str
    after: str

    def __str__(self) -> str:
        """The whole sentence."""
        return f"{self.before}{self.core}{self.after}"


@dataclass(frozen=True, slots=True)
class Account:
    """
    An event in sentences.

    Attributes:
        headline: what happened without the day, for a title: "Russia and the United States met in Geneva".
        sentence: what happened, when, where and who took part.
        more: further sentences: the subject, that there is no date, that it is overdue.
        differences: a sentence for each slot that reports differ on.
    """

    headline: str
    sentence: Sentence
    more: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All sentences."""
        return " ".join((str(self.sentence), *self.more, *self.differences))


def account(happening: Happening) -> Account:
    """The event in sentences."""
    slots = _slots(happening)
    short = replace(slots, when="", people="", title="", rest="")
    headline = str(_told(happening, short)).removesuffix(".")
    told = _told(happening, slots)
    more = [*_subject(happening), *_undated(happening), *_overdue(happening)]
    differences = tuple(difference(happening, slot) for slot in happening.conflicts)
    return Account(headline, told, tuple(more), differences)


# --- who, where, when ------------------------------------------------------------------------------------


def party_with_article(code: str) -> str:
    """A party as it stands inside a sentence: "the United States", "Russia", "the six powers"."""
    name = party_in_words(code)
    first = name.split(" ")[0]
    last = name.rpartition(" ")[2]
    several = last in _MANY_OF_THEM and first != "six"
    if code in _WITH_THE or last in _LAST_WORDS or (first in _FIRST_WORDS and not several):
        return f"the {name}"
    return name


def parties_with_article(codes: Sequence[str]) -> str:
    """Parties as they stand inside a sentence: "NATO, Russia and the United States"."""
    return listed([party_with_article(code) for code in dict.fromkeys(codes)])


def names_in_words(names: Sequence[str]) -> str:
    """People, the first few by name: "Sergei Lavrov, Antony Blinken and 3 others"."""
    shown = [shortened(name, 80) for name in names]
    if len(shown) <= _NAMED:
        return ", ".join(shown)
    return f"{', '.join(shown[: _NAMED - 1])} and {len(shown) - _NAMED + 1} others"


def when_in_words(edtf: str | None) -> str:
    """
    A date as it opens a sentence or follows a verb: "on 10 January 2022", "on a day up to 13 January 2022".

    "" where there is none. An interval is "between …" or "on … or …, or both", which holds of talks on all of
    its days and of talks on one of them: the record does not tell the two apart.
    """
    value = Edtf.parse(edtf)
    if value is None:
        return f"at a time given as “{shortened(edtf)}”" if edtf else ""
    if not value.interval:
        return _at(value.start)
    start, end = value.start, value.end
    if start is None:
        return f"{'on a day' if end and end.day else 'at a time'} up to {_day(end)}"
    if end is None:
        return f"on {_day(start)} or later" if start.day else f"in {_day(start)} or later"
    if value.days == 2 and start.day and end.day and not value.about:
        return f"on {_pair(start, end, 'or')}, or both,"
    return f"between {_pair(start, end)}"


def _at(moment: Moment | None) -> str:
    if moment is None:
        return ""
    words = date_in_words(str(Moment(moment.year, moment.month, moment.day)))
    if moment.year is None:
        words = words.replace(", year unknown", ", in a year that is not known,")
    if moment.about:
        return f"about {words}"
    return f"on {words}" if moment.day else f"in {words}"


def _day(moment: Moment | None) -> str:
    if moment is None:
        return ""
    words = date_in_words(str(Moment(moment.year, moment.month, moment.day)))
    words = words.replace(", year unknown", " of a year that is not known")
    return f"about {words}" if moment.about else words


def _pair(start: Moment, end: Moment, joint: str = "and") -> str:
    """Both ends; what they share is said once: "6 and 12 December 2021", "January and March 2022"."""
    last = _day(end)
    if start.year == end.year and start.month and end.month and not (start.about or end.about):
        first = date_in_words(str(Moment(start.year, start.month, start.day)))
        month_and_year = date_in_words(str(Moment(start.year, start.month)))
        if start.month == end.month and start.day and end.day:
            return f"{start.day} {joint} {last}"
        year = month_and_year.rpartition(" ")[2]
        return f"{first.removesuffix(f' {year}')} {joint} {last}"
    return f"{_day(start)} {joint} {last}"


def place_in_words(place: str | None, country: str | None) -> str:
    """Where, as it follows a verb: " in Geneva, Switzerland"; "" where no report says."""
    city = shortened(place, 80) if place else ""
    state = country_in_words(country) if country else ""
    if country and (not city or is_country(city, country)):
        return f" in {country_with_article(country)}"
    if city in _PLACES_WITH_THE:
        city = f"the {city}"
    return f" in {city}, {state}" if city and state else f" in {city}" if city else ""


def country_with_article(code: str) -> str:
    """A country as it stands inside a sentence: "the Netherlands", "the Palestinian territories"."""
    name = country_in_words(code)
    return f"the {name}" if code in _WITH_THE else name


def shortened(text: str | None, longest: int = LONGEST) -> str:
    """Words of a report on one line, cut at a word where they are long; nothing hidden in them."""
    found = visible((text or "")[: 4 * longest])
    if len(found) <= longest and len(text or "") <= 4 * longest:
        return found
    kept = found[:longest]
    return f"{kept.rpartition(' ')[0] or kept} …"


# --- what happened ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Slots:
    """What the sentences are made from, in words."""

    who: str  # "Russia and the United States"
    alone: bool  # one party alone is named
    people: str  # " (named: Sergei Ryabkov, Wendy Sherman)"
    where: str  # " in Geneva, Switzerland"
    forum: str  # " at the NATO-Russia Council", " within the Minsk Group"
    helped: str  # ", mediated by Qatar"
    when: str  # "on 10 January 2022"
    unit: str  # what the date is: "day" or "time"
    by: str
    to: str
    rest: str  # parties beside them
    title: str  # ": “interim accord”"
    kind: str | None


def _slots(happening: Happening) -> _Slots:
    many, value = happening.many, happening.text
    mediators = many("mediators")
    main = [code for code in many("parties") if code not in mediators] or list(many("parties"))
    by, to = many("by"), many("to")
    rest = [code for code in many("parties") if code not in by and code not in to]
    where = place_in_words(value("place"), value("country"))
    forum = value("forum")
    named = names_in_words(many("people"))
    helped = (
        f", mediated by {parties_with_article(mediators)}" if mediators and main != list(mediators) else ""
    )
    return _Slots(
        who=parties_with_article(main),
        alone=len(set(main)) == 1,
        people=f" (named: {named})" if named else "",
        where=where,
        forum=f"{',' if ', ' in where else ''} {_forum(forum)}" if forum else "",
        helped=helped,
        when=when_in_words(value("date")),
        unit=_unit(value("date")),
        by=parties_with_article(by),
        to=parties_with_article(to),
        rest=f"; {parties_with_article(rest)} {'is' if len(rest) == 1 else 'are'} named as well"
        if rest
        else "",
        title=_named(happening),
        kind=value("kind"),
    )


def _forum(name: str) -> str:
    words = shortened(name, 120)
    found = re.findall(r"\w+", words.lower())
    gathering = any({word, word.removesuffix("s")} & _GATHERINGS for word in found)
    named = words if words.lower().startswith(("the ", "a ", "an ")) else f"the {words}"
    return f"{'at' if gathering else 'within'} {named}"


def _unit(edtf: str | None) -> str:
    """What a date is: "day" where it is one day, else "time"."""
    value = Edtf.parse(edtf)
    return "day" if value and value.days == 1 else "time"


def _named(happening: Happening) -> str:
    """The words of a report for a document or what was asked: ": “interim accord”"."""
    words = happening.text("title") or happening.text("subject")
    return f": “{shortened(words)}”" if words else ""


_HELD: Mapping[str | None, str] = {
    MeetingKind.IN_PERSON: "met",
    MeetingKind.CALL: "spoke by telephone",
    MeetingKind.VIDEO: "spoke by video link",
    MeetingKind.INDIRECT: "held indirect talks",
    None: "held talks",
}
_MEETING: Mapping[str | None, str] = {
    MeetingKind.CALL: "telephone call",
    MeetingKind.VIDEO: "video call",
    MeetingKind.INDIRECT: "round of indirect talks",
}


def _a_meeting(slots: _Slots) -> str:
    """ "a meeting of Russia and the United States in Geneva", without the people."""
    noun = _MEETING.get(slots.kind, "meeting")
    of = "of" if noun == "meeting" or slots.alone else "between"
    return f"a {noun} {of} {slots.who or 'parties that the record does not name'}"


def _place_of(slots: _Slots) -> str:
    return f"{slots.where}{slots.forum}"


def _beside(slots: _Slots) -> str:
    """Who is named and who mediated."""
    return f"{slots.people}{slots.helped}"


def _met(slots: _Slots) -> tuple[str, str]:
    """Subject and verb of a meeting: "Russia and the United States", "met"."""
    if not slots.who:
        return "parties that the record does not name", _HELD.get(slots.kind, "held talks")
    if slots.alone:
        noun = _MEETING.get(slots.kind, "meeting")
        return slots.who, f"took part in a {noun} with others whom the record does not name"
    return slots.who, _HELD.get(slots.kind, "held talks")


def _closing_comma(slots: _Slots) -> str:
    """A comma after a place with its country or after a mediator, where the sentence goes on."""
    return "," if slots.helped or (", " in slots.where and not slots.forum) else ""


def _held(slots: _Slots) -> Sentence:
    who, verb = _met(slots)
    return _opened(slots.when, f"{who} ", f"{verb}{_place_of(slots)}", f"{_beside(slots)}.")


def _under_way(slots: _Slots) -> Sentence:
    core = f"{_a_meeting(slots)}{_place_of(slots)}"
    return _opened(slots.when, "", core, f"{_beside(slots)}{_closing_comma(slots)} was under way.")


def _of_a_meeting(rest: Callable[[_Slots], str]) -> Callable[[_Slots], Sentence]:
    """A sentence about a meeting that is not told to have been held; its day belongs to the plan."""

    def make(slots: _Slots) -> Sentence:
        core = f"{_a_meeting(slots)}{_place_of(slots)}"
        return _opened("", "", core, f"{_beside(slots)}{_closing_comma(slots)} {rest(slots)}.")

    return make


def _for(slots: _Slots) -> str:
    """The day of a plan: " for 10 January 2022"."""
    return f" for {_bare(slots)}" if slots.when else ""


def _bare(slots: _Slots) -> str:
    """The day without what ties it to a verb: "10 January 2022", "a time between 6 and 12 December 2021"."""
    when = slots.when.removesuffix(",")
    for opening in ("on ", "in ", "at "):
        when = when.removeprefix(opening)
    return f"a time {when}" if when.startswith("between ") else when


def _postponed(slots: _Slots) -> str:
    if not slots.when:
        return "was postponed"
    return f"was postponed; the {slots.unit} given, the new one or the one before, is {_bare(slots)}"


def _agreed(slots: _Slots) -> Sentence:
    who = slots.who or "parties that the record does not name"
    core = "was a party to an agreement" if slots.alone else "reached an agreement"
    return _opened(slots.when, f"{who} ", f"{core}{_place_of(slots)}", f"{_beside(slots)}{slots.title}.")


def _an_agreement(rest: Callable[[_Slots], str]) -> Callable[[_Slots], Sentence]:
    def make(slots: _Slots) -> Sentence:
        who = f" {'of' if slots.alone else 'between'} {slots.who}" if slots.who else ""
        core = f"an agreement{who}{_place_of(slots)}"
        after = f"{_beside(slots)}{_closing_comma(slots)} {rest(slots)}{slots.title}."
        return _opened("", "", core, after)

    return make


def _act(verb: str, plain: str) -> Callable[[_Slots], Sentence]:
    """What one side does to another: "put a proposal to"; ``plain`` where no other is told."""

    def make(slots: _Slots) -> Sentence:
        if not slots.by:
            core = f"{'a proposal' if 'proposal' in plain else 'a refusal'} is reported"
            among = f" among {slots.who}" if slots.who else ""
            after = f"{among}{slots.people}; the record does not settle whose{slots.title}."
            return _opened(slots.when, "", core + slots.where, after)
        core = f"{verb} {slots.to}" if slots.to else plain
        after = f"{_place_of(slots)}{slots.people}{slots.title}{slots.rest}."
        return _opened(slots.when, f"{slots.by} ", core, after)

    return make


def _expected_act(what: str) -> Callable[[_Slots], Sentence]:
    def make(slots: _Slots) -> Sentence:
        by = f" by {slots.by}" if slots.by else f" among {slots.who}" if slots.who else ""
        to = f" to {slots.to}" if slots.to else ""
        core = f"{what}{by}{to}"
        place = f"{slots.where}{slots.people}{',' if ', ' in slots.where else ''}"
        return _opened("", "", core, f"{place} was expected{_for(slots)}{slots.title}.")

    return make


def _opened(when: str, before: str, core: str, after: str) -> Sentence:
    """The sentence with its day in front and a capital at its beginning."""
    start = f"{when} {before}" if when else before
    if start:
        return Sentence(_capital(start), core, after)
    return Sentence("", _capital(core), after)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_M, _P, _A, _R = EventType.MEETING, EventType.PROPOSAL, EventType.AGREEMENT, EventType.REFUSAL
_MAKERS: Mapping[tuple[EventType, str | None], Callable[[_Slots], Sentence]] = {
    (_M, Status.HELD): _held,
    (_M, Status.UNDER_WAY): _under_way,
    (_M, Status.PLANNED): _of_a_meeting(lambda s: f"was planned{_for(s)}"),
    (_M, Status.PROPOSED): _of_a_meeting(lambda s: f"was proposed{_for(s)}"),
    (_M, Status.POSTPONED): _of_a_meeting(_postponed),
    (_M, Status.CANCELLED): _of_a_meeting(lambda s: f"was called off{_day_it_had(s)}"),
    (_M, Status.REFUSED): _of_a_meeting(lambda s: f"was refused{_day_it_had(s)}"),
    (_M, Status.DENIED): _of_a_meeting(lambda s: f"is denied{_day_it_had(s)}"),
    (_M, Status.UNCLEAR): _of_a_meeting(lambda s: f"is reported{_for(s)}; whether it was held is unclear"),
    (_A, Status.REACHED): _agreed,
    (_A, Status.EXPECTED): _an_agreement(lambda s: f"was expected{_for(s)}"),
    (_A, Status.FAILED): _an_agreement(lambda s: f"was not reached{_space(s.when)}"),
    (_P, Status.MADE): _act("put a proposal to", "made a proposal"),
    (_P, Status.EXPECTED): _expected_act("a proposal"),
    (_R, Status.MADE): _act("said no to", "said no"),
    (_R, Status.EXPECTED): _expected_act("a refusal"),
}  # fmt: skip
_NOUNS = {_M: "a meeting", _P: "a proposal", _A: "an agreement", _R: "a refusal"}


def _day_it_had(slots: _Slots) -> str:
    return f"; the {slots.unit} given for it is {_bare(slots)}" if slots.when else ""


def _space(words: str) -> str:
    return f" {words}" if words else ""


def _told(happening: Happening, slots: _Slots) -> Sentence:
    """What happened, when, where and who took part."""
    status = happening.text("status")
    make = _MAKERS.get((happening.type, status))
    if make is not None:
        return make(slots)
    who = f" of {slots.who}" if slots.who else ""
    state = (
        f"its status is “{shortened(status)}”"
        if status and status != Status.UNCLEAR
        else "its status is unclear"
    )
    core = f"{_NOUNS[happening.type]}{who}{slots.where}"
    return _opened("", "", core, f" is reported{_for(slots)}; {state}{slots.title}.")


# --- what else is to be said -----------------------------------------------------------------------------


def _subject(happening: Happening) -> list[str]:
    """The subject in a report's words, where the first sentence did not give it."""
    subject, title = happening.text("subject"), happening.text("title")
    if not subject:
        return []
    if happening.type is EventType.MEETING:
        return [f"The subject, in the words of a report: “{shortened(subject)}”."]
    if title and title != subject:
        return [f"It concerns, in the words of a report, “{shortened(subject)}”."]
    return []


def _undated(happening: Happening) -> list[str]:
    return [] if happening.text("date") else ["The record has no date for it."]


def _overdue(happening: Happening) -> list[str]:
    if not happening.overdue:
        return []
    value = Edtf.parse(happening.text("date"))
    what = "day" if value and value.days == 1 else "time"
    return [f"That {what} has passed, and the record holds no report of whether it took place."]


_SLOT_WORDS = {
    "kind": "on how it was held", "status": "on what came of it", "parties": "on who took part",
    "people": "on the people who took part", "mediators": "on who mediated", "by": "on whose it was",
    "to": "on whom it was put to", "forum": "on the forum", "place": "on the place",
    "country": "on the country", "date": "on the day", "subject": "on the subject",
    "title": "on the name of the document",
}  # fmt: skip


def difference(happening: Happening, slot: str) -> str:
    """What reports differ on: "Reports differ on the day: 12 January 2022 (4 sources) or …"."""
    settled = happening.slots[slot]
    values = [
        f"{value_in_sentence(slot, support.value)} ({count(support.sources, 'source')})"
        for support in settled.support
        if support.value not in (None, "", ())
    ]
    shown = "; the record follows the first" if settled.standing is not Standing.JUDGED else ""
    *others, last = values or ["no value"]
    either = f"{', '.join(others)} or {last}" if others else last
    return f"Reports differ {_SLOT_WORDS.get(slot, f'on {slot}')}: {either}{shown}."


_KINDS = {
    MeetingKind.IN_PERSON: "in person",
    MeetingKind.CALL: "by telephone",
    MeetingKind.VIDEO: "by video link",
    MeetingKind.INDIRECT: "through mediators",
}


def value_in_sentence(slot: str, value: Plain) -> str:
    """A slot's value inside a sentence."""
    if isinstance(value, tuple):
        if slot in PARTY_SLOTS:
            return parties_with_article(value)
        return listed([shortened(item, 80) for item in value])
    text = str(value or "")
    if slot == "date":
        return date_in_words(text)
    if slot == "country":
        return country_with_article(text)
    if slot == "kind":
        return next((words for kind, words in _KINDS.items() if kind == text), shortened(text))
    if slot in {"subject", "title"}:
        return f"“{shortened(text)}”"
    return shortened(text)
