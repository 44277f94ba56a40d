"""What the language model sees in a report: sentences, tags, dependencies and names."""

from dragoman.language.language import Language, load_language

__all__ = ["Language", "load_language"]
