"""Characters that are not seen: left out where people read, escaped where programs do."""

from __future__ import annotations

import json

import pytest

from dragoman.output import dumps, visible

UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202e\u2060"
    "\u2066\u2069\ufeff\ufff9\U000e0000\U000e0041\U000e007f"
)


@pytest.mark.parametrize("character", UNSEEN, ids=ascii)
def test_what_is_not_seen_is_left_out_for_people_and_escaped_for_programs(character: str) -> None:
    assert visible(f"Gen{character}eva") == "Geneva"
    line = dumps({"doc": f"Gen{character}eva"})
    assert line.isascii()
    assert json.loads(line) == {"doc": f"Gen{character}eva"}


@pytest.mark.parametrize("character", "\x7f\x80\x85\x9b\u2028\u2029\ud83d", ids=ascii)
def test_what_a_terminal_or_a_line_reader_obeys_is_shown_nowhere(character: str) -> None:
    assert character not in visible(f"Gen{character}eva")
    line = dumps({"doc": f"Gen{character}eva"})
    assert line.isascii()
    assert json.loads(line) == {"doc": f"Gen{character}eva"}


@pytest.mark.parametrize("character", "\u200c\u200d\u00e9\u0416\U0001f600", ids=ascii)
def test_letters_joiners_and_pictures_stay(character: str) -> None:
    assert visible(f"a{character}b") == f"a{character}b"
    assert character in dumps({"doc": f"a{character}b"})
