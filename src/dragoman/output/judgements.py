"""What people decided, for people and programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.model import Anchor, Decision, Judgement, in_force
from dragoman.output.form import Form, Row
from dragoman.output.words import listed, visible

COLUMNS = ("id", "at", "who", "decision", "claims", "slot", "value", "undoes", "why")


def judgement_in_words(judgement: Judgement) -> str:
    """A decision as a sentence: "a1 and b2 are one event, decided Ada on 3 May 2024, 10:12 UTC: why"."""
    claims = [visible(anchor.claim) for anchor in judgement.anchors]
    what = {
        Decision.SAME: f"{listed(claims)} are one event",
        Decision.DIFFERENT: f"{claims[0] if claims else ''} is another event than {listed(claims[1:])}",
        Decision.CORRECT: f"{judgement.slot} of {listed(claims)} is {value_of(judgement)}",
        Decision.NOT_EVENT: f"{listed(claims)} {'is' if len(claims) == 1 else 'are'} no event",
        Decision.UNDO: f"{visible(judgement.undoes or '')} no longer counts",
    }[judgement.decision]
    why = f": {visible(judgement.why)}" if judgement.why else ""
    return f"{what} ({visible(judgement.who)}, {judgement.at:%Y-%m-%d %H:%M} UTC){why}"


def value_of(judgement: Judgement) -> str:
    """The corrected value for a reader."""
    try:
        value = json.loads(judgement.value or "null")
    except ValueError:
        return visible(judgement.value or "")
    if isinstance(value, list):
        return visible(", ".join(map(str, value))) or "nothing"
    return visible(str(value)) if value is not None else "nothing"


def judgement_row(judgement: Judgement) -> Row:
    """A judgement as JSON; reading the row back gives the same judgement."""
    return {
        "id": judgement.id,
        "decision": judgement.decision.value,
        "anchors": [_anchor_row(anchor) for anchor in judgement.anchors],
        "who": judgement.who,
        "at": judgement.at.isoformat(),
        "why": judgement.why,
        "slot": judgement.slot,
        "value": judgement.value,
        "undoes": judgement.undoes,
    }


def _anchor_row(anchor: Anchor) -> Row:
    return {
        "claim": anchor.claim,
        "report": anchor.report,
        "type": anchor.type,
        "start": anchor.start,
        "end": anchor.end,
    }


def flat_judgement(judgement: Judgement) -> Iterator[Row]:
    """One flat row a judgement."""
    yield {
        "id": judgement.id,
        "at": judgement.at.isoformat(),
        "who": judgement.who,
        "decision": judgement.decision.value,
        "claims": "; ".join(anchor.claim for anchor in judgement.anchors),
        "slot": judgement.slot,
        "value": value_of(judgement) if judgement.decision is Decision.CORRECT else None,
        "undoes": judgement.undoes,
        "why": judgement.why,
    }


def print_judgements(console: Console, judgements: Sequence[Judgement]) -> None:
    """Judgements one by one, those that no longer count said so."""
    counting = {judgement.id for judgement in in_force(tuple(judgements))}
    for judgement in judgements:
        undone = judgement.decision is not Decision.UNDO and judgement.id not in counting
        line = Text.assemble((f"{visible(judgement.id)}  ", "dim"), judgement_in_words(judgement))
        if undone:
            line.append("  undone", "bold red")
        console.print(Padding(line, (0, 0, 0, 2)))


JUDGEMENTS: Form[Judgement] = Form("judgement", COLUMNS, flat_judgement, judgement_row, print_judgements)
