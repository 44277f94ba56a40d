"""What noun phrases, bare offices and pronouns refer to: the rebels, the minister, both sides, he."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.actors.fold import slug
from dragoman.actors.nominals import Nominal
from dragoman.actors.people import may_be, of_same_office, publisher_party
from dragoman.actors.resolve import Draft, Reading, state_entity
from dragoman.actors.syntax import first_conjunct
from dragoman.actors.tables import group_names, pairing, states
from dragoman.model import Entity, EntityKind, Token, Use

# How many sentences back a phrase or pronoun may look.
PAIR_REACH = 4
PRONOUN_REACH = 2
BAND_REACH = 6
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
PRONOUNS = _HE | _SHE | _IT | _THEY
_PEOPLE_PAIRS = frozenset(
    {
        "leaders",
        "ministers",
        "presidents",
        "men",
        "diplomats",
        "officials",
        "heads",
        "chancellors",
        "premiers",
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
    before = None if nominal.nations else _group_before(reading, words)
    if before is not None:
        draft.entities, draft.parties = (before,), reading.entities[before].parties
        draft.rule, draft.note = (
            "actor.group.named-before",
            f"the report named {reading.entities[before].name}",
        )
        return
    if nominal.nations and not nominal.inside:
        words = f"{reading.text(founds[0].start, founds[0].end)} {words}"
    if words.lower() == "opposition":
        words = _of_last_state(reading, nominal, names, words)
    name = words.removeprefix("the ").strip()
    fights = any(word in words.lower() for word in ("rebel", "insurgent", "separatist", "guerrilla"))
    region = _region_before(reading, nominal, names) if fights and not nominal.nations else None
    if region is not None:
        name = f"{region} {name[0].lower()}{name[1:]}"
    draft.entities = (reading.add(Entity(f"group:{slug(name)}", EntityKind.GROUP, name, (name,))),)
    draft.parties, draft.rule = (name,), "actor.group.own-words"
    draft.note = "a party that the report names only by kind keeps its words"


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
    for draft in reversed([draft for draft in names if draft.start < nominal.start]):
        if reading.units[draft.start] < here - 1:
            break
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
    return next(
        (
            k
            for k, e in reading.entities.items()
            if e.kind is EntityKind.GROUP and e.name.lower().endswith(" " + words.lower())
        ),
        None,
    )


def _region_before(reading: Reading, nominal: Nominal, names: Sequence[Draft]) -> str | None:
    """The last region of a state named shortly before "rebel groups" without more, for which they fight."""
    here = reading.units[nominal.start]
    near = [
        draft
        for draft in names
        if draft.start < nominal.start and reading.units[draft.start] >= here - BAND_REACH
    ]
    regions = [reading.entities[key] for draft in near for key in draft.entities if draft.label == "GPE"]
    regions = [entity for entity in regions if entity.granularity == "region" and entity.country]
    spoken = {party for draft in near if reading.units[draft.start] >= here - 1 for party in draft.parties}
    regions = [entity for entity in regions if entity.country in spoken]
    return regions[-1].name if regions else None


def _known_group(reading: Reading, nominal: Nominal) -> str | None:
    """The group that "Kurdish rebels" means, where the report names one of those it may mean."""
    present = {
        party: key for key, e in reading.entities.items() if e.kind is EntityKind.GROUP for party in e.parties
    }
    for index in nominal.nations:
        found = reading.founds[index]
        for group in pairing("rebels-of").get(reading.text(found.start, found.end), ()):
            if group in present:
                return present[group]
    return None


def link(reading: Reading, drafts: list[Draft]) -> None:
    """Settle, in order of the text, what every draft without a referent refers to."""
    history: list[Draft] = []
    for draft in drafts:
        if draft.label == "ROLE" and draft.rule in {"actor.role.nation", ""}:
            _link_role(reading, draft, history)
        elif draft.nominal is not None and not draft.entities:
            _link_nominal(reading, draft, history)
        elif draft.label == "PRON":
            _link_pronoun(reading, draft, history)
        if draft.nominal is not None and draft.nominal.kind == "counterpart":
            _link_counterpart(reading, draft, drafts)
        history.append(draft)


def _sentence(reading: Reading, draft: Draft) -> int:
    return reading.units[draft.start]


def _recent(reading: Reading, draft: Draft, history: Sequence[Draft], reach: int) -> list[Draft]:
    """Drafts before this one, nearest first, at most ``reach`` sentences back."""
    first = _sentence(reading, draft) - reach
    near = []
    for earlier in reversed(history):
        if _sentence(reading, earlier) < first:
            break
        near.append(earlier)
    return near


def _link_role(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    """An office without a name beside it: whoever the report gives that office, of that nation."""
    role = next(
        (role for i, role in reading.people.roles.items() if reading.founds[i].start == draft.start), None
    )
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
            _link_pair(reading, draft, history)
        return
    before = len([f for f in reading.founds if f.start < draft.start])
    if role.parties:
        found = of_same_office(reading.people, role.parties, role.office, before)
        if len(found) == 1:
            _refer(
                reading,
                draft,
                found[0],
                "actor.role.person-of-office",
                "whoever holds the office in this report",
            )
        return
    named: dict[str, int] = {}
    for earlier in _recent(reading, draft, history, BAND_REACH):
        for key in earlier.entities:
            if reading.entities[key].kind is EntityKind.PERSON:
                person = reading.people.persons[reading.person_ids.index(key)]
                if may_be(person, role.office):
                    named[key] = named.get(key, 0) + 1
    if named:
        most = max(named, key=lambda key: named[key])  # the latest named of those named as often
        _refer(
            reading,
            draft,
            reading.person_ids.index(most),
            "actor.role.most-named",
            "the person of that office named most before",
        )
    elif not role.parties and role.acts == "state" and not role.former:
        party = publisher_party(reading.parsed)
        if party:
            draft.parties, draft.entities = (party,), (state_entity(reading, party),)
            draft.rule, draft.note = "actor.role.publisher", "a government's own report speaks of its own"


def _refer(reading: Reading, draft: Draft, person: int, rule: str, note: str) -> None:
    key = reading.person_ids[person]
    draft.entities, draft.parties = (key,), reading.entities[key].parties
    draft.rule, draft.note = rule, note


def _link_nominal(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    kind = draft.nominal.kind if draft.nominal is not None else ""
    if kind == "pair":
        _link_pair(reading, draft, history)
    elif kind == "band":
        _link_one(reading, draft, history, {EntityKind.GROUP}, BAND_REACH)
    elif kind == "own":
        _link_own(reading, draft, history)
    elif kind == "land":
        _link_one(reading, draft, history, {EntityKind.STATE}, PRONOUN_REACH)
    elif kind == "union":
        _link_one(reading, draft, history, {EntityKind.ORGANISATION}, PRONOUN_REACH)
    if not draft.rule:
        draft.rule = f"actor.{kind or 'nominal'}.undecided"


def _link_one(
    reading: Reading, draft: Draft, history: Sequence[Draft], kinds: set[EntityKind], reach: int
) -> None:
    """The last actor of a kind; a state only where one alone acts nearby."""
    land = EntityKind.STATE in kinds and reading.parsed.tokens[draft.head].lower != "government"
    if EntityKind.GROUP in kinds:
        known = _known_before(reading, _recent(reading, draft, history, reach))
        if known is not None:
            draft.entities, draft.parties = (known,), reading.entities[known].parties
            draft.rule, draft.note = (
                "actor.nominal.last-group",
                f"the last group named: {reading.entities[known].name}",
            )
            return
    for earlier in _recent(reading, draft, history, reach):
        entities = [key for key in earlier.entities if reading.entities[key].kind in kinds]
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


def _link_pair(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    """The last so many parties or persons that one sentence names together: "both sides", "the ministers"."""
    nominal = draft.nominal
    asked = nominal.count if nominal is not None else 2
    count = asked or 2
    noun = reading.parsed.tokens[draft.head].lower
    want_people = noun in _PEOPLE_PAIRS
    sentences: dict[int, list[Draft]] = {}
    for earlier in _recent(reading, draft, history, PAIR_REACH):
        sentences.setdefault(_sentence(reading, earlier), []).append(earlier)
    gathered: list[Draft] = []
    for number in sorted(sentences, reverse=True):
        gathered += sentences[number]
        for group in (sentences[number], gathered):
            keys = _distinct(reading, group, people=want_people)
            if not asked and len(keys) > count and group is sentences[number]:
                count = len(keys)
            if len(keys) == count or (want_people and len(keys) > count == 2):
                chosen = _dominant(reading, history, keys, count) if want_people else keys[:count]
                draft.entities = tuple(reversed(chosen))
                draft.parties = tuple(
                    dict.fromkeys(p for key in draft.entities for p in reading.entities[key].parties)
                )
                draft.rule = "actor.pair.last-named"
                draft.note = "the last named together: " + ", ".join(
                    reading.entities[key].name for key in draft.entities
                )
                return
    if noun != "men" and count == 2:
        _pair_of_parties(reading, draft, sentences, count)


def _dominant(reading: Reading, history: Sequence[Draft], keys: list[str], count: int) -> list[str]:
    """
    The persons of a pair: the last named, unless one of them was only mentioned in passing.

    In passing: once, while two others of the report were named twice or more ("informed him about his call
    with X. The two leaders ...").
    """
    chosen = keys[:count]
    times: dict[str, int] = {}
    for earlier in history:
        for key in set(earlier.entities) if earlier.label in {"PER", "PRON"} else ():
            if reading.entities[key].kind is EntityKind.PERSON:
                times[key] = times.get(key, 0) + 1
    passing = [key for key in chosen if times.get(key, 0) <= 1]
    frequent = [key for key, number in sorted(times.items(), key=lambda item: -item[1]) if number > 1][:count]
    return frequent if passing and len(frequent) == count == 2 else chosen


def _pair_of_parties(reading: Reading, draft: Draft, sentences: dict[int, list[Draft]], count: int) -> None:
    """The parties that the report names most, where exactly so many stand out."""
    gathered = [earlier for number in sorted(sentences, reverse=True) for earlier in sentences[number]]
    weights: dict[str, int] = {}
    for earlier in gathered:
        for party in earlier.parties if earlier.use is not Use.PLACE else ():
            weights[party] = weights.get(party, 0) + 1
    ranked = sorted(weights, key=lambda party: -weights[party])
    if len(ranked) == count or (len(ranked) > count and weights[ranked[count - 1]] > weights[ranked[count]]):
        chosen = ranked[:count]
        draft.parties = tuple(chosen)
        draft.entities = tuple(state_entity(reading, party) for party in chosen)
        draft.rule, draft.note = "actor.pair.most-named", "the parties named most before"


def _distinct(reading: Reading, group: Sequence[Draft], *, people: bool) -> list[str]:
    """Entities of a sentence that may make a pair, nearest first, one a party."""
    keys: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for earlier in group:
        if (
            earlier.use in {Use.PLACE, Use.FORUM, Use.DOCUMENT}
            or earlier.label == "PRON"
            or (earlier.nominal and earlier.nominal.kind == "pair")
        ):
            continue
        for key in reversed(earlier.entities):
            entity = reading.entities[key]
            person = entity.kind is EntityKind.PERSON
            if not entity.parties or (people and not person):
                continue
            stands = state_entity(reading, entity.parties[0]) if person and not people else key
            mark = (stands,) if people else reading.entities[stands].parties
            if mark not in seen:
                seen.add(mark)
                keys.append(stands)
    return keys


def _link_counterpart(reading: Reading, draft: Draft, drafts: Sequence[Draft]) -> None:
    """ "His Turkish counterpart, X": the person named right after; without a nation, that person alone."""
    tokens = reading.parsed.tokens
    if draft.plural:
        return
    for later in drafts:
        if later.start < draft.end:
            continue
        between = [token.lower for token in tokens[draft.end : later.start]]
        if len(between) > 1 or (between and between != [","]):
            return
        if later.label == "PER" and later.entities:
            key = later.entities[0]
            person = reading.people.persons[reading.person_ids.index(key)]
            entity = reading.entities[key]
            if draft.parties and not person.stated and draft.parties != entity.parties:
                person.parties, person.stated = draft.parties, True
                reading.entities[key] = replace(entity, parties=draft.parties)
                later.parties = draft.parties
            draft.entities, draft.parties = (key,), reading.entities[key].parties
            draft.rule, draft.note = "actor.counterpart.named", f"the counterpart is {entity.name}"
        return


def draft_pronouns(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Drafts for third-person pronouns, in order with the others."""
    taken = {i for draft in drafts for i in range(draft.start, draft.end)}
    extra = [
        _pronoun(token)
        for token in reading.parsed.tokens
        if token.tag in {"PRP", "PRP$"}
        and token.lower in PRONOUNS
        and token.i not in taken
        and token.dep != "expl"
    ]
    return sorted([*drafts, *extra], key=lambda draft: draft.start)


def _pronoun(token: Token) -> Draft:
    use = Use.MODIFIER if token.tag == "PRP$" else Use.PARTY
    return Draft(token.i, token.i + 1, token.i, "PRON", use=use)


def _link_pronoun(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    word = reading.parsed.tokens[draft.head].lower
    draft.rule = "actor.pronoun.undecided"
    if word in _HE | _SHE:
        _link_he(reading, draft, history, "f" if word in _SHE else "m")
    elif word in _IT:
        _link_subject(reading, draft, history, plural=False)
    else:
        _link_subject(reading, draft, history, plural=True)


def _is_subject(reading: Reading, draft: Draft) -> bool:
    token = reading.parsed.tokens[first_conjunct(reading.parsed, draft.head)]
    return token.dep.startswith("nsubj")


def _link_he(reading: Reading, draft: Draft, history: Sequence[Draft], gender: str) -> None:
    """The last subject of that gender here or shortly before; else the only person of it named there."""
    near = [
        earlier
        for earlier in _recent(reading, draft, history, PRONOUN_REACH)
        if len(earlier.entities) == 1
        and not _own_subject(reading, draft, earlier)
        and reading.entities[earlier.entities[0]].kind is EntityKind.PERSON
        and _gender_of(reading, earlier.entities[0]) in {"", gender}
    ]
    if not near:
        return
    here = _sentence(reading, draft)
    chosen = None
    for number in range(here, here - PRONOUN_REACH - 1, -1):
        inside = [earlier for earlier in near if _sentence(reading, earlier) == number]
        subjects = [earlier for earlier in inside if _is_subject(reading, earlier)]
        everyone = {earlier.entities[0] for earlier in inside}
        if subjects:
            chosen = subjects[0] if number == here else subjects[-1]
        elif len(everyone) == 1:
            chosen = inside[0]
        if chosen is not None or len(everyone) > 1:
            break
    if chosen is None:
        draft.note = "several persons, none a subject"
        return
    key = chosen.entities[0]
    index = reading.person_ids.index(key)
    reading.people.persons[index].gender = reading.people.persons[index].gender or gender
    _refer(
        reading,
        draft,
        index,
        "actor.pronoun.subject",
        f"the last person it may mean: {reading.entities[key].name}",
    )
    draft.spans = (reading.parsed.span(chosen.start, chosen.end),)


def _own_subject(reading: Reading, draft: Draft, earlier: Draft) -> bool:
    """Whether ``earlier`` is subject of the verb whose object the pronoun is: "he informed him" are two."""
    tokens = reading.parsed.tokens
    word = tokens[draft.head]
    if word.tag == "PRP$" or word.dep.startswith("nsubj") or word.lower.endswith("self"):
        return False
    first = tokens[first_conjunct(reading.parsed, earlier.head)]
    return first.dep.startswith("nsubj") and first.head == word.head


def _gender_of(reading: Reading, key: str) -> str:
    return reading.people.persons[reading.person_ids.index(key)].gender


def _link_subject(reading: Reading, draft: Draft, history: Sequence[Draft], *, plural: bool) -> None:
    """The last state or body that acts ("it"), the last plural or coordinated subjects ("they")."""
    here = _sentence(reading, draft)
    near = _recent(reading, draft, history, 1)
    for number in (here, here - 1):
        inside = [
            e for e in near if _sentence(reading, e) == number and e.entities and _is_subject(reading, e)
        ]
        inside = [e for e in inside if _counts(reading, e, plural=plural)]
        if not inside:
            continue
        chosen = _together(reading, inside) if plural else inside[:1]
        keys = tuple(dict.fromkeys(key for e in reversed(chosen) for key in e.entities))
        if (
            plural
            and len(keys) < 2
            and not chosen[0].plural
            and reading.entities[keys[0]].kind is not EntityKind.GROUP
        ):
            continue
        draft.entities = keys
        draft.parties = tuple(dict.fromkeys(p for key in keys for p in reading.entities[key].parties))
        draft.rule = "actor.pronoun.subject"
        draft.spans = tuple(reading.parsed.span(e.start, e.end) for e in chosen)
        return


def _counts(reading: Reading, draft: Draft, *, plural: bool) -> bool:
    kinds = {reading.entities[key].kind for key in draft.entities}
    if draft.use not in {Use.PARTY, Use.FORUM}:
        return False
    if plural:
        return draft.label != "PRON" or len(draft.entities) > 1
    return EntityKind.PERSON not in kinds and len(draft.entities) == 1 and not draft.plural


def _together(reading: Reading, subjects: Sequence[Draft]) -> list[Draft]:
    """The nearest subject with those coordinated with it."""
    top = first_conjunct(reading.parsed, subjects[0].head)
    return [draft for draft in subjects if first_conjunct(reading.parsed, draft.head) == top] or [subjects[0]]
