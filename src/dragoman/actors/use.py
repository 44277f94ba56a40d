"""How a place name is used: as a government that acts, as where something happens, or to qualify a noun."""

from __future__ import annotations

from dragoman.actors.syntax import first_conjunct, governor, is_possessive, preposition
from dragoman.actors.tables import nouns, word_set
from dragoman.model import Parsed, Use

_QUALIFIERS = frozenset({"compound", "amod", "nmod:desc", "det"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})


def place_use(
    parsed: Parsed, start: int, end: int, head: int, *, city: bool, named_next: bool = False
) -> tuple[Use, str]:
    """
    How a state's or city's name is used, and the rule that says so.

    Args:
        parsed: the report.
        start: the name's first token.
        end: the token after its last.
        head: the token that the rest of the sentence attaches to.
        city: whether it names a city; a city is whom one speaks to more seldom than a state.
        named_next: whether another name begins right after it, which it then does not qualify.
    """
    tokens = parsed.tokens
    if is_possessive(parsed, end):
        return Use.MODIFIER, "possessive"
    following = tokens[end] if end < len(tokens) else None
    if (
        following is not None
        and not named_next
        and following.sentence == tokens[head].sentence
        and following.tag in _NOUNS | {"HYPH"}
        and (
            tokens[head].dep in _QUALIFIERS
            or (tokens[head].head > head and tokens[head].dep in {"nmod", "dep"})
        )
        and tokens[head].head >= end
    ):
        return Use.MODIFIER, "before-noun"
    word = preposition(parsed, start, head)
    before = tokens[start - 1] if start and tokens[start - 1].sentence == tokens[start].sentence else None
    if city and _is_capital_of(parsed, start):
        return Use.PLACE, "capital-of"
    if before is not None and before.pos == "VERB" and before.lemma.lower() in word_set("visits"):
        return Use.PLACE, "visited"
    if word == "for" and end + 1 < len(tokens) and tokens[end].lower == "to" and tokens[end + 1].tag == "VB":
        return Use.PARTY, "agent"
    above = governor(parsed, head)
    lemma = tokens[above].lemma.lower() if above is not None else ""
    if word == "on" and city and lemma in word_set("motion") | {"meet", "meeting", "talk", "hold", "island"}:
        return Use.PLACE, "preposition"
    if word:
        return _after_preposition(word, lemma, city=city)
    dep = tokens[first_conjunct(parsed, head)].dep.partition(":")[0]
    if dep in {"nsubj", "csubj"}:
        return Use.PARTY, "agent"
    if dep in {"obj", "iobj"}:
        return (Use.PLACE, "visited") if lemma in word_set("visits") else (Use.PARTY, "object")
    if dep == "obl" and city:
        return Use.PLACE, "adverbial"
    return (Use.OTHER, "unclear") if city else (Use.PARTY, "bare-name")


def _is_capital_of(parsed: Parsed, start: int) -> bool:
    """Whether "capital" explains the name that follows it ("Ethiopia's capital, Addis Ababa")."""
    words = [token.lower for token in parsed.tokens[max(0, start - 2) : start]]
    return bool(words) and (words[-1] == "capital" or words == ["capital", ","])


def _after_preposition(word: str, lemma: str, *, city: bool) -> tuple[Use, str]:
    if word in word_set("place-prepositions"):
        return Use.PLACE, "preposition"
    if word in word_set("party-prepositions"):
        return Use.PARTY, "partner"
    if word in word_set("topic-prepositions"):
        return Use.OTHER, "topic"
    if word == "to":
        if lemma in word_set("motion") or (city and lemma not in word_set("address")):
            return Use.PLACE, "destination"
        return Use.PARTY, "addressee"
    if word == "from":
        if lemma in word_set("from-party") or lemma in nouns():
            return Use.PARTY, "source"
        return Use.PLACE, "origin"
    if word == "for":
        return (Use.PLACE, "destination") if lemma in word_set("motion") and city else (Use.OTHER, "for")
    if word == "of":
        return Use.MODIFIER, "of"
    return Use.OTHER, "unclear"
