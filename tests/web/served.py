"""What the tests of the web application share: names, pages as a person without script uses them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from fastapi.testclient import TestClient
from httpx import Response

from dragoman.dossier import Dossier
from dragoman.model import Verdict
from dragoman.store import Filter

ROOT = Path(__file__).parents[2]
TOKEN = "the-one-time-token"  # noqa: S105 - of a test
HERE = frozenset({"testserver"})

Serve = Callable[..., TestClient]


def addresses(dossier: Dossier) -> dict[str, str]:
    """A page of each kind."""
    event = dossier.happenings(Filter(conflict=True))[0]
    match = dossier.matches(Verdict.UNSURE)[0]
    report = event.history[0].report
    person = max((p for p in dossier.profiles() if p.kind == "person"), key=lambda p: len(p.reports))
    return {
        "overview": "/overview",
        "negotiations": "/negotiations",
        "negotiation": f"/negotiations/{max(dossier.negotiations(), key=lambda n: len(n.happenings)).id}",
        "events": "/events",
        "event": f"/events/{event.id}",
        "conflicts": "/conflicts",
        "report": f"/reports/{report}",
        "actors": "/actors",
        "actor": f"/actors/{person.id}",
        "sources": "/sources",
        "source": f"/sources/{report}",
        "search": f"/search?{urlencode({'q': word(dossier)})}",
        "review": "/review",
        "pair": f"/review/{match.left}/{match.right}",
        "log": "/log",
        "problems": "/problems",
    }


def word(dossier: Dossier) -> str:
    """A word that events and reports hold: the place of most events."""
    places = Counter(place for h in dossier.happenings() if (place := h.text("place")))
    return min(places, key=lambda place: (-places[place], place))


PAGES = (
    "overview", "negotiations", "negotiation", "events", "event", "conflicts", "report", "actors", "actor",
    "sources", "source", "search", "review", "pair", "log", "problems",
)  # fmt: skip


class Page:
    """A page as a person without script uses it: forms with their fields, sent by their buttons."""

    def __init__(self, client: TestClient, answer: Response) -> None:
        self.client = client
        self.answer = answer
        self.text = answer.text

    @classmethod
    def of(cls, client: TestClient, path: str) -> Page:
        """The page at a path."""
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
        return cls(client, answer)

    def forms(self, action: str, **fields: str) -> list[dict[str, list[str]]]:
        """The forms with that action that hold these hidden fields."""
        found = []
        for form in re.findall(rf'<form[^>]* action="{action}"[^>]*>.*?</form>', self.text, re.DOTALL):
            values: dict[str, list[str]] = {}
            for tag in re.findall(r"<input[^>]*>", form):
                name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
                if (
                    name
                    and (value or "required" not in tag)
                    and ('type="radio"' not in tag or "checked" in tag)
                ):
                    values.setdefault(name[1], []).append(unescape(value[1]) if value else "")
            if all(value in values.get(key, []) for key, value in fields.items()):
                found.append(values)
        return found

    def send(self, action: str, *, change: dict[str, str | list[str]] | None = None, **fields: str) -> Page:
        """Send the first such form, with some values typed over; the page that comes of it."""
        forms = self.forms(action, **fields)
        assert forms, f"no form {action} with {fields}"
        values: dict[str, str | list[str]] = {**forms[0], **(change or {})}
        return Page(self.client, self.client.post(action, data=values))
