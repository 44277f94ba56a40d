"""From names and noun phrases to mentions that refer to entities."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from dragoman.actors.fold import slug, words
from dragoman.actors.names import Found
from dragoman.actors.nominals import Nominal
from dragoman.actors.people import People, Person
from dragoman.actors.roles import Role, nation_after, nation_before
from dragoman.actors.syntax import head_of, is_possessive, preposition, units
from dragoman.actors.tables import group_names, nouns, states, word_set
from dragoman.actors.use import place_use
from dragoman.actors.whereabouts import Where, place_of
from dragoman.model import Entity, EntityKind, Parsed, Reason, Span, Use

# Last words of places that stand for the city in their name.
_SITES = frozenset({"airport", "palace", "hotel", "airbase", "base", "university", "headquarters", "stadium"})
# "Association of Southeast Asian Nations (ASEAN) summit" is the ASEAN summit.
_SHORT_IN_BRACKETS = re.compile(r"^.*\(([A-Z]{2,8})\) (\S.*)$", re.DOTALL)
_STATE_KINDS = frozenset({"state", "adjective", "people", "capital"})


@dataclass(slots=True)
class Draft:
    """A mention while the report is read."""

    start: int
    end: int
    head: int
    label: str
    entities: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    use: Use = Use.OTHER
    rule: str = ""
    note: str = ""
    spans: tuple[Span, ...] = ()
    plural: bool = False
    nominal: Nominal | None = None


@dataclass(slots=True)
class Reading:
    """What is known of a report while its actors are found; entities only grow."""

    parsed: Parsed
    founds: list[Found]
    people: People
    entities: dict[str, Entity] = field(default_factory=dict)
    person_ids: list[str] = field(default_factory=list)
    mentioned: Counter[str] = field(default_factory=Counter)
    by_start: dict[int, Found] = field(default_factory=dict)
    by_end: dict[int, Found] = field(default_factory=dict)
    units: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    roles: dict[int, Role] = field(default_factory=dict)
    person_at: dict[str, int] = field(default_factory=dict)
    group_of: dict[str, str] = field(default_factory=dict)
    group_tails: dict[str, str] = field(default_factory=dict)
    times_named: Counter[str] = field(default_factory=Counter)

    def text(self, start: int, end: int) -> str:
        """The words of tokens ``start`` to ``end``."""
        return self.parsed.span(start, end).exact

    def add(self, entity: Entity) -> str:
        """Keep an entity unless one of its id is kept; its id."""
        if entity.id not in self.entities:
            self.entities[entity.id] = entity
            if entity.kind in {EntityKind.GROUP, EntityKind.ORGANISATION} and entity.parties == (
                entity.name,
            ):
                self.group_of.setdefault(entity.name, entity.id)
            if entity.kind is EntityKind.GROUP:
                for tail in _tails(entity.name.lower()):
                    self.group_tails.setdefault(tail, entity.id)
        return entity.id

    def person(self, key: str) -> Person:
        """The person behind an entity's id."""
        return self.people.persons[self.person_at[key]]


def _tails(name: str) -> list[str]:
    """What a name ends with: "darfur rebel groups" gives "rebel groups" and "groups"."""
    words_of_name = name.split(" ")
    return [" ".join(words_of_name[i:]) for i in range(1, min(len(words_of_name), 6))]


def begin(parsed: Parsed, founds: list[Found], people: People) -> Reading:
    """A reading with its persons as entities."""
    reading = Reading(parsed, founds, people, units=units(parsed))
    reading.starts = [found.start for found in founds]
    reading.roles = {founds[i].start: role for i, role in people.roles.items()}
    for found in founds:
        reading.by_start[found.start] = found
        reading.by_end[found.end] = found
        reading.mentioned.update(party for hit in found.inner for party in hit.sense.parties)
    for person in people.persons:
        key = f"person:{slug(person.name)}"
        while key in reading.entities:
            key += "-2"
        office = person.office_words or None
        if person.former and office is None and person.roles:
            office = f"former {person.roles[0].words}"
        reading.person_at[key] = len(reading.person_ids)
        reading.person_ids.append(key)
        reading.add(
            Entity(key, EntityKind.PERSON, person.name, person.parties, office, reasons=tuple(person.reasons))
        )
    return reading


def state_entity(reading: Reading, code: str) -> str:
    """The entity of a party code, made from the tables where it is new."""
    state = states().get(code)
    if state is None:
        if code in reading.group_of:
            return reading.group_of[code]
        kind = EntityKind.GROUP if code in group_names() else EntityKind.ORGANISATION
        return reading.add(Entity(f"{kind.value}:{slug(code)}", kind, code, (code,)))
    return reading.add(
        Entity(f"state:{code}", EntityKind.STATE, state.name, (code,), country=code, granularity="country")
    )


