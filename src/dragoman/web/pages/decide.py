"""What a person decides: forms in, a judgement kept, a page that shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from dragoman.dossier import ask
from dragoman.errors import UsageError
from dragoman.model import MANY, Decision, Judgement
from dragoman.output.words import visible
from dragoman.store import Reading
from dragoman.web.errors import Missing, Refused
from dragoman.web.pages.review import mine
from dragoman.web.queue import counting, open_matches, state_of, touching
from dragoman.web.render import linked, page
from dragoman.web.site import Here, Site, Sitting

router = APIRouter(include_in_schema=False)

_WHY = 1000  # characters of a reason
_VALUE = 2000
_CLAIM = re.compile(r"[0-9a-f]{16}")


class Changed(Exception):  # noqa: N818 - no error: another person was faster
    """Somebody decided about the same claims since the page was made."""

    def __init__(self, state: str, judgements: Sequence[Judgement]) -> None:
        super().__init__("changed meanwhile")
        self.state = state
        self.judgements = judgements


@dataclass(frozen=True, slots=True)
class Sent:
    """
    A decision as a form sends it.

    Attributes:
        claims: ids of claims or events, as :meth:`dragoman.dossier.Dossier.judge` takes them.
        about: ids of the claims whose state the page showed.
        state: of these when the page was made.
        back: where to go afterwards: "next", "event", "log" or "review".
        alone: the ids are of claims; none stands for its whole event.
    """

    decision: Decision
    claims: tuple[str, ...]
    about: tuple[str, ...]
    state: str
    slot: str
    value: str
    why: str
    back: str
    alone: bool


def allowed(site: Here, sitting: Sitting, form_token: Annotated[str, Form(max_length=200)] = "") -> None:
    """Refuse forms that are not ours, and people who only read."""
    if not site.access.is_ours(sitting, form_token):
        raise Refused("This form is too old or not ours; go back, reload the page and try again.")
    if not sitting.user.decides:
        raise Refused("You may read; a reviewer decides.")
    if site.dossier.store.readonly:
        raise Refused("This dossier is open for reading only.")


def sent(
    decision: Annotated[str, Form(max_length=20)],
    claim: Annotated[list[str] | None, Form()] = None,
    about: Annotated[list[str] | None, Form()] = None,
    state: Annotated[str, Form(max_length=64)] = "",
    slot: Annotated[str, Form(max_length=20)] = "",
    value: Annotated[str, Form(max_length=_VALUE)] = "",
    why: Annotated[str, Form(max_length=_WHY)] = "",
    back: Annotated[str, Form(max_length=10)] = "event",
    alone: Annotated[str, Form(max_length=3)] = "",
) -> Sent:
    """The form's values."""
    try:
        kind = Decision(decision)
    except ValueError:
        raise UsageError("that is no decision") from None
    claims, shown = tuple(map(_id, claim or ())), tuple(about or ())[:500]
    return Sent(kind, claims, shown, state, slot, value, why.strip(), back, bool(alone))


def _id(text: str) -> str:
    """An id; the address of an event's page counts as the event."""
    return visible(text).split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2].strip()


