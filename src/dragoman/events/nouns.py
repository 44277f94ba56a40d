"""Nouns that several event rules share (``data/events/words.tsv``)."""

from __future__ import annotations

from dragoman.events.tables import words

BODY_NOUNS = words("body")
MEETING_NOUNS = words("meeting")
PLACE_NOUNS = words("place")
PROPOSED_NOUNS = words("proposed")
