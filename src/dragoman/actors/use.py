"""How a place name is used: as a government that acts, as where something happens, or to qualify a noun."""

from __future__ import annotations

from dragoman.actors.syntax import first_conjunct, governor, is_possessive, preposition
from dragoman.actors.tables import nouns
from dragoman.model import Parsed, Use

PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "inside", "outside", "across", "throughout", "within", "into", "onto", "around", "through", "via",
     "along", "above", "off", "beyond", "under"},
)  # fmt: skip
PARTY_PREPOSITIONS = frozenset({"with", "between", "among", "by", "against", "like", "including", "than", "except", "alongside"})
TOPIC_PREPOSITIONS = frozenset({"about", "on", "over", "regarding", "concerning", "toward", "towards"})
# Lemmas after which "to Iran", "from Iran" name where somebody or something goes.
MOTION = frozenset(
    {"travel", "go", "fly", "come", "return", "arrive", "visit", "trip", "tour", "journey", "head", "depart", "leave", "move",
     "drive", "flight", "withdraw", "withdrawal", "pullout", "deport", "flee", "escape", "bring", "dispatch", "take", "send",
     "accompany", "welcome", "summon", "deploy", "troop", "ship", "export", "cross", "extradite", "transfer", "deliver", "stop",
     "road", "route", "access", "border", "walk", "run", "way", "bound", "return", "tourist", "invite", "invitation", "shuttle",
     "relocate", "pull", "evacuate", "expel", "recall", "call", "import", "flow", "refugee", "stopover", "transit", "spread"},
)  # fmt: skip
# Lemmas after which even a capital with "to" is whom somebody speaks to.
ADDRESS = frozenset(
    {"letter", "message", "offer", "proposal", "appeal", "warning", "ambassador", "envoy", "apology", "concession", "give", "tell",
     "say", "respond", "response", "reply", "answer", "assure", "threat", "signal", "hand", "propose", "present", "submit",
     "threaten", "owe", "sell", "supply", "lend", "pose", "matter", "according", "belong", "important", "close", "loyal",
     "sympathetic", "friendly", "hostile", "opposed", "similar", "unacceptable", "acceptable", "talk", "speak", "support", "aid"},
)  # fmt: skip
# Lemmas after which "from Iran" names a source that acts.
FROM_PARTY = frozenset(
    {"pressure", "criticism", "support", "approval", "demand", "offer", "proposal", "letter", "request", "threat", "response",
     "reply", "answer", "message", "help", "aid", "assurance", "guarantee", "commitment", "invitation", "receive", "hear", "demand",
     "concession", "permission", "independence", "backing", "opposition", "reaction", "signal", "apology", "participation", "differ"},
)  # fmt: skip
VISITS = frozenset({"visit", "tour", "leave", "reach", "enter", "cross", "depart", "invade", "occupy", "flee", "quit"})
_QUALIFIERS = frozenset({"compound", "amod", "nmod:desc", "det"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})


def place_use(parsed: Parsed, start: int, end: int, head: int, *, city: bool) -> tuple[Use, str]:
    """
    How a state's or city's name is used, and the rule that says so.

    Args:
        parsed: the report.
        start, end, head: the name's tokens.
        city: whether it names a city; a city is whom one speaks to more seldom than a state.
    """
    tokens = parsed.tokens
    if is_possessive(parsed, end):
        return Use.MODIFIER, "possessive"
    following = tokens[end] if end < len(tokens) else None
    if (
        following is not None
        and following.sentence == tokens[head].sentence
        and following.tag in _NOUNS | {"HYPH"}
        and (tokens[head].dep in _QUALIFIERS or (tokens[head].head > head and tokens[head].dep in {"nmod", "dep"}))
        and tokens[head].head >= end
    ):
        return Use.MODIFIER, "before-noun"
    word = preposition(parsed, start, head)
    above = governor(parsed, head)
    lemma = tokens[above].lemma.lower() if above is not None else ""
    if word == "on" and city and lemma in MOTION | {"meet", "meeting", "talk", "hold", "island"}:
        return Use.PLACE, "preposition"
    if word:
        return _after_preposition(word, lemma, city=city)
    dep = tokens[first_conjunct(parsed, head)].dep.partition(":")[0]
    if dep in {"nsubj", "csubj"}:
        return Use.PARTY, "agent"
    if dep in {"obj", "iobj"}:
        return (Use.PLACE, "visited") if lemma in VISITS else (Use.PARTY, "object")
    if dep == "obl" and city:
        return Use.PLACE, "adverbial"
    return (Use.OTHER, "unclear") if city else (Use.PARTY, "bare-name")


def _after_preposition(word: str, lemma: str, *, city: bool) -> tuple[Use, str]:
    if word in PLACE_PREPOSITIONS:
        return Use.PLACE, "preposition"
    if word in PARTY_PREPOSITIONS:
        return Use.PARTY, "partner"
    if word in TOPIC_PREPOSITIONS:
        return Use.OTHER, "topic"
    if word == "to":
        if lemma in MOTION or (city and lemma not in ADDRESS):
            return Use.PLACE, "destination"
        return Use.PARTY, "addressee"
    if word == "from":
        if lemma in FROM_PARTY or lemma in nouns():
            return Use.PARTY, "source"
        return Use.PLACE, "origin"
    if word == "for":
        return (Use.PLACE, "destination") if lemma in MOTION and city else (Use.OTHER, "for")
    if word == "of":
        return Use.MODIFIER, "of"
    return Use.OTHER, "unclear"
