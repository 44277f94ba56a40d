"""How well attributions are found: source, cue and content against the PolNeAR development articles."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.model import Span, Statement

ATTRIBUTIONS = Path("bench/attribution_polnear_dev.jsonl")
ROLES = ("source", "cue", "content")
_WORD = re.compile(r"\w+")
_THAT = re.compile(r"that\s")

Read = Callable[[Mapping[str, Any]], Iterable[Statement]]
Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content, each as the places of its words in the text."""

    source: Words
    cue: Words
    content: Words


def score_attributions(shared: Path, read: Read) -> dict[str, Any]:
    """
    Precision, recall and F1 of source, cue and content, exact and by overlap.

    Words are runs of letters and digits: marks at the edge of a span do not count, nor does a "that" before
    the content, which the codebook leaves out. Statements of one cue
    are one attribution, as the corpus counts a quotation split by its cue; the words of cue and source
    are taken out of the content that surrounds them. In each article gold and predicted attributions
    are paired one to one, closest content first (Jaccard of words). A pair is exact in a role where both
    have the same words. Overlap precision is the share of predicted words of that role that stand in
    the gold span of the same pair, recall the share of gold words found; words of unpaired
    attributions count against both. Corpus: PolNeAR (Newell et al., LREC 2018), which also counts beliefs,
    plans and judgements, and attributions without a source.

    Args:
        shared: folder of the shared data; articles are read from ``bench/attribution_polnear_dev.jsonl``.
        read: the statements of one row (``id``, ``text``, ``date``), offsets into its ``text``.

    Returns:
        ``{"documents": n, "gold": n, "predicted": n, "paired": n, role: {"exact": prf, "overlap": prf}}``.
    """
    count: Counter[str] = Counter()
    with (shared / ATTRIBUTIONS).open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            places = _places(row["text"])
            golds = [_gold(row["text"], places, attribution) for attribution in row["attributions"]]
            guesses = _predicted(places, list(read(row)))
            _count(golds, guesses, count)
            count["documents"] += 1
    result: dict[str, Any] = {key: count[key] for key in ("documents", "gold", "predicted", "paired")}
    for role in ROLES:
        result[role] = {
            "exact": _prf(count[f"{role} exact"], count["predicted"], count["gold"]),
            "overlap": _prf(count[f"{role} shared"], count[f"{role} guess"], count[f"{role} gold"]),
        }
    return result


def pair_up(golds: Sequence[Attribution], guesses: Sequence[Attribution]) -> list[tuple[int, int]]:
    """One-to-one pairs of gold and predicted attributions, closest content first."""
    by_word: dict[int, list[int]] = defaultdict(list)
    for j, guess in enumerate(guesses):
        for word in guess.content:
            by_word[word].append(j)
    scored = []
    for i, gold in enumerate(golds):
        shared = Counter(j for word in gold.content for j in by_word.get(word, ()))
        for j, size in shared.items():
            closeness = size / len(gold.content | guesses[j].content)
            same_cue = bool(gold.cue & guesses[j].cue)
            scored.append((-closeness, not same_cue, i, j))
    pairs, taken_gold, taken_guess = [], set(), set()
    for _, _, i, j in sorted(scored):
        if i not in taken_gold and j not in taken_guess:
            taken_gold.add(i)
            taken_guess.add(j)
            pairs.append((i, j))
    return pairs


def _places(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(text)]


def _words(places: list[tuple[int, int]], spans: Iterable[Sequence[int]]) -> Words:
    """Numbers of the words that lie in any of the spans."""
    found = set()
    for start, end in spans:
        low, high = 0, len(places)
        while low < high:
            middle = (low + high) // 2
            if places[middle][0] < start:
                low = middle + 1
            else:
                high = middle
        while low < len(places) and places[low][1] <= end:
            found.add(low)
            low += 1
    return frozenset(found)


def _gold(text: str, places: list[tuple[int, int]], attribution: Mapping[str, Any]) -> Attribution:
    source, cue, content = (attribution[role] for role in ROLES)
    content = [(start + len(_that(text, start)), end) for start, end in content]
    return Attribution(_words(places, source), _words(places, cue), _words(places, content))


def _that(text: str, start: int) -> str:
    """A "that" with which a span begins."""
    match = _THAT.match(text, start)
    return match.group() if match else ""


def _predicted(places: list[tuple[int, int]], statements: list[Statement]) -> list[Attribution]:
    groups: dict[object, list[Statement]] = defaultdict(list)
    for number, statement in enumerate(statements):
        groups[number if statement.cue is None else (statement.cue.start, statement.cue.end)].append(
            statement
        )
    found = []
    for rows in groups.values():
        source, cue = _all(places, (s.source for s in rows)), _all(places, (s.cue for s in rows))
        found.append(Attribution(source, cue, _all(places, (s.content for s in rows)) - source - cue))
    return found


def _all(places: list[tuple[int, int]], spans: Iterable[Span | None]) -> Words:
    return _words(places, [(span.start, span.end) for span in spans if span is not None])


def _count(golds: list[Attribution], guesses: list[Attribution], count: Counter[str]) -> None:
    pairs = pair_up(golds, guesses)
    count.update({"gold": len(golds), "predicted": len(guesses), "paired": len(pairs)})
    for role in ROLES:
        count[f"{role} gold"] += sum(len(getattr(gold, role)) for gold in golds)
        count[f"{role} guess"] += sum(len(getattr(guess, role)) for guess in guesses)
        for i, j in pairs:
            gold, guess = getattr(golds[i], role), getattr(guesses[j], role)
            count[f"{role} exact"] += gold == guess
            count[f"{role} shared"] += len(gold & guess)


def _prf(hits: int, predicted: int, gold: int) -> dict[str, float]:
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
