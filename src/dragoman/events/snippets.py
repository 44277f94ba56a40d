"""Verbatim snippets around a trigger: evidence, subject and title."""

from __future__ import annotations

import re

from dragoman.events.scene import Scene
from dragoman.events.syntax import case_of
from dragoman.events.tables import words
from dragoman.model import Reason, Span

LONGEST, SHORTEST = 25, 3  # words of a snippet, codebook section 3
SUBJECT_CASES = frozenset({"on", "about", "over", "regarding", "concerning"})
SUBJECT_VERBS = words("subject-verb")
NO_SUBJECT = words("no-subject")
SUBJECT_WORDS = 14
LEADING = frozenset({"case", "cc", "punct"})
SPARE = frozenset({"nmod", "obl", "acl", "advcl", "conj", "appos", "parataxis"})  # what can be left out


def evidence(scene: Scene, trigger: int, extra: list[int]) -> Span:
    """An unbroken snippet around the trigger that reaches over the tokens in ``extra`` as far as allowed."""
    parsed = scene.parsed
    sentence = parsed.sentences[parsed.tokens[trigger].sentence]
    low = high = trigger
    for token in sorted(set(extra), key=lambda t: abs(t - trigger)):
        if not sentence.start_token <= token < sentence.end_token:
            continue
        start, end = min(low, token), max(high, token)
        if _words(scene, start, end) <= LONGEST - 2:
            low, high = start, end
    low, high = _whole_mentions(scene, low, high, sentence.start_token, sentence.end_token)
    while _words(scene, low, high) < SHORTEST and (
        low > sentence.start_token or high < sentence.end_token - 1
    ):
        low, high = max(sentence.start_token, low - 1), min(sentence.end_token - 1, high + 1)
    while high > trigger and parsed.tokens[high].pos == "PUNCT":
        high -= 1
    while low < trigger and parsed.tokens[low].pos == "PUNCT":
        low += 1
    return parsed.span(low, high + 1)


def _whole_mentions(scene: Scene, low: int, high: int, first: int, last: int) -> tuple[int, int]:
    """Widen the ends so that no name is cut in two, where the length allows it."""
    left, right = scene.actors.at(low), scene.actors.at(high)
    start = max(first, left.start_token) if left else low
    end = min(last, right.end_token) - 1 if right else high
    return (start, end) if _words(scene, start, end) <= LONGEST else (low, high)


def _words(scene: Scene, low: int, high: int) -> int:
    tokens = scene.parsed.tokens
    text = scene.document.text[tokens[low].start : tokens[high].end]
    return len(re.findall(r"\S+", text))


def subject(scene: Scene, chain: list[int]) -> Span | None:
    """What it is about: the phrase after "on", "about" or an infinitive "to discuss"; None where unsaid."""
    parsed = scene.parsed
    for head in chain:
        for child in parsed.children(head):
            token = parsed.tokens[child]
            relation = token.dep.partition(":")[0]
            about = relation in {"nmod", "obl"} and case_of(parsed, child) in SUBJECT_CASES
            if about and child not in scene.timex_at and _is_matter(scene, child):
                return phrase(scene, child, drop_case=True)
            if token.lemma.lower() in SUBJECT_VERBS and relation in {"acl", "advcl", "xcomp"}:
                objects = parsed.children_by(child, "obj") or parsed.children_by(child, "obl")
                if objects:
                    return phrase(scene, objects[0], drop_case=True)
    return None


def _is_matter(scene: Scene, head: int) -> bool:
    """Whether a phrase with "on" says what it is about: not "on the sidelines", "on a visit", "on little"."""
    token = scene.parsed.tokens[head]
    return token.pos in {"NOUN", "PROPN", "VERB"} and token.lemma.lower() not in NO_SUBJECT


def phrase(scene: Scene, head: int, *, drop_case: bool = False) -> Span:
    """
    The phrase of ``head`` as it stands, without the preposition or "and" that leads it in.

    One of more than ``SUBJECT_WORDS`` words ends before a whole dependent, so that nothing breaks off.
    """
    parsed = scene.parsed
    inside = set(parsed.subtree(head))
    start = end = head
    while start - 1 in inside:
        start -= 1
    while end + 1 in inside:
        end += 1
    leading = LEADING | {"mark", "advmod"} if drop_case else LEADING
    while start < head and parsed.tokens[start].dep in leading and parsed.tokens[start].pos != "PRON":
        start += 1
    if end - start >= SUBJECT_WORDS:
        end = _cut(scene, head, start, max(head, start + SUBJECT_WORDS - 1))
    while end > head and parsed.tokens[end].pos in {"PUNCT", "CCONJ", "ADP", "DET", "SCONJ", "PART"}:
        end -= 1
    return parsed.span(start, end + 1)


def _cut(scene: Scene, head: int, start: int, limit: int) -> int:
    """The last token up to ``limit`` behind which a dependent begins that can be left out whole."""
    tokens = scene.parsed.tokens
    reach = start  # the furthest head of what is kept: nothing may hang on what is cut off
    whole = []
    for end in range(start, limit + 1):
        reach = max(reach, tokens[end].head if end != head else end)
        if end >= head and reach <= end:
            whole.append(end)
    for end in reversed(whole):
        at = end + 1
        while tokens[at].head > at:  # up to what the next word leads in
            at = tokens[at].head
        if tokens[at].dep.partition(":")[0] in SPARE and min(scene.parsed.subtree(at)) == end + 1:
            return end
    return limit


def trigger_step(scene: Scene, trigger: int, what: str = "happening") -> Reason:
    """The step that names the trigger of a happening or an act."""
    words = scene.parsed.span(trigger, trigger + 1)
    return Reason("event.trigger", f"“{words.exact}” names the {what}", (words,))
