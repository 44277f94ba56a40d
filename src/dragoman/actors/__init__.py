"""Who and where: names, phrases and pronouns of a report resolved to states, bodies, persons and places."""

from dragoman.actors.find import find_actors
from dragoman.actors.variants import standard_name
from dragoman.actors.whereabouts import locate

__all__ = ["find_actors", "locate", "standard_name"]
