"""What a date or place hangs on: by the parse upward, by word order to the left."""

from __future__ import annotations

from dragoman.events.nouns import BODY_NOUNS, PLACE_NOUNS
from dragoman.events.scene import Scene
from dragoman.events.tables import triggers
from dragoman.model import Timex

# "on the sidelines of the summit": the edge of a happening is where the happening is.
HEARERS = frozenset({"reporter", "journalist", "press", "parliament", "audience", "newsman"})
EDGES = frozenset({"sideline", "margin", "sidelines", "margins", "part"})
SETTINGS = frozenset({"summit", "conference", "talk", "meeting", "session", "ceremony"})
FORMS = frozenset({"in", "during", "at", "over", "by"})  # "in a call", "at a meeting", "during talks"
MAX_STEPS = 14
REACH = 40  # tokens walked back from a date or place to what it follows


def steps_to(scene: Scene, token: int, chain: list[int]) -> tuple[int, int] | None:
    """How ``token`` hangs on the chain: (index in it, clauses crossed), None if it does not."""
    tokens, clauses = scene.parsed.tokens, 0
    positions = {member: index for index, member in enumerate(chain)}
    for _ in range(MAX_STEPS):
        if token in positions:
            return positions[token], clauses
        current = tokens[token]
        if _other_happening(scene, token) and not _is_form_of(scene, token, positions):
            return None
        if current.head == token:
            return None
        if current.dep.partition(":")[0] in {"acl", "advcl", "ccomp", "parataxis", "csubj"} or (
            current.dep == "conj" and current.pos == "VERB"
        ):
            clauses += 1
        token = current.head
    return None


def _is_form_of(scene: Scene, token: int, positions: dict[int, int]) -> bool:
    """ "Discussed it in a video call on 7 December": the noun says how the happening itself was held."""
    parsed = scene.parsed
    case = {parsed.tokens[c].lower for c in parsed.children_by(token, "case")}
    return parsed.tokens[token].dep == "obl" and parsed.tokens[token].head in positions and bool(case & FORMS)


def _other_happening(scene: Scene, token: int) -> bool:
    """Whether the token names another happening, whose date and place are its own ("the visit in May")."""
    current = scene.parsed.tokens[token]
    lemma = current.lemma.lower()
    return current.pos == "NOUN" and lemma not in SETTINGS and (lemma, "N") in triggers()


def anchor_before(scene: Scene, start: int) -> int | None:
    """
    The verb or noun that a phrase beginning at token ``start`` follows, by word order alone.

    Names, dates, lengths of time, place phrases, lists of people and small words are walked over: in "held
    talks with the minister, A. B., in C on Monday" both "in C" and "on Monday" follow "talks".
    """
    tokens = scene.parsed.tokens
    first = scene.parsed.sentences[tokens[start].sentence].start_token
    i = start - 1
    while i >= first and start - i <= REACH:
        mention = scene.actors.at(i)
        if mention is not None:
            if mention.label == "FORUM" or tokens[mention.end_token - 1].lemma.lower() in SETTINGS:
                return mention.end_token - 1
            i = mention.start_token - 1
            continue
        timex = scene.timex_at.get(i) or scene.length_at.get(i)
        if timex is not None:
            i = timex.start_token - 1
            continue
        token = tokens[i]
        if token.pos in {"VERB", "AUX"} and token.dep.partition(":")[0] not in {"aux", "cop"}:
            return i
        walked_over = BODY_NOUNS | PLACE_NOUNS | EDGES | HEARERS
        if token.pos == "NOUN" and token.dep != "compound" and token.lemma.lower() not in walked_over:
            return i
        if token.pos == "SCONJ" or token.text in {";", ":", "(", ")"}:
            return None
        i -= 1
    return None


def clause_opened(scene: Scene, timex: Timex) -> int | None:
    """The finite verb of a clause that a date opens: "…, on Wednesday in Brussels the council gathered"."""
    tokens = scene.parsed.tokens
    before = timex.start_token - 1
    while before > 0 and (tokens[before].pos == "ADP" or tokens[before].lower == "and"):
        before -= 1
    if tokens[before].text not in {",", ";"}:
        return None
    nominal = False
    for token in tokens[timex.end_token : timex.end_token + 12]:
        if (token.pos == "PUNCT" and token.text not in {"-", "–"}) or token.pos in {"SCONJ", "CCONJ"}:
            return None
        if token.tag in {"VBD", "VBZ", "VBP", "MD"}:
            return token.i if nominal else None
        nominal = nominal or token.pos in {"NOUN", "PROPN", "PRON"}
    return None


def outermost(scene: Scene, start_token: int, end_token: int) -> int:
    """The token of a span whose head lies outside it."""
    for token in range(start_token, end_token):
        head = scene.parsed.tokens[token].head
        if not start_token <= head < end_token or head == token:
            return token
    return start_token
