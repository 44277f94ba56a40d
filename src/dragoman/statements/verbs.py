"""Attribution by a verb: "X said that ...", "…, said X", "X vowed to ...", "X called Y a farce"."""

from __future__ import annotations

from dragoman.model import Token
from dragoman.statements.draft import Draft, Piece, piece_of
from dragoman.statements.tables import Cue, particles, verb_cues
from dragoman.statements.tree import FINITE, Tree

_OPEN_CLAUSES = frozenset({"if", "unless", "whether"})
_PREPOSITIONS = ("for", "on", "of", "against", "about", "to+", "with+")
_OBJECT_PREPOSITIONS = frozenset({"for", "of", "on", "over", "with"})
_EMPTY_SUBJECTS = frozenset("there this that which what one you it these those".split())
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday earlier week month year".split()
)
_SUBORDINATORS = frozenset("who which that because when while if as where what whom whose".split())
_VERBAL = FINITE | {"VB"}
_CIRCUMSTANCES = frozenset(
    "when while as after before if although though since on in at during by with amid".split()
)
_DASHES = frozenset({"—", "–", "―", "--"})
_OPENERS = frozenset({"SCONJ", "PRON", "DET", "PROPN"})
_OBJECT_CASES = frozenset("in with to of between by from through against within".split())
_EMPTY_OBJECTS = frozenset({
    "it", "them", "him", "her", "himself", "itself", "themselves", "that", "this", "what", "which", "so",
})  # fmt: skip
# Subordinators of what was said, as against those of when and how it was said.
_WITHIN_CONTENT = frozenset({
    "because", "since", "although", "though", "if", "unless", "so", "while", "whereas", "until", "when",
    "where", "to", "than",
})  # fmt: skip
# What they govern was not said: "refused to promise that", "failed to mention that".  Origin: own reading.
_UNSAYING = frozenset({"refuse", "decline", "fail", "omit", "neglect", "forbear", "stop", "avoid", "cease"})
# A participle of these after a comma goes on with the words of the outer speaker: "…, adding that".
_CONTINUING = frozenset({
    "add", "say", "note", "stress", "emphasize", "emphasise", "explain", "warn", "insist", "argue", "claim",
    "point", "describe", "call", "tell", "accuse", "urge", "express", "underline", "underscore", "suggest",
    "declare", "reiterate", "vow", "cite", "pledge", "promise", "acknowledge", "recall", "state", "assert",
    "announce",
})  # fmt: skip


def find_verbal(tree: Tree) -> list[Draft]:
    """Drafts of all cue verbs, in order of the verbs; those that wait for a quotation have no pieces yet."""
    cues, drafts = verb_cues(), []
    for token in tree.parsed.tokens:
        if token.pos not in {"VERB", "AUX"} or token.lemma not in _first_lemmas():
            continue
        lemma, end = _with_particle(tree, token.i)
        cue = cues.get(lemma)
        if cue is not None:
            draft = _draft(tree, token.i, end, cue)
            if draft is not None:
                drafts.append(draft)
    return drafts


def _first_lemmas() -> frozenset[str]:
    return _FIRST


_FIRST = frozenset(lemma.partition("_")[0] for lemma in verb_cues())


def _with_particle(tree: Tree, i: int) -> tuple[str, int]:
    """Lemma of a verb with its particle and the end of the two in tokens."""
    tokens = tree.parsed.tokens
    lemma = tokens[i].lemma
    follows = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    if follows in particles() and f"{lemma}_{follows}" in verb_cues():
        return f"{lemma}_{follows}", i + 2
    return lemma, i + 1


