"""Which report it is, before anything of it is read: an id from its bytes and what was given with them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from dragoman.intake import Fetched

_TAKEN = "was taken by an earlier report"  # intake's note on an id that occurs twice in one run
_COUNT = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class Identity:
    """
    Which report it is.

    Attributes:
        id: hash of the original bytes and of the address given with them, 16 hexadecimal digits.
        name: the given id, else the file's name; the same whatever else is read in the run.
        address: where it was found.
        notes: what was repaired on the way in.
    """

    id: str
    name: str
    address: str
    notes: tuple[str, ...]


def identify(fetched: Fetched) -> Identity:
    """
    Which report was fetched.

    A file that lies in two places is one report found at two addresses; the same words from two outlets
    are two reports, for their pages or records differ.
    """
    notes = tuple(note for note in fetched.notes if _TAKEN not in note)
    name = fetched.id if len(notes) == len(fetched.notes) else _COUNT.sub("", fetched.id)
    return Identity(
        report_id(original_of(fetched), fetched.url),
        name,
        fetched.address or fetched.url or fetched.origin,
        notes,
    )


def original_of(fetched: Fetched) -> bytes:
    """The bytes as they came in; the content itself for a report that was made by hand."""
    return fetched.original or fetched.content.encode("utf-8", "surrogatepass")


def report_id(original: bytes, url: str | None) -> str:
    """The id of a report from its bytes and the address given with them, 16 hexadecimal digits."""
    given = (url or "").encode("utf-8", "surrogatepass")
    return hashlib.sha256(original + b"\0" + given).hexdigest()[:16]