def only_group(reading: Reading) -> str | None:
    """The one armed group or movement that the report names, before or after."""
    named = {
        hit.sense.parties for found in reading.founds for hit in found.inner if hit.sense.kind == "group"
    }
    if len(named) != 1:
        return None
    parties = next(iter(named))
    return state_entity(reading, parties[0]) if len(parties) == 1 else None


def draft_names(reading: Reading) -> list[Draft]:
    """A draft for each name, in order."""
    drafts = [_draft(reading, i, found) for i, found in enumerate(reading.founds)]
    for earlier, later in pairwise(drafts):
        _in_list(reading, earlier, later)
    return drafts


def _in_list(reading: Reading, earlier: Draft, later: Draft) -> None:
    """A place right after another in a list is used as that one ("to Wellington, Suva and Honiara")."""
    if later.label not in {"GPE", "LOC"} or not later.entities:
        return
    between = {token.lower for token in reading.parsed.tokens[earlier.end : later.start]}
    if (
        not between
        or not between <= {",", ";", "and", "or", "then", "the"}
        or not later.rule.endswith(("unclear", "adverbial", "bare-name"))
    ):
        return
    found = reading.by_start[later.start]
    if (
        earlier.use is Use.PARTY
        and earlier.label == "GPE"
        and found.sense is not None
        and found.sense.kind == "capital"
    ):
        later.use, later.rule, later.parties = Use.PARTY, "actor.metonym.capital-in-list", found.sense.parties
        later.entities = (state_entity(reading, found.sense.parties[0]),)
    elif earlier.use is Use.MODIFIER and earlier.rule.endswith(".of"):
        later.use, later.rule = Use.MODIFIER, earlier.rule
    elif earlier.use is Use.PLACE:
        later.use, later.rule = Use.PLACE, "actor.place.in-list"
        if later.entities and reading.entities[later.entities[0]].kind is EntityKind.STATE:
            later.parties = ()


def _draft(reading: Reading, i: int, found: Found) -> Draft:
    draft = Draft(found.start, found.end, head_of(reading.parsed, found.start, found.end), found.label)
    if found.label == "PER":
        _draft_person(reading, i, draft)
    elif found.label == "ROLE":
        _draft_role(reading, i, draft)
    elif found.label in {"GPE", "LOC"}:
        _draft_place(reading, found, draft)
    elif found.label == "NORP":
        _draft_nation(reading, found, draft)
    elif found.label == "ORG":
        _draft_body(reading, found, draft)
    elif found.label == "FORUM":
        _draft_forum(reading, found, draft)
    else:
        name = reading.text(found.start, found.end)
        draft.entities = (reading.add(Entity(f"document:{slug(name)}", EntityKind.DOCUMENT, name)),)
        draft.use, draft.rule = Use.DOCUMENT, "actor.document"
    return draft


def _draft_person(reading: Reading, i: int, draft: Draft) -> None:
    index = reading.people.of_find.get(i)
    draft.use, draft.rule = Use.PARTY, "actor.person.name"
    if index is None:
        draft.rule = "actor.person.unreadable"
        return
    key = reading.person_ids[index]
    draft.entities = (key,)
    draft.parties = reading.entities[key].parties
    draft.note = f"names {reading.entities[key].name}"


def _draft_role(reading: Reading, i: int, draft: Draft) -> None:
    """A role next to a name is the person's; others wait for coreference with the parties they name."""
    role = reading.people.roles[i]
    index = reading.people.of_find.get(i)
    draft.use, draft.plural = Use.PARTY, role.plural
    if index is not None:
        key = reading.person_ids[index]
        draft.entities = (key,)
        draft.parties = reading.entities[key].parties
        draft.rule, draft.note = "actor.role.beside-name", f"the office of {reading.entities[key].name}"
        return
    if role.former or role.acts == "none":
        draft.rule, draft.note = "actor.role.private", "no longer, or not, in anybody's name"
        return
    draft.parties = role.parties
    draft.entities = tuple(state_entity(reading, party) for party in role.parties)
    draft.rule, draft.note = "actor.role.nation", "for the party that the role names"


def _goes_on(reading: Reading, end: int) -> bool:
    """Whether a list of names goes on at token ``end``: what stands before is no city with its state."""
    tokens = reading.parsed.tokens
    at = end
    while at < len(tokens) and at - end < 3 and tokens[at].lower in {",", "and", "the", "or"}:
        at += 1
    return at > end and at in reading.by_start and reading.by_start[at].label == "GPE"


