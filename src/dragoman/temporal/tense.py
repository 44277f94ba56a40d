"""The tense of the verb that governs a time expression."""

from __future__ import annotations

from enum import StrEnum

from dragoman.model.parsed import Parsed

_PAST_AUX = frozenset({"had", "was", "were", "did", "has", "have", "having", "'ve", "’ve"})
_FUTURE_AUX = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_MODAL = frozenset({"would", "could", "may", "might", "can", "should", "must"})
# Verbs and adjectives whose infinitive lies ahead ("plans to meet", "is due to arrive").
AHEAD = frozenset(
    "plan expect schedule due set intend agree want hope prepare seek propose invite ask ready likely poise "
    "aim decide arrange slate order promise pledge vow urge call".split()
)
# What is called off or moved was still to come when that was told.
CALLED_OFF = frozenset("cancel postpone delay reschedule adjourn defer scrap".split())
_COMING = frozenset({"upcoming", "forthcoming", "impending"})  # "the upcoming visit to X in spring"
_REPORTING = frozenset("say tell report announce state add note confirm warn write".split())


class Tense(StrEnum):
    """When a clause lies, seen from the report."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


def tense_at(parsed: Parsed, token: int) -> Tense | None:
    """Tense of the clause that token ``token`` stands in, None where no verb tells."""
    return governing(parsed, token)[0]


def governing(parsed: Parsed, token: int) -> tuple[Tense | None, int | None]:
    """
    Tense of the clause that token ``token`` stands in, and the token that shows it; None where no
    verb tells.

    The tree is walked up to the first finite verb; where it leads nowhere the clause's words are
    scanned. "Ahead of" before the expression, or a noun over it that is "upcoming", makes it future whatever
    the verb ("arrived ahead of Tuesday's talks").

    Limit: a wrong parse can attach the words to another clause of the sentence.
    """
    sentence = parsed.sentences[parsed.tokens[token].sentence]
    marked = _marked(parsed, token, sentence.start_token)
    if marked is not None:
        return marked
    steps = 0
    at = below = token
    while steps < 40:
        node = parsed.tokens[at]
        if below != at and _calls_off(parsed, at) and _still_to_come(parsed, below):
            return Tense.FUTURE, at
        coming = [c for c in parsed.children_by(at, "amod") if parsed.tokens[c].lower in _COMING]
        if coming and node.pos in {"NOUN", "PROPN"}:
            return Tense.FUTURE, coming[0]
        if node.pos in {"VERB", "AUX"} or node.tag.startswith(("VB", "MD")) or _has_copula(parsed, at):
            found = _verb_tense(parsed, at)
            if found is not None:
                return found, at
        if node.head == at:
            break
        below, at = at, node.head
        steps += 1
    return _scan(parsed, token, sentence.start_token, sentence.end_token)


def _calls_off(parsed: Parsed, verb: int) -> bool:
    lemma = parsed.tokens[verb].lemma
    return lemma in CALLED_OFF or (
        lemma in {"call", "put"} and any(parsed.tokens[c].lower == "off" for c in parsed.children(verb))
    )


def _still_to_come(parsed: Parsed, below: int) -> bool:
    """ "The meeting on 26 June was cancelled", "was put off to 3 July": the day of what is called off."""
    token = parsed.tokens[below]
    if token.dep.partition(":")[0] in {"nsubj", "obj"}:
        return True
    cases = {parsed.tokens[c].lower for c in parsed.children_by(below, "case")}
    return token.dep.startswith("obl") and bool(cases & {"to", "until", "till", "for"})


# Words a little before the expression that settle the tense whatever the verb.
_MARKS = {("ahead", "of"): Tense.FUTURE, ("according", "to"): Tense.PAST}


def _marked(parsed: Parsed, token: int, first: int) -> tuple[Tense, int] | None:
    """The tense that "ahead of" or "according to" gives, a few words before."""
    for i in range(token - 2, max(first, token - 7) - 1, -1):
        mark = _MARKS.get((parsed.tokens[i].lower, parsed.tokens[i + 1].lower))
        if mark is not None:
            return mark, i
    return None


def _has_copula(parsed: Parsed, at: int) -> bool:
    return any(parsed.tokens[child].dep in {"cop", "aux", "aux:pass"} for child in parsed.children(at))


def _verb_tense(parsed: Parsed, at: int) -> Tense | None:
    """Tense of a verb with its auxiliaries; an infinitive or participle asks the verb above it."""
    node = parsed.tokens[at]
    around = [parsed.tokens[child] for child in parsed.children(at)]
    helpers = {child.lower for child in around if child.dep in {"aux", "aux:pass", "cop"}}
    tags = {child.tag for child in around if child.dep in {"aux", "aux:pass", "cop"}}
    to = any(child.lower == "to" and (child.tag == "TO" or child.dep == "mark") for child in around)
    if helpers & _FUTURE_AUX:
        return Tense.FUTURE
    if to:
        above = parsed.tokens[node.head]
        if node.head == at or (node.dep in {"advcl", "acl"} and above.lemma not in AHEAD):
            return Tense.FUTURE if helpers & {"is", "are"} or node.head == at else None
        if above.lemma in AHEAD or above.lower in {"is", "are"}:
            return Tense.FUTURE
        return _verb_tense(parsed, node.head) if above.tag.startswith("VB") else None
    if node.tag == "VBD" or helpers & _PAST_AUX or "VBD" in tags:
        return Tense.PAST
    if "would" in helpers:
        return Tense.FUTURE
    if helpers & _MODAL:
        return Tense.FUTURE if helpers & {"may", "might", "could", "can"} else None
    if node.tag == "VBN" and not helpers and node.dep in {"acl", "advcl", "amod"}:
        return Tense.FUTURE if node.lemma in AHEAD else Tense.PAST
    if node.tag == "VBN" and helpers & {"is", "are", "be", "'s", "’s"}:
        return Tense.FUTURE if node.lemma in AHEAD else Tense.PRESENT
    if node.tag in {"VBZ", "VBP"}:
        return Tense.PAST if node.lemma in _REPORTING else Tense.PRESENT
    if helpers & {"is", "are", "am", "'s", "’s", "'re", "’re", "'m"}:
        return Tense.FUTURE if node.lemma in AHEAD else Tense.PRESENT
    return None


def _scan(parsed: Parsed, token: int, first: int, last: int) -> tuple[Tense | None, int | None]:
    """The nearest verb form by tag within twelve words to either side, those before it first."""
    before = range(token - 1, max(first, token - 12) - 1, -1)
    after = range(token + 1, min(last, token + 12))
    for window in (before, after):
        for i in window:
            node = parsed.tokens[i]
            if node.lower in _FUTURE_AUX:
                return Tense.FUTURE, i
            if node.tag == "VBD":
                return Tense.PAST, i
            if node.lower == "would":
                return Tense.FUTURE, i
            if node.tag in {"VBZ", "VBP"}:
                following = parsed.tokens[i + 1].lower if i + 1 < last else ""
                if node.lower in {"has", "have"}:
                    return Tense.PAST, i
                if node.lower in {"is", "are"} and following == "to":
                    return Tense.FUTURE, i
                return (Tense.FUTURE if node.lemma in AHEAD else Tense.PRESENT), i
    return None, None
