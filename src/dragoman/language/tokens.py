"""Words of a text: spaCy's English tokenizer with the abbreviations of diplomatic reports."""

from __future__ import annotations

from functools import cache
from typing import Any

# Abbreviations that keep their full stop, beyond those that spaCy's English tokenizer knows.
KEPT = (
    "U.S.", "U.N.", "U.K.", "E.U.", "U.A.E.", "U.S.S.R.", "D.C.", "P.R.C.", "R.O.K.", "D.P.R.K.",
    "Jan.", "Feb.", "Mar.", "Apr.", "Jun.", "Jul.", "Aug.", "Sep.", "Sept.", "Oct.", "Nov.", "Dec.",
    "Mon.", "Tue.", "Tues.", "Wed.", "Thu.", "Thur.", "Thurs.", "Fri.",
    "Gen.", "Sen.", "Rep.", "Gov.", "Lt.", "Col.", "Maj.", "Capt.", "Sgt.", "Adm.", "Amb.", "Hon.",
    "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "St.", "Rev.", "Pres.", "Min.", "Sec.", "Dep.", "Brig.",
    "a.m.", "p.m.", "No.", "vs.",
)  # fmt: skip


@cache
def blank_english() -> Any:
    """SpaCy's blank English pipeline with our special cases; made once a process."""
    from spacy.lang.en import English  # noqa: PLC0415 - heavy, and not needed where another pipeline is named
    from spacy.symbols import ORTH  # noqa: PLC0415
    from spacy.util import compile_infix_regex  # noqa: PLC0415

    pipeline: Any = English()
    infixes = (*pipeline.Defaults.infixes, r"(?<=[A-Z]\.)-(?=[A-Za-z])")  # "U.S.-led" as "pro-Russian"
    pipeline.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    for word in KEPT:
        pipeline.tokenizer.add_special_case(word, [{ORTH: word}])
    return pipeline
