"""Exports into files, folders, archives and streams; the same dossier gives the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import IO

from dragoman.errors import UsageError
from dragoman.export.contents import Contents, Format, Notes, Part

_WHEN = (1980, 1, 1, 0, 0, 0)  # the first moment that ZIP can tell: members get no date of their own


def export_bytes(contents: Contents, format: Format, notes: Notes | None = None) -> bytes:  # noqa: A002
    """The whole export: its file, or a ZIP archive of its files."""
    out = BytesIO()
    write_stream(contents, format, out, notes)
    return out.getvalue()


def write_stream(contents: Contents, format: Format, out: IO[bytes], notes: Notes | None = None) -> None:  # noqa: A002
    """Write the export to a stream: its file, or a ZIP archive of its files."""
    parts = format.parts(contents, [] if notes is None else notes)
    if format.many:
        _archive(parts, out)
        return
    for _, chunks in parts:
        for chunk in chunks:
            out.write(chunk)


def write_file(contents: Contents, format: Format, into: Path, notes: Notes | None = None) -> None:  # noqa: A002
    """
    Write the export to a file; one of several files to a ZIP archive, or into a folder.

    A path with the suffix ``.zip`` is an archive, any other one a folder, which may be there already; files
    of the same names in it are replaced. Nothing is left behind where writing fails.

    Raises:
        UsageError: it cannot be written there.
    """
    try:
        if format.many and into.suffix.lower() != ".zip":
            _folder(format.parts(contents, [] if notes is None else notes), into)
            return
        into.parent.mkdir(parents=True, exist_ok=True)
        unfinished = into.with_name(f".{into.name}.part")
        try:
            with unfinished.open("wb") as out:
                write_stream(contents, format, out, notes)
            unfinished.replace(into)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{into}: cannot be written: {error.strerror or error}") from error


def _archive(parts: Iterable[Part], out: IO[bytes]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, chunks in parts:
            member = zipfile.ZipInfo(name, _WHEN)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # the same on every system
            member.external_attr = 0o644 << 16
            with archive.open(member, "w", force_zip64=True) as file:
                for chunk in chunks:
                    file.write(chunk)


def _folder(parts: Iterable[Part], into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    for name, chunks in parts:
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
