"""What all drawings are made of: elements of SVG, text that fits, the frame with title and description."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from dragoman.export.drawing.style import STYLESHEET
from dragoman.model import EventType, Happening, Standing, Status
from dragoman.output.form import safe
from dragoman.output.happenings import conflict_in_words
from dragoman.output.words import date_in_words, party_in_words, visible, what_said, where_said, who_said

Link = Callable[[str], str | None]

_TITLE = 400  # characters of what is told of an event
_NAME = 80  # of a party's name
# Widths of characters as a share of the font's size: what system fonts come to, rather too wide than too
# narrow. Wide ones (Chinese, Japanese, Korean) fill a square.
_NARROW, _USUAL, _CAPITAL, _WIDE = 0.32, 0.56, 0.70, 1.0


@dataclass(frozen=True, slots=True)
class Look:
    """
    How a drawing is made.

    Attributes:
        style: whether the stylesheet stands in the drawing; without it the page brings it.
        width: in pixels; the drawing scales with its page, this is the width at which its text has its size.
        id: begins the ids in it; give drawings on one page different ones.
        link: where an event's id leads to; None for drawings without links.
        pair: where a pair of parties leads to, by its codes joined with " " ("RUS USA").
        party: where a party's code leads to.
    """

    style: bool = True
    width: int = 960
    id: str = "dg"
    link: Link | None = None
    pair: Link | None = None
    party: Link | None = None

    @property
    def has_links(self) -> bool:
        """Whether anything in the drawing may lead somewhere."""
        return any((self.link, self.pair, self.party))


def number(value: float) -> str:
    """A coordinate with at most one decimal, always the same for the same value."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def text(x: float, y: float, words: str, classes: str = "", extra: str = "") -> str:
    """A line of text."""
    kind = f' class="{classes}"' if classes else ""
    return f'<text x="{number(x)}" y="{number(y)}"{kind}{extra}>{safe(words)}</text>'


def heading(title: str, look: Look) -> str:
    """The title of a drawing, in it."""
    return text(10, 24, fitted(title, look.width - 20, 15), "dg-head")


def footer(words: Sequence[str], top: float, look: Look) -> tuple[list[str], float]:
    """Lines below a drawing, as wide as it is, and where they end."""
    room = (look.width - 20) * 0.92  # fonts differ, and here a line may be as wide as the drawing
    lines = [part for told_ in words for part in wrapped(told_, room, 4, 11)]
    return [
        text(10, top + 14 + 16 * n, part, "dg-dim dg-small") for n, part in enumerate(lines)
    ], top + 16 * len(lines) + 8


def label_width(look: Look) -> float:
    """How wide a column of names on the left may be."""
    return min(190.0, look.width * 0.3)


def line(x1: float, y1: float, x2: float, y2: float, classes: str) -> str:
    """A straight line."""
    return f'<path class="{classes}" d="M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"/>'


def rect(x: float, y: float, width: float, height: float, classes: str, extra: str = "") -> str:
    """A rectangle."""
    return (
        f'<rect class="{classes}" x="{number(x)}" y="{number(y)}" width="{number(width)}"'
        f' height="{number(height)}"{extra}/>'
    )


def group(parts: Iterable[str], *, title: str = "", href: str | None = None, classes: str = "") -> str:
    """Shapes that belong together, with words that say what they are, on request as a link."""
    kind = f' class="{classes}"' if classes else ""
    told = f"<title>{safe(title)}</title>" if title else ""
    body = f"<g{kind}>{told}{''.join(parts)}</g>"
    if href is None:
        return body
    label = f' aria-label="{safe(title)}"' if title else ""
    return f'<a href="{escape(href, quote=True)}"{label}>{body}</a>'


