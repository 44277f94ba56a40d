"""Where: the place that hangs on a trigger or on what governs it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors import locate
from dragoman.actors.fold import fold
from dragoman.actors.tables import states
from dragoman.events.attach import MAX_STEPS, SETTINGS, anchor_before, clause_opened, outermost, steps_to
from dragoman.events.nouns import BODY_NOUNS, PLACE_NOUNS
from dragoman.events.scene import Scene
from dragoman.events.syntax import case_of
from dragoman.model import Entity, EntityKind, Mention, Reason, Sentence, Span

PLACE_CASES = frozenset({"in", "at", "to", "near", "outside", "into", "inside"})
DESTINATION_CASES = frozenset({"to", "into"})
PERSONAL = frozenset({"PER", "NOM", "ROLE", "GPE", "LOC", "PRON"})
# Relations by which a place hangs in a phrase of its own kind.
NESTED = frozenset("appos flat nmod conj compound nmod:poss nmod:desc nmod:unmarked".split())
ELSEWHERE = -1.0  # cost that says: the place belongs to another word


@dataclass(frozen=True, slots=True)
class Where:
    """A place: name as the record shows it, country where sure, the words, and why."""

    name: str
    country: str | None
    granularity: str
    span: Span
    reason: Reason


def find_where(scene: Scene, chain: list[int], *, destination: bool = False) -> Where | None:
    """The place where the trigger ``chain[0]`` happens, None where none hangs on the chain."""
    trigger = chain[0]
    goal = _goal_of(scene, trigger) if destination else None
    if goal is not None:
        return goal
    sentence = scene.parsed.sentences[scene.parsed.tokens[trigger].sentence]
    best: tuple[float, Where] | None = None
    token = sentence.start_token
    while token < sentence.end_token:
        mention = scene.actors.at(token)
        if mention is None:
            token += 1
            continue
        token = max(mention.end_token, token + 1)
        where = place_of(scene, mention)
        cost = None if where is None else _place_cost(scene, mention, chain, destination=destination)
        if where is not None and cost is not None:
            total = cost + abs(mention.start_token - trigger) / 40 + _coarseness(where)
            if best is None or total < best[0]:
                best = total, where
    if best is None or best[1].granularity == "country":
        here = _here(scene, chain, sentence) or _at_forum(scene, chain, sentence)
        return here or (None if best is None else best[1])
    return best[1]


def _at_forum(scene: Scene, chain: list[int], sentence: Sentence) -> Where | None:
    """ "At the Munich Security Conference": the city in the name of the forum at which it happens."""
    for token in range(sentence.start_token, sentence.end_token):
        mention = scene.actors.at(token)
        if mention is None or mention.start_token != token or mention.label != "FORUM":
            continue
        head = mention.head_token
        hang = steps_to(scene, scene.parsed.tokens[head].head, chain)
        if case_of(scene.parsed, head) in {"at", "during"} and hang is not None and not hang[1]:
            return forum_city(scene, head)
    return None


def _here(scene: Scene, chain: list[int], sentence: Sentence) -> Where | None:
    """ "Ended here on Wednesday": the city that the report was written in, None where it names none."""
    given = scene.document.place
    known = locate(given) if given else None
    if known is None or known.granularity != "city":
        return None
    for token in scene.parsed.tokens[sentence.start_token : sentence.end_token]:
        if token.lower == "here" and token.pos == "ADV":
            hang = steps_to(scene, token.i, chain)
            if hang is not None and not hang[1]:
                span = scene.parsed.span(token.i, token.i + 1)
                reason = Reason("place.here", f"the report was written at “{given}”", (span,))
                return Where(known.name, known.country, known.granularity, span, reason)
    return None


def _coarseness(where: Where) -> float:
    return {"city": 0.0, "site": 0.1, "region": 0.6, "country": 0.5}.get(where.granularity, 0.3)


def forum_city(scene: Scene, token: int) -> Where | None:
    """The city in a forum's name ("Camp David peace talks"), None where it has none."""
    mention = scene.actors.at(token)
    for entity in () if mention is None else scene.entities(mention):
        for reason in entity.reasons:
            if entity.kind is EntityKind.FORUM and reason.rule == "actor.forum.city" and reason.spans:
                return Where(reason.spans[0].exact, entity.country, "city", reason.spans[0], reason)
    return None