def _draft(tree: Tree, i: int, end: int, cue: Cue) -> Draft | None:
    tokens = tree.parsed.tokens
    if any(tokens[c].dep == "mark" and tokens[c].lower in _OPEN_CLAUSES for c in tree.parsed.children(i)):
        return None
    head = _subject(tree, i)
    if (
        head is not None
        and tokens[head].lower in _EMPTY_SUBJECTS
        and not _organisation_pronoun(tree, head, i, cue)
    ):
        return None
    found = _content(tree, i, end, cue)
    if found is None and "quote" not in cue.frames:
        return None
    if head is None and (found is None or found[1] != "verb.quotation"):
        head = _beside(tree, i, found[0] if found else ()) if cue.kind == "speech" else None
        if head is None and not (found is None and "quote" in cue.frames):
            return None
    pieces, rule, cue_end = found or ((), "verb.quotation", end)
    source = None if head is None else _source(tree, head, i)
    if source is not None and rule == "verb.clause":
        pieces = tuple(_outside(tree, piece, source, i) for piece in pieces)
        pieces = tuple(piece for piece in pieces if not _is_source(tree, piece, source))
        if not pieces:
            return None
    return Draft(
        head=head,
        source=source,
        cue=(_cue_start(tree, i), max(cue_end, end)),
        pieces=pieces,
        kind=cue.kind,
        rule=rule,
        quotable="quote" in cue.frames,
    )


def _subject(tree: Tree, i: int) -> int | None:
    """The subject by the parse; before an inherited one comes a noun phrase right before a finite verb."""
    if tree.child(i, "nsubj") is None:
        beside = _beside(tree, i, (), steps=((-1, i - 1),))
        if beside is not None:
            return beside
    head = tree.subject(i)
    if head is None:
        return None
    if not tree.can_speak(head, i):
        return _beside(tree, i, ())
    dashes = sum(tree.token(k).text in _DASHES for k in range(head, i))
    if dashes == 1:  # "GENEVA — The envoys said": a dateline is nobody
        beside = _beside(tree, i, (), steps=((-1, i - 1),))
        return head if beside is None else beside
    return head


def _organisation_pronoun(tree: Tree, head: int, i: int, cue: Cue) -> bool:
    """Whether "it" or "which" speaks: active speech in a finite clause ("it said the talks ...")."""
    token = tree.parsed.tokens[head]
    return (
        token.lower == "it" and cue.kind == "speech" and not tree.is_passive(i) and tree.token(i).tag != "VB"
    )


def _source(tree: Tree, head: int, cue: int) -> tuple[int, int]:
    """Tokens of the source; the cue never lies inside."""
    start, end = tree.phrase(head)
    if head < cue < end:
        end = tree.verb_group(cue)[0]
        while end - 1 > head and tree.token(end - 1).pos in {"PUNCT", "ADV", "AUX", "SCONJ", "CCONJ"}:
            end -= 1
        end = max(end, head + 1)
    elif start <= cue < head:
        start = cue + 1
        while start < head and tree.token(start).pos in {"PUNCT", "ADV"}:
            start += 1
    return start, end


def _is_source(tree: Tree, piece: Piece, source: tuple[int, int]) -> bool:
    """Whether a piece of content holds nothing but words of the source."""
    return tree.token(source[0]).start <= piece[0] and piece[1] <= tree.token(source[1] - 1).end


def _outside(tree: Tree, piece: Piece, source: tuple[int, int], cue: int) -> Piece:
    """A piece of content that the parse let run into its own source, cut there."""
    tokens = tree.parsed.tokens
    start, end = tokens[source[0]].start, tokens[source[1] - 1].end
    if piece[1] <= start or end <= piece[0]:
        return piece
    if piece[0] < start and cue > source[0]:
        return piece[0], start
    return (end, piece[1]) if end < piece[1] else piece


def _cue_start(tree: Tree, i: int) -> int:
    """Where the words of saying begin; "was quoted as" and "refused to" count."""
    head = tree.token(i).head
    if tree.token(i).dep == "xcomp" and head < i and tree.token(head).lemma in _UNSAYING:
        return tree.verb_group(head)[0]
    if head < i <= head + 3 and tree.token(head).lemma in {"quote", "cite"} and tree.token(i).tag == "VBG":
        return tree.verb_group(head)[0]
    return tree.verb_group(i)[0]


