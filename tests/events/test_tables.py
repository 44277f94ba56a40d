"""The tables and the rules that read them fit together."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import dragoman.events
from dragoman.data import read_rows
from dragoman.events import (
    agreements,
    deal_nouns,
    endings,
    meeting_nouns,
    meeting_verbs,
    proposal_nouns,
    proposals,
    refusals,
)
from dragoman.events.rules import FAILING, FRAMES, PHRASAL
from dragoman.events.tables import governors, triggers, word_classes

ROOM = Path(dragoman.events.__file__).parent
DATA = ROOM.parent / "data" / "events"
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.rglob("*.py")))
EFFECTS = {
    "run", "start", "end", "plan", "propose", "refuse", "suspend", "cancel", "postpone", "fail", "agree",
    "deny", "seek", "skip",
}  # fmt: skip
UNREAD = {"process"}  # frames that no rule reads, by the head of triggers.tsv


def test_every_frame_has_a_rule_and_every_rule_a_frame() -> None:
    """A trigger that nothing reads, or a rule that nothing reaches, is a slip."""
    assert {trigger.frame for trigger in triggers().values()} - UNREAD == set(FRAMES)


def test_every_reading_function_is_used() -> None:
    """All that is called ``read_...`` stands behind a frame, a phrasal verb or a rule for adjectives."""
    modules = (
        agreements, deal_nouns, endings, meeting_nouns, meeting_verbs, proposal_nouns, proposals, refusals,
    )  # fmt: skip
    written = {
        name
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("read_") and function.__module__ == module.__name__
    }
    reached = {
        rule.__name__
        for rule in (*FRAMES.values(), *PHRASAL.values(), refusals.read_will_not, proposals.read_ready)
    }
    assert written == reached


def test_no_trigger_stands_twice() -> None:
    """The second would silently win."""
    keys = [tuple(row[:2]) for row in read_rows("events", "triggers.tsv")]
    assert len(keys) == len(set(keys))
    assert {pos for _, pos in keys} == {"N", "V"}


def test_the_effects_of_governors_are_known() -> None:
    """Those that the head of the table lists, each in use."""
    assert {g.effect for found in governors().values() for g in found} == EFFECTS
    listed = re.search(r"# effects: (.*)", (DATA / "governors.tsv").read_text(encoding="utf-8"))
    assert listed is not None
    assert {re.sub(r" \(.*\)", "", word) for word in listed[1].split(", ") if word.isalpha()} <= EFFECTS


def test_a_governor_with_its_particle_is_asked_before_the_plain_verb() -> None:
    """ "break off" suspends before "break" could do anything else."""
    for found in governors().values():
        needed = [bool(governor.particle) for governor in found]
        assert needed == sorted(needed, reverse=True)


def test_every_word_class_that_a_rule_asks_for_exists_and_none_is_left_over() -> None:
    """A class that no rule reads is dead, one that is missing fails at import."""
    asked = set(re.findall(r'\bwords\(\s*"([a-z-]+)"', SOURCE))
    assert asked == set(word_classes())


def test_no_word_stands_twice_in_its_class() -> None:
    """Each once, in lower case."""
    for name in word_classes():
        words = [
            word for row in read_rows("events", "words.tsv") if row[0] == name for word in row[1].split()
        ]
        assert words == [word.lower() for word in words]
        assert sorted(words) == sorted(set(words)), name


@pytest.mark.parametrize("table", sorted(DATA.glob("*.tsv")), ids=lambda path: path.name)
def test_a_table_says_where_it_comes_from_under_which_licence(table: Path) -> None:
    """In the comment at its head."""
    head = [line for line in table.read_text(encoding="utf-8").splitlines()[:6] if line.startswith("#")]
    assert any("Origin:" in line for line in head)
    assert any("Licence:" in line for line in head)
    assert any("Columns:" in line for line in head)


def test_each_word_class_says_what_it_is_for() -> None:
    """A comment line opens every class of words.tsv."""
    text = (DATA / "words.tsv").read_text(encoding="utf-8")
    assert set(re.findall(r"^# --- ([a-z-]+): ", text, re.MULTILINE)) == set(word_classes())


def test_failing_verbs_are_no_triggers_of_another_frame() -> None:
    """They are read after the table's phrasal verbs and before its plain ones."""
    assert not {(lemma, "V") for lemma in FAILING} & set(triggers())


def test_no_module_of_the_room_imports_one_that_imports_it() -> None:
    """The rooms' files stand in an order without cycles."""
    graph = {
        path.stem: set(re.findall(r"from dragoman\.events\.(\w+) import", path.read_text(encoding="utf-8")))
        for path in ROOM.glob("*.py")
        if path.stem != "__init__"
    }
    graph["rules"] |= set(graph) & {m.__name__.rpartition(".")[2] for m in (agreements, endings, refusals)}
    while graph:
        leaves = {name for name, below in graph.items() if not below & set(graph)}
        assert leaves, f"a cycle among {sorted(graph)}"
        graph = {name: below for name, below in graph.items() if name not in leaves}
