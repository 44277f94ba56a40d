"""The same facts told twice: a sentence with the dates and places, or the very words, of an earlier one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from dragoman.model import Actors, BlockKind, Chronology, Defect, DefectKind, EntityKind, Parsed, Sentence
from dragoman.statements.tree import FINITE

_SHINGLE = 4
_LEAST_WORDS = 12  # shorter ones are phrases that speakers and releases repeat
_SAME_WORDS = 0.7  # share of a sentence's shingles that the earlier one must hold
_LEAST_DATES = 2
_LEAST_PLACES = 2
_MOST_REPEATS = 20  # a shingle or date in more sentences than this tells nothing
_DAY = re.compile(r"(?:\d{4}|XXXX)-(\d{2}-\d{2})$")


def find_duplicates(parsed: Parsed, chronology: Chronology, actors: Actors) -> list[Defect]:
    """
    Sentences that tell again what one earlier sentence told.

    Either most of the words are the same in the same order, or at least two days and two places of the
    sentence stand together in the earlier one and it has hardly a day that the earlier one lacks. A
    headline is told again by right; so are questions and what is spoken in a transcript's refrain.
    """
    bodies = [s for s in parsed.sentences if s.block is BlockKind.PARAGRAPH]
    days = _days(parsed, chronology)
    places = _places(parsed, actors)
    found: dict[int, Defect] = {}
    for sentence in _told_again(bodies, days, places) + _said_again(parsed, bodies):
        found.setdefault(sentence.i, _defect(parsed, sentence))
    return [found[key] for key in sorted(found)]


def _defect(parsed: Parsed, sentence: Sentence) -> Defect:
    return Defect(DefectKind.DUPLICATE_PASSAGE, parsed.sentence_span(sentence), "told before in the report")


def _days(parsed: Parsed, chronology: Chronology) -> dict[int, set[str]]:
    """Month and day of every full date, by sentence."""
    days: dict[int, set[str]] = defaultdict(set)
    for timex in chronology.timexes:
        match = _DAY.match(timex.edtf or timex.value)
        if match:
            days[parsed.tokens[timex.start_token].sentence].add(match.group(1))
    return days


def _places(parsed: Parsed, actors: Actors) -> dict[int, set[str]]:
    places: dict[int, set[str]] = defaultdict(set)
    for mention in actors.mentions:
        sentence = parsed.tokens[mention.start_token].sentence
        for entity in actors.of(mention):
            if entity.kind is EntityKind.PLACE:
                places[sentence].add(entity.id)
    return places


def _told_again(
    bodies: list[Sentence], days: dict[int, set[str]], places: dict[int, set[str]]
) -> list[Sentence]:
    by_day: dict[str, list[int]] = defaultdict(list)
    found = []
    for sentence in bodies:
        own_days, own_places = days.get(sentence.i, set()), places.get(sentence.i, set())
        if len(own_days) >= _LEAST_DATES and len(own_places) >= _LEAST_PLACES:
            shared = Counter(other for day in own_days for other in by_day[day][:_MOST_REPEATS])
            for other, size in shared.items():
                enough = size >= _LEAST_DATES and size >= len(own_days) - 1
                if enough and len(own_places & places.get(other, set())) >= _LEAST_PLACES:
                    found.append(sentence)
                    break
        for day in own_days:
            by_day[day].append(sentence.i)
    return found


def _said_again(parsed: Parsed, bodies: list[Sentence]) -> list[Sentence]:
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    found = []
    for sentence in bodies:
        tokens = parsed.tokens[sentence.start_token : sentence.end_token]
        words = [token.lower for token in tokens if token.text[0].isalnum()]
        if len(words) < _LEAST_WORDS or not any(token.tag in FINITE for token in tokens):
            continue
        shingles = {tuple(words[k : k + _SHINGLE]) for k in range(len(words) - _SHINGLE + 1)}
        shared = Counter(other for shingle in shingles for other in seen[shingle][:_MOST_REPEATS])
        best = max(shared.values(), default=0)
        if best >= _SAME_WORDS * len(shingles):
            found.append(sentence)
        for shingle in shingles:
            if len(seen[shingle]) < _MOST_REPEATS:
                seen[shingle].append(sentence.i)
    return found
