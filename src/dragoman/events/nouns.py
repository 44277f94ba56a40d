"""Nouns that several event rules share."""

from dragoman.events.tables import words

BODY_NOUNS = words("body")
