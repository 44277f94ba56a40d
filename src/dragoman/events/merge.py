"""Sightings of one happening become one event: who, when, where and how real must hold together."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.events.participants import merged_parties
from dragoman.events.scene import Scene
from dragoman.events.sighting import NO_PLACE, Sighting
from dragoman.events.tables import words
from dragoman.model import EventType, Status
from dragoman.model.edtf import bounds, compatible

# Statuses that can be said of one happening in one report.
SAME_STATUS = (
    frozenset({Status.HELD, Status.UNDER_WAY}),
    frozenset(
        {
            Status.PLANNED,
            Status.PROPOSED,
            Status.CANCELLED,
            Status.POSTPONED,
            Status.UNDER_WAY,
            Status.UNCLEAR,
        }
    ),
    frozenset({Status.REACHED, Status.EXPECTED}),
    frozenset({Status.MADE, Status.EXPECTED}),
)
OWN_DAYS = 3  # days by which a readout may come after the meeting that it tells
HELD_AGAINST = 12  # first and last sightings of a group that a further one is held against
OPEN_GROUPS = 60  # events of a report, the latest ones, that a further sighting may join
MANY_PARTIES = 4  # at talks of so many parties two persons who meet do so apart
NEARBY = 60  # tokens over which "the offer" points back
JOIN = 1.0  # least score at which a sighting joins an event

LEVELS = words("level")

# What speaks for one happening, with its weight; vetoes stand in `conflict`.
WEIGHTS = {
    "same parties": 1.5,
    "parties within": 1.0,
    "one side": 0.7,
    "shares a party": 0.3,
    "points back": 1.0,
    "same date": 1.0,
    "same place": 0.8,
    "same person": 0.6,
    "same status": 0.3,
    "same word": 0.3,
    "other word": -0.6,
    "other status": -0.8,
    "under the headline": 0.3,
    "far apart": -0.3,
    "names nobody": -0.2,
}


@dataclass(slots=True)
class Group:
    """
    Sightings of one happening so far, with the party codes of all of them.

    ``told`` are the sightings that a further one is held against: the first ones, which carry what the
    report says at most length, and the last ones. Without that bound a report that says the same thing a
    thousand times would take time by the square of its length.
    """

    sightings: list[Sighting]
    parties: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Collect the parties."""
        self.parties = {code for s in self.sightings for code in party_set(s)}

    @property
    def type(self) -> EventType:
        """Type of the happening."""
        return self.sightings[0].type

    @property
    def told(self) -> list[Sighting]:
        """The first and the last sightings, each once."""
        if len(self.sightings) <= 2 * HELD_AGAINST:
            return self.sightings
        return self.sightings[:HELD_AGAINST] + self.sightings[-HELD_AGAINST:]

    def add(self, sighting: Sighting) -> None:
        """Take in one more mention of the happening."""
        self.sightings.append(sighting)
        # "traveled to kick-start X-Y talks": talks that are only spoken of bring nobody to the table
        self.parties |= set(merged_parties(sighting.all_members)) if sighting.weak else party_set(sighting)


def party_set(sighting: Sighting) -> set[str]:
    """Party codes of a sighting, with the fixed members of its forum."""
    return set(merged_parties(sighting.all_members)) | set(sighting.forum_parties)


def group_sightings(scene: Scene, sightings: list[Sighting]) -> list[Group]:
    """Bring sightings of one happening together, in order of the text; weak ones only join."""
    groups: list[Group] = []
    for sighting in sightings:
        best, best_score = None, JOIN
        for group in groups[-OPEN_GROUPS:]:
            if sighting.noun is not None and any(s.noun == sighting.noun for s in group.told):
                best = group  # both speak of the same words
                break
            if group.type is sighting.type and not conflict(scene, group, sighting):
                score = sum(WEIGHTS[name] for name in features(scene, group, sighting))
                if score >= best_score:
                    best, best_score = group, score
        if best is not None:
            best.add(sighting)
        elif not sighting.weak:
            groups.append(Group([sighting]))
    return groups


