"""What stands on the pages, in words: a negotiation's state, a slot's values, a history, who met whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.model import (
    CLAIM_SLOTS,
    PARTY_SLOTS,
    Claim,
    Decision,
    EventType,
    Happening,
    Judgement,
    Match,
    Negotiation,
    Settled,
    Span,
    Standing,
    Status,
    StoredReport,
    Support,
    Verdict,
)
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf, Moment
from dragoman.output.account import against
from dragoman.output.happenings import count, month_of
from dragoman.output.sentences import difference, parties_with_article, shortened, value_in_sentence
from dragoman.output.told import Told
from dragoman.output.words import date_in_words, date_order, listed, parties_in_words, status_in_words
from dragoman.publish.material import Material
from dragoman.publish.quote import Quote, quote

MET = frozenset({Status.HELD, Status.UNDER_WAY})

SLOT_NAMES = {
    "kind": "How it was held", "status": "Status", "parties": "Parties", "people": "People",
    "mediators": "Mediators", "by": "By", "to": "To", "forum": "Forum", "place": "Place",
    "country": "Country", "date": "Date", "subject": "Subject", "title": "Document",
}  # fmt: skip
_STANDINGS = {
    Standing.SINGLE: "one source says so",
    Standing.AGREED: "the sources hold together",
    Standing.CONFLICT: "sources differ",
    Standing.JUDGED: "decided by a person",
    Standing.EMPTY: "no report says",
}
_MONTH = 31  # days
_DECISIONS = {
    Decision.SAME: "These reports tell of one event",
    Decision.DIFFERENT: "These reports tell of different events",
    Decision.CORRECT: "A value was put right",
    Decision.NOT_EVENT: "What a report says here is no event",
    Decision.UNDO: "An earlier decision was taken back",
}


_VERDICTS = {
    Verdict.SAME: "the same event",
    Verdict.DIFFERENT: "different events",
    Verdict.UNSURE: "not decided",
}

# --- slots ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """A value that reports give for a slot, and the claims that do."""

    words: str
    sources: str
    against: bool
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One slot of an event for its table."""

    slot: str
    name: str
    value: str
    code: str
    standing: str
    differs: bool
    note: str
    given: tuple[Given, ...]
    people: tuple[str, ...] = ()


def slot_rows(told: Told) -> list[Row]:
    """Every slot that some report fills, in the codebook's order with the date first."""
    names = ["date", *(name for name in CLAIM_SLOTS if name != "date")]
    return [
        _row(told, name, told.happening.slots[name]) for name in names if _speaks(told.happening.slots[name])
    ]


def empty_slots(told: Told) -> list[str]:
    """Names of the slots of which no report says anything, those that an event of its type can have."""
    unfit = (
        {"by", "to"}
        if told.happening.type in {EventType.MEETING, EventType.AGREEMENT}
        else {"mediators", "kind"}
    )
    unfit |= {"title"} if told.happening.type is EventType.MEETING else {"kind"}
    return [
        SLOT_NAMES[name].lower()
        for name in CLAIM_SLOTS
        if name not in unfit and not _speaks(told.happening.slots[name])
    ]


def _speaks(settled: Settled) -> bool:
    return settled.value not in (None, "", ()) or settled.standing in {Standing.JUDGED, Standing.CONFLICT}


def _row(told: Told, name: str, settled: Settled) -> Row:
    value = settled.value
    return Row(
        slot=name,
        name=SLOT_NAMES[name],
        value=_value(name, value),
        code=str(value) if name == "date" and value else "",
        standing=_STANDINGS[settled.standing],
        differs=settled.standing is Standing.CONFLICT,
        note=_note(settled),
        given=tuple(_given(told, name, settled, support) for support in settled.support),
        people=value if name == "people" and isinstance(value, tuple) else (),
    )


_ACTS = "reports differ on who acts: "
_TOGETHER = " together"


