"""Sentences parsed by hand, and whom and where they name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dragoman.actors import find_actors
from dragoman.model import Mention
from dragoman.testing import make_chronology, make_parsed

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]
READ_AS_OF = "2005-03-01"


def line(mention: Mention) -> str:
    """A mention as the case file writes it."""
    parties = " ".join(party.replace(" ", "_") for party in mention.parties)
    return f"{mention.span.exact} | {mention.use.value} | {parties} | {' '.join(mention.entities)}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_sentence_names_whom_a_careful_reader_sees(case: dict[str, Any]) -> None:
    parsed = make_parsed(case["words"], names=[(label, words) for label, words in case["names"]])
    actors = find_actors(parsed, make_chronology(case.get("published", READ_AS_OF)))
    assert [line(mention) for mention in actors.mentions] == case["mentions"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_mention_says_why_and_keeps_its_words(case: dict[str, Any]) -> None:
    parsed = make_parsed(case["words"], names=[(label, words) for label, words in case["names"]])
    actors = find_actors(parsed, make_chronology(case.get("published", READ_AS_OF)))
    text = parsed.document.text
    for mention in actors.mentions:
        assert mention.reason.rule.startswith("actor.")
        assert text[mention.span.start : mention.span.end] == mention.span.exact
        assert mention.start_token <= mention.head_token < mention.end_token
        assert actors.at(mention.head_token) is mention
        assert {entity.id for entity in actors.of(mention)} == set(mention.entities)
