"""What a person names - files, folders, addresses - as the files and addresses to read, in order."""

from __future__ import annotations

import logging
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import IntakeError
from dragoman.intake.policy import is_address

LOGGER = logging.getLogger(__name__)

STDIN = "-"
STDIN_NAME = "<stdin>"

_SYSTEM_ADVICE = {
    FileNotFoundError: "no such file or folder; check the path",
    PermissionError: "not allowed to read it; check the file's permissions",
    IsADirectoryError: "is a folder",
}


@dataclass(frozen=True, slots=True)
class File:
    """
    A file to read, or what an address answered.

    Attributes:
        path: the file; of no account where the content is at hand.
        name: as messages show it.
        id: what its report gets where it brings none.
        address: real path or address; "" for standard input.
        kind: name whose ending tells what the content is; ``name`` where it is "".
        charset: what the server said of the encoding.
    """

    path: Path
    name: str
    id: str
    address: str
    kind: str = ""
    charset: str | None = None


def find_files(sources: Sequence[str | Path]) -> Iterator[File | str | IntakeError]:
    """
    Files and addresses in reading order, each once.

    The walk ends before the reading begins: ids depend on all names.
    """
    found: list[Path | str | IntakeError] = []
    for source in sources:
        if isinstance(source, str) and is_address(source):
            found.append(source.strip())
        elif str(source) == STDIN:
            found.append(Path(STDIN))
        else:
            found += _files_below(Path(source))
    unique: dict[str, Path] = {}
    for item in found:
        if isinstance(item, Path):
            unique.setdefault(_real(item), item)
    ids = _ids(unique)
    given = set()
    for item in found:
        key = _real(item) if isinstance(item, Path) else item
        if isinstance(key, str):
            if key in given:
                continue
            given.add(key)
        yield _file(item, str(key), ids) if isinstance(item, Path) else item


def _real(path: Path) -> str:
    return STDIN if str(path) == STDIN else os.path.realpath(path)


def _file(path: Path, real: str, ids: dict[str, str]) -> File:
    if real == STDIN:
        return File(path, STDIN_NAME, ids[real], "")
    return File(path, _shown(path), ids[real], _exactly(real))


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
        yield IntakeError(system_message(error), where=_shown(path))
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
        yield IntakeError(system_message(error), where=_shown(folder))
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
            yield IntakeError(system_message(error), where=_shown(path))
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


def system_message(error: OSError | ValueError) -> str:
    """What to say where the system does not let us read."""
    for kind, advice in _SYSTEM_ADVICE.items():
        if isinstance(error, kind):
            return advice
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {reason}"
