"""``dragoman judge``: one decision, without questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dragoman.cli.asking import dossier_argument, give, opened, output_options, who_decides
from dragoman.cli.shared import tell
from dragoman.model import MANY, Decision

if TYPE_CHECKING:
    from dragoman.dossier import Dossier
    from dragoman.model import Judgement


@click.command(
    "judge",
    epilog="""
    \b
    Examples:
      dragoman judge geneva.dossier same 3f09ab12 77c01d44 --why "both tell of the lunch"
      dragoman judge geneva.dossier different 9d21 3f09ab12       claim 9d21 is no part of that event
      dragoman judge geneva.dossier correct 3f09ab12 date 2022-01-21
      dragoman judge geneva.dossier correct 3f09ab12 parties RUS USA
      dragoman judge geneva.dossier not-an-event 5b17c2aa
      dragoman judge geneva.dossier undo 51e6f0
    """,
)
@dossier_argument
@click.argument("decision", type=click.Choice([decision.value for decision in Decision]))
@click.argument("things", nargs=-1, required=True, metavar="ID [ID | SLOT VALUE]...")
@click.option("--why", default="", help="Why, for those who read it later.")
@click.option("--who", help="Who decides.  [default: DRAGOMAN_WHO, else the name of the account]")
@click.option(
    "--later", is_flag=True, help="Leave the record as it is until something else brings it up to date."
)
@output_options
def command(
    dossier: str,
    decision: str,
    things: tuple[str, ...],
    *,
    why: str,
    who: str | None,
    later: bool,
    form: str,
    quiet: bool,
) -> None:
    """
    Decide one thing; it is kept at once, for good, and can be undone.

    IDs are the beginnings of ids of events or claims; for "undo" that of a judgement. "correct" takes one
    event, a slot and its value (several for slots that hold several, none where nothing is known).
    """
    with opened(dossier, writing=True) as known:
        made = _decide(known, Decision(decision), things, who=who_decides(who), why=why, reconcile=not later)
        if form != "text":
            from dragoman.dossier.answers import Answer  # noqa: PLC0415 - only here
            from dragoman.output.judgements import JUDGEMENTS  # noqa: PLC0415

            give(Answer((made,), JUDGEMENTS), form)
        elif not quiet:
            from dragoman.output.judgements import judgement_in_words  # noqa: PLC0415

            tell(f"{made.id}  {judgement_in_words(made)}")


def _decide(
    known: Dossier, decision: Decision, things: tuple[str, ...], *, who: str, why: str, reconcile: bool
) -> Judgement:
    if decision is Decision.UNDO:
        if len(things) > 1:
            raise click.UsageError("one judgement is undone at a time")
        return known.undo(things[0], who=who, why=why, reconcile=reconcile)
    if decision is not Decision.CORRECT:
        return known.judge(decision, *things, who=who, why=why, reconcile=reconcile)
    if len(things) < 2:
        raise click.UsageError("say which slot: dragoman judge DOSSIER correct ID SLOT VALUE")
    event, slot, *values = things
    value = values if slot in MANY else " ".join(values) or None
    return known.judge(decision, event, who=who, why=why, slot=slot, value=value, reconcile=reconcile)