def _content(tree: Tree, i: int, end: int, cue: Cue) -> tuple[tuple[Piece, ...], str, int] | None:
    """Pieces, rule and end of the cue by the first frame that fits, None where none does."""
    frames = cue.frames
    if "that" in frames:
        clause = _clause(tree, i, end, frames)
        if clause is not None:
            return clause, "verb.clause", end
    if cue.kind == "speech" and {"that", "quote"} <= frames:
        piece = _rest(tree, i, end, frames)
        if piece is not None:
            return (piece,), "verb.rest-of-sentence", end
    if "objinf" in frames or "inf" in frames or "ger" in frames:
        piece = _infinitive(tree, i, frames)
        if piece is not None:
            return (piece,), "verb.infinitive", end
    if "objas" in frames or "objprep" in frames:
        piece = _object_and(tree, i, frames)
        if piece is not None:
            return (piece,), "verb.object-complement", end
    for prep in _PREPOSITIONS:
        if prep in frames:
            found = _prepositional(tree, i, prep.rstrip("+"))
            if found is not None:
                return (found[0],), "verb.preposition", found[1] if found[1] == end + 1 else end
    if "np" in frames:
        piece = _object(tree, i)
        if piece is not None:
            return (piece,), "verb.object", end
    return None


def _clause(tree: Tree, i: int, cue_end: int, frames: frozenset[str]) -> tuple[Piece, ...] | None:
    """The clause that a verb of saying governs or is set into."""
    tokens = tree.parsed.tokens
    for child in tree.parsed.children(i):
        if (
            tokens[child].dep == "ccomp"
            and _is_clause(tree, child)
            and not _only_circumstance(tree, child, i)
        ):
            start, end = tree.left[child], tree.right[child] + 1
            if start <= i < end:  # a stray mark or word behind the cue; the side of the clause's head counts
                start, end = (start, i) if child < i else (i + 1, end)
            end = _without_participle(tree, child, end)
            start = max(start, cue_end) if child > i else start
            if "to" in frames and child > i:
                start = _after_hearer(tree, start, end)
            if child > i and end == tree.right[child] + 1:
                end = _with_reasons(tree, i, end)
            piece = piece_of(tree, start, end, None if child > i else end - 1)
            if piece is not None and piece[0] <= tokens[child].start < piece[1]:
                return (piece,)
    return _set_into(tree, i)


def _rest(tree: Tree, i: int, end: int, frames: frozenset[str]) -> Piece | None:
    """
    What stands between a finite verb of saying and the end of its sentence, where the parse has no clause.

    Only where it reads as one: it starts with "that", a pronoun, an article or a name, and a finite
    verb of its own follows soon.
    """
    tokens = tree.parsed.tokens
    stop = tree.parsed.sentences[tokens[i].sentence].end_token
    if tokens[i].tag not in FINITE or end >= stop or tree.is_passive(i):
        return None
    start = _after_hearer(tree, end, stop) if "to" in frames else end
    if start == end and ("to" in frames or tokens[end].pos not in _OPENERS or tokens[end].lower in _DAYS):
        return None
    if (
        start == end
        and tokens[end].lower != "that"
        and tree.token(end).dep.startswith("nsubj")
        and tokens[end].head == i
    ):
        return None
    if tokens[start].lower == "that" and (start + 1 >= stop or tokens[start + 1].pos == "PUNCT"):
        return None  # "denied that: the text says …" points back
    verb = next((k for k in range(start, min(stop, start + 15)) if tokens[k].tag in FINITE), None)
    if verb is None or any(tokens[k].lower in _SUBORDINATORS for k in range(start + 1, verb)):
        return None
    return piece_of(tree, start, stop)


def _is_clause(tree: Tree, i: int) -> bool:
    """Whether ``i`` heads a clause and no stray participle or relative clause that the parse misplaced."""
    tokens = tree.parsed.tokens
    left, right = tree.left[i], tree.right[i]
    if tokens[left].lower == "which" or left == right:
        return False
    if tokens[i].tag in {"VBG", "VBN"}:
        return tree.child(i, "nsubj", "csubj", "expl", "aux", "cop", "mark") is not None
    return tree.quoted[left] > 0 or any(tokens[k].tag in _VERBAL for k in range(left, right + 1))


def _only_circumstance(tree: Tree, child: int, cue: int) -> bool:
    """
    Whether a clause in front of its cue only says when or of whom: "While he waited, she said …".

    What was said stands behind the cue then; and no clause between a source and its cue is said by it ("the
    envoy, who was there, said").
    """
    tokens = tree.parsed.tokens
    left = tree.left[child]
    if child > cue or tree.quoted[left]:
        return False
    subject = tree.child(cue, "nsubj")
    if subject is not None and subject < left:
        return True
    behind = tree.right[cue] > cue + 2 and any(
        tokens[k].tag in FINITE for k in range(cue + 1, tree.right[cue] + 1)
    )
    return behind and tokens[left].lower in _CIRCUMSTANCES