def _note(settled: Settled) -> str:
    """What is to be said of how a slot was settled beyond the values that stand beside it."""
    if settled.note.endswith(_TOGETHER):
        dates = settled.note.removesuffix(_TOGETHER).split(" and ")
        return f"{listed([date_in_words(date) for date in dates])}, taken together"
    if settled.note.startswith(_ACTS):
        return f"{_ACTS}{parties_in_words(settled.note.removeprefix(_ACTS).split(', '))}"
    return settled.note if settled.standing is Standing.CONFLICT and " against " not in settled.note else ""


def _value(name: str, value: object) -> str:
    if value in (None, "", ()):
        return "nothing"
    if name == "status":
        return status_in_words(str(value))
    if name in PARTY_SLOTS:
        return parties_in_words(value if isinstance(value, tuple) else (str(value),))
    words = value_in_sentence(name, value)  # type: ignore[arg-type]
    return words[:1].upper() + words[1:] if name == "country" else words


def _given(told: Told, name: str, settled: Settled, support: Support) -> Given:
    claims = tuple(claim for key in support.claims if (claim := told.claim(key)))
    return Given(
        words=_value(name, support.value),
        sources="source" if len(claims) == 1 else f"{count(support.sources, 'source')}:",
        against=against(name, settled, support),
        claims=claims,
    )


# --- what the reports say ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What one claim says: its report, and its words in their surroundings."""

    claim: Claim
    report: StoredReport | None
    quotes: tuple[Quote, ...]


def said(told: Told, material: Material) -> list[Said]:
    """Each claim of an event with its words, in order of publication."""
    found = []
    for claim in told.claims:
        text = material.text(claim.report)
        quotes = tuple(quote(text, span) for span in _apart(claim))
        found.append(Said(claim, told.reports.get(claim.report), quotes))
    return found


def _apart(claim: Claim) -> list[Span]:
    """The evidence of a claim without snippets that stand close to an earlier one and would show it again."""
    kept: list[Span] = []
    for span in sorted(claim.evidence, key=lambda span: (span.start, span.end)):
        if not kept or span.start > kept[-1].end + 120:
            kept.append(span)
    return kept


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a history: the day of publication, what was said then, by which report."""

    day: str
    words: str
    report: str


def history(told: Told) -> list[Step]:
    """What the reports said of its status, in order of publication."""
    return [
        Step(
            date_in_words(turn.published) if turn.published else "Undated report",
            status_in_words(turn.status) + (f", {date_in_words(turn.date)}" if turn.date else ""),
            turn.report,
        )
        for turn in told.happening.history
    ]


@dataclass(frozen=True, slots=True)
class Joined:
    """A pair of claims with what speaks for and against one event, for a reader."""

    words: str
    score: str
    why: str
    features: tuple[tuple[str, str, str, str], ...]
    other: str | None = None


def joined(match: Match, numbers: Mapping[str, int], other: str | None = None) -> Joined:
    """A match as the page of an event shows it; ``numbers`` gives the source of each claim."""
    by = ", decided by a person" if match.by != "table" else ""
    ends = sorted(numbers[claim] for claim in (match.left, match.right) if claim in numbers)
    which = f"Sources {listed([*map(str, dict.fromkeys(ends))])}" if len(set(ends)) > 1 else "Two accounts"
    return Joined(
        words=f"{which}: {_VERDICTS[match.verdict]}{by}",
        score=f"{match.score:.2f}",
        why=plainly(match.why),
        features=tuple(
            (f.name, f"{f.weight:+.2f}", shortened(f.left, 120), shortened(f.right, 120))
            for f in match.features
        ),
        other=other,
    )


def plainly(why: str) -> str:
    """A reason of the matching in the words of this site: what code calls a happening is an event."""
    return why.replace("happening", "event")


def decided(judgement: Judgement) -> str:
    """A decision without the name of who made it: "A value was put right (place), 3 March 2024: …"."""
    slot = f" ({SLOT_NAMES.get(judgement.slot, judgement.slot).lower()})" if judgement.slot else ""
    why = f": {shortened(judgement.why)}" if judgement.why else ""
    return f"{_DECISIONS[judgement.decision]}{slot}, {date_in_words(judgement.at.date().isoformat())}{why}"


# --- a negotiation ----------------------------------------------------------------------------------------


def months(told: Sequence[Told]) -> list[tuple[str, list[Told]]]:
    """Events under the month they stand in; those without a date, and of an unknown year, at the end."""
    found: dict[str, list[Told]] = {}
    for one in sorted(told, key=lambda one: (*date_order(one.date), one.id)):
        found.setdefault(heading_of(one.date), []).append(one)
    return list(found.items())


def heading_of(edtf: str | None) -> str:
    """The month under which a date stands, or the years where it spans more than a month's days."""
    value = Edtf.parse(edtf)
    days = value.days if value else None
    if value is None or not value.year_known or days is None or days <= _MONTH:
        return month_of(edtf)
    years = [str(Moment(end.year)) for end in (value.start, value.end) if end is not None]
    return "–".join(dict.fromkeys(map(date_in_words, years)))


