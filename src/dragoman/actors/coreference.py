"""What offices and noun phrases without a name refer to: the minister, the rebels, his country."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dragoman.actors.history import BAND_REACH, PRONOUN_REACH, recent, refer
from dragoman.actors.nominals import Nominal
from dragoman.actors.pairs import link_numbered, link_pair
from dragoman.actors.people import may_be, of_same_office, publisher_party
from dragoman.actors.pronouns import link_pronoun
from dragoman.actors.resolve import Draft, Reading, only_group, state_entity
from dragoman.actors.tables import group_names, offices, word_set
from dragoman.model import EntityKind, Use

NATO = "organisation:nato"


def link(reading: Reading, drafts: list[Draft]) -> None:
    """Settle, in order of the text, what every draft without a referent refers to."""
    history: list[Draft] = []
    by_start = {draft.start: draft for draft in drafts}
    for draft in drafts:
        if draft.label == "ROLE" and draft.rule in {"actor.role.nation", ""}:
            _link_role(reading, draft, history)
        elif draft.nominal is not None and not draft.entities:
            _link_nominal(reading, draft, history)
        elif draft.label == "PRON":
            link_pronoun(reading, draft, history)
        if draft.nominal is not None and draft.nominal.kind in {"counterpart", "agents"}:
            _link_counterpart(reading, draft, by_start)
        history.append(draft)
        if draft.label in {"PER", "PRON"}:
            reading.times_named.update(key for key in draft.entities if key in reading.person_at)
    for draft in drafts:
        if draft.plural and len(draft.parties) > 1 and draft.label in {"NOM", "ROLE"}:
            _name_holders(reading, draft)
    link_numbered(reading, drafts)
    for draft in drafts:  # what was learnt of a person late holds for the mentions before
        if len(draft.entities) == 1 and draft.entities[0] in reading.person_at:
            draft.parties = reading.entities[draft.entities[0]].parties


def _link_role(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    """An office without a name beside it: whoever the report gives that office, of that nation."""
    role = reading.roles.get(draft.start)
    if role is None:
        return
    before_word = reading.parsed.tokens[draft.start - 1].lower if draft.start else ""
    if before_word in {"mr", "mr.", "madam", "madame"} and not role.parties:
        draft.rule, draft.note = "actor.role.address", "spoken to somebody whom the words do not name"
        return
    if role.plural:
        definite = before_word in {"the", "both", "two", "all", "three"} or draft.start == 0
        if definite and not draft.parties and role.office and role.acts == "state":
            draft.nominal = Nominal(draft.start, draft.end, draft.head, "pair", count=2)
            link_pair(reading, draft, history)
        return
    before = bisect_left(reading.starts, draft.start)
    if role.parties:
        found = of_same_office(reading.people, role.parties, role.office, before)
        if len(found) == 1:
            refer(
                reading,
                draft,
                found[0],
                "actor.role.person-of-office",
                "whoever holds the office in this report",
            )
        return
    named: dict[str, int] = {}
    for earlier in recent(reading, draft, history, BAND_REACH):
        for key in earlier.entities:
            if reading.entities[key].kind is EntityKind.PERSON:
                person = reading.person(key)
                if may_be(person, role.office):
                    named[key] = named.get(key, 0) + 1
    if named:
        most = max(named, key=lambda key: named[key])  # the latest named of those named as often
        refer(
            reading,
            draft,
            reading.person_at[most],
            "actor.role.most-named",
            "the person of that office named most before",
        )
    elif not role.parties and role.acts == "state" and not role.former:
        party = publisher_party(reading.parsed)
        if party:
            draft.parties, draft.entities = (party,), (state_entity(reading, party),)
            draft.rule, draft.note = "actor.role.publisher", "a government's own report speaks of its own"


def _name_holders(reading: Reading, draft: Draft) -> None:
    """ "The presidents of Malawi and Zambia": the persons of that office, if it names one for each."""
    role = reading.roles.get(draft.start)
    noun = reading.parsed.tokens[draft.head].lower
    office = role.office if role is not None else offices().get(noun, ("", ""))[0]
    if not office or reading.person_at.keys() & set(draft.entities):
        return
    chosen = []
    for party in draft.parties:
        held = of_same_office(reading.people, (party,), office, len(reading.founds))
        if len(held) != 1:
            return
        chosen.append(reading.person_ids[held[0]])
    if len(set(chosen)) == len(draft.parties):
        draft.entities = tuple(chosen)
        draft.rule, draft.note = (
            "actor.role.holders",
            "the report names one holder of the office for each party",
        )


def _link_nominal(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    kind = draft.nominal.kind if draft.nominal is not None else ""
    if kind == "pair":
        link_pair(reading, draft, history)
    elif kind == "band" and draft.nominal is not None and _plain_group(reading, draft.nominal):
        _link_one(reading, draft, history, {EntityKind.GROUP, EntityKind.ORGANISATION}, PRONOUN_REACH)
    elif kind == "band":
        _link_one(reading, draft, history, {EntityKind.GROUP}, BAND_REACH)
        only = None if draft.entities else only_group(reading)
        if only is not None:
            draft.entities, draft.parties = (only,), reading.entities[only].parties
            draft.rule, draft.note = "actor.nominal.only-group", "the one group that the report names"
    elif kind == "own":
        _link_own(reading, draft, history)
    elif kind == "land":
        _link_one(reading, draft, history, {EntityKind.STATE}, PRONOUN_REACH)
    elif kind == "union" and reading.parsed.tokens[draft.head].lower in word_set("nato-nouns"):
        _link_alliance(reading, draft, history)
    elif kind == "union":
        _link_one(reading, draft, history, {EntityKind.ORGANISATION}, PRONOUN_REACH)
    if not draft.rule:
        draft.rule = f"actor.{kind or 'nominal'}.undecided"


def _link_alliance(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    """ "The alliance", "the allies": NATO where the report has named it, else another alliance."""
    named = next((earlier for earlier in reversed(history) if NATO in earlier.entities), None)
    if named is not None:
        draft.entities, draft.parties = (NATO,), reading.entities[NATO].parties
        draft.rule, draft.note = "actor.union.nato", "the report has named NATO"
        draft.spans = (reading.parsed.span(named.start, named.end),)
    elif reading.parsed.tokens[draft.head].lower == "alliance":
        _link_one(reading, draft, history, {EntityKind.ORGANISATION}, PRONOUN_REACH)


def _plain_group(reading: Reading, nominal: Nominal) -> bool:
    """Whether "the group" stands without a word for arms: any body may be meant."""
    tokens = reading.parsed.tokens
    before = tokens[nominal.head - 1].lower if nominal.head else ""
    return tokens[nominal.head].lower == "group" and before not in word_set("armed-words")


def _link_one(
    reading: Reading, draft: Draft, history: Sequence[Draft], kinds: set[EntityKind], reach: int
) -> None:
    """The last actor of a kind; a state only where one alone acts nearby."""
    land = EntityKind.STATE in kinds and reading.parsed.tokens[draft.head].lower != "government"
    government = EntityKind.STATE in kinds and not land
    bands = EntityKind.GROUP in kinds
    if kinds == {EntityKind.GROUP}:
        known = _known_before(reading, recent(reading, draft, history, reach))
        if known is not None:
            draft.entities, draft.parties = (known,), reading.entities[known].parties
            draft.rule, draft.note = (
                "actor.nominal.last-group",
                f"the last group named: {reading.entities[known].name}",
            )
            return
    for earlier in recent(reading, draft, history, reach):
        entities = [
            key
            for key in earlier.entities
            if (reading.entities[key].kind in kinds and not (bands and _governs(reading.entities[key].name)))
            or (government and _governs(reading.entities[key].name))
        ]
        if land and earlier.label != "GPE":
            continue
        if entities and (land or earlier.use is not Use.PLACE) and reading.entities[entities[-1]].parties:
            draft.entities, draft.parties = (entities[-1],), reading.entities[entities[-1]].parties
            draft.rule, draft.note = (
                "actor.nominal.last-of-kind",
                f"the last named: {reading.entities[entities[-1]].name}",
            )
            draft.spans = (reading.parsed.span(earlier.start, earlier.end),)
            return


def _governs(name: str) -> bool:
    """Whether an organisation's name is that of a government or ministry."""
    return name.lower().endswith(("government", "ministry", "administration", "parliament"))


