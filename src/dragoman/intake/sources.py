"""The walk over what a person names on the command line, and one reading of each file."""

from __future__ import annotations

import io
import logging
import lzma
import os
import stat
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import IntakeError
from dragoman.intake.content import make_report, most_bytes, unreadable
from dragoman.intake.fetched import Fetched, Media
from dragoman.intake.records import read_records, too_long
from dragoman.intake.sniff import media_of
from dragoman.intake.unpack import ExpansionError, open_unpacked

LOGGER = logging.getLogger(__name__)

MAX_CHARACTERS = 1_000_000
STDIN = "-"
STDIN_NAME = "<stdin>"

_SYSTEM_ADVICE = {
    FileNotFoundError: "no such file or folder; check the path",
    PermissionError: "not allowed to read it; check the file's permissions",
    IsADirectoryError: "is a folder",
}


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read and the id that its report gets where it brings none."""

    path: Path
    name: str  # as messages show it
    id: str
    address: str  # real path; "" for standard input


def read_sources(
    sources: Sequence[str | Path], *, stdin: BinaryIO | None = None, max_characters: int = MAX_CHARACTERS
) -> Iterator[Fetched | IntakeError]:
    """
    Every report in the sources, in order, and an error value for everything that is none.

    A folder is read with all below it, sorted by name, hidden files skipped; a file named twice is
    read once. Names and contents decide together what a file is: a page called .txt is read as a
    page. Text comes out decoded, with line feeds as line ends and broken encodings repaired; it
    does not change after this.

    Args:
        sources: files, folders, "-" for ``stdin``.
        stdin: where "-" reads from.
        max_characters: longest text of one report; a longer one becomes an error value.

    Limit: archives of several files (tar, zip) are not opened; unpack them and give the folder.
    """
    seen: Counter[str] = Counter()
    for entry in _entries(sources):
        if isinstance(entry, IntakeError):
            yield entry
            continue
        for fetched in _read_entry(entry, stdin=stdin, max_characters=max_characters):
            yield fetched if isinstance(fetched, IntakeError) else _with_own_id(fetched, seen)


def _with_own_id(fetched: Fetched, seen: Counter[str]) -> Fetched:
    """The report under an id that no report before it in this run had: "x", then "x#2"."""
    name = fetched.id
    seen[name] += 1
    if seen[name] == 1:
        return fetched
    while seen[fresh := f"{name}#{seen[name]}"]:
        seen[name] += 1
    seen[fresh] += 1
    note = f"the id {name!r} was taken by an earlier report"
    return replace(fetched, id=fresh, notes=(*fetched.notes, note))


def _entries(sources: Sequence[str | Path]) -> Iterator[_File | IntakeError]:
    """Files in reading order. The walk ends before the reading begins: ids depend on all names."""
    found: list[Path | IntakeError] = []
    for source in sources:
        if str(source) == STDIN:
            found.append(Path(STDIN))
        else:
            found += _files_below(Path(source))
    unique: dict[str, Path] = {}
    for item in found:
        if isinstance(item, Path):
            unique.setdefault(os.path.realpath(item) if str(item) != STDIN else STDIN, item)
    ids = _ids(unique)
    given = set()
    for item in found:
        if isinstance(item, IntakeError):
            yield item
            continue
        real = os.path.realpath(item) if str(item) != STDIN else STDIN
        if real not in given:
            given.add(real)
            if real == STDIN:
                yield _File(item, STDIN_NAME, ids[real], "")
            else:
                yield _File(item, _shown(item), ids[real], _exactly(real))


def _shown(path: Path | str) -> str:
    """A path for messages and ids; bytes of its name that are no text become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def _exactly(path: str) -> str:
    """A path for addresses; bytes of its name that are no text stay apart from one another."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def _ids(unique: dict[str, Path]) -> dict[str, str]:
    """The file's name; for names that occur twice, the path below the folder that all those share."""
    names = Counter(path.name for path in unique.values())
    twice = [real for real, path in unique.items() if names[path.name] > 1]
    base = os.path.commonpath([Path(real).parent for real in twice]) if twice else ""
    return {
        real: "stdin"
        if real == STDIN
        else _shown(path.name if names[path.name] == 1 else os.path.relpath(real, base))
        for real, path in unique.items()
    }


