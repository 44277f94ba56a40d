"""Slots of a happening, settled by what independent sources support."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from dragoman.actors.fold import fold
from dragoman.model import CLAIM_SLOTS, Judgement, Plain, Settled, Standing, StoredReport, Support
from dragoman.model.claim import MANY
from dragoman.model.edtf import intersection
from dragoman.reconcile.features import same_spot
from dragoman.reconcile.history import settle_status
from dragoman.reconcile.names import listed_terms, read_name
from dragoman.reconcile.support import Given, by_support, gather, given_by
from dragoman.reconcile.told import PHASES, Told
from dragoman.reconcile.words import Spot, forum_of, name_key, same_person, spot_of, wording_of

EMPTY = Settled(None, Standing.EMPTY)
NOBODY = Settled((), Standing.EMPTY)


def settle(members: Sequence[Told], reports: dict[str, StoredReport]) -> dict[str, Settled]:
    """Every slot of the happening that these claims tell, by name."""
    if len(members) == 1:
        return _as_told(members[0])
    slots: dict[str, Settled] = {}
    for slot in CLAIM_SLOTS:
        given = given_by(members, slot, reports)
        slots[slot] = (NOBODY if slot in MANY else EMPTY) if not given else _settled(slot, given, reports)
    slots["date"] = _date(members, reports, slots["status"])
    slots["country"] = _country(slots, members, reports)
    return slots | _directions(slots["by"], slots["to"], members)


def _as_told(one: Told) -> dict[str, Settled]:
    """The slots as the only claim gives them."""
    slots = {}
    for slot in CLAIM_SLOTS:
        value = getattr(one.claim, slot)
        if slot in MANY:
            support = tuple(Support(each, (one.claim.id,), 1) for each in value)
            slots[slot] = Settled(value, Standing.SINGLE, support) if value else NOBODY
        elif value is not None:
            text = str(value)
            slots[slot] = Settled(text, Standing.SINGLE, (Support(text, (one.claim.id,), 1),))
        else:
            slots[slot] = EMPTY
    return slots


def _settled(slot: str, given: Sequence[Given], reports: dict[str, StoredReport]) -> Settled:
    match slot:
        case "status":
            return settle_status(given, reports)
        case "people":
            return _people(given)
        case "parties" | "mediators" | "by" | "to":
            return _all(gather(given))
        case "place":
            return _place(given)
        case "forum":
            return _forum(given)
        case "kind":
            return _kind(given)
        case "title" | "subject":
            return _wording(given)
        case _:
            return _one(gather(given, fold))


def _all(support: tuple[Support, ...]) -> Settled:
    """All values together, in order of support: what one report leaves out another may tell."""
    several = {claim for each in support for claim in each.claims}
    note = ""
    if any(set(each.claims) != several for each in support):
        note = "not every report names all of them"
    standing = Standing.SINGLE if _sources_at_most_one(support) else Standing.AGREED
    return Settled(tuple(str(each.value) for each in support), standing, support, note)


def _sources_at_most_one(support: Sequence[Support]) -> bool:
    return len({claim for each in support for claim in each.claims}) == 1


def _people(given: Sequence[Given]) -> Settled:
    """
    All persons, each once in the fullest form that fits one bearer alone.

    Of forms as full as each other the one that the table of holders has is shown, else that of most sources.
    """
    names = sorted({one.value for one in given}, key=lambda name: (-len(name_key(name)), -len(name), name))
    fullest: dict[str, str] = {}
    for name in names:
        bearers = [full for full in dict.fromkeys(fullest.values()) if same_person(name, full)]
        fullest[name] = bearers[0] if len(bearers) == 1 else name
    support = gather(given, lambda name: fullest[name])
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for one in given:
        sources[one.value].add(one.source)

    def rank(name: str) -> tuple[int, bool, int, int, str]:
        return len(name_key(name)), _is_listed(name), len(sources[name]), len(name), name

    named = tuple(
        Support(
            max((name for name in names if fullest[name] == fullest[str(each.value)]), key=rank),
            each.claims,
            each.sources,
        )
        for each in support
    )
    return _all(named)


def _is_listed(name: str) -> bool:
    """Whether the table of holders of office spells the name so: one slip is not shown for all."""
    read = read_name(name)
    return read is not None and name in {term.name for term in listed_terms(read)}


def _one(support: tuple[Support, ...], note: str = "") -> Settled:
    """The best supported of values that exclude each other."""
    if len(support) > 1:
        return Settled(support[0].value, Standing.CONFLICT, support, note or _against(support))
    return Settled(support[0].value, by_support(support), support, note)


def _against(support: Sequence[Support]) -> str:
    return " against ".join(f"{each.value} ({each.sources})" for each in support)


def _kind(given: Sequence[Given]) -> Settled:
    support = gather(given)
    values = {each.value for each in support}
    if values == {"call", "video"}:
        first = sorted(support, key=lambda each: each.value != "video")
        return Settled("video", Standing.AGREED, tuple(first), "a video call is told as a call")
    return _one(support)


def _place(given: Sequence[Given]) -> Settled:
    """The finest place; a city and its country hold together, two cities do not."""
    spots = {one.value: spot_of(one.value, one.told.claim.country) for one in given}
    support = gather(given, lambda value: spots[value] or fold(value))
    finest = next((each for each in support if _city(spots[str(each.value)])), support[0])
    held = [each for each in support if same_spot(spots[str(finest.value)], spots[str(each.value)])]
    ordered = (finest, *(each for each in support if each is not finest))
    if len(held) < len(support):
        return Settled(finest.value, Standing.CONFLICT, ordered, _against(ordered))
    note = "the finer place" if len(support) > 1 else ""
    return Settled(finest.value, by_support(support), ordered, note)


def _city(spot: Spot | None) -> bool:
    return bool(spot and spot.city)


def _country(
    slots: Mapping[str, Settled], members: Sequence[Told], reports: dict[str, StoredReport]
) -> Settled:
    """The country of the settled place first; another one is a conflict."""
    given = given_by(members, "country", reports)
    if not given:
        return EMPTY
    support = gather(given)
    here = {one.claim.country for one in members if one.claim.place == slots["place"].value}
    ordered = tuple(sorted(support, key=lambda each: each.value not in here))
    return _one(ordered)


def _forum(given: Sequence[Given]) -> Settled:
    """The fullest name; names that share the words that tell a forum apart are one."""
    support = gather(given, fold)
    first = forum_of(str(support[0].value))
    others = [forum_of(str(each.value)) for each in support[1:]]
    if any(first and other and not (first.telling & other.telling) for other in others):
        return _one(support)
    note = "names of one forum" if others else ""
    return Settled(support[0].value, by_support(support), support, note)


def _wording(given: Sequence[Given]) -> Settled:
    """The wording of most sources: several wordings of one thing hold together."""
    support = gather(given, fold)
    best = min(
        support,
        key=lambda each: (-each.sources, -len(wording_of(str(each.value)).telling), str(each.value)),
    )
    ordered = (best, *(each for each in support if each is not best))
    note = "reports word it differently" if len(support) > 1 else ""
    return Settled(best.value, by_support(support), ordered, note)


def _date(members: Sequence[Told], reports: dict[str, StoredReport], status: Settled) -> Settled:
    """
    What all dates that hold together say together.

    Where it occurred, dates of reports that tell so decide; what was planned adds to them where it fits and
    is history where it does not. The best supported date comes first, then each that fits is laid over it.
    """
    phase = PHASES.get(next((s for s in PHASES if s.value == status.value), None), "open")  # type: ignore[arg-type]
    deciding = [one for one in members if one.phase == phase] or list(members)
    given = given_by(members, "date", reports)
    if not given:
        return EMPTY
    asked = {one.claim.id for one in deciding}
    support = gather(given)
    own = {one.value for one in given if one.told.claim.id in asked}
    if phase == "ahead":
        own &= _latest(deciding, reports) or own
    ordered = sorted(support, key=lambda each: (each.value not in own,))
    value: str | None = None
    held: list[Support] = []
    out: list[Support] = []
    for each in ordered:
        text = str(each.value)
        both = intersection(value, text) if held else text
        if both is None:
            out.append(each)
        else:
            value, held = both, [*held, each]
    against = [each for each in out if each.value in own]
    note = _together(held, [each for each in out if each.value not in own])
    if against:
        return Settled(value, Standing.CONFLICT, (*held, *out), _against([*held[:1], *against]))
    return Settled(value, by_support(support), (*held, *out), note)


def _latest(deciding: Sequence[Told], reports: dict[str, StoredReport]) -> set[str]:
    """Dates of what lies ahead as the last day's reports give them."""
    dated = [one for one in deciding if one.claim.date]
    days = [reports[one.report].latest for one in dated]
    known = [day for day in days if day]
    if not known:
        return set()
    return {
        one.claim.date for one, day in zip(dated, days, strict=True) if day == max(known) and one.claim.date
    }