def stated_country(reading: Reading, end: int, *, known: bool) -> str | None:
    """
    The state named right after a place ("Santiago, Chile", "Crawford, Texas", "Tripoli in Lebanon").

    Where the tables do not know the place, a list of names ("the Koreas, China and Russia") is none.
    """
    tokens = reading.parsed.tokens
    if end + 1 >= len(tokens) or tokens[end].lower not in {",", "in", "("}:
        return None
    found = reading.by_start.get(end + 1)
    if (
        found is None
        or found.sense is None
        or found.label not in {"GPE", "LOC"}
        or tokens[end].sentence != tokens[end - 1].sentence
    ):
        return None
    if not known and _goes_on(reading, found.end):
        return None
    return found.sense.country if found.sense.kind in {"state", "region"} else None


def _follows_city(reading: Reading, found: Found) -> bool:
    """Whether a state's name only says where the place before it lies."""
    tokens = reading.parsed.tokens
    if found.start < 2 or tokens[found.start - 1].lower != ",":
        return False
    before = reading.by_end.get(found.start - 1)
    if before is None or before.label not in {"GPE", "LOC"} or found.sense is None:
        return False
    if before.sense is not None and before.sense.kind == "state":
        return False
    if before.sense is None or before.sense.country == found.sense.country:
        return before.sense is not None or not _goes_on(reading, found.end)
    return False


def _draft_place(reading: Reading, found: Found, draft: Draft) -> None:
    parsed, sense = reading.parsed, found.sense
    kind = sense.kind if sense is not None else ""
    if kind == "faction":
        _draft_faction(reading, found, draft)
        return
    city = kind in {"capital", "city", "site", "metonym"} or (not kind and found.label == "GPE")
    named_next = found.end in reading.by_start and reading.by_start[found.end].label in {"PER", "ROLE", "ORG"}
    use, rule = place_use(
        parsed, found.start, found.end, draft.head, city=city, named_next=named_next and kind != "state"
    )
    if _follows_city(reading, found):
        use, rule = Use.PLACE, "after-city"
    elif _dateline(parsed, found):
        use, rule = Use.PLACE, "dateline"
    if kind == "state" and sense is not None:
        draft.entities = (state_entity(reading, sense.parties[0]),)
        draft.parties = () if use is Use.PLACE else sense.parties
        draft.use, draft.rule = use, f"actor.state.{rule}"
        return
    if kind == "capital" and sense is not None and _acts(use, rule):
        draft.entities = (state_entity(reading, sense.parties[0]),)
        draft.parties, draft.use = sense.parties, use
        draft.rule, draft.note = f"actor.metonym.capital-as-{rule}", f"the government of {sense.name}"
        return
    if kind == "metonym" and sense is not None and use is not Use.PLACE:
        _draft_body(reading, found, draft)
        return
    where = _where(reading, found)
    draft.entities = (
        reading.add(
            Entity(
                f"place:{slug(where.name)}",
                EntityKind.PLACE,
                where.name,
                country=where.country,
                granularity=where.granularity,
                reasons=(Reason(where.rule, f"in {where.country}" if where.country else "state not known"),),
            )
        ),
    )
    draft.use = Use.OTHER if use is Use.PARTY else use
    draft.rule = f"actor.place.{rule}"


def _where(reading: Reading, found: Found) -> Where:
    """The place that a name stands for; an airport or palace named after a city stands for the city."""
    name, sense = reading.text(found.start, found.end), found.sense
    hit = found.inner[0] if sense is None and len(found.inner) == 1 else None
    after_city = hit is not None and hit.sense.kind in {"city", "capital"}
    if hit is not None and after_city and reading.parsed.tokens[found.end - 1].lower in _SITES:
        within = reading.text(hit.start_token, hit.end_token)
        return place_of(within, hit.sense, stated=None, mentioned=reading.mentioned, label="GPE")
    stated = stated_country(reading, found.end, known=sense is not None)
    if stated is None and hit is not None:
        stated = hit.sense.country
    return place_of(name, sense, stated=stated, mentioned=reading.mentioned, label=found.label)


def _acts(use: Use, rule: str) -> bool:
    """Whether a capital stands for its government in this use."""
    return use is Use.PARTY or (use is Use.MODIFIER and rule == "possessive")


