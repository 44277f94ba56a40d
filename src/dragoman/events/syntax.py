"""Readings of the dependency tree that several event rules share: who does it, to whom, in which clause."""

from __future__ import annotations

from dragoman.events.tables import words
from dragoman.model import Parsed

OBJECT_CONTROL = words("object-control")
RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom"})
DEFINITE = frozenset({"the", "this", "these", "those", "that"})
PARTICLES = frozenset({"off", "out", "down", "forward"})
MUTUAL = frozenset({"meet", "confer", "negotiate", "talk", "speak"})  # what nobody does alone
NOBODY = frozenset({"none", "neither", "nobody", "no-one", "nothing"})
MAX_CLIMB = 12  # longest chain of clauses walked up; deeper ones are parse errors


def conjuncts(parsed: Parsed, i: int) -> list[int]:
    """Token ``i`` and all that is coordinated with it, in order of the text."""
    found, stack = [], [i]
    while stack:
        top = stack.pop()
        found.append(top)
        stack.extend(parsed.children_by(top, "conj"))
    return sorted(found)


def case_of(parsed: Parsed, i: int) -> str:
    """Preposition or subordinator of ``i`` in lower case ("with", "ahead of", "after"), "" without one."""
    words = []
    for child in parsed.children(i):
        token = parsed.tokens[child]
        if token.dep in {"case", "mark"} and child < i:
            words.append(token.lower)
            words.extend(parsed.tokens[k].lower for k in parsed.children_by(child, "fixed"))
    return " ".join(words)


def is_passive(parsed: Parsed, verb: int) -> bool:
    """Whether the verb is passive: it has a passive auxiliary or subject, or is a bare past participle."""
    if any(parsed.tokens[c].dep in {"aux:pass", "nsubj:pass"} for c in parsed.children(verb)):
        return True
    token = parsed.tokens[verb]
    has_aux = any(parsed.tokens[c].dep.startswith("aux") for c in parsed.children(verb))
    has_object = any(parsed.tokens[c].dep == "obj" for c in parsed.children(verb))
    return token.tag == "VBN" and token.dep in {"acl", "advcl"} and not has_aux and not has_object


def surface_subjects(parsed: Parsed, verb: int, depth: int = 0) -> list[int]:
    """Heads of the grammatical subject, inherited through coordination, complements and relatives."""
    tokens = parsed.tokens
    own = parsed.children_by(verb, "nsubj") or parsed.children_by(verb, "expl")
    if own:
        relative = [s for s in own if tokens[s].lower in RELATIVE_PRONOUNS]
        if relative and tokens[verb].dep.startswith("acl"):
            return conjuncts(parsed, _first_of_list(parsed, tokens[verb].head, verb))
        if relative:
            antecedent = relative_antecedent(parsed, verb)
            if antecedent is None:  # by word order: the word before the pronoun and its comma
                before = relative[0] - 1
                antecedent = before - 1 if before > 0 and tokens[before].text == "," else before
            if antecedent >= 0:
                return conjuncts(parsed, antecedent)
        return [c for s in own for c in conjuncts(parsed, s)]
    if depth >= MAX_CLIMB or tokens[verb].head == verb:
        return []
    dep, head = tokens[verb].dep, tokens[verb].head
    if dep == "acl":
        return conjuncts(parsed, head)
    if dep == "xcomp" and tokens[head].lemma in OBJECT_CONTROL:
        controlled = [c for o in parsed.children_by(head, "obj") for c in conjuncts(parsed, o)]
        if controlled:
            return controlled
    if dep.partition(":")[0] in {"conj", "xcomp", "advcl", "ccomp", "parataxis"}:
        return surface_subjects(parsed, head, depth + 1)
    return []


def _first_of_list(parsed: Parsed, antecedent: int, verb: int) -> int:
    """ "X and Y, who met in Z": both met, where the verb takes more than one and has no object."""
    token = parsed.tokens[antecedent]
    alone = parsed.tokens[verb].lemma in MUTUAL and not parsed.children_by(verb, "obj")
    return token.head if alone and token.dep == "conj" else antecedent


def relative_antecedent(parsed: Parsed, verb: int) -> int | None:
    """The noun that a relative clause around ``verb`` modifies, or None."""
    for _ in range(MAX_CLIMB):
        token = parsed.tokens[verb]
        if token.dep == "acl:relcl":
            return token.head
        if token.head == verb or token.dep.partition(":")[0] not in {"conj", "xcomp", "ccomp"}:
            return None
        verb = token.head
    return None