def _together(held: Sequence[Support], earlier: Sequence[Support]) -> str:
    words = []
    if len(held) > 1:
        words.append(" and ".join(str(each.value) for each in held) + " together")
    if earlier:
        words.append("planned for " + ", ".join(str(each.value) for each in earlier))
    return "; ".join(words)


def _directions(by: Settled, to: Settled, members: Sequence[Told]) -> dict[str, Settled]:
    """A party that some reports have act and others have acted upon is a conflict in both slots."""
    acts = {party for one in members for party in one.by - one.to}
    both = sorted(acts & {party for one in members for party in one.to - one.by})
    if not both:
        return {}
    note = f"reports differ on who acts: {', '.join(both)}"
    return {
        name: Settled(slot.value, Standing.CONFLICT, slot.support, note)
        for name, slot in (("by", by), ("to", to))
    }


def correct(slots: dict[str, Settled], judgements: Sequence[Judgement]) -> dict[str, Settled]:
    """The slots as persons corrected them, the latest judgement last; what reports give is still shown."""
    for judgement in judgements:
        if judgement.slot in slots:
            old = slots[judgement.slot]
            note = f"corrected by {judgement.who}" + (f": {judgement.why}" if judgement.why else "")
            slots[judgement.slot] = Settled(_plain(judgement), Standing.JUDGED, old.support, note)
    return slots


def _plain(judgement: Judgement) -> Plain:
    value = json.loads(judgement.value) if judgement.value is not None else None
    if judgement.slot in MANY:
        return tuple(map(str, value or ()))
    return None if value is None else str(value)
