"""What the event rules look at: one report with its parse, dates and actors, indexed by token."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from dragoman.language.turns import Turn, find_turns
from dragoman.model import (
    Actors,
    BlockKind,
    Chronology,
    Document,
    Entity,
    EntityKind,
    Mention,
    Parsed,
    Span,
    Timex,
    TimexType,
    Use,
)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part: the parties acted for, the persons named, the words and their head token."""

    parties: tuple[str, ...]
    people: tuple[str, ...]
    span: Span
    head: int


@dataclass(frozen=True, slots=True)
class Scene:
    """
    A report as the event rules see it.

    Attributes:
        parsed, chronology, actors: what the rooms before found.
        timex_at: the date or time that a token belongs to.
        durations: lengths of time ("two days"), by the number of their sentence.
        length_at: the length of time that a token belongs to.
        habitual: sentences with an expression like "every week".
        turns: the turns of a transcript, by the number of their block.
        home: the state that the report names at least twice and more often than any other, () without one.
        text_hash: SHA-256 of the text, in hex.
    """

    parsed: Parsed
    chronology: Chronology
    actors: Actors
    timex_at: dict[int, Timex] = field(default_factory=dict, repr=False)
    durations: dict[int, list[Timex]] = field(default_factory=dict, repr=False)
    length_at: dict[int, Timex] = field(default_factory=dict, repr=False)
    habitual: set[int] = field(default_factory=set, repr=False)
    turns: dict[int, Turn] = field(default_factory=dict, init=False, repr=False)
    home: tuple[str, ...] = field(default=(), init=False)
    text_hash: str = field(default="", init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the dates by token and the habits by sentence."""
        for timex in self.chronology.timexes:
            if timex.type is TimexType.DURATION:
                sentence = self.parsed.tokens[timex.start_token].sentence
                self.durations.setdefault(sentence, []).append(timex)
                self.length_at.update((i, timex) for i in range(timex.start_token, timex.end_token))
            if timex.type is TimexType.SET:
                self.habitual.add(self.parsed.tokens[timex.start_token].sentence)
            if timex.type in {TimexType.DATE, TimexType.TIME}:
                for token in range(timex.start_token, timex.end_token):
                    self.timex_at[token] = timex
        object.__setattr__(self, "home", self._home())
        self.turns.update((turn.block, turn) for turn in find_turns(self.parsed))
        text = self.document.text.encode("utf-8", "surrogatepass")
        object.__setattr__(self, "text_hash", hashlib.sha256(text).hexdigest())

    def _home(self) -> tuple[str, ...]:
        count = Counter(
            code
            for mention in self.actors.mentions
            for entity in self.entities(mention)
            if entity.kind is EntityKind.STATE
            for code in entity.parties
        )
        ranked = count.most_common(2)
        if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return ()
        return (ranked[0][0],)

    @property
    def document(self) -> Document:
        """The report itself."""
        return self.parsed.document

    @property
    def published(self) -> str | None:
        """The report's own date, EDTF."""
        return self.chronology.published.edtf

    def entities(self, mention: Mention) -> tuple[Entity, ...]:
        """What a mention refers to."""
        return self.actors.of(mention)

    def people(self, mention: Mention) -> tuple[str, ...]:
        """Names of the persons that a mention refers to."""
        return tuple(e.name for e in self.entities(mention) if e.kind is EntityKind.PERSON)

    def block_of(self, token: int) -> int:
        """Number of the block that the token stands in."""
        return self.parsed.sentences[self.parsed.tokens[token].sentence].block_index

    def in_headline(self, token: int) -> bool:
        """Whether the token stands in the headline."""
        sentence = self.parsed.sentences[self.parsed.tokens[token].sentence]
        return sentence.block is BlockKind.HEADLINE

    def party_codes(self, mention: Mention) -> tuple[str, ...]:
        """Parties a mention stands for, also where the words alone would be a place ("talks with Syria")."""
        if mention.parties:
            return mention.parties
        head = self.parsed.tokens[mention.head_token]
        if mention.label == "NOM" and head.lower == "powers":  # named by kind only (ruling 10)
            number = [
                t.lower
                for t in self.parsed.tokens[mention.start_token : mention.head_token]
                if t.pos == "NUM"
            ]
            return (f"{number[0] if number else 'world'} powers",)
        codes: list[str] = []
        for entity in self.entities(mention):
            if entity.kind in {
                EntityKind.STATE,
                EntityKind.GROUP,
                EntityKind.ORGANISATION,
                EntityKind.PERSON,
            }:
                codes.extend(c for c in entity.parties if c not in codes)
        return tuple(codes)

    def is_place(self, mention: Mention) -> bool:
        """Whether the words name somewhere that an event can be."""
        if mention.label not in {"GPE", "LOC"} and mention.use is not Use.PLACE:
            return False
        return any(e.kind in {EntityKind.PLACE, EntityKind.STATE} for e in self.entities(mention))
