"""Attribution without a verb of saying: "according to X", "X's claim that ...", "made a statement that"."""

from __future__ import annotations

from dragoman.statements.draft import Draft, Piece, piece_of
from dragoman.statements.tables import cue_forms, light_verbs, noun_cues, verb_cues
from dragoman.statements.tree import Tree

_FUSED_WITH = "that"
_VIEW_NOUNS = frozenset({"word", "view", "opinion", "judgment", "judgement", "estimation", "assessment"})
# Relations whose dependents are no clause that could be somebody's statement by itself.
_INSIDE_CLAUSES = frozenset({
    "obj", "obl", "nmod", "iobj", "xcomp", "nsubj", "advmod", "amod", "compound", "appos", "acl", "nummod",
    "advcl", "aux", "cop", "flat", "det", "case",
})  # fmt: skip
_OWN = frozenset({"his", "her", "its", "their", "him", "them", "he", "she", "they", "it"})


def find_nominal(tree: Tree) -> list[Draft]:
    """Drafts of cue nouns, prepositions and words run together with "that", in order."""
    drafts: list[Draft | None] = []
    nouns = noun_cues()
    for token in tree.parsed.tokens:
        if token.lower == "according":
            drafts.append(_according_to(tree, token.i))
        elif token.lower.endswith(_FUSED_WITH) and token.lower != _FUSED_WITH:
            drafts.append(_fused(tree, token.i))
        elif token.pos == "NOUN":
            if token.lemma in nouns:
                drafts.append(_noun(tree, token.i))
            if token.lemma in _VIEW_NOUNS:
                drafts.append(_in_the_words_of(tree, token.i))
    return [draft for draft in drafts if draft is not None]


def _around(tree: Tree, start: int, end: int, host: int) -> tuple[Piece, ...]:
    """The clause of ``host`` without tokens ``start`` to ``end``: one piece, or all from first to last."""
    left, right = tree.left[host], tree.right[host] + 1
    before = piece_of(tree, left, min(start, right))
    after = piece_of(tree, max(end, left), right)
    if before and after:
        return ((before[0], after[1]),)
    return (before or after,) if before or after else ()  # type: ignore[return-value]


def _according_to(tree: Tree, i: int) -> Draft | None:
    tokens = tree.parsed.tokens
    if i + 1 >= len(tokens) or tokens[i + 1].lower != "to" or tokens[i + 1].sentence != tokens[i].sentence:
        return None
    head = tokens[i].head if tokens[i].dep == "case" else None
    if head is None or head <= i:
        head = next((c for c in tree.parsed.children(i) if c > i + 1), None)
        if head is None and tokens[i + 1].head > i + 1:
            head = tokens[i + 1].head
    if head is None or head <= i + 1:
        return None
    host = tokens[head].head if tokens[head].head != i else tokens[i].head
    if host in {head, i}:
        return None
    start, end = tree.phrase(head)
    source = (max(start, i + 2), max(end, head + 1))
    # Inside another's words ("said that, according to his data, ...") it only adds whose knowledge it is.
    if any(tree.token(k).lower in _OWN for k in range(source[0], source[1])):
        return None
    host = _clause_of(tree, host)
    pieces = _around(tree, i, max(source[1], tree.right[head] + 1), host)
    if not pieces:
        return None
    return Draft(head, source, (i, i + 2), pieces, "speech", "noun.according-to", quotable=True)


def _clause_of(tree: Tree, i: int) -> int:
    """The head of the clause that token ``i`` stands in; a coordinated clause stays by itself."""
    tokens = tree.parsed.tokens
    while tokens[i].head != i and tokens[i].dep != "acl:relcl":
        if tokens[i].dep.partition(":")[0] not in _INSIDE_CLAUSES:
            break
        i = tokens[i].head
    return i


def _in_the_words_of(tree: Tree, i: int) -> Draft | None:
    """ "in the words of X", "in X's view"."""
    tokens = tree.parsed.tokens
    if tree.case(i) != "in" or tokens[i].head == i:
        return None
    head = _possessor(tree, i)
    if head is None:
        return None
    start = tree.left[i]
    pieces = _around(tree, start, tree.right[i] + 1, _clause_of(tree, tokens[i].head))
    if not pieces:
        return None
    # "In her words" inside what she said is no second statement; a thought is dropped there.
    kind = "thought" if tokens[head].lower in _OWN else "speech"
    return Draft(
        head,
        _phrase_without_mark(tree, head),
        (start, i + 1),
        pieces,
        kind,
        "noun.in-the-words-of",
        quotable=True,
    )


