"""Characters that nobody sees or that a terminal obeys: the one table of them for all forms of output."""

from __future__ import annotations

# Each is part of a character class. The joiners of Arabic and Indic (U+200C, U+200D) are in none: words
# need them.
CONTROLS = "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f"  # without those that count as blank
BLANK_CONTROLS = "\\x09-\\x0d\\x1c-\\x1f\\x85"
HALVES = "\\ud800-\\udfff"  # of surrogate pairs
DIRECTIONS = "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
INVISIBLE = "\\u00ad\\u180e\\u200b\\u2060-\\u2065\\ufeff\\ufff9-\\ufffb\\ufffe\\uffff"
TAGS = "\\U000e0000-\\U000e007f"  # repeat ASCII unseen
LINE_ENDS = "\\u2028\\u2029"
HIDDEN = DIRECTIONS + INVISIBLE + TAGS