def _dateline(parsed: Parsed, found: Found) -> bool:
    """Whether a place opens a paragraph as a dateline ("GENEVA (AP) -", "VIENNA, 13 January -")."""
    tokens = parsed.tokens
    sentence = parsed.sentences[tokens[found.start].sentence]
    if found.start != sentence.start_token or found.end >= len(tokens):
        return False
    window = tokens[found.end : found.end + 10]
    dash = next((k for k, token in enumerate(window) if token.text in {"-", "–", "—", "--"}), None)
    return (
        dash is not None
        and (dash == 0 or tokens[found.end].text in {"(", ",", "/"})
        and tokens[found.start].text.isupper()
    )


def _draft_faction(reading: Reading, found: Found, draft: Draft) -> None:
    """A people or breakaway entity that may be a party, or a word for peoples that is none."""
    sense = found.sense
    if sense is None or not sense.parties:
        draft.use, draft.rule = Use.MODIFIER, "actor.people.no-party"
        return
    draft.entities = tuple(state_entity(reading, party) for party in sense.parties)
    use, rule = place_use(reading.parsed, found.start, found.end, draft.head, city=False)
    draft.use = use
    draft.parties = () if use is Use.PLACE else sense.parties
    draft.rule = f"actor.people.{rule}"


def _stands_free(reading: Reading, found: Found) -> bool:
    """Whether no noun or further nation follows a state's name that the model took for an adjective."""
    tokens = reading.parsed.tokens
    at = found.end
    if at >= len(tokens) or tokens[at].sentence != tokens[found.start].sentence:
        return True
    while at + 1 < len(tokens) and tokens[at].lower in {"and", ",", "or"}:
        at += 1
    follows = reading.by_start.get(at)
    if at > found.end:
        return follows is None or follows.label != "NORP"
    return not tokens[at].tag.startswith(("NN", "JJ", "VBG", "VBN", "HYPH", "CD", "POS"))


def _draft_nation(reading: Reading, found: Found, draft: Draft) -> None:
    """Adjectives qualify ("Russian proposals"); nouns for a people act ("the Palestinians")."""
    sense = found.sense
    name = reading.text(found.start, found.end)
    if sense is None and name.lower() in nouns() and nouns()[name.lower()] == "armed":
        draft.entities = (reading.add(Entity(f"group:{slug(name)}", EntityKind.GROUP, name, (name,))),)
        draft.parties, draft.use, draft.rule, draft.plural = (name,), Use.PARTY, "actor.group.own-words", True
        return
    if sense is None:
        draft.use, draft.rule = Use.MODIFIER, "actor.nation.unknown"
        return
    if sense.kind == "faction":
        _draft_faction(reading, found, draft)
        return
    if sense.kind == "state" and found.size == 1 and _stands_free(reading, found):
        _draft_place(reading, found, draft)
        return
    parties = (
        tuple(dict.fromkeys(party for hit in found.inner for party in hit.sense.parties)) or sense.parties
    )
    draft.parties = parties
    draft.entities = tuple(state_entity(reading, party) for party in parties)
    token = reading.parsed.tokens[draft.head]
    noun = sense.kind == "people" and (token.tag in {"NNS", "NNPS"} or token.lower.endswith("s"))
    if noun:
        draft.use, rule = place_use(reading.parsed, found.start, found.end, draft.head, city=False)
        draft.use = Use.PARTY if draft.use in {Use.OTHER, Use.PLACE} else draft.use
        draft.rule, draft.plural = f"actor.nation.people-{rule}", True
    else:
        draft.use, draft.rule = Use.MODIFIER, "actor.nation.adjective"


def _draft_body(reading: Reading, found: Found, draft: Draft) -> None:
    parsed, sense = reading.parsed, found.sense
    name = reading.text(found.start, found.end)
    word = preposition(parsed, found.start, draft.head)
    draft.use = (
        Use.MODIFIER
        if is_possessive(parsed, found.end) or _qualifies_noun(reading, found, draft)
        else Use.PARTY
    )
    if (
        sense is not None
        and sense.kind == "metonym"
        and word in word_set("place-prepositions")
        and sense.city
        and draft.use is Use.PARTY
    ):
        where = place_of(name, sense, stated=None, mentioned=reading.mentioned, label="LOC")
        draft.entities = (
            reading.add(
                Entity(
                    f"place:{slug(where.name)}",
                    EntityKind.PLACE,
                    where.name,
                    country=where.country,
                    granularity="city",
                )
            ),
        )
        draft.use, draft.rule, draft.note = Use.PLACE, "actor.place.metonym", f"{name} stands in {where.name}"
        return
    kind, name, parties, rule = _body(reading, found, name)
    draft.parties, draft.rule = parties, rule
    draft.entities = (
        reading.add(
            Entity(
                f"{kind.value}:{slug(name)}", kind, name, parties, country=sense.country if sense else None
            )
        ),
    )


