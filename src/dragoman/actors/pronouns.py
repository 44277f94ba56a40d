"""Third-person pronouns: he, she, it, they."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.history import PRONOUN_REACH, recent, refer, unit_of
from dragoman.actors.resolve import Draft, Reading
from dragoman.actors.syntax import first_conjunct
from dragoman.model import EntityKind, Token, Use

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
# A pronoun within so many tokens of a sentence's start may mean the last sentence's subject.
_OPENING = 4
PRONOUNS = _HE | _SHE | _IT | _THEY


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


def link_pronoun(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    """Let a third-person pronoun refer back, or leave it open."""
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
    before = recent(reading, draft, history, PRONOUN_REACH)
    own = {key for earlier in before if _own_subject(reading, draft, earlier) for key in earlier.entities}
    near = [
        earlier
        for earlier in before
        if len(earlier.entities) == 1
        and earlier.entities[0] not in own
        and reading.entities[earlier.entities[0]].kind is EntityKind.PERSON
        and _gender_of(reading, earlier.entities[0]) in {"", gender}
    ]
    if not near:
        _link_unnamed(reading, draft, before)
        return
    here = unit_of(reading, draft)
    chosen = None
    for number in range(here, here - PRONOUN_REACH - 1, -1):
        inside = [earlier for earlier in near if unit_of(reading, earlier) == number]
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
    index = reading.person_at[key]
    reading.people.persons[index].gender = reading.people.persons[index].gender or gender
    refer(
        reading,
        draft,
        index,
        "actor.pronoun.subject",
        f"the last person it may mean: {reading.entities[key].name}",
    )
    draft.spans = (reading.parsed.span(chosen.start, chosen.end),)


def _link_unnamed(reading: Reading, draft: Draft, before: Sequence[Draft]) -> None:
    """ "X's foreign minister says his country": where no person is named, the office that is the subject."""
    for earlier in before:
        unnamed = earlier.label == "ROLE" and earlier.parties and not earlier.plural
        if unnamed and _is_subject(reading, earlier) and not _own_subject(reading, draft, earlier):
            draft.parties, draft.entities = earlier.parties, earlier.entities
            draft.rule, draft.note = "actor.pronoun.office", "the office that is the subject"
            draft.spans = (reading.parsed.span(earlier.start, earlier.end),)
            return


def _own_subject(reading: Reading, draft: Draft, earlier: Draft) -> bool:
    """Whether ``earlier`` is subject of the verb whose object the pronoun is: "he informed him" are two."""
    tokens = reading.parsed.tokens
    word = tokens[draft.head]
    if word.tag == "PRP$" or word.dep.startswith("nsubj") or word.lower.endswith("self"):
        return False
    first = tokens[first_conjunct(reading.parsed, earlier.head)]
    if first.dep.startswith("nsubj") and first.head == word.head:
        return True
    if reading.units[earlier.start] != reading.units[draft.start] or earlier.start > draft.start:
        return False
    between = tokens[earlier.end : draft.start]
    verbs = sum(token.pos == "VERB" for token in between)
    return verbs == 1 and not any(token.text in {",", ";"} for token in between)


def _gender_of(reading: Reading, key: str) -> str:
    return reading.person(key).gender


def _link_subject(reading: Reading, draft: Draft, history: Sequence[Draft], *, plural: bool) -> None:
    """The last state or body that acts ("it"), the last plural or coordinated subjects ("they")."""
    here = unit_of(reading, draft)
    near = recent(reading, draft, history, 1)
    owner = None if plural else _owner_beside(reading, draft, near)
    opens = draft.start == 0 or here != reading.units[max(0, draft.start - _OPENING)]
    for number in (here, here - 1) if opens else (here,):
        inside = [e for e in near if unit_of(reading, e) == number and e.entities and _is_subject(reading, e)]
        inside = [e for e in inside if _counts(reading, e, plural=plural)]
        if owner is not None:
            inside = [owner]
        if not inside:
            continue
        chosen = _together(reading, inside) if plural else inside[:1]
        keys = tuple(dict.fromkeys(key for e in reversed(chosen) for key in e.entities))
        group = reading.entities[keys[0]].kind is EntityKind.GROUP
        if plural and len(keys) < 2 and not chosen[0].plural and not group:
            continue
        draft.entities = keys
        draft.parties = tuple(dict.fromkeys(p for key in keys for p in reading.entities[key].parties))
        draft.rule = "actor.pronoun.subject" if owner is None else "actor.pronoun.owner-beside"
        draft.spans = tuple(reading.parsed.span(e.start, e.end) for e in chosen)
        return


def _owner_beside(reading: Reading, draft: Draft, near: Sequence[Draft]) -> Draft | None:
    """Whose noun phrase holds "its": "Iran's declaration of its activities"."""
    tokens = reading.parsed.tokens
    last = near[0] if near else None
    if last is None or tokens[draft.head].tag != "PRP$" or len(last.entities) != 1:
        return None
    between = tokens[last.end : draft.start]
    if [token.lower for token in between] == ["and"]:
        return last  # "the U.S. and its allies"
    if not last.rule.endswith("possessive") or any(
        token.pos in {"VERB", "AUX", "PUNCT"} for token in between
    ):
        return None
    return last if all(token.lower == "of" for token in between if token.pos in {"ADP", "SCONJ"}) else None


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
    together = [subjects[0]]
    for draft in subjects[1:]:
        between = {token.lower for token in reading.parsed.tokens[draft.end : together[-1].start]}
        if first_conjunct(reading.parsed, draft.head) == top or (between and between <= {",", "and", "the"}):
            together.append(draft)
    return together