@dataclass(frozen=True, slots=True)
class Meetings:
    """Two parties, or two people, with the meetings at which both were."""

    names: str
    times: int
    events: tuple[Told, ...]


def who_met_whom(told: Iterable[Told]) -> list[Meetings]:
    """Each two parties that met, those that met most first."""
    found: dict[tuple[str, str], list[Told]] = {}
    for one in met(told):
        codes = sorted(set(one.happening.many("parties")))
        for n, code in enumerate(codes):
            for other in codes[n + 1 :]:
                found.setdefault((code, other), []).append(one)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Meetings(parties_in_words(pair), len(held), tuple(held)) for pair, held in ordered]


def who_took_part(told: Iterable[Told], name_of: Callable[[str], str]) -> list[tuple[str, int]]:
    """People with the number of meetings at which they are named, those named most first."""
    counts = Counter(name for one in met(told) for name in set(map(name_of, one.happening.many("people"))))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def met(told: Iterable[Told]) -> list[Told]:
    """The meetings that were held or are under way."""
    return [
        one for one in told if one.happening.type is EventType.MEETING and one.happening.text("status") in MET
    ]


def differences(told: Told) -> str:
    """All that reports differ on, in sentences."""
    return " ".join(difference(told.happening, slot) for slot in told.happening.conflicts)


def span_in_words(told: Sequence[Told]) -> str:
    """
    The first and the last date, as precise as they are: "December 2021 to 24 February 2022".

    Where what is told last has no known beginning ("on a day up to …"), its end is the latest that it can be:
    "December 2021 to 24 February 2022 at the latest". Where something lies on a day after all these or later,
    "or later" says so.
    """
    days = [(value, one.date) for one in told if (value := Edtf.parse(one.date)) and value.year_known]
    bounds = [value.bounds for value, _ in days if value.bounds]
    ends = [high for _, high in bounds if high != FAR_FUTURE]
    open_ends = [low for low, high in bounds if high == FAR_FUTURE and low != FAR_PAST]
    words = _span_of(days)
    return f"{words} or later" if ends and open_ends and max(open_ends) > max(ends) else words


def _span_of(days: Sequence[tuple[Edtf, str | None]]) -> str:
    bounded = [(v.bounds, d) for v, d in days if v.bounds and v.bounds[1] != FAR_FUTURE]
    closed = [day for day in bounded if day[0][0] != FAR_PAST]
    if not closed:
        return (
            date_in_words(max(bounded, key=lambda day: day[0][1])[1] if bounded else days[0][1])
            if days
            else ""
        )
    first = min(closed, key=lambda day: (day[0][0], day[0][1]))
    last = max(closed, key=lambda day: (day[0][1], day[0][0]))
    latest = max(bounded, key=lambda day: (day[0][1], day[0][0]))
    if latest[0][1] > last[0][1]:
        end = Edtf.parse(latest[1])
        return _from_to(Edtf.parse(first[1]), end) + " at the latest" if end else ""
    if first[0] == last[0]:
        return date_in_words(first[1])
    return _from_to(Edtf.parse(first[1]), Edtf.parse(last[1]))


