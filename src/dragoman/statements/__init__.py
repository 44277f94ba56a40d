"""Who said what: attributed assertions with source, cue and content (codebook section 5)."""

from dragoman.statements.find import find_statements

__all__ = ["find_statements"]
