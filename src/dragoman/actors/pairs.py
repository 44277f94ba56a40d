"""Phrases for several at once: both sides, the two ministers, the leaders."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.history import PAIR_REACH, recent, unit_of
from dragoman.actors.nominals import ALL
from dragoman.actors.resolve import Draft, Reading, state_entity
from dragoman.actors.tables import states
from dragoman.model import EntityKind, Use

# Nouns that only states can be.
_LANDS = frozenset("countries nations states capitals republics neighbors neighbours".split())
_ONLY_AGAIN = frozenset({"advisers", "advisors", "negotiators"})
_BROKERED = frozenset("mediated brokered sponsored led hosted backed facilitated".split())
_PEOPLE_PAIRS = frozenset(
    "leaders ministers presidents men diplomats officials heads chancellors premiers advisors advisers "
    "secretaries".split()
)


def link_pair(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    """The last so many parties or persons that one sentence names together: "both sides", "the ministers"."""
    if _of_others(reading, draft) or _named_again(reading, draft, history):
        return
    nominal = draft.nominal
    asked = nominal.count if nominal is not None else 2
    if asked == ALL:
        _link_all(reading, draft, history)
        return
    count = asked or 2
    noun = reading.parsed.tokens[draft.head].lower
    want_people = noun in _PEOPLE_PAIRS
    lands = noun in _LANDS
    sentences: dict[int, list[Draft]] = {}
    for earlier in recent(reading, draft, history, PAIR_REACH):
        sentences.setdefault(unit_of(reading, earlier), []).append(earlier)
    gathered: list[Draft] = []
    for number in sorted(sentences, reverse=True):
        gathered += sentences[number]
        for group in (sentences[number], gathered):
            keys = _distinct(reading, group, people=want_people, lands=lands)
            if not asked and len(keys) > count and group is sentences[number]:
                count = len(keys)
            if len(keys) == count or (want_people and len(keys) > count == 2):
                chosen = _dominant(reading, keys, count) if want_people else keys[:count]
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
        _pair_of_parties(reading, draft, sentences, count, lands=lands)


def _of_others(reading: Reading, draft: Draft) -> bool:
    """ "The presidents of the two countries", "experts of both sides": the phrase after "of" says whose."""
    after = [t.lower for t in reading.parsed.tokens[draft.end : draft.end + 3]]
    return after[:2] == ["of", "both"] or after == ["of", "the", "two"]


def _named_again(reading: Reading, draft: Draft, history: Sequence[Draft]) -> bool:
    """
    "The advisers" after "advisers from X and Y": the same noun again means the same people.

    True also for the nouns that say too little without it: those are left open.
    """
    nominal, noun = draft.nominal, reading.parsed.tokens[draft.head].lower
    if nominal is None or nominal.count:
        return False
    for earlier in reversed(history):
        same = reading.parsed.tokens[earlier.head].lower == noun and earlier.label in {"NOM", "ROLE"}
        if same and len(earlier.parties) > 1:
            draft.parties, draft.entities = earlier.parties, earlier.entities
            draft.rule, draft.note = "actor.pair.named-again", "the same noun before"
            draft.spans = (reading.parsed.span(earlier.start, earlier.end),)
            return True
    return noun in _ONLY_AGAIN


def _link_all(reading: Reading, draft: Draft, history: Sequence[Draft]) -> None:
    """ "All sides": the members of the forum named last, if they are known."""
    for earlier in recent(reading, draft, history, PAIR_REACH):
        if earlier.use is Use.FORUM and len(earlier.parties) > 1:
            draft.parties = earlier.parties
            draft.entities = tuple(state_entity(reading, party) for party in earlier.parties)
            draft.rule, draft.note = "actor.pair.all-members", "the members of the forum named last"
            draft.spans = (reading.parsed.span(earlier.start, earlier.end),)
            return


def _dominant(reading: Reading, keys: list[str], count: int) -> list[str]:
    """
    The persons of a pair: the last named, unless one of them was only mentioned in passing.

    In passing: once, while two others of the report were named twice or more ("informed him about his call
    with X. The two leaders ...").
    """
    chosen = keys[:count]
    times = reading.times_named
    passing = [key for key in chosen if times[key] <= 1]
    frequent = [key for key, number in times.most_common(count) if number > 1]
    return frequent if passing and len(frequent) == count == 2 else chosen


def _pair_of_parties(
    reading: Reading, draft: Draft, sentences: dict[int, list[Draft]], count: int, *, lands: bool
) -> None:
    """The parties that the report names most, where exactly so many stand out; states alone for ``lands``."""
    gathered = [earlier for number in sorted(sentences, reverse=True) for earlier in sentences[number]]
    weights: dict[str, int] = {}
    for earlier in gathered:
        for party in earlier.parties if earlier.use is not Use.PLACE else ():
            if not lands or party in states():
                weights[party] = weights.get(party, 0) + 1
    ranked = sorted(weights, key=lambda party: -weights[party])
    if len(ranked) == count or (len(ranked) > count and weights[ranked[count - 1]] > weights[ranked[count]]):
        chosen = ranked[:count]
        draft.parties = tuple(chosen)
        draft.entities = tuple(state_entity(reading, party) for party in chosen)
        draft.rule, draft.note = "actor.pair.most-named", "the parties named most before"


def _distinct(reading: Reading, group: Sequence[Draft], *, people: bool, lands: bool) -> list[str]:
    """Entities of a sentence that may make a pair, nearest first, one a party; states alone for ``lands``."""
    keys: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for earlier in group:
        if (
            earlier.use in {Use.PLACE, Use.FORUM, Use.DOCUMENT}
            or earlier.label == "PRON"
            or (earlier.nominal and earlier.nominal.kind == "pair")
            or _brokers(reading, earlier)
        ):
            continue
        for key in reversed(earlier.entities):
            entity = reading.entities[key]
            person = entity.kind is EntityKind.PERSON
            if not entity.parties or (people and not person):
                continue
            stands = state_entity(reading, entity.parties[0]) if person and not people else key
            if lands and reading.entities[stands].kind is not EntityKind.STATE:
                continue
            mark = (stands,) if people else reading.entities[stands].parties
            if mark not in seen:
                seen.add(mark)
                keys.append(stands)
    return keys


def _brokers(reading: Reading, draft: Draft) -> bool:
    """ "U.S.-mediated talks between the two sides": the one who brings them together is neither."""
    after = [t.lower for t in reading.parsed.tokens[draft.end : draft.end + 2]]
    return len(after) == 2 and after[0] in {"-", "–"} and after[1] in _BROKERED


def link_numbered(reading: Reading, drafts: Sequence[Draft]) -> None:
    """ "The six powers": the states that the report lists somewhere, where it lists exactly so many."""
    open_ones = [d for d in drafts if d.nominal is not None and d.nominal.count > 2 and not d.entities]
    if not open_ones:
        return
    runs = {tuple(sorted(run)): run for run in _runs_of_states(reading, drafts)}
    for draft in open_ones:
        fitting = [run for run in runs.values() if draft.nominal and len(run) == draft.nominal.count < ALL]
        if len(fitting) == 1 and reading.parsed.tokens[draft.head].lower in _LANDS | {"powers"}:
            draft.parties = fitting[0]
            draft.entities = tuple(state_entity(reading, code) for code in fitting[0])
            draft.rule = "actor.pair.listed"
            draft.note = "the report lists so many: " + ", ".join(fitting[0])


def _runs_of_states(reading: Reading, drafts: Sequence[Draft]) -> list[tuple[str, ...]]:
    """Lists of three states or more, by commas and "and"."""
    runs: list[list[str]] = []
    end = -1
    for draft in drafts:
        code = draft.parties[0] if len(draft.parties) == 1 else ""
        if draft.label != "GPE" or not (code or draft.entities):
            continue
        keys = [reading.entities[key] for key in draft.entities]
        code = code or (keys[0].parties[0] if keys and keys[0].parties else "")
        if code not in states():
            continue
        between = {t.lower for t in reading.parsed.tokens[end : draft.start]} if end >= 0 else {"."}
        if between <= {",", "and", "the"}:
            runs[-1].append(code)
        else:
            runs.append([code])
        end = draft.end
    return [tuple(run) for run in runs if len(run) > 2 and len(set(run)) == len(run)]
