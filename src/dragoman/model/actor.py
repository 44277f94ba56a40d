"""Who and where: mentions in the text and the entities they refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dragoman.model.reason import Reason
from dragoman.model.span import Span


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    STATE = "state"
    ORGANISATION = "organisation"  # international bodies, ministries, companies, parties
    GROUP = "group"  # armed groups, movements, peoples named by kind ("Darfur rebel groups")
    FORUM = "forum"
    PLACE = "place"
    DOCUMENT = "document"


class Use(StrEnum):
    """How the text uses a mention: a capital may act as a party or merely be where something is."""

    PARTY = "party"  # acts, or is acted on as a party
    PLACE = "place"  # where something happens
    MODIFIER = "modifier"  # qualifies a noun ("Russian proposals", "Geneva talks")
    FORUM = "forum"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entity:
    """
    A thing that the report speaks of.

    Attributes:
        id: unique in the report ("person:sergei-lavrov", "state:RUS", "place:geneva").
        kind: what it is.
        name: fullest form in the report for persons, usual short English name for others.
        parties: the codebook's party codes that it acts for: ("RUS",) for Lavrov, the Kremlin and
            the Russian Foreign Ministry; the members for a forum known by name; () where unknown.
        office: the office a person holds, as the report or the table of office holders says.
        country: ISO 3166-1 alpha-3 of a place or body, where sure.
        granularity: for places, "city", "country", "region" or "site"; "" for others.
        reasons: where parties and office come from.
    """

    id: str
    kind: EntityKind
    name: str
    parties: tuple[str, ...] = ()
    office: str | None = None
    country: str | None = None
    granularity: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """
    Words that refer to one entity or, for plurals ("both sides", "the two ministers"), to several.

    Attributes:
        span, start_token, end_token, head_token: the words; ``head_token`` is their syntactic head.
        label: the name's label (PER, ROLE, GPE, LOC, NORP, ORG, FORUM, DOC), "NOM" for a noun
            phrase that is no name ("the rebels", "his counterpart"), "PRON" for a pronoun.
        entities: ids of what it refers to, () where the text does not decide.
        parties: party codes it stands for in this use, () for a mere place.
        use: how the text uses it here.
        reason: why it refers to that.
    """

    span: Span
    start_token: int
    end_token: int
    head_token: int
    label: str
    entities: tuple[str, ...]
    parties: tuple[str, ...]
    use: Use
    reason: Reason


@dataclass(frozen=True, slots=True)
class Actors:
    """All mentions in order of the text (they do not overlap) and all entities by id."""

    mentions: tuple[Mention, ...]
    entities: dict[str, Entity]
    _by_token: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index mentions by their tokens."""
        for index, mention in enumerate(self.mentions):
            for token in range(mention.start_token, mention.end_token):
                self._by_token[token] = index

    def at(self, token: int) -> Mention | None:
        """The mention that token ``token`` belongs to, or None."""
        index = self._by_token.get(token)
        return None if index is None else self.mentions[index]

    def of(self, mention: Mention) -> tuple[Entity, ...]:
        """The entities that a mention refers to."""
        return tuple(self.entities[key] for key in mention.entities)
