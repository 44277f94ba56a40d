"""A report as the language model sees it: tokens, sentences, dependencies and names."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.model.document import BlockKind, Document
from dragoman.model.span import Span


@dataclass(frozen=True, slots=True)
class Token:
    """
    One token. ``start`` and ``end`` are code points of the stored text; ``head`` is the index of the
    syntactic head (its own index at a root); ``dep`` is a UD relation in lower case ("nsubj:pass"),
    ``pos`` a UPOS tag, ``tag`` a Penn Treebank tag; ``lemma`` is lower case except for proper nouns.
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``start_token`` to ``end_token`` (exclusive) and the kind of block they stand in."""

    i: int
    start_token: int
    end_token: int
    block: BlockKind
    block_index: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the language model found; ``label`` as in the entity guideline (PER, ROLE, GPE, ...)."""

    label: str
    start_token: int
    end_token: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """
    Tokens of the report's body (headline, paragraphs, bylines; never chrome and never white space).

    ``tokens[i].i == i``; sentences are contiguous and cover all tokens; names are in order and
    do not overlap. No dependency leaves its sentence.
    """

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    _children: tuple[tuple[int, ...], ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the dependents once; every stage after this walks the tree."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        object.__setattr__(self, "_children", tuple(tuple(row) for row in below))

    def children(self, i: int) -> tuple[int, ...]:
        """Indices of the dependents of token ``i``, in order."""
        return self._children[i]

    def children_by(self, i: int, *deps: str) -> list[int]:
        """Dependents of ``i`` by relation; "nmod" also matches its subtypes ("nmod:poss")."""
        found = []
        for child in self._children[i]:
            dep = self.tokens[child].dep
            if dep in deps or dep.partition(":")[0] in deps:
                found.append(child)
        return found

    def subtree(self, i: int) -> list[int]:
        """Indices of ``i`` and all below it, in order of the text."""
        stack, found = [i], []
        while stack:
            top = stack.pop()
            found.append(top)
            stack.extend(self._children[top])
        return sorted(found)

    def ancestors(self, i: int) -> list[int]:
        """Indices from the head of ``i`` up to the root."""
        found: list[int] = []
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            found.append(i)
        return found

    def span(self, start_token: int, end_token: int) -> Span:
        """The stored text from token ``start_token`` up to, without, ``end_token``."""
        return self.document.span(self.tokens[start_token].start, self.tokens[end_token - 1].end)

    def sentence_span(self, sentence: Sentence) -> Span:
        """The words of a sentence."""
        return self.span(sentence.start_token, sentence.end_token)

    def token_at(self, offset: int) -> int | None:
        """Index of the token that covers character ``offset``, or None."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.tokens) and self.tokens[low].start <= offset:
            return low
        return None
