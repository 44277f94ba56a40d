"""Noun phrases as drafts: "Russian officials" act for Russia, "Darfur rebels" keep their words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dragoman.actors.fold import slug
from dragoman.actors.history import BAND_REACH, FARTHEST
from dragoman.actors.names import Found
from dragoman.actors.nominals import Nominal
from dragoman.actors.resolve import Draft, Reading, only_group, state_entity
from dragoman.actors.tables import pairing, states
from dragoman.model import Entity, EntityKind, Use

# People of a group, after the word that says which.
_MEMBERS = frozenset(
    {
        "leaders",
        "leader",
        "negotiators",
        "representatives",
        "delegation",
        "delegations",
        "envoys",
        "commanders",
        "officials",
    }
)


def draft_nominals(reading: Reading, nominals: Sequence[Nominal], drafts: list[Draft]) -> list[Draft]:
    """Drafts for noun phrases, with those names left out that a phrase covers."""
    covered = {index for nominal in nominals for index in nominal.inside}
    kept = [draft for i, draft in enumerate(drafts) if i not in covered]
    taken = {i for draft in kept for i in range(draft.start, draft.end)}
    for nominal in nominals:
        if taken.intersection(range(nominal.start, nominal.end)):
            continue
        kept.append(_nominal(reading, nominal, drafts))
    return sorted(kept, key=lambda draft: draft.start)


def _nominal(reading: Reading, nominal: Nominal, names: Sequence[Draft]) -> Draft:
    draft = Draft(nominal.start, nominal.end, nominal.head, "NOM", use=Use.PARTY, nominal=nominal)
    token = reading.parsed.tokens[nominal.head]
    draft.plural = token.tag in {"NNS", "NNPS"}
    if nominal.kind == "armed":
        _armed(reading, nominal, draft, names)
    elif nominal.kind == "kind":
        name = reading.text(nominal.start, nominal.end)
        draft.entities = (reading.add(Entity(f"group:{slug(name)}", EntityKind.GROUP, name, (name,))),)
        draft.parties, draft.rule = (name,), "actor.group.kind"
    elif nominal.nations:
        parties = _parties(reading, nominal)
        draft.parties = parties
        draft.entities = tuple(state_entity(reading, party) for party in parties)
        draft.rule, draft.note = (
            f"actor.nominal.{nominal.kind}",
            "acts for the nation or body that qualifies it",
        )
        draft.spans = tuple(
            reading.parsed.span(reading.founds[i].start, reading.founds[i].end) for i in nominal.nations
        )
    return draft


def _adjective(reading: Reading, found: Found) -> str:
    """What a group of a state or region is called by: "Ivorian", "Aceh"."""
    sense = found.sense
    state = states().get(sense.parties[0]) if sense is not None and sense.kind == "state" else None
    if state is not None and state.adjectives:
        return state.adjectives[0]
    return reading.text(found.start, found.end)


def _parties(reading: Reading, nominal: Nominal) -> tuple[str, ...]:
    parties: list[str] = []
    for index in nominal.nations:
        found = reading.founds[index]
        senses = [hit.sense for hit in found.inner] or ([found.sense] if found.sense is not None else [])
        parties += [party for sense in senses for party in sense.parties if party not in parties]
    return tuple(parties)


def _armed(reading: Reading, nominal: Nominal, draft: Draft, names: Sequence[Draft]) -> None:
    """Rebels with a nation, region or people: the group the report names, else a group of its own words."""
    beside = reading.by_start.get(nominal.end)
    if beside is not None and beside.sense is not None and beside.sense.kind == "group":
        draft.entities = tuple(state_entity(reading, party) for party in beside.sense.parties)
        draft.parties, draft.rule, draft.note = (
            beside.sense.parties,
            "actor.group.named-beside",
            "the name follows at once",
        )
        return
    known = _known_group(reading, nominal)
    if known is not None:
        draft.entities, draft.parties = (known,), reading.entities[known].parties
        draft.rule, draft.note = (
            "actor.group.named-in-report",
            f"the report names {reading.entities[known].name}",
        )
        return
    founds = [reading.founds[i] for i in nominal.nations]
    if founds and founds[0].sense is not None and founds[0].sense.kind == "group":
        sense = founds[0].sense
        draft.entities = tuple(state_entity(reading, party) for party in sense.parties)
        draft.parties, draft.rule = sense.parties, "actor.group.known"
        return
    words = _group_words(reading, nominal)
    fights = any(word in words.lower() for word in ("rebel", "insurgent", "separatist", "guerrilla"))
    before = None if nominal.nations else _group_before(reading, words)
    if before is None and fights and not nominal.nations:
        before = only_group(reading)
    if before is not None:
        draft.entities, draft.parties = (before,), reading.entities[before].parties
        draft.rule, draft.note = (
            "actor.group.named-in-report",
            f"the report named {reading.entities[before].name}",
        )
        return
    if nominal.nations and not nominal.inside:
        words = f"{_adjective(reading, founds[0])} {words[0].lower()}{words[1:]}"
    if words.lower() == "opposition":
        words = _of_last_state(reading, nominal, names, words)
    name = words.removeprefix("the ").strip()
    region = _region_before(reading, nominal, names) if fights and not nominal.nations else None
    if region is not None:
        name = f"{region} {name[0].lower()}{name[1:]}"
    draft.entities = (reading.add(Entity(f"group:{slug(name)}", EntityKind.GROUP, name, (name,))),)
    draft.parties, draft.rule = (name,), "actor.group.own-words"
    draft.note = "a party that the report names only by kind keeps its words"


def _group_words(reading: Reading, nominal: Nominal) -> str:
    """A group's own words without those for its people: "Muslim rebel leaders" are Muslim rebels."""
    tokens = reading.parsed.tokens
    words = reading.text(nominal.start, nominal.end)
    if tokens[nominal.head].lower in _MEMBERS and nominal.head > nominal.start:
        words = reading.text(nominal.start, nominal.head)
        return words if words.lower().endswith(("opposition", "s", "islamic")) else f"{words}s"
    return words


