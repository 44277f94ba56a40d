"""The actors of a report: names, phrases and pronouns resolved to entities."""

from __future__ import annotations

from dragoman.actors.coreference import link
from dragoman.actors.names import find_names
from dragoman.actors.nominals import find_nominals
from dragoman.actors.people import gather_people
from dragoman.actors.phrases import draft_nominals
from dragoman.actors.pronouns import draft_pronouns
from dragoman.actors.resolve import Draft, Reading, begin, draft_names
from dragoman.model import Actors, Chronology, Entity, Mention, Parsed, Reason


def find_actors(parsed: Parsed, chronology: Chronology) -> Actors:
    """
    Who acts in a report, and where things happen: all mentions and what they refer to.

    Names of the language model are corrected and completed by tables of states, bodies, places and office
    holders. A capital or a house (the Kremlin) is a party where it acts and a place where things happen.
    What the report says of somebody's office beats the table, which is read for the year of publication.
    Phrases and pronouns refer back; where the text does not decide, a mention has no entities.

    Args:
        parsed: the report as the language model sees it.
        chronology: its dates; the year of publication picks among holders of one name or office.

    Returns:
        Mentions in order, without overlap. A noun phrase such as "Russian officials" is one mention from its
        nation to its noun, so that ``actors.at`` of the noun gives the party; a nation before any other noun
        ("Russian proposals") is a mention of its own with the use MODIFIER.

    Limit: recall of parties, people and places on held-out reports stands in docs/actors.md.
    """
    founds = find_names(parsed)
    people = gather_people(parsed, founds, chronology)
    reading = begin(parsed, founds, people)
    drafts = draft_nominals(reading, find_nominals(parsed, founds), draft_names(reading))
    drafts = draft_pronouns(reading, drafts)
    link(reading, drafts)
    mentions = tuple(_mention(parsed, draft) for draft in drafts)
    return Actors(mentions, _used(reading, mentions))


def _mention(parsed: Parsed, draft: Draft) -> Mention:
    return Mention(
        span=parsed.span(draft.start, draft.end),
        start_token=draft.start,
        end_token=draft.end,
        head_token=draft.head,
        label=draft.label,
        entities=draft.entities,
        parties=draft.parties,
        use=draft.use,
        reason=Reason(draft.rule or "actor.undecided", draft.note, draft.spans),
    )


def _used(reading: Reading, mentions: tuple[Mention, ...]) -> dict[str, Entity]:
    """Entities that some mention refers to."""
    wanted = {key for mention in mentions for key in mention.entities}
    return {key: entity for key, entity in reading.entities.items() if key in wanted}
