"""A report as a dossier keeps it: what came in, where from, and when it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StoredReport:
    """
    One version of one report.

    Attributes:
        id: hash of the original bytes and of what was said about them; 16 hexadecimal digits.
        name: the given id, else the file's name; for people, not unique in a dossier.
        address: where it was found: the URL as given, else the file (with ``#`` and the id or line of a
            record in it). A report found again at an address with other bytes is a new version.
        published: EDTF as the reading inferred it, None where it cannot be known.
        basis: "stated", "inferred" or "unknown", as the codebook.
        earliest, latest: bounds of the day of publication, None where nothing bounds it.
        original_sha256: digest of the bytes as they came in.
        text_sha256: digest of the stored text that all spans count in.
        copies: id of the group of copies that it belongs to; its own id where it is alone. Reports of one
            group are one independent source.
        current: whether it is the newest version at its address; only current reports make claims.
    """

    id: str
    name: str
    address: str
    published: str | None
    basis: str
    original_sha256: str
    text_sha256: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    place: str | None = None
    language: str | None = None
    earliest: date | None = None
    latest: date | None = None
    copies: str = ""
    current: bool = True

    @property
    def source(self) -> str:
        """What counts as one independent source: the group of copies, or the report itself."""
        return self.copies or self.id
