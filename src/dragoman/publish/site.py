"""The folder of a site: written file by file, only what changed; nothing that is not its own is touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from dragoman.errors import UsageError

MANIFEST = "data/manifest.json"
SUMS = "SHA256SUMS"
_PENDING = "data/manifest.pending.json"  # there while a publication runs, and after one that was stopped
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Made:
    """A file as the manifest has it: digest of its bytes, day of the edition in which they last changed."""

    sha256: str
    changed: str


@dataclass(slots=True)
class Written:
    """Paths of new, changed and removed files, those left alone, and how many stay as they are."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    same: int = 0


class Site:
    """
    The folder.

    Raises:
        UsageError: it is no folder, or a manifest in it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder}: is a file; name a folder for the site")
        self.made = self._manifest(MANIFEST)
        self._pending = self._manifest(_PENDING)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file that the site made, None where there is none."""
        if path not in self.made and path not in self._pending:
            return None
        return self._bytes(path)

    def _bytes(self, path: str) -> bytes | None:
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UsageError(f"{self.folder / path}: cannot be read: {error.strerror or error}") from error

    def _manifest(self, path: str) -> dict[str, Made]:
        data = self._bytes(path)
        if data is None:
            return {}
        try:
            row = json.loads(data)
            return _made(row)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{self.folder / path}: is no manifest of a site ({error}); publish into an empty folder"
            ) from error

    def write(self, files: Iterable[tuple[str, bytes]], day: str, *, plan: Iterable[str]) -> Written:
        """
        Write the site.

        Args:
            files: path and bytes of each file; each is written before the next is asked for.
            day: of the edition.
            plan: the paths of all files, known before the first is made.

        Raises:
            UsageError: a file of that name is there which the site did not make, or it cannot be written.
        """
        planned = set(plan)
        self._refuse_foreign(planned | {MANIFEST, SUMS})
        try:
            return self._write(files, day, planned)
        except OSError as error:
            raise UsageError(
                f"{error.filename or self.folder}: cannot be written: {error.strerror or error}"
            ) from error

    def _refuse_foreign(self, paths: Iterable[str]) -> None:
        own = {*self.made, *self._pending}
        own |= {MANIFEST, SUMS} if own else set()
        for path in sorted(paths):
            if path not in own and (self.folder / path).exists():
                raise UsageError(
                    f"{self.folder / path}: is there and was not made by 'dragoman publish'; "
                    "publish into an empty folder, or move it away"
                )

    def _write(self, files: Iterable[tuple[str, bytes]], day: str, planned: set[str]) -> Written:
        written = Written()
        pending = {path: Made("", "") for path in planned} | self._pending
        self._put(_PENDING, _dump(pending))
        made: dict[str, Made] = {}
        for path, data in files:
            made[path] = self._one(path, data, day, written)
        for path in sorted(
            (self.made.keys() | self._pending.keys()) - made.keys() - {MANIFEST, SUMS, _PENDING}
        ):
            self._remove(path, written)
        sums = "".join(f"{one.sha256}  {path}\n" for path, one in sorted(made.items())).encode()
        made[SUMS] = self._one(SUMS, sums, day, written)
        manifest = _dump(made)
        if self._bytes(MANIFEST) != manifest:
            self._put(MANIFEST, manifest)
        (self.folder / _PENDING).unlink(missing_ok=True)
        self.made = made
        return written

    def _one(self, path: str, data: bytes, day: str, written: Written) -> Made:
        digest = hashlib.sha256(data).hexdigest()
        old, here = self.made.get(path), self._bytes(path)
        if here == data:
            written.same += 1
        else:
            (written.new if here is None else written.changed).append(path)
            self._put(path, data)
        return Made(digest, old.changed if old and old.sha256 == digest else day)

    def _put(self, path: str, data: bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.part")
        try:
            unfinished.write_bytes(data)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)

    def _remove(self, path: str, written: Written) -> None:
        """Remove a file that the site made, and folders left empty; one that others changed stays."""
        here = self._bytes(path)
        if here is None:
            return
        made = self.made.get(path)
        if made and hashlib.sha256(here).hexdigest() != made.sha256:
            written.left.append(path)
            return
        target = self.folder / path
        target.unlink()
        written.removed.append(path)
        for parent in PurePosixPath(path).parents:
            if str(parent) != "." and not list((self.folder / parent).iterdir()):
                (self.folder / parent).rmdir()


def is_inside(path: str) -> bool:
    """Whether a path of a manifest names a file inside the site."""
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and not path.startswith("/")
        and ".." not in parts
        and "\\" not in path
        and ":" not in path
    )


def _made(row: Mapping[str, Any]) -> dict[str, Made]:
    if row["format"] != _FORMAT:
        raise ValueError(f"format {row['format']!r} is not known")
    return {
        str(name): Made(str(made["sha256"]), str(made["changed"]))
        for name, made in row["files"].items()
        if is_inside(str(name))
    }


def _dump(made: Mapping[str, Made]) -> bytes:
    rows = ",\n".join(
        f"{json.dumps(path)}: {json.dumps({'sha256': one.sha256, 'changed': one.changed})}"
        for path, one in sorted(made.items())
    )
    return f'{{"format": {_FORMAT}, "files": {{\n{rows}\n}}}}\n'.encode()


def changed_on(site: Site, path: str, data: bytes, day: str) -> str:
    """The day of the edition in which a file of these bytes last changed."""
    old = site.made.get(path)
    return old.changed if old and old.sha256 == hashlib.sha256(data).hexdigest() else day


def chunks(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Files in order of their paths."""
    yield from sorted(files.items())