def _after_hearer(tree: Tree, start: int, end: int) -> int:
    """Where the words begin when the parse took the hearer into them: "told | reporters on Friday that …"."""
    tokens = tree.parsed.tokens
    for k in range(start, min(end, start + 8)):
        if tokens[k].pos in {"VERB", "AUX"}:
            break
        if k > start and tokens[k].lower == "that" and tokens[k].pos == "SCONJ":
            return k + 1
    return start


def _set_into(tree: Tree, i: int) -> tuple[Piece, ...] | None:
    """ "The talks, he said, will go on": the clause around a verb of saying that is set into it."""
    token = tree.token(i)
    if token.head == i or tree.child(i, "nsubj") is None:
        return None
    marked = any(tree.token(c).lower == "as" and tree.token(c).dep == "mark" for c in tree.parsed.children(i))
    if token.dep.partition(":")[0] not in {"parataxis", "discourse"} and not (
        token.dep == "advcl" and marked
    ):
        return None
    if any(tree.token(k).text in {":", ";"} for k in range(max(tree.left[i] - 1, 0), i)):
        return None  # what follows a colon or semicolon is a clause of its own
    outer = token.head
    before = piece_of(tree, tree.left[outer], min(tree.left[i], tree.right[outer] + 1), i)
    after = piece_of(tree, max(tree.right[i] + 1, tree.left[outer]), tree.right[outer] + 1)
    if before and after and not marked and outer < i:
        return before, after
    pieces = tuple(piece for piece in (before, after) if piece)
    return pieces or None


def _without_participle(tree: Tree, clause: int, end: int) -> int:
    """End of a clause before a participle that goes on with the outer speaker's words."""
    tokens = tree.parsed.tokens
    for child in tree.parsed.children(clause):
        token = tokens[child]
        if child > clause and token.dep == "advcl" and token.tag == "VBG" and token.lemma in _CONTINUING:
            first = tree.left[child]
            if (first > 0 and tokens[first - 1].text == ",") or tokens[first].text == ",":
                return min(end, first)
    return end


def _with_reasons(tree: Tree, i: int, end: int) -> int:
    """
    End of what was said with the adverbial clauses behind it that the parse hangs on the cue.

    "He said the talks failed because …": the reason is part of what he said; "after …" tells when he said it.
    """
    tokens = tree.parsed.tokens
    for child in tree.parsed.children(i):
        if child < end or tree.left[child] > end + 1:
            continue
        token = tokens[child]
        marker = tree.child(child, "mark", "advmod")
        word = "" if marker is None else tokens[marker].lower
        reason = token.dep == "advcl" and word in _WITHIN_CONTENT
        if reason or (token.dep == "obl" and tree.left[child] == end and tree.case(child) in _OBJECT_CASES):
            end = tree.right[child] + 1
    return end


def _infinitive(tree: Tree, i: int, frames: frozenset[str]) -> Piece | None:
    tokens = tree.parsed.tokens
    below = tree.child(i, "xcomp")
    if below is None:
        below = next((c for c in tree.parsed.children_by(i, "advcl", "ccomp") if _has_to(tree, c)), None)
    if below is None or below < i:
        return None
    obj = tree.child(i, "obj", "iobj")
    if "objinf" in frames and obj is not None and i < obj < below and _has_to(tree, below):
        return piece_of(tree, tree.left[obj], tree.right[below] + 1)
    if "objinf" in frames and obj is None and _has_to(tree, below) and tree.child(below, "nsubj") is not None:
        return piece_of(tree, tree.left[below], tree.right[below] + 1)
    if obj is not None and obj != below:
        return None
    if "objinf" in frames and _has_to(tree, below) and tokens[below].dep != "xcomp":
        oblique = tree.child(i, "obl")
        if oblique is not None and i < oblique < below:  # "called on both sides to stop"
            return piece_of(tree, _after_case(tree, oblique), tree.right[below] + 1)
    if "inf" in frames and _has_to(tree, below):
        return piece_of(tree, tree.left[below], tree.right[below] + 1)
    if "ger" in frames and tokens[below].tag == "VBG":
        return piece_of(tree, tree.left[below], tree.right[below] + 1)
    return None