def _of_last_state(reading: Reading, nominal: Nominal, names: Sequence[Draft], words: str) -> str:
    """ "Opposition" with the adjective of the last state named shortly before."""
    here = reading.units[nominal.start]
    for draft in _names_before(reading, nominal, names, here - 1):
        codes = [
            reading.entities[key].country
            for key in draft.entities
            if reading.entities[key].kind is EntityKind.STATE
        ]
        state = states().get(codes[0] or "") if codes else None
        if state is not None and state.adjectives and draft.label in {"GPE", "NORP"}:
            return f"{state.adjectives[0]} {words}"
    return words


def _group_before(reading: Reading, words: str) -> str | None:
    """A group of own words named before that ends with these words ("Darfur rebels", then "rebels")."""
    return reading.group_tails.get(words.lower())


def _region_before(reading: Reading, nominal: Nominal, names: Sequence[Draft]) -> str | None:
    """The last region of a state named shortly before "rebel groups" without more, for which they fight."""
    here = reading.units[nominal.start]
    near = _names_before(reading, nominal, names, here - BAND_REACH)
    regions = [reading.entities[key] for draft in near for key in draft.entities if draft.label == "GPE"]
    regions = [entity for entity in regions if entity.granularity == "region" and entity.country]
    spoken = {party for draft in near if reading.units[draft.start] >= here - 1 for party in draft.parties}
    regions = [entity for entity in regions if entity.country in spoken]
    return regions[0].name if regions else None


def _names_before(reading: Reading, nominal: Nominal, names: Sequence[Draft], unit: int) -> list[Draft]:
    """Names before a phrase down to a unit of speech, nearest first."""
    near: list[Draft] = []
    for i in range(bisect_left(reading.starts, nominal.start) - 1, -1, -1):
        if reading.units[names[i].start] < unit or len(near) >= FARTHEST:
            break
        near.append(names[i])
    return near


def _known_group(reading: Reading, nominal: Nominal) -> str | None:
    """The group that "Kurdish rebels" means, where the report names one of those it may mean."""
    if reading.parsed.tokens[nominal.head].lower.startswith("faction"):
        return None
    for index in nominal.nations:
        found = reading.founds[index]
        for group in pairing("rebels-of").get(reading.text(found.start, found.end), ()):
            if group in reading.group_of:
                return reading.group_of[group]
    return None