def _known_before(reading: Reading, near: Sequence[Draft]) -> str | None:
    """The last group with a name of its own; groups named by kind alone come after it."""
    for earlier in near:
        for key in earlier.entities:
            entity = reading.entities[key]
            if entity.kind is EntityKind.GROUP and (entity.name in group_names() or earlier.label == "ORG"):
                return key
    return None


def _link_own(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    """ "His country", "their government": the party that the owner acts for."""
    owner = (
        history[-1] if history and history[-1].end == draft.start and history[-1].label == "PRON" else None
    )
    if owner is None or not owner.parties:
        return
    draft.parties = owner.parties
    draft.entities = tuple(state_entity(reading, party) for party in owner.parties)
    draft.rule, draft.note, draft.spans = "actor.nominal.owner", "whom its owner acts for", owner.spans


def _link_counterpart(reading: Reading, draft: Draft, by_start: dict[int, Draft]) -> None:
    """ "His Turkish counterpart, X", "a Red Cross official, X": the person named right after."""
    tokens = reading.parsed.tokens
    if draft.plural:
        return
    comma = draft.end < len(tokens) and tokens[draft.end].text == ","
    later = by_start.get(draft.end + comma)
    if later is None or later.label != "PER" or not later.entities:
        return
    key = later.entities[0]
    person = reading.person(key)
    entity = reading.entities[key]
    fresh = draft.nominal is not None and (draft.nominal.kind == "counterpart" or not entity.parties)
    if fresh and draft.parties and not person.stated and draft.parties != entity.parties:
        person.parties, person.stated = draft.parties, True
        reading.entities[key] = replace(entity, parties=draft.parties)
        later.parties = draft.parties
    draft.entities, draft.parties = (key,), reading.entities[key].parties
    draft.rule, draft.note = "actor.nominal.named-beside", f"it is {entity.name}"
