"""The labels of names, in the order in which the network counts them."""

from __future__ import annotations

NAMES = ("PER", "ROLE", "GPE", "LOC", "NORP", "ORG", "FORUM", "DOC")

# 0 is no name; a name's first word is 1 + 2k, its other words 2 + 2k.
NAME_TAGS = ("O", *(f"{place}-{name}" for name in NAMES for place in "BI"))
