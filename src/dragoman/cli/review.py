"""``dragoman review``: goes through what is unsure; a person decides with one key."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import click

from dragoman.cli.asking import dossier_argument, give, opened, output_options, who_decides
from dragoman.cli.shared import make_console, show, tell
from dragoman.errors import UsageError
from dragoman.model import CLAIM_SLOTS, MANY, Decision, Verdict
from dragoman.output import visible
from dragoman.output.judgements import judgement_in_words
from dragoman.output.pairs import print_pair

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.dossier import Dossier
    from dragoman.model import Judgement, Match
    from dragoman.output.told import Paired

# Key, what it does, in the order in which the help shows them.
_KEYS = (
    ("s", "same: both tell of one event"),
    ("d", "different: they tell of two events"),
    ("u", "unsure: leave it and go on"),
    ("c", "correct a slot of A or B"),
    ("n", "A or B is no event"),
    ("w", "say why; it is kept with the next decision"),
    ("z", "take back the last decision"),
    ("r", "bring the record up to date now"),
    ("?", "this help"),
    ("q", "stop; what was decided is kept"),
)
_PROMPT = "s same  d different  u unsure  c correct  n no event  w why  z back  r refresh  ? help  q quit"


@click.command(
    "review",
    epilog="""
    \b
    Examples:
      dragoman review geneva.dossier                       one pair after the other
      dragoman review geneva.dossier --who "Ada Lovelace"
      dragoman review geneva.dossier --json                what waits, for programs
      printf 's\\nd\\nq\\n' | dragoman review geneva.dossier  keys from a pipe, one a line
    """,
)
@dossier_argument
@click.option("--who", help="Who decides.  [default: DRAGOMAN_WHO, else the name of the account]")
@click.option("--later", is_flag=True, help="Do not bring the record up to date at the end.")
@output_options
def command(dossier: str, *, who: str | None, later: bool, form: str, quiet: bool) -> None:
    """
    Decide the pairs of claims that may tell of one event, the most alike first.

    Each decision is kept at once, and what was decided survives rebuilding and re-reading. At the end the
    record is brought up to date.
    """
    if form != "text":
        with opened(dossier) as known:
            give(known.unsure(), form)
        return
    with opened(dossier, writing=True) as known:
        review = Review(known, who_decides(who), make_console(), keys())
        review.run()
        if not quiet:
            tell(review.summary())
        if review.made and not later:
            if not quiet:
                tell("bringing the record up to date")
            known.reconcile()


@dataclass(slots=True)
class Keys:
    """
    Where keys and answers come from.

    Attributes:
        key: the next key, "" where there are no more.
        line: the answer to a question.
    """

    key: Callable[[], str]
    line: Callable[[str], str]


def keys() -> Keys:
    """Single keys from a terminal, the first character of each line from a pipe."""
    if sys.stdin.isatty():
        return Keys(
            _pressed, lambda question: click.prompt(question, default="", show_default=False, err=True)
        )
    return Keys(_read, _answered)


def _pressed() -> str:
    try:
        return click.getchar()
    except (KeyboardInterrupt, EOFError):
        return "q"


def _read() -> str:
    """The first character of the next line; the end of the input is the end of the review."""
    line = sys.stdin.readline()
    return line.strip()[:1] if line else "q"


def _answered(question: str) -> str:
    click.echo(question, err=True)
    return sys.stdin.readline().strip()


@dataclass(slots=True)
class Review:
    """One sitting: the pairs that wait, where we are, and what was decided."""

    dossier: Dossier
    who: str
    console: Console
    keys: Keys
    queue: list[Match] = field(default_factory=list)
    at: int = 0
    made: list[tuple[int, Judgement]] = field(default_factory=list)
    why: str = ""

    def run(self) -> None:
        """Pair after pair until there are none or the person stops."""
        self._load()
        while self.at < len(self.queue):
            pair = self.dossier.pair(self.queue[self.at])
            if pair is None:  # a build took the claim away meanwhile
                self.at += 1
                continue
            title = f"{self.at + 1} of {len(self.queue)}"
            show(self.console, partial(print_pair, pair=pair, title=title))
            if not self._decide(pair):
                return

    def _load(self) -> None:
        waiting = self.dossier.matches(Verdict.UNSURE)
        self.queue = sorted(waiting, key=lambda match: (-match.score, match.left, match.right))
        self.at = 0

    def summary(self) -> str:
        """What was done."""
        left = len(self.queue) - self.at
        if not self.queue and not self.made:
            return "nothing waits for a decision"
        number = len(self.made)
        return f"{number} decision{'' if number == 1 else 's'}; {left} pair{'' if left == 1 else 's'} left"

    def _decide(self, pair: Paired) -> bool:
        """Take keys until one leads to another pair; False where the person stops."""
        here = self.at
        while self.at == here:
            tell(_PROMPT)
            key = self.keys.key().lower()
            if key == "q":
                return False
            try:
                if self._press(key, pair):
                    return True
            except UsageError as error:
                tell(str(error))
        return True

    def _press(self, key: str, pair: Paired) -> bool:
        """Do what a key means; True where the pair is to be shown anew."""
        if key in {"s", "d"}:
            decision = Decision.SAME if key == "s" else Decision.DIFFERENT
            self._keep(decision, pair.left.id, pair.right.id)
            self.at += 1
        elif key == "u":
            self.at += 1
        elif key == "c":
            self._correct(pair)
        elif key == "n":
            return self._drop(pair)
        elif key == "w":
            self.why = self.keys.line("why")
        elif key == "z":
            return self._back()
        elif key == "r":
            self.dossier.reconcile()
            self._load()
            tell(f"{len(self.queue)} pairs wait")
            return True
        else:
            for name, meaning in _KEYS:
                tell(f"  {name}  {meaning}")
        return False

    def _keep(self, decision: Decision, *claims: str, slot: str | None = None, value: object = None) -> None:
        values = value if isinstance(value, list | str) else None
        # A pair is of two claims; an event has the id of its first one.
        made = self.dossier.judge(
            decision,
            *claims,
            who=self.who,
            why=self.why,
            slot=slot,
            value=values,
            alone=decision is not Decision.DIFFERENT,
            reconcile=False,
        )
        self.why = ""
        self.made.append((self.at, made))
        tell(f"{made.id}  {judgement_in_words(made)}")

    def _correct(self, pair: Paired) -> None:
        claim = self._chosen(pair)
        slot = self.keys.line(f"slot ({', '.join(CLAIM_SLOTS)})").strip()
        if not claim or not slot:
            tell("nothing was changed")
            return
        value = self.keys.line("value (several with ; between them, empty for nothing known)").strip()
        many = [part.strip() for part in value.split(";") if part.strip()]
        self._keep(Decision.CORRECT, claim, slot=slot, value=many if slot in MANY else value)

    def _drop(self, pair: Paired) -> bool:
        claim = self._chosen(pair)
        if not claim:
            tell("nothing was changed")
            return False
        self._keep(Decision.NOT_EVENT, claim)
        self.at += 1
        return True

    def _chosen(self, pair: Paired) -> str | None:
        answer = self.keys.line("A or B").strip().lower()
        return {"a": pair.left.id, "b": pair.right.id}.get(answer)

    def _back(self) -> bool:
        """Undo the last decision of this sitting and return to its pair."""
        if not self.made:
            tell("nothing was decided yet")
            return False
        self.at, last = self.made.pop()
        undone = self.dossier.undo(last.id, who=self.who, why=self.why, reconcile=False)
        self.why = ""
        tell(f"{undone.id}  {visible(judgement_in_words(undone))}")
        return True
