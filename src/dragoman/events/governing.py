"""What a predicate does to the meeting it governs, by the table ``governors.tsv``."""

from __future__ import annotations

from dragoman.events.scene import Scene
from dragoman.events.syntax import has_particle
from dragoman.events.tables import Governor, governors


def effect_of(scene: Scene, verb: int) -> str:
    """What the table says that the predicate does to a meeting, "" where nothing."""
    found: tuple[Governor, ...] = governors().get(scene.parsed.tokens[verb].lemma.lower(), ())
    for governor in found:
        if not governor.particle or has_particle(scene.parsed, verb, governor.particle):
            return governor.effect
    return ""
