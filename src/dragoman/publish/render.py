"""Templates to pages: every value is escaped, and nothing hidden in it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from dragoman.model import Claim
from dragoman.output.happenings import count
from dragoman.output.words import date_in_words, visible
from dragoman.publish.quote import Plain

_ROOM = "dragoman.publish"


@cache
def environment() -> Environment:
    """The templates of the site."""
    folder = files(_ROOM).joinpath("templates")
    sources = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".html")
    }
    env = Environment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters |= {
        "day": date_in_words,
        "n": lambda number: f"{number:,}",
        "capital": lambda text: text[:1].upper() + text[1:],
        "sort_by": _in_order,
    }
    env.globals |= {"count": count, "plain": _plain, "svg": Markup}
    return env


def _in_order(claims: Iterable[Claim], numbers: Mapping[str, int]) -> list[Claim]:
    """Claims in order of the numbers of their reports."""
    return sorted(claims, key=lambda claim: (numbers.get(claim.report, 0), claim.id))


def _plain(text: str) -> Plain:
    """Text whose blanks at its ends are to stay; nothing hidden in it."""
    ends = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
    return Plain(f"{ends[0]}{visible(text)}{ends[1]}" if text.strip() else text[:1])


def _shown(value: Any) -> Any:
    """What a template writes: text on one line with nothing hidden; markup and prepared text as they are."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup | Plain):
        return visible(value)
    return value


def render(template: str, **values: Any) -> bytes:
    """A page, without the blank lines that a template leaves."""
    text = environment().get_template(template).render(**values)
    lines = (line.rstrip() for line in text.splitlines())
    return ("\n".join(line for line in lines if line) + "\n").encode("utf-8", "replace")


def stylesheet() -> str:
    """The style of the site."""
    return files(_ROOM).joinpath("templates", "style.css").read_text(encoding="utf-8")
