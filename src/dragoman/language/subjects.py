"""Two mends of the trees that the network is prone to need: subjects that hang on a wrong word."""

from __future__ import annotations

from collections.abc import Sequence


def settle_subjects(heads: Sequence[int], deps: Sequence[str]) -> tuple[list[int], list[str]]:
    """
    Heads and relations with each subject at the verb that it stands before.

    "The envoy, A. B., said that his country does not intend to …": where the network hangs both "envoy" and
    "country" on "intend", the one that stands left of "said" is the subject of "said", which has none of
    its own. A complement clause has no subject left of the verb that it completes. So too an adverbial clause
    further on: "The envoy said that …, since the body has no status".
    """
    heads, deps = list(heads), list(deps)
    subjects: dict[int, list[int]] = {}
    for token, dep in enumerate(deps):
        if dep.startswith("nsubj"):
            subjects.setdefault(heads[token], []).append(token)
    for verb, own in list(subjects.items()):
        above = heads[verb]
        if deps[verb] not in {"ccomp", "advcl"} or above >= verb or len(own) < 2 or subjects.get(above):
            continue
        first = min(own)
        if first < above < max(own):
            heads[first] = above
            subjects[above] = [first]
    return heads, deps


def settle_sayers(heads: Sequence[int], deps: Sequence[str]) -> tuple[list[int], list[str]]:
    """
    Heads and relations with each sayer behind what is said as the subject of the verb of saying.

    "X will meet the minister, A. B., a spokesman said": where the network takes "spokesman" for an apposition
    to "A. B." and leaves "said" without a subject, though what is said stands before it.
    """
    heads, deps = list(heads), list(deps)
    with_subject = {
        head for head, dep in zip(heads, deps, strict=True) if dep.startswith(("nsubj", "csubj", "expl"))
    }
    said = {heads[c]: c for c, dep in enumerate(deps) if dep == "ccomp" and heads[c] > c}
    for verb, clause in said.items():
        if verb in with_subject:
            continue
        last = verb - 1
        while last > clause and heads[last] < last and deps[last] != "appos":  # up the phrase that ends here
            last = heads[last]
        if last > clause and deps[last] == "appos" and heads[last] < last:
            heads[last], deps[last] = verb, "nsubj"
    return heads, deps