def _possessor(tree: Tree, i: int) -> int | None:
    """Whose claim it is: "X's claim", "the claim of X", "a claim by X"."""
    for child in tree.parsed.children(i):
        dep = tree.token(child).dep
        if dep == "nmod:poss" or (dep == "nmod" and child > i and tree.case(child) in {"of", "by", "from"}):
            return child
    return None


def _phrase_without_mark(tree: Tree, head: int) -> tuple[int, int]:
    """A possessor without its "'s"."""
    start, end = tree.phrase(head)
    while end - 1 > head and tree.token(end - 1).lower in {"'s", "’s", "'", "’"}:
        end -= 1
    return start, end


def _noun(tree: Tree, i: int) -> Draft | None:
    tokens = tree.parsed.tokens
    cue = noun_cues()[tokens[i].lemma]
    clause = None
    for child in tree.parsed.children(i):
        if child < i:
            continue
        dep = tokens[child].dep
        marks = [tokens[c] for c in tree.parsed.children_by(child, "mark")]
        if dep in {"acl", "ccomp", "dep", "acl:relcl"} and any(m.lower == "that" for m in marks):
            clause = child
            break
        if "inf" in cue.frames and dep in {"acl", "xcomp", "ccomp"} and any(m.lower == "to" for m in marks):
            clause = child
            break
    if clause is None:
        return None
    piece = piece_of(tree, tree.left[clause], tree.right[clause] + 1)
    carrier, head = _carrier(tree, i)
    if head is None:
        head = _possessor(tree, i)
    if piece is None or head is None or head == clause:
        return None
    start = i if carrier is None else min(tree.verb_group(carrier)[0], i)
    return Draft(
        head,
        _phrase_without_mark(tree, head),
        (start, i + 1),
        (piece,),
        cue.kind,
        "noun.clause",
        quotable=False,
    )


def _carrier(tree: Tree, i: int) -> tuple[int | None, int | None]:
    """The verb that carries a cue noun ("made a statement") and its subject."""
    token = tree.token(i)
    above = token.head
    if above != i and token.dep in {"obj", "obl"} and above < i and tree.token(above).lemma in light_verbs():
        return above, tree.subject(above)
    return None, None


def _fused(tree: Tree, i: int) -> Draft | None:
    """
    A cue run together with "that" ("a statementthat"); the rest of the sentence is what was said.

    The parse of such a sentence is not to be trusted, so the words around the cue decide.
    """
    tokens = tree.parsed.tokens
    token = tokens[i]
    lemma = cue_forms().get(token.lower[: -len(_FUSED_WITH)])
    if lemma is None:
        return None
    sentence = tree.parsed.sentences[token.sentence]
    start = i + 1
    piece = piece_of(tree, start, sentence.end_token)
    if piece is None:
        return None
    verb, noun = i, noun_cues().get(lemma)
    if (noun is not None and lemma not in verb_cues()) or (
        i > 0 and tokens[i - 1].pos in {"DET", "ADJ", "PRON"}
    ):
        verb = next(
            (
                k
                for k in range(i - 1, max(sentence.start_token, i - 5) - 1, -1)
                if tokens[k].lemma in light_verbs()
            ),
            -1,
        )
        if verb < 0:
            return None
    head = _name_before(tree, verb, sentence.start_token)
    if head is None:
        head = tree.subject(verb)
    if head is None:
        return None
    kind = noun.kind if noun is not None else verb_cues()[lemma].kind
    return Draft(head, tree.phrase(head), (verb, i + 1), (piece,), kind, "noun.fused-cue", quotable=False)


def _name_before(tree: Tree, verb: int, first: int) -> int | None:
    """The noun phrase that ends right before a verb."""
    tokens = tree.parsed.tokens
    at = verb - 1
    while at > first and tokens[at].pos in {"AUX", "ADV", "PART"}:
        at -= 1
    if at < first or tokens[at].pos not in {"PROPN", "NOUN", "PRON"}:
        return None
    while (
        first <= tokens[at].head < verb
        and tokens[tokens[at].head].pos in {"PROPN", "NOUN"}
        and tokens[at].head != at
    ):
        at = tokens[at].head
    return at