def _has_to(tree: Tree, i: int) -> bool:
    return any(tree.token(c).lower == "to" and c < i for c in tree.parsed.children_by(i, "mark", "aux"))


def _after_case(tree: Tree, i: int) -> int:
    """First token of a prepositional phrase after its preposition."""
    start = tree.left[i]
    marker = tree.child(i, "case", "mark")
    return start if marker is None or marker > i else max(start, tree.right[marker] + 1)


def _object_and(tree: Tree, i: int, frames: frozenset[str]) -> Piece | None:
    """Object with its complement, "as" phrase or preposition."""
    obj = tree.child(i, "obj")
    if obj is None or obj < i:
        return None
    for child in tree.parsed.children(i):
        if child <= obj:
            continue
        dep = tree.token(child).dep.partition(":")[0]
        marker = tree.child(child, "case", "mark")
        word = "" if marker is None else tree.token(marker).lower
        fits = "objas" in frames and ((dep == "xcomp" and not _has_to(tree, child)) or word == "as")
        fits = fits or ("objprep" in frames and dep in {"obl", "advcl"} and word in _OBJECT_PREPOSITIONS)
        if fits:
            return piece_of(tree, tree.left[obj], tree.right[child] + 1)
    if "objas" in frames:  # the parser may hang "as" on the object, or see two objects
        below = next((c for c in tree.parsed.children(obj) if c > obj and tree.case(c) == "as"), None)
        if below is not None:
            return piece_of(tree, tree.left[obj], tree.right[obj] + 1)
    else:
        below = next((c for c in tree.parsed.children(obj) if tree.case(c) in _OBJECT_PREPOSITIONS), None)
        if below is not None:
            return piece_of(tree, tree.left[obj], tree.right[obj] + 1)
    return None


def _prepositional(tree: Tree, i: int, preposition: str) -> tuple[Piece, int] | None:
    """What stands behind a preposition, and the end of the preposition."""
    for child in tree.parsed.children(i):
        if child < i:
            continue
        marker = tree.child(child, "case", "mark")
        dep = tree.token(child).dep.partition(":")[0]
        if (
            marker is None
            or tree.token(marker).lower != preposition
            or dep not in {"obl", "advcl", "ccomp", "nmod"}
        ):
            continue
        piece = piece_of(tree, marker + 1, tree.right[child] + 1)
        if piece is not None:
            return piece, marker + 1
    return None


def _object(tree: Tree, i: int) -> Piece | None:
    obj = tree.child(i, "obj")
    if obj is None or obj < i or tree.token(obj).lower in _EMPTY_OBJECTS:
        return None
    if tree.token(obj).pos == "PRON" and tree.left[obj] == tree.right[obj]:
        return None
    return piece_of(tree, tree.left[obj], tree.right[obj] + 1)


def _passed_over(token: Token) -> bool:
    """Whether a word may stand between a speaker and the verb: "the envoy also has", "Moro Sunday said"."""
    return token.pos in {"ADV", "AUX"} or token.lower in _DAYS


def _beside(
    tree: Tree, i: int, pieces: tuple[Piece, ...], steps: tuple[tuple[int, int], ...] = ()
) -> int | None:
    """A noun right before or behind a finite verb of saying, where the parse lost its subject."""
    tokens = tree.parsed.tokens
    if tokens[i].tag not in {"VBD", "VBZ", "VBP"} or tree.is_passive(i):
        return None
    sentence = tokens[i].sentence
    for step, first in steps or ((-1, i - 1), (1, i + 1)):
        at = first
        while 0 <= at < len(tokens) and tokens[at].sentence == sentence and _passed_over(tokens[at]):
            at += step
        if not 0 <= at < len(tokens) or tokens[at].sentence != sentence:
            continue
        token = tokens[at]
        if token.pos not in {"PROPN", "NOUN"} and token.tag != "PRP":
            continue
        if any(start <= token.start < end for start, end in pieces) or not tree.can_speak(at, i):
            continue
        while tokens[at].head != at and tokens[tokens[at].head].pos in {"PROPN", "NOUN"} and at != i:
            above = tokens[at].head
            between = range(min(above, at), max(above, at))
            if min(above, at) <= i <= max(above, at) or any(tokens[k].tag in FINITE for k in between):
                break
            at = above
        return at
    return None