def _files_below(path: Path) -> Iterator[Path | IntakeError]:
    """The file itself, or all files in the folder; what cannot be looked at is an error value."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield IntakeError(_system_message(error), where=_shown(path))
        return
    if not stat.S_ISDIR(mode):
        yield path
        return
    count = 0
    for item in _walk(path, frozenset()):
        count += 1
        yield item
    if not count:
        yield IntakeError("the folder holds no files (hidden ones are skipped)", where=_shown(path))


def _walk(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path | IntakeError]:
    """Files below a folder, sorted; a link back to a folder above is not followed."""
    try:
        here = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield IntakeError(_system_message(error), where=_shown(folder))
        return
    key = (here.st_dev, here.st_ino)
    if key in above or len(above) > 100:
        LOGGER.info("%s: links back to a folder above it; not followed", folder)
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or _is_furniture_of_a_page(entry.name, names):
            continue
        try:
            mode = entry.stat().st_mode
        except OSError as error:
            yield IntakeError(_system_message(error), where=_shown(path))
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, above | {key})
        elif stat.S_ISREG(mode):
            yield path
        else:
            yield IntakeError(
                "is no regular file (a pipe, socket or device); name it itself to read it", where=_shown(path)
            )


def _is_furniture_of_a_page(name: str, names: set[str]) -> bool:
    """Whether it is the folder of scripts and pictures that browsers save beside "name.html"."""
    base = name.removesuffix("_files")
    return base != name and bool({f"{base}.html", f"{base}.htm"} & names)


def _system_message(error: OSError | ValueError) -> str:
    for kind, advice in _SYSTEM_ADVICE.items():
        if isinstance(error, kind):
            return advice
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {reason}"


def _read_entry(
    entry: _File, *, stdin: BinaryIO | None, max_characters: int
) -> Iterator[Fetched | IntakeError]:
    """Reports of one file; whatever goes wrong while reading becomes an error value."""
    try:
        if entry.name == STDIN_NAME and entry.path == Path(STDIN):
            if stdin is None:
                yield IntakeError("no standard input was given; pass stdin=", where=STDIN_NAME)
                return
            yield from _read_stream(stdin, entry, max_characters=max_characters)
            return
        with entry.path.open("rb") as stream:
            yield from _read_stream(stream, entry, max_characters=max_characters)
    except ExpansionError as error:
        yield IntakeError(f"{error}; unpack it yourself and read what it holds", where=entry.name)
    except (EOFError, zlib.error, lzma.LZMAError) as error:
        yield IntakeError(f"cannot be unpacked: {error}; fetch or pack it anew", where=entry.name)
    except (OSError, ValueError) as error:
        yield IntakeError(_system_message(error), where=entry.name)


def _read_stream(stream: BinaryIO, entry: _File, *, max_characters: int) -> Iterator[Fetched | IntakeError]:
    head, content = open_unpacked(stream)
    if fault := unreadable(head):
        yield IntakeError(fault, where=entry.name)
    elif media_of(entry.name, head) is Media.RECORD:
        yield from _placed(read_records(content, head, name=entry.name, max_characters=max_characters), entry)
    else:
        yield _read_file(content, head, entry, max_characters=max_characters)


def _placed(found: Iterable[Fetched | IntakeError], entry: _File) -> Iterator[Fetched | IntakeError]:
    """The records of one file with the id and the address that each has in it."""
    taken: dict[str, str] = {}
    for number, item in enumerate(found, 1):
        if isinstance(item, IntakeError):
            yield item
            continue
        address = _address(item, entry, taken)
        yield replace(item, id=item.id or _row_id(item, entry, number), address=address)


def _address(item: Fetched, entry: _File, taken: dict[str, str]) -> str:
    """
    Where a record can be found again, whatever else is read beside its file.

    Records under one URL and one id are versions of one report, so they share their address; under other
    ids they are reports of their own. ``taken`` holds the addresses in this file and who has them.
    """
    line = item.origin.removeprefix(entry.name)
    if item.url:
        who, apart = item.id, f"#{item.id or line.lstrip(':')}"
        address = item.url
    elif not entry.address:
        return _stdin_address(item.original)
    else:
        who, apart = line, line
        place = item.id or line.lstrip(":")
        address = f"{entry.address}#{place}" if place else entry.address
    return address if taken.setdefault(address, who) == who else f"{address}{apart}"


def _stdin_address(original: bytes) -> str:
    return f"stdin:{sha256(original).hexdigest()[:16]}"


def _row_id(item: Fetched, entry: _File, number: int) -> str:
    """An id for a record that brings none: the file's and the line, as its origin has it."""
    line = item.origin.removeprefix(entry.name)
    return f"{entry.id}{line}" if line or number == 1 else f"{entry.id}:{number}"


def _read_file(
    stream: io.BufferedReader, head: bytes, entry: _File, *, max_characters: int
) -> Fetched | IntakeError:
    """The one report that a file of text or a page is."""
    media = media_of(entry.name, head)
    most = most_bytes(media, max_characters)
    data = stream.read(most + 1)
    if len(data) > most:
        rest = len(data)
        while part := stream.read(1 << 20):
            rest += len(part)
        return IntakeError(too_long(rest, max_characters, unit="bytes"), where=entry.name)
    report = make_report(data, media, id=entry.id, where=entry.name, max_characters=max_characters)
    if isinstance(report, IntakeError):
        return report
    return replace(report, address=entry.address or _stdin_address(data))
