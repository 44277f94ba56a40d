"""A parse with what every rule on attribution asks of it: how far a phrase reaches, who is the subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.model import Parsed, Token
from dragoman.statements.quotation import Quotation

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_CLAUSES_OF_NOUNS = ("acl:relcl", "acl", "parataxis", "advcl", "dep", "list", "ccomp")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})  # tags of finite verbs
_FENCES = frozenset('"“”;:—–―') | {"''", "``"}  # what no name of a speaker reaches over
_HOPS = 6


@dataclass(frozen=True, slots=True)
class Tree:
    """
    A parsed report with the reach of every subtree.

    ``left[i]`` and ``right[i]`` are the first and last token below ``i``, itself included; in a parse
    whose branches do not cross this is the phrase that ``i`` heads. ``quoted[i]`` is the number, from 1,
    of the closed quotation that token ``i`` stands in, 0 outside.
    """

    parsed: Parsed
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, parsed: Parsed, quotations: Sequence[Quotation] = ()) -> Tree:
        """Measure every subtree, leaves first, and mark quoted tokens; linear in the number of tokens."""
        tokens = parsed.tokens
        left, right = list(range(len(tokens))), list(range(len(tokens)))
        order: list[int] = [token.i for token in tokens if token.head == token.i]
        for i in order:  # grows while read: a walk from the roots down
            order.extend(parsed.children(i))
        for i in reversed(order):
            head = tokens[i].head
            left[head] = min(left[head], left[i])
            right[head] = max(right[head], right[i])
        return cls(parsed, left, right, _quoted(tokens, quotations))

    def can_speak(self, source: int, cue: int) -> bool:
        """Whether a source can belong to a cue: nothing inside a quotation speaks outside it."""
        return self.quoted[source] in {0, self.quoted[cue]}

    def token(self, i: int) -> Token:
        """Token ``i``."""
        return self.parsed.tokens[i]

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependent of ``i`` in one of these relations, subtypes included."""
        tokens = self.parsed.tokens
        for child in self.parsed.children(i):
            dep = tokens[child].dep
            if dep in deps or dep.partition(":")[0] in deps:
                return child
        return None

    def case(self, i: int) -> str:
        """The preposition of a noun phrase ("of"), "" where it has none."""
        marker = self.child(i, "case")
        return "" if marker is None else self.parsed.tokens[marker].lower

    def is_passive(self, i: int) -> bool:
        """Whether verb ``i`` is in the passive voice."""
        tokens = self.parsed.tokens
        return any(tokens[c].dep in {"nsubj:pass", "aux:pass"} for c in self.parsed.children(i))

    def agent(self, i: int) -> int | None:
        """By whom a passive is done."""
        for child in self.parsed.children_by(i, "obl"):
            if self.token(child).dep == "obl:agent" or self.case(child) == "by":
                return child
        return None

    def subject(self, i: int) -> int | None:
        """
        Who does what verb ``i`` says: head token of the noun phrase, None where the sentence doesn't tell.

        Own subject first, by a relative pronoun its antecedent; a passive's agent; else the subject of
        the verb it is coordinated with, hangs on as participle or infinitive, or the noun it qualifies.
        """
        tokens = self.parsed.tokens
        for _ in range(_HOPS):
            own = self.child(i, "nsubj")
            if own is not None and tokens[own].dep == "nsubj:pass" and not self._quoted_passive(i):
                return self.agent(i)
            if own is not None:
                return self._antecedent(own, i)
            token = tokens[i]
            if self.is_passive(i) and not self._quoted_passive(i):
                return self.agent(i)
            head, dep = token.head, token.dep.partition(":")[0]
            if head == i:
                return None
            if dep == "acl" and tokens[head].pos in {"NOUN", "PROPN", "PRON"}:
                return head if token.tag == "VBG" or token.dep == "acl:relcl" else self.agent(i)
            if dep not in {"conj", "advcl", "xcomp", "ccomp", "acl", "parataxis", "cop"}:
                return None
            if dep in {"ccomp", "parataxis"} and token.tag not in {"VBG", "VB"}:
                return None
            if dep == "conj" and tokens[head].pos not in {"VERB", "AUX", "ADJ", "NOUN"}:
                return None
            i = head
            if tokens[i].dep.startswith("nsubj") or tokens[i].pos == "PROPN":
                return None
        return None

    def _quoted_passive(self, i: int) -> bool:
        """ "was quoted as saying": the subject of the passive is who speaks."""
        return (
            self.parsed.tokens[i].lemma in {"quote", "cite", "report"}
            and self.child(i, "advcl", "xcomp") is not None
        )

    def _antecedent(self, subject: int, verb: int) -> int | None:
        """For a relative pronoun the noun that its clause qualifies."""
        tokens = self.parsed.tokens
        if tokens[subject].lower not in _RELATIVE or tokens[subject].tag not in {"WP", "WDT", "IN", "DT"}:
            return subject
        for _ in range(_HOPS):
            token = tokens[verb]
            if token.dep.startswith("acl"):
                return token.head
            if token.dep.partition(":")[0] not in {"conj", "xcomp", "ccomp"}:
                break
            verb = token.head
        return None if tokens[subject].lower in {"that", "which"} else subject

    def phrase(self, head: int) -> tuple[int, int]:
        """
        First token and end of the noun phrase of ``head``, without clauses that hang on it.

        Titles, names in apposition and "of" phrases stay; a preposition or conjunction in front goes.
        """
        parsed, tokens = self.parsed, self.parsed.tokens
        start, end = self.left[head], self.right[head] + 1
        for child in parsed.children(head):
            dep = tokens[child].dep
            if dep in _CLAUSES_OF_NOUNS or dep.startswith("acl") or tokens[child].dep == "cop":
                if child > head:
                    end = min(end, self.left[child])
                else:
                    start = max(start, self.right[child] + 1)
            elif child < head and dep in {"case", "cc", "mark", "punct"} and self.right[child] < head:
                start = max(start, self.right[child] + 1) if dep != "punct" or child == start else start
        for k in range(head - 1, start - 1, -1):  # a noun phrase holds no finite verb in front of its head
            if tokens[k].tag in FINITE:
                start = k + 1
                break
        start = max([start, *(k + 1 for k in range(start, head) if tokens[k].text in _FENCES)])
        end = min([end, *(k for k in range(head + 1, end) if tokens[k].text in _FENCES)])
        while (
            start < head
            and tokens[start].pos in {"PUNCT", "CCONJ", "SCONJ"}
            and tokens[start].lower != "both"
        ):
            start += 1
        while end - 1 > head and (tokens[end - 1].pos == "PUNCT" or tokens[end - 1].dep == "cc"):
            end -= 1
        while start < head and tokens[start].pos == "PUNCT":
            start += 1
        opened = next((k for k in range(end - 1, head, -1) if tokens[k].text in {"(", ")"}), None)
        if opened is not None and tokens[opened].text == "(":  # a bracket that the cut left open
            end = opened
        return min(start, head), max(end, head + 1)

    def verb_group(self, i: int) -> tuple[int, int]:
        """First token and end of a verb with its auxiliaries and negation: "has not said"."""
        tokens = self.parsed.tokens
        start = i
        for child in self.parsed.children(i):
            token = tokens[child]
            if child >= i:
                break
            if token.dep.partition(":")[0] == "aux" or token.lower in {"not", "n't", "n’t", "never"}:
                start = min(start, child)
        # "will the minister say": what stands between is no part of the group.
        if any(tokens[k].dep.startswith("nsubj") for k in range(start, i)):
            start = i
        return start, i + 1


def _quoted(tokens: tuple[Token, ...], quotations: Sequence[Quotation]) -> list[int]:
    """For every token the number of its closed quotation, 0 for none."""
    flags, at = [0] * len(tokens), 0
    for number, quotation in enumerate(quotations, 1):
        while at < len(tokens) and tokens[at].start < quotation.start:
            at += 1
        while at < len(tokens) and tokens[at].start < quotation.end:
            flags[at] = number if quotation.closed else 0
            at += 1
    return flags
