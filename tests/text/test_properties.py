"""Whatever the text, the layout keeps its offsets, loses no line and takes linear time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import TextError
from dragoman.intake import Fetched, Media
from dragoman.intake.decode import clean
from dragoman.text import find_surface_defects, to_document

LINES = st.sampled_from(
    [
        "By Anna Holm",
        "Source link",
        "3 March 2021",
        "“We met,” he said.",
        "Share",
        "",
        " ",
        "\t",
        "* * *",
        "BERGEN (AP) - ",
        "The ministers met in Bergen and agreed to open talks on a treaty.",
        "Norway and Chile open talks",
        "© 2021",
        "in .",
    ]
) | st.text(max_size=40)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(LINES, max_size=14),
    st.sampled_from(["\n", "\n\n"]),
    st.none() | st.text(min_size=1, max_size=40),
)
def test_any_text_keeps_its_offsets(rows: list[str], glue: str, title: str | None) -> None:
    text = clean(glue.join(rows))
    title = clean(title) if title and title.strip() else None
    prefixed = f"{title}\n\n{text}"
    stored = text if title is None or title in text else prefixed
    fetched = Fetched("r", "r.jsonl:1", Media.RECORD, text, title=title)
    if len(re.findall(r"[^\W\d_]", stored)) < 3:
        with pytest.raises(TextError):
            to_document(fetched)
        return
    document = to_document(fetched)
    assert document.text in {stored, prefixed}  # a short title inside a line of the text is no headline there
    assert title is None or title in document.text
    end = 0
    for block in document.blocks:
        assert not document.text[end : block.start].strip()
        assert block.start < block.end
        end = block.end
    assert not document.text[end:].strip()
    spans = [*document.chrome, *(witness.span for witness in document.witnesses if witness.span)]
    spans += [defect.span for defect in find_surface_defects(document)]
    assert all(document.text[span.start : span.end] == span.exact for span in spans)


UNITS = {
    "one line": "the talks of the two states go on ",
    "lines": "The talks go on.\n",
    "short lines": "Talks go on\n",
    "quotes": '“a ” " ',
    "dates": "3 March 2021, ",
    "marks": "a . . , ; ",
    "capitals": "BERGEN, NORWAY ",
    "letters": "x",
    "blanks": "a          ",
    "shares": "share tweet ",
    "brackets": "a ( [ « ",
    "fused": "thatthethatthe",
}


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    def seconds(characters: int) -> float:
        text = UNITS[unit] * (characters // len(UNITS[unit]))
        started = time.process_time()
        find_surface_defects(to_document(Fetched("r", "r.txt", Media.TEXT, text)))
        return time.process_time() - started

    seconds(1000)  # loads the tables
    small, large = seconds(40_000), seconds(320_000)
    assert large < 5
    assert large < 30 * small + 0.3


@pytest.mark.parametrize("glue", [" ", "   ", " | ", ", ", "-", ""])
def test_no_line_of_repeated_words_takes_long_to_refuse(glue: str) -> None:
    words = [
        "share",
        "x",
        "home",
        "privacy policy",
        "subscribe",
        "follow us",
        "tags",
        "#tag",
        "cookies",
        "- -",
        "at",
        "10:15",
        "»",
    ]
    lines = [
        f"{glue.join([word] * count)}{end}"
        for word in words
        for count in (8, 12, 14, 16, 40)
        for end in ("", "zz", " é")
    ]
    find_surface_defects(
        to_document(Fetched("r", "r.txt", Media.TEXT, "Talks go on in Bergen."))
    )  # loads the tables
    started = time.process_time()
    to_document(Fetched("r", "r.jsonl:1", Media.RECORD, "\n\n".join(lines), title="Talks go on in Bergen"))
    assert time.process_time() - started < 2
