"""The language of a report, in the cheapest way that decides it."""

from __future__ import annotations

import re
from collections import Counter

# Function words that no other language of the Latin script has in such numbers.
_ENGLISH = frozenset(
    "the of and to that with was were has have had for from which this their they would will been by said "
    "are is his".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000
_SURE_SHARE, _SURE_KINDS = 0.16, 3
_LEAST_LETTERS = 12


def looks_english(text: str) -> bool:
    """Whether function words alone show that the text is English."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    hits = Counter(word for word in words if word in _ENGLISH)
    return len(hits) >= _SURE_KINDS and hits.total() >= _SURE_SHARE * len(words)


def identify_language(text: str) -> str | None:
    """
    The language as an ISO 639-1 code ("en", "ru"), None for a text of a few letters.

    English shows itself by its function words and costs nothing; for the rest a model is loaded
    (0.8 s, once). Chooses from the first 4,000 characters.

    Source: py3langid.
    """
    sample = text[:_SAMPLE]
    if sum(map(len, _WORD.findall(sample))) < _LEAST_LETTERS:
        return None
    if looks_english(sample):
        return "en"
    import py3langid  # noqa: PLC0415 - see above

    language, _ = py3langid.classify(sample)
    return str(language)
