"""The record of one report: everything that a reading found."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.actor import Actors
from dragoman.model.document import Defect, Document
from dragoman.model.event import Event
from dragoman.model.statement import Statement
from dragoman.model.timex import Published, Timex


@dataclass(frozen=True, slots=True)
class Record:
    """What one report says, every value with its words."""

    document: Document
    published: Published
    timexes: tuple[Timex, ...]
    actors: Actors
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    defects: tuple[Defect, ...]