def frame(
    look: Look,
    height: float,
    *,
    title: str,
    description: str,
    parts: Iterable[str],
    defs: str = "",
    width: float | None = None,
) -> str:
    """The drawing: named and described in words, with its style where that is wanted."""
    wide = number(look.width if width is None else min(width, look.width))
    role = "group" if look.has_links else "img"  # inside an image nobody finds a link
    style = f"<style>{STYLESHEET}</style>" if look.style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="dg" role="{role}"'
        f' aria-labelledby="{look.id}-title {look.id}-desc" viewBox="0 0 {wide} {number(height)}"'
        f' width="{wide}" height="{number(height)}">'
        f'<title id="{look.id}-title">{safe(title)}</title>'
        f'<desc id="{look.id}-desc">{safe(description)}</desc>'
        f"{style}{f'<defs>{defs}</defs>' if defs else ''}"
        f'<rect class="dg-ground" width="{wide}" height="{number(height)}"/>'
        f"{''.join(parts)}</svg>\n"
    )


def width_of(words: str, size: float = 12) -> float:
    """About how wide words are at a font size."""
    return size * sum(map(_share, words))


def _share(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return _WIDE
    if char in "iljtfrI.,:;'|()[] !-":
        return _NARROW
    return _CAPITAL if char.isupper() or char in "mwMW@%–—" else _USUAL


def fitted(words: str, room: float, size: float = 12) -> str:
    """Words cut with an ellipsis where they do not fit."""
    words = visible(words)
    if width_of(words[:400], size) <= room and len(words) <= 400:
        return words
    kept, used = "", width_of("…", size)
    for char in words:
        used += size * _share(char)
        if used > room:
            break
        kept += char
    return f"{kept.rstrip()}…"


def wrapped(words: str, room: float, lines: int, size: float = 12) -> list[str]:
    """Words on at most so many lines, the last one cut where they do not fit."""
    found: list[str] = []
    rest = visible(words)[:1000].split(" ")
    while rest and len(found) < lines - 1:
        taken = [rest.pop(0)]
        while rest and width_of(" ".join([*taken, rest[0]]), size) <= room:
            taken.append(rest.pop(0))
        found.append(fitted(" ".join(taken), room, size))
    return [*found, fitted(" ".join(rest), room, size)] if rest else found


def told(happening: Happening) -> str:
    """A happening in a line: "12 January 2022: Meeting, held · Brussels, Belgium: NATO and Russia"."""
    value, many = happening.text, happening.many
    what = what_said(happening.type, value("status"), value("kind"))
    where = where_said(value("place"), value("country"))
    who = who_said(happening.type, many("parties"), by=many("by"), to=many("to"), mediators=many("mediators"))
    words = f"{date_in_words(value('date'))}: {what}{f' · {where}' if where else ''}: {who}"
    about = [item for item in (value("title"), value("subject")) if item]
    words += f" ({visible(about[0])})" if about else ""
    words = shortened(words)
    differ = [conflict_in_words(name, happening.slots[name]) for name in happening.conflicts]
    words += "".join(f"; reports differ on {shortened(item)}" for item in differ)
    return words + ("; overdue" if happening.overdue else "")


def shortened(words: str, most: int = _TITLE) -> str:
    """Words for a title that shows on hovering: cut where nobody would read on."""
    return words if len(words) <= most else f"{words[:most].rstrip()}…"


def name_of(party: str) -> str:
    """A party's name in words."""
    return shortened(visible(party_in_words(party)), _NAME)


DONE = frozenset({Status.HELD, Status.UNDER_WAY, Status.REACHED, Status.MADE})
VOID = frozenset({Status.CANCELLED, Status.REFUSED, Status.DENIED, Status.FAILED})
MET = frozenset({Status.HELD, Status.UNDER_WAY})
AHEAD = frozenset({Status.PLANNED, Status.PROPOSED, Status.POSTPONED, Status.EXPECTED})


def met(happenings: Iterable[Happening]) -> list[Happening]:
    """The meetings that were held or are under way."""
    return [h for h in happenings if h.type is EventType.MEETING and h.text("status") in MET]


def pairs_of(parties: Sequence[str]) -> list[tuple[str, str]]:
    """Every two of some parties, each pair in order."""
    codes = sorted(set(parties))
    return [(one, two) for n, one in enumerate(codes) for two in codes[n + 1 :]]


def is_judged(happening: Happening) -> bool:
    """Whether a person decided anything about it."""
    return any(slot.standing is Standing.JUDGED for slot in happening.slots.values())


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