def conflict(scene: Scene, group: Group, sighting: Sighting) -> str:
    """Why the two cannot be one happening, "" where they can."""
    found = _parties_conflict(group, sighting)
    for other in () if found else group.told:
        found = _pair_conflict(scene, other, sighting)
        if found:
            break
    return found


def _parties_conflict(group: Group, sighting: Sighting) -> str:
    own, others = party_set(sighting), group.parties
    alone = bool(sighting.forum) and not sighting.members
    if alone and own != others and not any(s.forum == sighting.forum for s in group.told):
        return "forum"
    if sighting.type is EventType.PROPOSAL and sighting.definite and _near(group, sighting):
        return ""  # "the offer was handed over by the ambassadors of …"
    if _aside(group, sighting) or (sighting.apart and own != others):
        return "aside"
    several = len(own) > 1 and len(others) > 1
    if (several and not (own <= others or others <= own)) or (own and others and not own & others):
        return "parties"
    return ""


def _aside(group: Group, sighting: Sighting) -> bool:
    """Two persons of two parties who meet apart, in a report of talks among many (codebook, granularity)."""
    two = sighting.type is EventType.MEETING and len(party_set(sighting)) == 2 and len(_people(sighting)) == 2
    many = len(group.parties) >= MANY_PARTIES
    return two and many and not any(_people(s) & _people(sighting) for s in group.told)


def _pair_conflict(scene: Scene, other: Sighting, sighting: Sighting) -> str:
    """Why the sighting and one before it cannot be one happening, "" where they can."""
    if not _dates_agree(other, sighting) or _readout_differs(scene, other, sighting):
        return "dates"
    points_back = sighting.definite and len(party_set(sighting)) < 2
    if sighting.earlier and not other.earlier and other.when is None and not points_back:
        return "sequence"
    if other.kind and sighting.kind and other.kind is not sighting.kind:
        return "kinds"
    if _places_differ(other, sighting) or _called_there(other, sighting):
        return "places"
    if _persons_differ(other, sighting) or _levels_differ(other, sighting):
        return "persons"
    if other.type in {EventType.PROPOSAL, EventType.REFUSAL} and _roles_cross(other, sighting):
        return "roles"
    headline = scene.in_headline(other.trigger) != scene.in_headline(sighting.trigger)
    if other.type is EventType.AGREEMENT and not headline and _titles_differ(other, sighting):
        return "titles"
    return ""


def _near(group: Group, sighting: Sighting) -> bool:
    return abs(group.sightings[-1].trigger - sighting.trigger) <= NEARBY


def features(scene: Scene, group: Group, sighting: Sighting) -> list[str]:
    """Names of the weights that hold between an event so far and a sighting."""
    own, others = party_set(sighting), group.parties
    found = []
    if own and own == others:
        found.append("same parties")
    elif own and len(own & others) > 1:
        found.append("parties within")
    elif own and own < others:
        found.append("one side")
    elif own & others:
        found.append("shares a party")
    elif not own:
        found.append("names nobody")
    if sighting.definite or not (own or _people(sighting)):
        found.append("points back")
    if sighting.word and any(s.word == sighting.word for s in group.told):
        found.append("same word")
    elif sighting.word == "summit":
        found.append("other word")
    last = group.sightings[-1]
    for other in group.told:
        if other.when and sighting.when and other.when.edtf and other.when.edtf == sighting.when.edtf:
            found.append("same date")
        if other.where and sighting.where and other.where.name == sighting.where.name:
            found.append("same place")
        if _people(other) & _people(sighting):
            found.append("same person")
    if sighting.status_reason.rule != "status.noun-alone":
        found.append("same status" if _status_agrees(last.status, sighting.status) else "other status")
    if any(scene.in_headline(s.trigger) for s in group.told) and not scene.in_headline(sighting.trigger):
        found.append("under the headline")
    if abs(last.trigger - sighting.trigger) > 150:
        found.append("far apart")
    return list(dict.fromkeys(found))


