"""What stands where on a timeline, and what its marks mean: shared by all that draw one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.export.drawing.scale import Extent
from dragoman.export.drawing.shapes import AHEAD, DONE, VOID
from dragoman.model import EventType, Happening, Status
from dragoman.output.words import parties_in_words, visible

_LANES = 40  # more than that nobody reads on one page
_NAMED = 4  # parties named in a lane's label

KINDS = {
    EventType.MEETING: "meeting",
    EventType.PROPOSAL: "proposal",
    EventType.AGREEMENT: "agreement",
    EventType.REFUSAL: "refusal",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """
    How an event is marked; its type gives the shape.

    Attributes:
        kind: of event: "meeting", "proposal", "agreement" or "refusal".
        fill: "full" for what took place, "half" for what is under way, else "hollow".
        struck: whether it came to nothing.
        unknown: whether no report says how it stands.
        about: whether its date is "about".
        sign: "≠" where reports differ, "!" where it is overdue, else "".
    """

    kind: str
    fill: str = "full"
    struck: bool = False
    unknown: bool = False
    about: bool = False
    sign: str = ""

    @classmethod
    def of(cls, happening: Happening, days: Extent | None) -> Mark:
        """The mark of an event."""
        status = happening.text("status")
        filled = "full" if status in DONE else "hollow"
        return cls(
            kind=KINDS[happening.type],
            fill="half" if status == Status.UNDER_WAY else filled,
            struck=status in VOID,
            unknown=status not in DONE | VOID | AHEAD,
            about=bool(days and days.about),
            sign="≠" if happening.conflicts else "!" * happening.overdue,
        )


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the legend: a mark, or the bar of days that are not certain, or a sign alone."""

    name: str
    mark: Mark | None = None
    bar: str = ""  # "between" or "open"


LEGEND = (
    *(Key(name, Mark(name)) for name in KINDS.values()),
    Key("ahead", Mark("meeting", "hollow")),
    Key("came to nothing", Mark("meeting", "hollow", struck=True)),
    Key("about", Mark("meeting", "hollow", about=True)),
    Key("between", bar="between"),
    Key("open", bar="open"),
    Key("≠ reports differ"),
    Key("! overdue"),
)


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one forum, or of one set of parties."""

    name: str
    happenings: Sequence[Happening]


def lanes_of(happenings: Sequence[Happening], extents: Mapping[str, Extent | None]) -> tuple[list[Lane], int]:
    """
    Lanes in order of their first date; those without any come last.

    Where there are too many, those with the most events are kept; the number is that of all.
    """
    found: dict[tuple[str, ...], list[Happening]] = {}
    for happening in happenings:
        forum = happening.text("forum")
        key = ("forum", forum) if forum else ("parties", *sorted(set(happening.many("parties"))))
        found.setdefault(key, []).append(happening)

    def first(members: list[Happening]) -> tuple[date, str]:
        days = [e.anchor for h in members if (e := extents[h.id])]
        return min(days, default=date.max), members[0].id

    kept = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:_LANES]
    ordered = sorted(kept, key=lambda item: (first(item[1]), item[0]))
    return [Lane(_name(key), in_order(members, extents)) for key, members in ordered], len(found)


def in_order(happenings: Sequence[Happening], extents: Mapping[str, Extent | None]) -> list[Happening]:
    """Events by the day of their mark; those without one come last."""
    return sorted(
        happenings, key=lambda h: (e.anchor if (e := extents[h.id]) else date.max, h.text("date") or "", h.id)
    )


def _name(key: tuple[str, ...]) -> str:
    kind, *names = key
    if kind == "forum":
        return visible(names[0])
    if not names:
        return "parties not told"
    if len(names) > _NAMED:
        return f"{parties_in_words(names[: _NAMED - 1])} and {len(names) - _NAMED + 1} more"
    return parties_in_words(names)