def place_of(scene: Scene, mention: Mention) -> Where | None:
    """The place that a mention names, None where it names none that an event can be at."""
    if not scene.is_place(mention):
        return None
    for entity in scene.entities(mention):
        if entity.kind is EntityKind.PLACE and entity.country is None and mention.label == "LOC":
            continue  # seas, mountains and continents are what talks are about, not where they are held
        if entity.kind in {EntityKind.PLACE, EntityKind.STATE}:
            return _where(mention, entity)
    return None


def _where(mention: Mention, entity: Entity) -> Where:
    reason = Reason("place.attached", f"“{mention.span.exact}” is where", (mention.span,))
    if entity.kind is EntityKind.STATE and entity.parties:
        code = entity.parties[0]
        state = states().get(code)
        if state is not None and fold(mention.span.exact) in {fold(name) for name in state.capitals}:
            return Where(mention.span.exact, code, "city", mention.span, reason)
        words = mention.span.exact.removeprefix("the ")
        short = "." in words or words.isupper()
        return Where(entity.name if short else words, code, "country", mention.span, reason)
    return Where(entity.name, entity.country, entity.granularity, mention.span, reason)


def _place_cost(scene: Scene, mention: Mention, chain: list[int], *, destination: bool) -> float | None:
    """How far a place is from the chain, by the parse or by word order, None where it belongs elsewhere."""
    parsed = scene.parsed
    climbed, case = _outer_phrase(scene, mention.head_token)
    costs = []
    for verb, date in _clauses_opened(scene, mention):
        if date > chain[0]:
            return None  # a date opens a clause of its own between the two
        if verb in chain and date < mention.start_token < verb and case in PLACE_CASES:
            costs.append(0.3)
    fits = case in PLACE_CASES and (case not in DESTINATION_CASES or destination)
    beside_date = _dated_step(scene, mention, chain) if fits else None
    if beside_date is not None:
        costs.append(beside_date + 0.7)
    hang = steps_to(scene, parsed.tokens[climbed].head, chain) if fits else None
    if hang is not None and parsed.tokens[climbed].head != climbed:
        direct = parsed.tokens[climbed].head in chain
        index, clauses = hang
        if direct or (not clauses and _is_light_path(scene, climbed, chain)):
            costs.append(index + 2.0 * clauses + (0.0 if direct else 1.0))
    beside = _place_by_order(scene, mention, chain, destination=destination)
    if beside == ELSEWHERE:
        # countries are what talks are about, cities where they are held: for these the parse may decide
        where = place_of(scene, mention)
        city = where is not None and where.granularity == "city"
        return min(costs, default=None) if city else None
    return min(costs if beside is None else [*costs, beside], default=None)


def _goal_of(scene: Scene, noun: int) -> Where | None:
    """ "To Kyiv for a meeting": where one goes for what the noun names, right before its "for"."""
    tokens, i = scene.parsed.tokens, noun - 1
    while i > 0 and tokens[i].pos in {"DET", "ADJ", "NUM"}:
        i -= 1
    mention = scene.actors.at(i - 1) if i > 1 and tokens[i].lower == "for" else None
    if mention is None or tokens[mention.start_token - 1].lower == "of":  # "the president of X for talks"
        return None
    return place_of(scene, mention)


def _dated_step(scene: Scene, mention: Mention, chain: list[int]) -> int | None:
    """
    The step of the chain that the date right beside the place dates.

    "On Monday in Geneva X met Y"; "signed a framework for cooperation in Tehran on Monday".
    """
    timex = scene.timex_at.get(mention.start_token - 2)
    if timex is None or timex.start_token >= chain[0]:
        timex = scene.timex_at.get(mention.end_token + 1)
        after = mention.end_token < len(scene.parsed.tokens) and scene.parsed.tokens[mention.end_token].lower
        if timex is None or after != "on" or mention.start_token < chain[0]:
            return None
    hang = steps_to(scene, outermost(scene, timex.start_token, timex.end_token), chain)
    return None if hang is None or hang[1] else hang[0]