def doers(parsed: Parsed, verb: int) -> list[int]:
    """Heads of who does it: the subject, or the "by" phrase of a passive."""
    if is_passive(parsed, verb):
        return obliques(parsed, verb, {"by"})
    return surface_subjects(parsed, verb)


def undergoers(parsed: Parsed, verb: int) -> list[int]:
    """Heads of what it is done to: the object, or the subject of a passive."""
    if is_passive(parsed, verb):
        return surface_subjects(parsed, verb)
    found = [c for o in parsed.children_by(verb, "obj") for c in conjuncts(parsed, o)]
    return found or obliques(
        parsed, verb, PARTICLES
    )  # "called off talks", where the parse takes "off" for a case


def things_done(parsed: Parsed, verb: int, lemmas: frozenset[str]) -> list[int]:
    """What it is done to, among nouns with these lemmas; where the parse names none, the next such noun."""
    found = undergoers(parsed, verb)
    if not found:
        for token in parsed.tokens[verb + 1 : verb + 8]:
            if (
                token.sentence != parsed.tokens[verb].sentence
                or token.pos in {"VERB", "SCONJ"}
                or token.text == ","
            ):
                break
            if token.pos == "NOUN" and token.lemma.lower() in lemmas:
                return [token.i]
    return [t for t in found if parsed.tokens[t].lemma.lower() in lemmas]


def obliques(parsed: Parsed, i: int, cases: set[str] | frozenset[str]) -> list[int]:
    """Dependents of ``i`` (verb or noun) marked by one of ``cases``, coordination spelled out."""
    found = []
    for child in parsed.children_by(i, "obl", "nmod"):
        if case_of(parsed, child) in cases:
            found.extend(conjuncts(parsed, child))
    return found


def clause_head(parsed: Parsed, i: int) -> int:
    """The verb (or other predicate) of the clause that ``i`` stands in."""
    for _ in range(4 * MAX_CLIMB):
        token = parsed.tokens[i]
        clausal = token.dep.partition(":")[0] in {
            "root",
            "ccomp",
            "advcl",
            "acl",
            "parataxis",
            "xcomp",
            "csubj",
        }
        if clausal or token.head == i or (token.dep == "conj" and token.pos in {"VERB", "AUX"}):
            return i
        i = token.head
    return i


def is_negated(parsed: Parsed, verb: int) -> bool:
    """Whether "not", "never", or "no" and "neither" on its subject or object negate the predicate."""
    for child in parsed.children(verb):
        token = parsed.tokens[child]
        if token.lower in {"not", "n't", "never", "n’t", "neither", "nor"}:
            return True
        if token.dep in {"obj", "nsubj", "nsubj:pass"} and (has_no(parsed, child) or _nobody(parsed, child)):
            return True
    return False


def _nobody(parsed: Parsed, noun: int) -> bool:
    """Whether the phrase denies all it names: "neither X nor Y", "none of them", "neither side"."""
    words = {parsed.tokens[c].lower for c in parsed.children(noun)}
    return "neither" in words or parsed.tokens[noun].lower in NOBODY


def has_no(parsed: Parsed, noun: int) -> bool:
    """Whether the noun is denied by its determiner ("no talks")."""
    return any(parsed.tokens[c].lower == "no" for c in parsed.children(noun))


def auxiliaries(parsed: Parsed, verb: int) -> list[str]:
    """Auxiliaries of the verb in lower case, in order."""
    return [
        parsed.tokens[c].lower
        for c in parsed.children(verb)
        if parsed.tokens[c].dep.startswith(("aux", "cop"))
    ]


def has_particle(parsed: Parsed, verb: int, particle: str) -> bool:
    """Whether particle or preposition ``particle`` goes with the verb, as a dependent or right after it."""
    for child in parsed.children(verb):
        token = parsed.tokens[child]
        if token.lower == particle and token.dep in {"compound:prt", "advmod", "case", "mark", "obl", "obj"}:
            return True
        if case_of(parsed, child) == particle:
            return True
    nearby = parsed.tokens[verb + 1 : verb + 4]
    return any(t.lower == particle and t.sentence == parsed.tokens[verb].sentence for t in nearby[:2])


def is_definite(parsed: Parsed, noun: int) -> bool:
    """Whether the noun points back ("the offer", "that proposal")."""
    return bool(determiners(parsed, noun) & DEFINITE)


def determiners(parsed: Parsed, noun: int) -> set[str]:
    """Determiners of the noun in lower case."""
    return {parsed.tokens[c].lower for c in parsed.children_by(noun, "det")}
