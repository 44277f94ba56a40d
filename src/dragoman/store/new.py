"""What a reading hands to the store: everything about one report, ready to be written."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from dragoman.model import Claim, Defect, Entity, Statement, StoredReport

if TYPE_CHECKING:  # the pipeline loads the language model's libraries
    from dragoman.pipeline import Problem

_LEVEL = 6  # zlib's default: level 9 saves 1 % more of a report and takes twice the time


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes, compressed, with the digest and the size that they had before."""

    sha256: str
    size: int
    data: bytes

    @classmethod
    def of(cls, data: bytes) -> Self:
        """``data``, compressed."""
        return cls(hashlib.sha256(data).hexdigest(), len(data), zlib.compress(data, _LEVEL))

    @classmethod
    def of_row(cls, row: dict[str, Any]) -> Self:
        """A row of :func:`dragoman.output.to_json`, compressed."""
        return cls.of(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def unpacked(self) -> bytes:
        """The bytes as they were."""
        return zlib.decompress(self.data)


@dataclass(frozen=True, slots=True)
class NewReport:
    """
    One report as read.

    Attributes:
        stored: what is known of it; ``copies`` and ``current`` are set by the store.
        text: the stored text.
        original: the bytes as they came in.
        row: the row of :func:`dragoman.output.to_json`.
        signature: MinHash of its words, b"" where it has too few.
        reader: version of Dragoman.
        notes: what was repaired on the way in.
        problems: what of it could not be read.
    """

    stored: StoredReport
    text: str
    original: Packed
    row: Packed
    claims: Sequence[Claim] = ()
    entities: Sequence[Entity] = ()
    statements: Sequence[Statement] = ()
    defects: Sequence[Defect] = ()
    signature: bytes = b""
    reader: str = ""
    notes: Sequence[str] = ()
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class StoredProblem:
    """
    What could not be read.

    Attributes:
        source: what was named to ``dragoman build``.
        where, stage, message: as :class:`~dragoman.pipeline.Problem`.
        report: id of the report where it was read in part, None where nothing was.
        at: when it was first met (ISO 8601, UTC).
    """

    source: str
    where: str
    stage: str
    message: str
    report: str | None = None
    at: str = ""

    @property
    def id(self) -> str:
        """Hash of what it says, so that a rerun writes it once."""
        content = "\0".join((self.source, self.where, self.stage, self.message, self.report or ""))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
