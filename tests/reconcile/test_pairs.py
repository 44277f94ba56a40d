"""Two reports each, from a table that a diplomat could check."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.reconcile.making import claim, report

from dragoman.reconcile import reconcile

PAIRS = tomllib.loads(Path(__file__).with_name("pairs.toml").read_text(encoding="utf-8"))["pair"]


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["title"] for pair in PAIRS])
def test_pair(pair: dict[str, Any]) -> None:
    """The two claims make one happening, or two, or two and a question to a person."""
    claims, reports = [], {}
    for name in ("left", "right"):
        told = pair["both"] | pair[name]
        day, outlet, copies = (told.pop(key, None) for key in ("published", "outlet", "copies"))
        reports[name] = report(name, day, publisher=outlet, copies=copies or name)
        claims.append(claim(f"claim-{name}", name, **told))
    record = reconcile(claims, reports)
    found = "same" if len(record.happenings) == 1 else "unsure" if record.unsure else "different"
    assert (found, record.matches) == (pair["verdict"], record.matches)
