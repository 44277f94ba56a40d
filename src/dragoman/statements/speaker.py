"""Who speaks, in the fullest form that the report has, and for which party."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors.fold import words
from dragoman.actors.tables import states
from dragoman.model import Actors, Chronology, Entity, EntityKind, Mention, Span
from dragoman.statements.draft import Draft
from dragoman.statements.tree import Tree

_BESIDE_HEAD = frozenset({"appos", "flat", "compound", "dep", "list", "nmod"})
_NAMES = frozenset(
    {"PER", "ROLE", "GPE", "LOC", "ORG", "FORUM", "PRON"}
)  # labels whose words name who speaks
_PERSON_PRONOUNS = frozenset({"he", "she"})
_SPEAKERS = frozenset(
    {EntityKind.PERSON, EntityKind.STATE, EntityKind.ORGANISATION, EntityKind.GROUP, EntityKind.FORUM}
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker's name or words, the party spoken for, and where the words stand."""

    name: str
    party: str | None
    source: Span | None


def name_speaker(tree: Tree, actors: Actors, draft: Draft, before: Speaker | None) -> Speaker | None:
    """
    The speaker of a draft; None where its source names nobody.

    A source whose head refers to one known entity takes that entity's name, a title takes the name that
    stands beside it, several speakers keep their words. "He" that nobody has resolved is whoever spoke
    before, if that was a person.
    """
    if draft.named is not None:
        return _labelled(tree, actors, draft.named)
    if draft.head is None or draft.source is None:
        return None
    start, end = draft.source
    source = tree.parsed.span(start, end)
    entity = _entity(tree, actors, draft.head, start, end)
    if entity is not None:
        return Speaker(_full_name(actors, entity, draft.head, source), _only(entity.parties), source)
    if source.exact.casefold() in _PERSON_PRONOUNS and before is not None and " " in before.name:
        return Speaker(before.name, before.party, source)
    named = source.exact
    if named.casefold().startswith("both the "):
        named = named[5:]
    return Speaker(" ".join(named.split()), _party_of_words(actors, start, end), source)


def _entity(tree: Tree, actors: Actors, head: int, start: int, end: int) -> Entity | None:
    mention = actors.at(head)
    persons = [
        m
        for m in _mentions(actors, start, end)
        if _is_person(actors, m) and _belongs(tree, m.head_token, head)
    ]
    if mention is not None and len(mention.entities) == 1 and not _has_conjunct(tree, head, end):
        entity = actors.entities[mention.entities[0]]
        named = mention.label in _NAMES or entity.kind is EntityKind.PERSON
        if entity.kind in _SPEAKERS and named and (entity.kind is EntityKind.PERSON or not persons):
            return None if _is_somebody(tree, mention) else entity
    if len(persons) == 1 and not _has_conjunct(tree, head, end):
        return actors.of(persons[0])[0]
    return None


def _is_somebody(tree: Tree, mention: Mention) -> bool:
    """Whether a phrase brings in somebody new ("a spokeswoman"), so that it is nobody named before."""
    return mention.label == "NOM" and tree.token(mention.start_token).lower in {
        "a",
        "an",
        "another",
        "one",
        "some",
    }


def _full_name(actors: Actors, entity: Entity, head: int, source: Span) -> str:
    """The entity's name; a capital that speaks for its state keeps its word."""
    mention = actors.at(head)
    spoken = " ".join(source.exact.split())
    if mention is None or entity.kind is not EntityKind.STATE or len(entity.parties) != 1:
        return entity.name
    state = states().get(entity.parties[0])
    if state is not None and spoken in state.capitals:
        return spoken
    return entity.name


def _has_conjunct(tree: Tree, head: int, end: int) -> bool:
    return any(child < end for child in tree.parsed.children_by(head, "conj"))


def _mentions(actors: Actors, start: int, end: int) -> list[Mention]:
    found: list[Mention] = []
    for token in range(start, end):
        mention = actors.at(token)
        if mention is not None and (not found or found[-1] is not mention):
            found.append(mention)
    return found


def _is_person(actors: Actors, mention: Mention) -> bool:
    return len(mention.entities) == 1 and actors.entities[mention.entities[0]].kind is EntityKind.PERSON


def _belongs(tree: Tree, token: int, head: int) -> bool:
    """Whether a name is the same person as the head noun: beside it, with no preposition or "'s" between."""
    tokens = tree.parsed.tokens
    for _ in range(4):
        if token == head:
            return True
        dep = tokens[token].dep
        if dep.partition(":")[0] not in _BESIDE_HEAD or dep == "nmod:poss" or tree.case(token):
            return False
        token = tokens[token].head
    return False


def _party_of_words(actors: Actors, start: int, end: int) -> str | None:
    """The one party that the words of a source name ("a Russian official"), None for none or several."""
    parties = {party for mention in _mentions(actors, start, end) for party in mention.parties}
    return next(iter(parties)) if len(parties) == 1 else None


def _labelled(tree: Tree, actors: Actors, named: tuple[int, int]) -> Speaker:
    """The speaker of a transcript's label: the person it names, else its words."""
    source = tree.parsed.document.span(*named)
    first, last = tree.parsed.token_at(named[0]), tree.parsed.token_at(named[1] - 1)
    if first is not None and last is not None:
        mentions = _mentions(actors, first, last + 1)
        entity = _in_label(actors, mentions, words(source.exact))
        if entity is not None:
            return Speaker(entity.name, _only(entity.parties), source)
    return Speaker(source.exact, None, source)


def _in_label(actors: Actors, mentions: list[Mention], label: tuple[str, ...]) -> Entity | None:
    """The person whose surname the label gives; an office alone ("MODERATOR") may be anybody's."""
    for mention in reversed(mentions):
        if _is_person(actors, mention):
            entity = actors.of(mention)[0]
            if words(entity.name)[-1:] and words(entity.name)[-1] in label:
                return entity
    return None


def _only(parties: tuple[str, ...]) -> str | None:
    return parties[0] if len(parties) == 1 else None


def date_statement(tree: Tree, chronology: Chronology, drafts: list[Draft]) -> dict[int, str]:
    """Dates of drafts by their number: a time expression that hangs on the cue itself ("said on Monday")."""
    tokens = tree.parsed.tokens
    cues = {k: n for n, draft in enumerate(drafts) if draft.cue is not None for k in range(*draft.cue)}
    dates: dict[int, str] = {}
    for timex in chronology.timexes:
        if timex.edtf is None or timex.type.value not in {"DATE", "TIME"}:
            continue
        at = last = timex.end_token - 1
        for _ in range(4):
            at = tokens[at].head
            number = cues.get(at)
            if number is not None:
                inside = any(a <= timex.span.start < b for a, b in drafts[number].pieces)
                apart = any(tokens[k].text in {".", "?", "!"} for k in range(min(at, last), max(at, last)))
                if not inside and not apart:
                    dates.setdefault(number, timex.edtf)
                break
            if tokens[at].pos in {"VERB", "AUX"}:
                break
    return dates
