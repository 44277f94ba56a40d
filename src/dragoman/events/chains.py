"""From a meeting noun outward: the nouns that contain it, the predicate over it, the clause it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.events.governing import effect_of
from dragoman.events.scene import Scene
from dragoman.events.syntax import case_of, clause_head
from dragoman.events.tables import words
from dragoman.model import EntityKind

CONTAINERS = words("container")
PROPOSAL_NOUNS = words("over-proposal")
REFUSAL_NOUNS = words("over-refusal")
STEPS = 4
NEXT_VERB = 12  # tokens from a subject or noun to the verb that word order gives it
# Under these the noun is when or where something else happens, not what the predicate is about.
CIRCUMSTANCE = frozenset(
    {"after", "following", "during", "before", "ahead of", "at", "since", "prior to", "until"}
)


@dataclass(frozen=True, slots=True)
class Chain:
    """
    What stands over a trigger noun.

    Attributes:
        nouns: the trigger and the nouns that contain it, innermost first.
        outer: the noun over them where it is no container, else None.
        governor: the predicate token, else None.
        effect: what the table says that predicate does to a meeting, "" where it says nothing.
        relation: how the outermost noun hangs on the governor ("obj", "nsubj", "obl").
        case: preposition of the outermost noun.
    """

    nouns: tuple[int, ...]
    outer: int | None
    governor: int | None
    effect: str
    relation: str
    case: str

    @property
    def top(self) -> int:
        """The outermost noun."""
        return self.nouns[-1]


def chain_over(scene: Scene, noun: int) -> Chain:
    """Climb from a trigger noun to its governor."""
    parsed = scene.parsed
    nouns = [noun]
    while len(nouns) <= STEPS:
        top = nouns[-1]
        token = parsed.tokens[top]
        head = parsed.tokens[token.head]
        if token.head == top:
            return Chain(tuple(nouns), None, None, "", "root", case_of(parsed, top))
        relation = token.dep.partition(":")[0]
        if relation in {"nmod", "compound"} and head.lemma.lower() in CONTAINERS:
            nouns.append(token.head)
            continue
        if relation in {"conj", "appos"} and head.pos in {"NOUN", "PROPN"}:
            return _over_conjunct(scene, nouns, token.head)
        break
    top = nouns[-1]
    token = parsed.tokens[top]
    case = case_of(parsed, top)
    relation = token.dep.partition(":")[0]
    governor = _own_verb(scene, top) if relation == "nsubj" else token.head
    head = parsed.tokens[governor]
    if head.pos in {"VERB", "AUX"} or (head.pos == "ADJ" and relation in {"nsubj", "obl"}):
        effect = "" if relation == "obl" and case in CIRCUMSTANCE else effect_of(scene, governor)
        return Chain(tuple(nouns), None, governor, effect, relation, case)
    outer = parsed.tokens[token.head]
    over = parsed.tokens[outer.head]
    if relation == "nmod" and case in CIRCUMSTANCE and outer.dep in {"obj", "obl"} and over.pos == "VERB":
        return Chain(tuple(nouns), None, outer.head, "", "obl", case)  # "made the comment after talks"
    if head.pos in {"NOUN", "PROPN", "PRON"} and relation != "nsubj":
        return Chain(tuple(nouns), token.head, None, "", relation, case)
    return Chain(tuple(nouns), None, token.head, effect_of(scene, token.head), relation, case)


def _own_verb(scene: Scene, subject: int) -> int:
    """The verb of a subject: the parse's, or the next one where the parse's stands before the subject."""
    tokens = scene.parsed.tokens
    verb = tokens[subject].head
    if verb > subject:
        return verb
    for token in tokens[subject + 1 : subject + NEXT_VERB]:
        if token.sentence != tokens[subject].sentence or token.lower in {"which", "that", "who"}:
            break
        if token.pos == "VERB" and not scene.parsed.children_by(token.i, "nsubj"):
            return token.i
    return verb


def relative_after(scene: Scene, noun: int) -> int | None:
    """The verb of a relative clause after the noun phrase, by word order (", which took place in X")."""
    tokens = scene.parsed.tokens
    for token in tokens[noun + 1 : noun + NEXT_VERB]:
        if (
            token.sentence != tokens[noun].sentence
            or token.pos in {"VERB", "SCONJ"}
            or token.text in {";", ":"}
        ):
            return None
        if token.lower == "which":
            return next((t.i for t in tokens[token.i + 1 : token.i + 4] if t.pos == "VERB"), None)
    return None


def _over_conjunct(scene: Scene, nouns: list[int], first: int) -> Chain:
    """A coordinated noun takes the governor of the first conjunct."""
    token = scene.parsed.tokens[first]
    head = scene.parsed.tokens[token.head]
    case = case_of(scene.parsed, nouns[-1]) or case_of(scene.parsed, first)
    if token.head != first and head.pos in {"VERB", "AUX"}:
        relation = token.dep.partition(":")[0]
        return Chain(tuple(nouns), None, token.head, effect_of(scene, token.head), relation, case)
    return Chain(tuple(nouns), None, None, "", "conj", case)


def attachment_chain(scene: Scene, chain: Chain, *, wide: bool) -> list[int]:
    """Tokens on which its date or place may hang, nearest first; ``wide`` adds the clause around it."""
    tokens = list(chain.nouns)
    for noun in chain.nouns:  # "talks held in Geneva", "a meeting set for Tuesday"
        clauses = {*scene.parsed.children_by(noun, "acl"), relative_after(scene, noun)}
        tokens += sorted(c for c in clauses if c is not None and effect_of(scene, c))
    if chain.governor is not None:
        tokens.append(chain.governor)
        if chain.relation == "nsubj":  # "talks are due to resume in Qatar"
            tokens += [
                c
                for c in scene.parsed.children_by(chain.governor, "xcomp", "ccomp", "advcl")
                if c > chain.governor and scene.parsed.tokens[c].tag == "VB"
            ][:1]
        if wide:
            head = clause_head(scene.parsed, chain.governor)
            token = scene.parsed.tokens[head]
            tokens.append(head)
            if token.dep.partition(":")[0] in {"xcomp", "conj", "advcl"} and token.head != head:
                tokens.append(token.head)
    elif chain.outer is not None and wide:
        tokens.append(clause_head(scene.parsed, chain.outer))
    return list(dict.fromkeys(tokens))


def forum_of(scene: Scene, chain: Chain) -> tuple[str | None, tuple[str, ...]]:
    """Name and fixed members of the forum that the noun phrase names, (None, ()) without one."""
    tokens = scene.parsed.tokens
    for noun in chain.nouns:
        mention = scene.actors.at(noun)
        near = [mention] if mention is not None else []
        for child in scene.parsed.children(noun):
            if tokens[child].dep.partition(":")[0] in {"nmod", "compound", "amod", "flat", "appos"}:
                inner = scene.actors.at(child)
                if inner is not None:
                    near.append(inner)
        for candidate in near:
            for entity in scene.entities(candidate):
                if entity.kind is EntityKind.FORUM:
                    return entity.name, entity.parties
    return None, ()