def _clauses_opened(scene: Scene, mention: Mention) -> list[tuple[int, int]]:
    """Verb and first token of date of the clauses that a date opens before a place, in its sentence."""
    first = scene.parsed.sentences[scene.parsed.tokens[mention.start_token].sentence].start_token
    dates = {
        scene.timex_at[k].start_token: scene.timex_at[k]
        for k in range(first, mention.start_token)
        if k in scene.timex_at
    }
    found = ((clause_opened(scene, timex), start) for start, timex in dates.items())
    return [(verb, start) for verb, start in found if verb is not None]


def _outer_phrase(scene: Scene, head: int) -> tuple[int, str]:
    """Head and preposition of the phrase around a place ("in the Egyptian resort of X", "in X, Y")."""
    parsed = scene.parsed
    case = case_of(parsed, head)
    for _ in range(4):
        token = parsed.tokens[head]
        if case in PLACE_CASES or token.dep not in NESTED or token.head == head:
            break
        over = parsed.tokens[token.head]
        if over.lemma.lower() not in PLACE_NOUNS and scene.actors.at(token.head) is None:
            break
        head = token.head
        case = case_of(parsed, head)
    return head, case


def _place_by_order(scene: Scene, mention: Mention, chain: list[int], *, destination: bool) -> float | None:
    """
    Cost of a place by word order: the preposition follows the trigger, or what governs it.

    ``ELSEWHERE`` where it follows another noun ("the situation in X"), None where the order does not tell.
    """
    tokens = scene.parsed.tokens
    start = _phrase_start(scene, mention)
    if start < 1:
        return None
    preposition = tokens[start - 1].lower
    if preposition not in PLACE_CASES or (preposition in DESTINATION_CASES and not destination):
        return None
    first = scene.parsed.sentences[tokens[start].sentence].start_token
    if start - 1 <= first + 1:  # "In Paris, X met Y"
        return 2.5
    anchor = anchor_before(scene, start - 1)
    if anchor is None:
        return None
    if anchor in chain:
        return chain.index(anchor) + 0.5
    if (
        tokens[anchor].dep == "obj" and tokens[anchor].head in chain
    ):  # "made the statement in Geneva after talks"
        return chain.index(tokens[anchor].head) + 0.7
    forum = scene.actors.at(anchor)
    if forum is not None and forum.label not in {"FORUM", "DOC", "ORG"}:
        forum = None
    if tokens[anchor].lemma.lower() in SETTINGS or forum is not None:
        outer = anchor_before(scene, anchor if forum is None else forum.start_token)
        return chain.index(outer) + 1.5 if outer in chain else ELSEWHERE
    return ELSEWHERE


def _phrase_start(scene: Scene, mention: Mention) -> int:
    """First token of the phrase of a place: "the Egyptian resort of X", "Y's capital, X"."""
    tokens, start = scene.parsed.tokens, mention.start_token
    for _ in range(7):
        before = start - 1
        if before < 1:
            break
        token, other = tokens[before], scene.actors.at(before)
        nation = other is not None and other.label in {"NORP", "GPE", "LOC"}
        fits = token.pos in {"DET", "ADJ"} or token.lemma.lower() in PLACE_NOUNS
        if not (fits or nation or token.lower in {"of", ",", "'s", "’s"}):
            break
        start = before
    return start


def _is_light_path(scene: Scene, token: int, chain: list[int]) -> bool:
    """Whether only place nouns and persons lie between a place and the chain ("with X in Geneva")."""
    tokens = scene.parsed.tokens
    for _ in range(MAX_STEPS):
        token = tokens[token].head
        if token in chain:
            return True
        mention = scene.actors.at(token)
        setting = tokens[token].lemma.lower() in SETTINGS
        people = tokens[token].lemma.lower() in BODY_NOUNS
        if not (setting or people) and (mention is None or mention.label not in PERSONAL):
            return False
    return False
