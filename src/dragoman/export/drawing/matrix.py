"""Who met whom: a square for each pair of parties, the darker the more often they met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dragoman.export.drawing.shapes import (
    Look,
    counted,
    fitted,
    footer,
    frame,
    group,
    heading,
    met,
    name_of,
    number,
    pairs_of,
    rect,
    text,
    width_of,
)
from dragoman.model import Happening
from dragoman.output.form import safe

_TOP = 24  # parties that are drawn
_CELL = 30.0
_LEAST = 18.0  # of a cell: two digits must have room
_NAME = 170.0


def matrix(happenings: Sequence[Happening], *, look: Look | None = None, title: str = "Who met whom") -> str:
    """
    A matrix of the parties that met most, with the number of meetings of each two.

    Meetings that were held or are under way count, one of several parties for each two of them. Parties stand
    in order of how often they met anybody; what is drawn of how many is said below.
    """
    look = look or Look()
    counts, totals = meetings_by_pair(happenings)
    ordered = sorted(totals, key=lambda party: (-totals[party], party))
    names = {party: name_of(party) for party in ordered[:_TOP]}
    widest = max([width_of(name) for name in names.values()], default=60.0) + 12
    label = min(_NAME, look.width * 0.26, widest)
    room = look.width - label * 1.72 - 24
    shown = ordered[: min(_TOP, max(2, int(room / _LEAST)))]
    cell = min(_CELL, room / max(len(shown), 1))
    top = 44 + label * 0.72
    parts = [heading(title, look)]
    highest = max(counts.values(), default=1)
    for n, party in enumerate(shown):
        y = top + cell * n
        href = look.party(party) if look.party else None
        words = fitted(names[party], label - 6)
        parts.append(
            group([text(label + 4, y + cell / 2 + 4, words, "dg-end")], title=names[party], href=href)
        )
        x = label + 10 + cell * (n + 0.5)
        turn = f' transform="rotate(-45 {number(x)} {number(top - 6)})"'
        title_of = f"<title>{safe(names[party])}</title>"
        parts.append(f'<text x="{number(x)}" y="{number(top - 6)}"{turn}>{safe(words)}{title_of}</text>')
        for m, other in enumerate(shown):
            parts.append(_cell(label + 10 + cell * m, y, cell, party, other, counts, highest, names, look))
    notes = []
    if len(ordered) > len(shown):
        notes.append(f"{len(ordered) - len(shown):,} more parties not drawn")
    if not shown:
        notes.append("no meetings are reported")
    foot, height = footer(notes, top + cell * len(shown) + 6, look)
    parts += foot
    pairs = sorted(counts, key=lambda pair: (-counts[pair], pair))
    most = [f"{name_of(one)} and {name_of(two)} met {_times(counts[one, two])}" for one, two in pairs[:20]]
    rest = [f"{counted(len(pairs) - 20, 'more pair')}"] if len(pairs) > 20 else []
    width = max(label + 10 + cell * len(shown) + label * 0.72 + 10, 300.0)
    description = "; ".join(most + rest + notes)
    return frame(look, height, title=title, description=description, parts=parts, width=width)


def meetings_by_pair(
    happenings: Sequence[Happening],
) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Meetings that took place, by pair and by party."""
    pairs: Counter[tuple[str, str]] = Counter()
    parties: Counter[str] = Counter()
    for happening in met(happenings):
        found = pairs_of(happening.many("parties"))
        pairs.update(found)
        parties.update({party for pair in found for party in pair})
    return pairs, parties


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _cell(
    x: float,
    y: float,
    size: float,
    one: str,
    two: str,
    counts: Counter[tuple[str, str]],
    highest: int,
    names: dict[str, str],
    look: Look,
) -> str:
    if one == two:
        return rect(x + 1, y + 1, size - 2, size - 2, "dg-q0")
    pair = (min(one, two), max(one, two))
    count = counts[pair]
    shade = 0 if not count else 1 + min(4, (count - 1) * 5 // max(highest, 5))
    shapes = [rect(x + 1, y + 1, size - 2, size - 2, f"dg-q{shade}", ' rx="2"')]
    if not count:
        return shapes[0]
    light = " dg-light" if shade >= 4 else ""
    shapes.append(text(x + size / 2, y + size / 2 + 4, str(count), f"dg-number{light}"))
    href = look.pair(" ".join(pair)) if look.pair else None
    return group(shapes, title=f"{names[one]} and {names[two]}: met {_times(count)}", href=href)
