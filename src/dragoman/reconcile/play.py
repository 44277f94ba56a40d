"""Where a negotiation stands: last and next meeting, proposals and what answers them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dragoman.model import Answered, EventType, Happening, StateOfPlay, Status
from dragoman.model.edtf import FAR_PAST, bounds
from dragoman.reconcile.contacts import Contact, stand_alike

_TOOK_PLACE = frozenset({Status.HELD, Status.UNDER_WAY})
_OFFERED = frozenset({Status.MADE, Status.UNDER_WAY, Status.HELD, Status.REACHED})
# Days after a proposal within which the other side's own proposal or agreement answers it, where no words tie
# them; a refusal whose addressee is the proposer may come later.
ANSWER = 90
REFUSED = 365
_FAR = 10**6


def state_of_play(contacts: Sequence[Contact], as_of: date | None) -> StateOfPlay:
    """
    The state of play on a day.

    Args:
        contacts: of one negotiation, in order of time.
        as_of: the day; None where no report has a date, then nothing is past or to come.
    """
    of_type = {
        kind: [contact for contact in contacts if contact.happening.type is kind] for kind in EventType
    }
    meetings = of_type[EventType.MEETING]
    held = [contact for contact in meetings if _status(contact) in _TOOK_PLACE]
    last = _last(held)
    proposals = [contact for contact in of_type[EventType.PROPOSAL] if _status(contact) in _OFFERED]
    answered = [Answered(p.id, tuple(c.id for c in contacts if answers(c, p))) for p in reversed(proposals)]
    return StateOfPlay(
        last_meeting=last.id if last else None,
        next_meeting=next((c.id for c in _to_come(meetings, last, as_of)), None),
        proposals=tuple(answered),
        agreements=tuple(c.id for c in of_type[EventType.AGREEMENT] if _status(c) is Status.REACHED),
        refusals=tuple(c.id for c in of_type[EventType.REFUSAL] if _status(c) in _OFFERED),
        unanswered=tuple(proposal.proposal for proposal in answered if not proposal.answers),
        overdue=tuple(c.id for c in meetings if c.happening.overdue and not _made_up(c, held)),
    )


def _last(held: Sequence[Contact]) -> Contact | None:
    """The latest with a day; one whose day nobody tells where there is no other."""
    dated = [contact for contact in held if contact.day]
    return (dated or held)[-1] if held else None


def _made_up(planned: Contact, held: Sequence[Contact]) -> bool:
    """Whether a meeting of the same parties took place in the days for which one was planned."""
    span = bounds(planned.happening.text("date"))
    return span is not None and any(
        other.day is not None
        and span[0] <= other.day <= span[1]
        and (planned.sides <= other.sides or other.sides <= planned.sides)
        for other in held
    )


def _status(contact: Contact) -> Status | None:
    value = contact.happening.text("status")
    return Status(value) if value else None


def _to_come(meetings: Sequence[Contact], last: Contact | None, as_of: date | None) -> list[Contact]:
    """
    Planned meetings of that day or later, the first first; then those whose day is open, where no meeting has
    taken place since a report told of the plan.
    """
    planned = [c for c in meetings if _status(c) is Status.PLANNED and not c.happening.overdue]
    dated = [(bounds(c.happening.text("date")), c) for c in planned]
    coming = [c for span, c in dated if span and (as_of is None or span[1] >= as_of)]
    since = last.day if last else None
    return coming + [c for span, c in dated if not span and (since is None or c.first_told[0] >= since)]


def answers(answer: Contact, proposal: Contact) -> bool:
    """
    Whether a contact answers a proposal.

    A refusal, a proposal or an agreement, not before it: by somebody to whom the proposal was made, and
    either to its maker, or about the same thing in the same words. An agreement of both within 90 days
    answers it too.
    """
    kind = answer.happening.type
    days = _days_after(answer, proposal)
    if answer.id == proposal.id or kind is EventType.MEETING or days < 0:
        return False
    makers = _makers(proposal.happening)
    asked = _asked(proposal.happening, proposal.sides)
    same_thing = bool(answer.telling & proposal.telling)
    soon = days <= ANSWER
    if kind is EventType.AGREEMENT:
        both = _meet(answer.sides, makers) and (not asked or _meet(answer.sides, asked))
        return both and (same_thing or soon)
    by, to = _makers(answer.happening), frozenset(answer.happening.many("to"))
    if by & makers or (asked and not _meet(by, asked)):
        return False
    to_maker = bool(to) and _meet(to, makers)
    if kind is EventType.REFUSAL:
        return (to_maker and days <= REFUSED) or same_thing
    return (to_maker and (soon or same_thing)) or (same_thing and not to)


def _makers(happening: Happening) -> frozenset[str]:
    return frozenset(happening.many("by"))


def _asked(happening: Happening, sides: frozenset[str]) -> frozenset[str]:
    """To whom a proposal is made: as told, else all others that it names."""
    return frozenset(happening.many("to")) or sides - _makers(happening)


def _meet(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a party of one stands on the side of one of the others."""
    return any(stand_alike(one, other) for one in some for other in others)


def _days_after(answer: Contact, proposal: Contact) -> int:
    """
    Days from a proposal to what may answer it, many where they are not known; what is only dated by its
    report ("by 19 January") counts from the last day that it may have.
    """
    last = _last_day(answer)
    if last is None or proposal.day is None:
        return REFUSED if last is proposal.day else _FAR
    return (last - proposal.day).days


def _last_day(contact: Contact) -> date | None:
    span = bounds(contact.happening.text("date"))
    if span and span[0] == FAR_PAST:
        return span[1]
    return contact.day
