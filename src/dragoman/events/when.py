"""When: the date expression that hangs on a trigger or on what governs it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.events.attach import MAX_STEPS, anchor_before, clause_opened, outermost, steps_to
from dragoman.events.governing import effect_of
from dragoman.events.nouns import MEETING_NOUNS
from dragoman.events.scene import Scene
from dragoman.model import Reason, Timex
from dragoman.model.edtf import bounds

LONGEST = 3653  # days of a decade: what is said to lie in a longer time has no date


@dataclass(frozen=True, slots=True)
class When:
    """A date, the words, and why; ``edtf`` None where the words are there but not decidable."""

    edtf: str | None
    timex: Timex | None
    reason: Reason


def find_when(scene: Scene, chain: list[int]) -> When | None:
    """The date expression that fits the trigger ``chain[0]`` best, None where no date is for it."""
    trigger = chain[0]
    sentence = scene.parsed.sentences[scene.parsed.tokens[trigger].sentence]
    best: tuple[tuple[float, int], Timex] | None = None
    seen: set[int] = set()
    for token in range(sentence.start_token, sentence.end_token):
        timex = scene.timex_at.get(token)
        if timex is None or timex.span.start in seen or not _dates_happenings(scene, timex):
            continue
        seen.add(timex.span.start)
        cost = _date_cost(scene, timex, chain)
        if cost is not None and (best is None or (cost, abs(token - trigger)) < best[0]):
            best = (cost, abs(token - trigger)), timex
    if best is None:
        return None
    timex = best[1]
    both = _with_next_day(scene, timex)
    if both is not None:
        return both
    return When(timex.edtf, timex, Reason("date.attached", f"“{timex.span.exact}” dates it", (timex.span,)))


def _with_next_day(scene: Scene, timex: Timex) -> When | None:
    """ "On 7 and 8 November", "on Thursday and Friday": both days, where the one follows on the other."""
    tokens = scene.parsed.tokens
    for first, last in ((timex, _joined(scene, timex, 1)), (_joined(scene, timex, -1), timex)):
        if first is None or last is None or tokens[first.end_token].lower != "and":
            continue
        days = [bounds(t.edtf) for t in (first, last)]
        if days[0] is None or days[1] is None or any(low != high for low, high in (days[0], days[1])):
            continue
        if (days[1][0] - days[0][0]).days == 1:
            spans = (first.span, last.span)
            note = f"“{first.span.exact}” and “{last.span.exact}”"
            return When(f"{first.edtf}/{last.edtf}", timex, Reason("date.both-days", note, spans))
    return None


def _joined(scene: Scene, timex: Timex, step: int) -> Timex | None:
    """The time expression beside this one with a single word between."""
    at = timex.end_token + 1 if step > 0 else timex.start_token - 2
    beside = scene.timex_at.get(at)
    return None if beside is None or beside is timex or not beside.edtf or not timex.edtf else beside


def _dates_happenings(scene: Scene, timex: Timex) -> bool:
    """Whether it can date a happening: not "now", "in the 21st century", "since 2008", "until May"."""
    before = scene.parsed.tokens[timex.start_token - 1].lower if timex.start_token else ""
    vague = timex.value in {"PRESENT_REF", "PAST_REF", "FUTURE_REF"}
    span = bounds(timex.edtf) if timex.edtf and ".." not in timex.edtf else None
    age = span is not None and (span[1] - span[0]).days > LONGEST
    return not (vague or age or (timex.edtf or "").endswith("/..")) and before not in {"until", "till"}


def _date_cost(scene: Scene, timex: Timex, chain: list[int]) -> float | None:
    """How far a date is from the chain, by the parse or by word order, None where it belongs elsewhere."""
    outer = outermost(scene, timex.start_token, timex.end_token)
    if _dates_a_thing(scene, timex, outer, chain):
        return None
    hang = steps_to(scene, outer, chain)
    gap = min(abs(timex.start_token - chain[0]), abs(timex.end_token - 1 - chain[0]))
    costs = []
    opened = clause_opened(scene, timex)
    if opened is not None and chain[0] < timex.start_token:
        return None
    if opened in chain:
        costs.append(0.3)
    if hang is not None:
        index, clauses = hang
        if not clauses or _told_of_meeting(scene, outer, chain):
            costs.append(index + 2.0 * clauses + gap / 50)
    anchor = anchor_before(scene, timex.start_token)
    if anchor is not None and anchor not in chain and scene.parsed.tokens[anchor].dep == "obj":
        anchor = scene.parsed.tokens[anchor].head
    if anchor in chain:
        costs.append(chain.index(anchor) + 0.5 + gap / 50)
    if _opens_noun_phrase(scene, timex, chain[0]):
        costs.append(0.2)
    return min(costs, default=None)


def _dates_a_thing(scene: Scene, timex: Timex, outer: int, chain: list[int]) -> bool:
    """ "The paper of 26 January", "the October 15 referendum": that noun's date, not that of what is done."""
    tokens = scene.parsed.tokens
    head = tokens[tokens[outer].head]
    if head.pos not in {"NOUN", "PROPN"} or head.i in chain or head.i in scene.timex_at:
        return False
    if timex.start_token > 0 and tokens[timex.start_token - 1].lower == "of":
        return True
    before = head.i >= timex.end_token and tokens[outer].dep.partition(":")[0] in {"compound", "nmod", "amod"}
    occasion = head.lemma.lower() in MEETING_NOUNS or scene.actors.at(head.i) is not None
    return before and not occasion


def _opens_noun_phrase(scene: Scene, timex: Timex, trigger: int) -> bool:
    """ "Tuesday's meeting", "the October 3 start of talks": a date right before the noun, in its phrase."""
    between = scene.parsed.tokens[timex.end_token : trigger]
    return 0 <= trigger - timex.end_token <= 4 and all(
        t.pos in {"NOUN", "ADJ", "PROPN", "PART", "NUM", "DET"}
        or t.text in {"'s", "’s", "-"}
        or t.lower == "of"
        for t in between
    )


def _told_of_meeting(scene: Scene, token: int, chain: list[int]) -> bool:
    """Whether a date stands in a clause on the meeting itself ("talks, which began on …")."""
    tokens = scene.parsed.tokens
    for _ in range(MAX_STEPS):
        current = tokens[token]
        if token in chain or current.head == token:
            return True
        own_clause = current.dep.startswith("acl") and current.head in chain and effect_of(scene, token)
        if current.pos == "VERB" and not own_clause:
            return False
        token = current.head
    return False


def date_tokens(when: When | None) -> list[int]:
    """First and last token of the date's words, [] without a date."""
    return [] if when is None or when.timex is None else [when.timex.start_token, when.timex.end_token - 1]