def _qualifies_noun(reading: Reading, found: Found, draft: Draft) -> bool:
    tokens = reading.parsed.tokens
    if found.end >= len(tokens):
        return False
    token = tokens[draft.head]
    return (
        token.head >= found.end
        and token.dep in {"compound", "amod", "nmod:desc", "nmod"}
        and tokens[found.end].tag in {"NN", "NNS", "NNP", "NNPS", "HYPH"}
    )


def _body(reading: Reading, found: Found, name: str) -> tuple[EntityKind, str, tuple[str, ...], str]:
    """Kind, short name and parties of an organisation, and the rule."""
    sense = found.sense
    if sense is not None and sense.kind != "domestic" and sense.kind not in _STATE_KINDS:
        if sense.kind in {"group", "faction"}:
            return EntityKind.GROUP, sense.name, sense.parties, "actor.group.known"
        rule = "actor.metonym.house" if sense.kind == "metonym" else f"actor.body.{sense.kind}"
        return EntityKind.ORGANISATION, sense.name, sense.parties, rule
    lower = words(name)
    last = lower[-1] if lower else ""
    band = last in word_set("bands") or bool(
        word_set("own-army").intersection(name.lower().split()) and last in {"army", "forces", "force"}
    )
    if band and not (
        last == "army" and found.inner and not word_set("own-army").intersection(name.lower().split())
    ):
        return EntityKind.GROUP, name, (name,), "actor.group.own-name"
    parties = _nations_inside(found)
    institution = bool(word_set("institutions").intersection(lower))
    if institution and parties:
        return EntityKind.ORGANISATION, name, parties, "actor.body.institution"
    if institution and not found.inner:
        parties = (
            nation_before(reading.parsed, reading.by_end, found.start)[0]
            or nation_after(reading.parsed, reading.by_start, found.end, capitals=True)[0]
        )
        if parties:
            return EntityKind.ORGANISATION, name, parties, "actor.body.nation-beside"
    if (
        found.inner
        and found.inner[0].sense.kind in {"organisation", "office", "group"}
        and last not in word_set("domestic-bodies")
    ):
        return EntityKind.ORGANISATION, name, found.inner[0].sense.parties, "actor.body.part-of"
    return EntityKind.ORGANISATION, name, (), "actor.body.own-name"


def _nations_inside(found: Found) -> tuple[str, ...]:
    """Parties of states and bodies in an institution's name ("Russian and Turkish defence ministries")."""
    named = [
        hit.sense
        for hit in found.inner
        if hit.sense.kind in _STATE_KINDS | {"organisation", "office", "group", "faction", "metonym"}
    ]
    return tuple(dict.fromkeys(party for sense in named for party in sense.parties))


def _draft_forum(reading: Reading, found: Found, draft: Draft) -> None:
    """A forum with its fixed members, else with the parties that its name holds ("US-EU summit")."""
    sense = found.sense
    name = reading.text(found.start, found.end)
    known = sense is not None and sense.kind == "forum"
    if sense is not None and known:
        parties, rule = sense.parties, "actor.forum.members"
    else:
        parties, rule = _forum_parties(reading, found), "actor.forum.name"
    name = _SHORT_IN_BRACKETS.sub(r"\1 \2", name)
    key = f"forum:{slug(sense.name if sense is not None and known else name)}"
    country, reasons = _seat_in_name(reading, found)
    entity = Entity(key, EntityKind.FORUM, name, parties, country=country, reasons=reasons)
    draft.entities = (reading.add(entity),)
    draft.parties, draft.use, draft.rule = parties, Use.FORUM, rule


def _seat_in_name(reading: Reading, found: Found) -> tuple[str | None, tuple[Reason, ...]]:
    """Country and, as a reason, the city that a forum is named after ("Camp David peace talks")."""
    if found.sense is not None or not found.inner or found.inner[0].start_token != found.start:
        return None, ()
    hit = found.inner[0]
    if hit.sense.kind not in {"city", "capital", "site"}:
        return None, ()
    city = reading.text(hit.start_token, hit.end_token)
    span = reading.parsed.span(hit.start_token, hit.end_token)
    return hit.sense.country, (Reason("actor.forum.city", city, (span,)),)


def _forum_parties(reading: Reading, found: Found) -> tuple[str, ...]:
    parties: list[str] = []
    for hit in found.inner:
        before = reading.parsed.tokens[hit.start_token - 1].lower if hit.start_token > found.start else ""
        if before in {"on", "in", "for", "about"} or hit.sense.kind in {"capital", "city", "region", "area"}:
            continue
        parties += [party for party in hit.sense.parties if party not in parties]
    return tuple(parties)