@router.post("/decide", dependencies=[Depends(allowed)])
def decide(request: Request, site: Here, sitting: Sitting, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Keep a decision; where somebody decided meanwhile, show both and keep nothing."""
    following = _following(site, form) if form.back == "next" else ""
    try:
        made = site.dossier.judge(
            form.decision,
            *form.claims,
            who=sitting.user.name,
            why=form.why,
            slot=form.slot or None,
            value=_value(form),
            alone=form.alone,
            reconcile=False,
            guard=lambda found: _unchanged(found, form),
        )
    except Changed as changed:
        return _both(request, site, form, changed)
    except UsageError as error:
        if form.decision is not Decision.CORRECT:
            raise
        return _again(request, site, form, error)
    site.updater.decided()
    return RedirectResponse(_onward(site, form, made, following), 303)


def _value(form: Sent) -> str | list[str] | None:
    if form.decision is not Decision.CORRECT:
        return None
    if form.slot in MANY:
        return [part.strip() for part in form.value.split(";") if part.strip()]
    return form.value.strip() or None


def _unchanged(found: Reading, form: Sent) -> None:
    """Called under the lock for writing: nobody can decide between this look and the keeping."""
    claims = form.about or form.claims
    state = state_of(found, claims)
    if form.state and form.state != state:
        raise Changed(state, touching(found.judgements(), claims))


def _both(request: Request, site: Site, form: Sent, changed: Changed) -> Response:
    with site.reading() as found:
        happenings = {h.id: h for claim in form.about if (h := found.happening(claim))}
        told = list(ask.tell(found, list(happenings.values())))
        every = found.judgements()
    return page(
        request, "changed.html", status=409, form=form, state=changed.state, told=told,
        judgements=changed.judgements[-5:], counting=counting(every),
        known={judgement.id: judgement for judgement in every},
        done=None,
    )  # fmt: skip


def _again(request: Request, site: Site, form: Sent, error: UsageError) -> Response:
    """A correction that cannot be kept, as it was typed: a slip costs nobody the rest."""
    with site.reading() as found:
        told = list(ask.tell(found, [h for claim in form.claims[:1] if (h := found.happening(claim))]))
    return page(
        request, "again.html", status=400, form=form, told=told, text=visible(str(error))[:500], done=None
    )


def _following(site: Site, form: Sent) -> str:
    """The pair after the one that the form is about, so that one goes on where one was."""
    queue = [(m.left, m.right) for m in open_matches(site)]
    here = next((n for n, pair in enumerate(queue) if set(pair) == set(form.about)), None)
    if here is None or here + 1 >= len(queue):
        return ""
    return "/".join(queue[here + 1])


def _onward(site: Site, form: Sent, made: Judgement, following: str) -> str:
    if form.back == "next":
        pair = "/".join(sorted(form.about)) if len(form.about) == 2 else ""
        waits = {f"{m.left}/{m.right}" for m in open_matches(site)}
        if following in waits:
            return linked("review", *following.split("/"), done=made.id, of=pair)
        onward = ("review", "next") if waits else ("review",)
        return linked(*onward, done=made.id, of=pair)
    if form.back == "pair" and len(form.about) == 2:
        return linked("review", *sorted(form.about), done=made.id)
    if form.decision is Decision.NOT_EVENT:
        # Once the record follows, nothing may be left of the event: to a claim that stays, else to the log.
        gone = {anchor.claim for anchor in made.anchors}
        left = next((claim for claim in form.about if claim not in gone), None)
        return linked("events", left, done=made.id) if left else linked("log", done=made.id)
    with site.reading() as found:
        happening = next((h for claim in form.claims if (h := found.happening(claim))), None)
    if happening is None:
        return linked("log", done=made.id)
    return linked("events", happening.id, done=made.id)


@router.post("/undo", dependencies=[Depends(allowed)])
def undo(
    site: Here,
    sitting: Sitting,
    judgement: Annotated[str, Form(max_length=32)] = "",
    why: Annotated[str, Form(max_length=_WHY)] = "",
    back: Annotated[str, Form(max_length=10)] = "log",
    pair: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """Take back a decision: the named one, else the last own one that still counts; back to its pair."""
    with site.reading() as found:
        every = found.judgements()
        own = mine(every, sitting.user.name)
    key = judgement or (own.id if own else "")
    if not key:
        raise UsageError("you have decided nothing yet that could be taken back")
    of = next((j for j in every if j.id == key), None)
    if of is None:
        raise Missing("There is no decision of that id.")
    made = site.dossier.undo(key, who=sitting.user.name, why=why.strip(), reconcile=False)
    site.updater.decided()
    if back == "pair" and (address := _pair_of(site, pair, of, made.id)):
        return RedirectResponse(address, 303)
    if back in {"pair", "next", "review"}:
        return RedirectResponse(linked("review", "next", done=made.id), 303)
    about = _decision_under(every, of)
    if back == "event" and about.anchors:
        with site.reading() as found:
            happening = found.happening(about.anchors[0].claim)
        if happening:
            return RedirectResponse(linked("events", happening.id, done=made.id), 303)
    return RedirectResponse(linked("log", done=made.id), 303)


def _pair_of(site: Site, given: str, of: Judgement, done: str) -> str | None:
    """The address of the pair that a judgement came from; None where it is not known to be one."""
    claims = given.split("/") if given else sorted(anchor.claim for anchor in of.anchors)
    if len(claims) != 2 or not all(map(_CLAIM.fullmatch, claims)):
        return None
    with site.reading() as found:
        known = any({m.left, m.right} == set(claims) for m in found.matches(claims=claims[:1]))
        # Where the record has yet to follow, the page of the pair says that it comes back.
        comes = not found.is_fresh() and any(anchor.claim in claims for anchor in of.anchors)
    return linked("review", *claims, done=done) if known or comes else None


def _decision_under(judgements: Sequence[Judgement], judgement: Judgement) -> Judgement:
    """The decision that an undo, or an undo of one, is about in the end."""
    known = {one.id: one for one in judgements}
    for _ in range(len(known)):
        if judgement.undoes not in known:
            break
        judgement = known[judgement.undoes]
    return judgement