def _status_agrees(one: Status, two: Status) -> bool:
    return one is two or any(one in row and two in row for row in SAME_STATUS)


def _people(sighting: Sighting) -> set[str]:
    return {name for p in sighting.all_members for name in p.people}


@lru_cache(maxsize=1024)
def _can_be_one(one: str, two: str) -> bool:
    """Whether two dates can be the same day; a report compares the same few again and again."""
    return compatible(one, two)


def _dates_agree(one: Sighting, two: Sighting) -> bool:
    first, second = one.when, two.when
    if first is None or second is None or first.timex is None or second.timex is None:
        return True
    if first.edtf and second.edtf:
        return _can_be_one(first.edtf, second.edtf)
    weekday = first.timex.value.startswith("XXXX-WXX-") and second.timex.value.startswith("XXXX-WXX-")
    return not weekday or first.timex.value == second.timex.value


def _readout_differs(scene: Scene, one: Sighting, two: Sighting) -> bool:
    """Whether the headline tells of one as of the report's own day and the other has a day of its own."""
    published = scene.published
    for told, dated in ((one, two), (two, one)):
        day = None if dated.when is None else dated.when.edtf
        readout = told.status is Status.HELD and told.when is None and scene.in_headline(told.trigger)
        if published and day and readout and _days_apart(day, published) > OWN_DAYS:
            return True
    return False


def _days_apart(edtf: str, published: str) -> int:
    """Days between a date and the report's own, 0 where they can be one."""
    found, day = bounds(edtf), bounds(published)
    if found is None or day is None or compatible(edtf, published):
        return 0
    return (found[0] - day[1]).days if found[0] > day[1] else (day[0] - found[1]).days


def _places_differ(one: Sighting, two: Sighting) -> bool:
    first, second = one.where, two.where
    if first is None or second is None or first.name == second.name:
        return False
    if first.country and second.country and first.country != second.country:
        return True
    return first.granularity == "city" and second.granularity == "city"


def _called_there(one: Sighting, two: Sighting) -> bool:
    """Whether one is a call and the other has a city and a time of its own: a call is at no place."""
    for call, met in ((one, two), (two, one)):
        city = met.where is not None and met.where.granularity == "city"
        if call.kind in NO_PLACE and met.kind is None and met.when is not None and city:
            return True
    return False


def _persons_differ(one: Sighting, two: Sighting) -> bool:
    """Whether a party is represented by different persons in the two."""
    first, second = _by_party(one), _by_party(two)
    return any(first[code].isdisjoint(second[code]) for code in first.keys() & second.keys())


def _levels_differ(one: Sighting, two: Sighting) -> bool:
    """Whether named persons meet in one and delegations, experts or officials in the other."""
    for named, nameless in ((one, two), (two, one)):
        persons = any(p.people for p in named.members) and not any(p.people for p in nameless.members)
        if persons and any(LEVELS & set(p.span.exact.lower().split()) for p in nameless.members):
            return True
    return False


def _by_party(sighting: Sighting) -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for member in sighting.all_members:
        for code in member.parties:
            if member.people:
                table.setdefault(code, set()).update(member.people)
    return table


def _roles_cross(one: Sighting, two: Sighting) -> bool:
    if two.definite and two.type is EventType.PROPOSAL:
        return False
    first, second = set(merged_parties(one.by)), set(merged_parties(two.by))
    return bool(first and second) and first.isdisjoint(second)


def _titles_differ(one: Sighting, two: Sighting) -> bool:
    if one.noun == two.noun:
        return False
    named = one.noun is not None and two.noun is not None
    return (named and not two.definite) or (
        two.noun is not None and two.when is not None and one.when is None
    )
