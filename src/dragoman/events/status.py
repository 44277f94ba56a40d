"""How real a happening is: tense, aspect, modality, negation and what governs the verb."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dragoman.events.scene import Scene
from dragoman.events.syntax import MAX_CLIMB, auxiliaries, is_negated
from dragoman.events.tables import triggers, words
from dragoman.model import Parsed, Reason


class Mood(StrEnum):
    """What the words claim about a happening."""

    PAST = "past"
    ONGOING = "ongoing"
    PRESENT = "present"  # simple present: a headline, a habit or a plan; the context decides
    FUTURE = "future"
    WISH = "wish"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    NEGATED = "negated"
    DENIED = "denied"  # somebody says that it did not come about


@dataclass(frozen=True, slots=True)
class Reality:
    """A mood and the rule that gave it."""

    mood: Mood
    reason: Reason


# Predicates over an infinitive, with what they say of it.  Origin: own reading; ISO-TimeML's ALINK and SLINK
# classes (modal, factive, negative evidential) were the guide.
GOVERNED_MOOD = {
    Mood.FUTURE: words("governs-future"),
    Mood.WISH: words("governs-wish"),
    Mood.NEGATED: words("governs-negated"),
}
MODALS = {
    Mood.FUTURE: frozenset({"will", "'ll", "’ll", "shall", "wo", "would", "'d"}),
    Mood.POSSIBLE: frozenset({"may", "might", "could", "can", "should", "must", "ought", "ca"}),
}
CONDITIONALS = frozenset({"if", "unless", "whether", "provided"})
AIMS = frozenset("way aim goal task idea objective purpose key point priority solution option".split())
BACKING = frozenset(
    "support back favor favour advocate recommend consider suggest propose welcome discuss".split()
)
DENYING = frozenset({"deny"})
RUMOURS = frozenset({"claim", "report", "rumour", "rumor", "allegation", "accusation", "suggestion"})
REBUTTING = DENYING | {"reject", "dismiss", "refute", "rebut"}
BEHIND = frozenset({"after", "following", "since"})
AHEAD = frozenset({"when", "before", "until", "once", "till"})


def reality_of(scene: Scene, verb: int) -> Reality:
    """What the report claims of the happening that ``verb`` tells."""
    return _reality(scene, verb, 0)


def _reality(scene: Scene, verb: int, depth: int) -> Reality:
    parsed = scene.parsed
    token = parsed.tokens[verb]
    marks = _markers(parsed, verb)
    if depth == 0 and is_negated(parsed, verb):
        return _told(parsed, verb, Mood.NEGATED, "status.negation")
    if _is_denied(parsed, verb):
        return _told(parsed, verb, Mood.DENIED, "status.denial")
    if _is_unreal(parsed, verb):
        return _told(parsed, verb, Mood.NEGATED, "status.unreal")
    if marks & CONDITIONALS:
        return _told(parsed, verb, Mood.CONDITIONAL, "status.condition")
    auxes = set(auxiliaries(parsed, verb))
    if "due" in marks and "be" in auxes:  # "a truce due to be signed", where "due to" is taken for one word
        return _told(parsed, verb, Mood.FUTURE, "status.is-to")
    for mood, modals in MODALS.items():
        if auxes & modals:
            return _told(parsed, verb, mood, "status.modal-verb")
    if marks & BEHIND and token.lower.endswith("ing"):
        return _told(parsed, verb, Mood.PAST, "status.clause-behind")
    governed = _governed(scene, verb, depth)
    if governed is not None:
        return governed
    tense = _tense(parsed, verb, auxes)
    if tense in {Mood.PRESENT, Mood.ONGOING} and marks & AHEAD:
        return _told(parsed, verb, Mood.FUTURE, "status.clause-ahead")
    if tense is None and depth < MAX_CLIMB and token.head != verb:
        return _reality(scene, token.head, depth + 1)
    rule = "status.tense-present" if tense in {None, Mood.PRESENT} else "status.tense"
    return _told(parsed, verb, tense or Mood.PRESENT, rule)


def _is_unreal(parsed: Parsed, verb: int) -> bool:
    """ "Had X met Y, …" and "would have met": what did not come about; a question ends in its mark."""
    auxes = [c for c in parsed.children(verb) if parsed.tokens[c].dep.startswith("aux") and c < verb]
    lower = [parsed.tokens[c].lower for c in auxes]
    if "have" in lower and {"would", "could", "should", "might"} & set(lower):
        return True
    sentence = parsed.sentences[parsed.tokens[verb].sentence]
    subject = min(parsed.children_by(verb, "nsubj"), default=verb)
    inverted = any(word == "had" and aux < subject < verb for aux, word in zip(auxes, lower, strict=True))
    return inverted and parsed.tokens[sentence.end_token - 1].text != "?"


def _is_denied(parsed: Parsed, verb: int) -> bool:
    """ "X denied that it had rejected the offer": the clause under a denial that is itself not negated."""
    token = parsed.tokens[verb]
    head = parsed.tokens[token.head]
    if token.dep.startswith("acl") and head.lemma.lower() in RUMOURS:  # "rejected claims that it had met X"
        over = parsed.tokens[head.head]
        return over.lemma in REBUTTING and not is_negated(parsed, over.i)
    return token.dep in {"ccomp", "xcomp"} and head.lemma in DENYING and not is_negated(parsed, token.head)


def _markers(parsed: Parsed, verb: int) -> set[str]:
    found = set()
    for child in parsed.children(verb):
        token = parsed.tokens[child]
        if token.dep in {"mark", "advmod"} and child < verb:
            found.add(token.lower)
    return found


def _governed(scene: Scene, verb: int, depth: int) -> Reality | None:
    """The mood that a governing predicate gives an infinitive ("plans to meet", "is to meet")."""
    parsed = scene.parsed
    token = parsed.tokens[verb]
    infinitive = (token.tag == "VB" and not token.lower.endswith("ing")) or any(
        parsed.tokens[c].tag == "TO" or (parsed.tokens[c].lower == "to" and parsed.tokens[c].dep == "mark")
        for c in parsed.children(verb)
    )
    backed = token.tag == "VBG" and parsed.tokens[token.head].lemma in BACKING and token.dep == "xcomp"
    if backed:  # "supports launching talks"
        return _told(parsed, verb, Mood.WISH, "status.purpose")
    if not infinitive or depth > MAX_CLIMB:
        return None
    if {"is", "are", "was", "were", "'s"} & set(auxiliaries(parsed, verb)) and token.tag == "VB":
        aims = any(parsed.tokens[c].lemma.lower() in AIMS for c in parsed.children_by(verb, "nsubj"))
        return _told(parsed, verb, Mood.WISH if aims else Mood.FUTURE, "status.is-to")
    if token.head == verb:
        return None
    head = parsed.tokens[token.head]
    if token.dep == "conj" and head.pos in {"VERB", "AUX"}:
        return _reality(scene, token.head, depth + 1)
    for mood, lemmas in GOVERNED_MOOD.items():
        if head.lemma.lower() in lemmas or head.lower in lemmas:
            governor = _reality(scene, token.head, depth + 1) if head.pos == "VERB" else None
            negated = is_negated(parsed, token.head)
            final = Mood.NEGATED if negated or (governor and governor.mood is Mood.NEGATED) else mood
            spans = (parsed.span(token.head, token.head + 1), parsed.span(verb, verb + 1))
            return Reality(final, Reason("status.governor", f"“{head.text}” governs “{token.text}”", spans))
    purpose = token.dep.partition(":")[0] in {"advcl", "acl"}
    if purpose and (head.lemma.lower(), head.pos[:1]) not in triggers():
        return _told(parsed, verb, Mood.WISH, "status.purpose")
    return _reality(scene, token.head, depth + 1)


def _tense(parsed: Parsed, verb: int, auxes: set[str]) -> Mood | None:
    tag = parsed.tokens[verb].tag
    past_aux = auxes & {"was", "were", "had", "did", "has", "have", "'ve", "been"}
    if tag == "VBG":
        if auxes & {"is", "are", "'s", "'re", "am", "been"}:
            return Mood.ONGOING
        return Mood.PAST if past_aux else None
    if tag == "VBN":
        if auxes & {"being"}:
            return Mood.ONGOING
        if auxes & {"is", "are"} and not past_aux:
            return Mood.PRESENT
        return Mood.PAST
    if tag == "VBD" or past_aux:
        return Mood.PAST
    if tag in {"VBZ", "VBP"} or auxes & {"is", "are", "does", "do"}:
        return Mood.PRESENT
    return None


def _told(parsed: Parsed, verb: int, mood: Mood, rule: str) -> Reality:
    words = parsed.span(verb, verb + 1)
    return Reality(mood, Reason(rule, f"{mood.value}: “{words.exact}”", (words,)))