def _from_to(start: Edtf | None, end: Edtf | None) -> str:
    if start is None or end is None:
        return ""
    opening, closing = date_in_words(str(start.start)), date_in_words(str(end.end))
    year = f" {closing.rpartition(' ')[2]}"
    return f"{opening.removesuffix(year)} to {closing}" if " " in opening else f"{opening} to {closing}"


def state_counts(negotiation: Negotiation) -> str:
    """What is on the table, agreed, refused and overdue, in a sentence of numbers."""
    state = negotiation.state
    parts = [
        _some(len(state.proposals), "proposal", len(state.unanswered), "without an answer"),
        _some(len(state.agreements), "agreement"),
        _some(len(state.refusals), "refusal"),
        f"{count(len(state.overdue), 'planned meeting')} overdue" if state.overdue else "",
    ]
    told = [part for part in parts if part]
    return f"{', '.join(told)}." if told else "The record has no proposal, agreement or refusal."


def _some(number: int, noun: str, part: int = 0, words: str = "") -> str:
    if not number:
        return ""
    all_of_them = "" if number == 1 else "both " if number == 2 else "all "
    return count(number, noun) + (
        f" ({all_of_them if part == number else f'{part} '}{words})" if part else ""
    )


_EVENTS = re.compile(r"(\d+) happenings, never more than (\d+) days apart")
_FRAME = re.compile(r"(?:forum (?P<forum>.*)|(?P<parties>.*)) \((?P<events>\d+)\)")
_JOINED = "joined by: "
_TIMES = re.compile(r" ×(\d+)")


def held_together(why: str, told: Sequence[Told]) -> list[str]:
    """What makes one negotiation of its events, in sentences made from the reason that the dossier gives."""
    found, frames = [], []
    for part in why.split("; "):
        if events := _EVENTS.fullmatch(part):
            apart = int(events[2])
            found.append(
                count(int(events[1]), "event")
                + (
                    f"; from one dated event to the next it is never more than {count(apart, 'day')}."
                    if apart
                    else "."
                )
            )
        elif frame := _FRAME.fullmatch(part):
            words = f"within {_forum_of(frame['forum'], told)}" if frame["forum"] else frame["parties"]
            frames.append(f"{words} ({count(int(frame['events']), 'event')})")
        elif part.startswith(_JOINED):
            times = _TIMES.sub(
                lambda n: "" if n[1] == "1" else f" ({n[1]} times)", part.removeprefix(_JOINED)
            )
            found.append(f"What joined them: {times}.")
        elif part:
            found.append(f"{plainly(part)[:1].upper()}{plainly(part)[1:]}.")
    if frames:
        found[1:1] = [f"By those who take part: {', '.join(frames)}."]
    return found


def _forum_of(key: str, told: Sequence[Told]) -> str:
    """The name that reports give most often to the forum of a key; the key has its words in another order."""
    words = set(key.split())
    names = Counter(
        name
        for one in told
        if (name := one.happening.text("forum"))
        and words <= set(re.findall(r"\w+", name.lower().replace("’s", "")))
    )
    return min(names, key=lambda name: (-names[name], len(name), name), default=key)


def activity(negotiation: Negotiation, events: Mapping[str, Told]) -> tuple[str, int, str]:
    """A key that sorts negotiations by the last day on which a report tells of them."""
    days = [
        report.latest.isoformat()
        for event in negotiation.happenings
        if event in events
        for report in events[event].told_by
        if report.latest
    ]
    return max(days, default=""), len(negotiation.happenings), negotiation.id


def parties_of(happening: Happening) -> str:
    """The parties, as a sentence has them."""
    return parties_with_article(happening.many("parties"))
