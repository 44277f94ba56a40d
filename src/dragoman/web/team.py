"""
Who may read and who may decide: named users with passwords in a file.

    {"users": {"ada": {"role": "reviewer", "password": "$argon2id$..."}}}

Passwords are kept as argon2id hashes. The file is read again when it changes: who is taken out of it is out
at once.
"""

from __future__ import annotations

import json
import os
import re
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from dragoman.errors import UsageError

SHORTEST = 10  # characters of a password
_LONGEST = 1000  # hashing more would let a stranger keep the server busy
_NAME = re.compile(r"[\w.@-]{1,64}")
_AT_ONCE = threading.BoundedSemaphore(2)  # a hash takes 64 MiB


class Role(StrEnum):
    """What a user may do."""

    READER = "reader"  # sees everything, decides nothing
    REVIEWER = "reviewer"  # decides too


@dataclass(frozen=True, slots=True)
class User:
    """A person who uses the application."""

    name: str
    role: Role

    @property
    def decides(self) -> bool:
        """Whether this person may decide."""
        return self.role is Role.REVIEWER


class Team:
    """The users of a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")
        self._stamp: tuple[int, int] | None = None
        self._users: dict[str, tuple[User, str]] = {}
        self._load()

    def _load(self) -> None:
        try:
            found = self.path.stat()
            stamp = found.st_mtime_ns, found.st_size
            if stamp != self._stamp:
                self._users = _read(self.path)
                self._stamp = stamp
        except OSError as error:
            self._users, self._stamp = {}, None
            raise UsageError(f"{self.path}: cannot be read: {error.strerror}") from error

    def user(self, name: str) -> User | None:
        """The user of that name, as the file has it now."""
        try:
            self._load()
        except UsageError:  # taken away or broken while we run: nobody is let in
            self._users, self._stamp = {}, None
        found = self._users.get(name)
        return found[0] if found else None

    def check(self, name: str, password: str) -> User | None:
        """The user whose password this is; as slow for a name that there is not."""
        user = self.user(name)
        stored = self._users[name][1] if user else self._nobody
        if len(password) > _LONGEST:
            return None
        with _AT_ONCE:
            try:
                self._hasher.verify(stored, password)
            except (Argon2Error, InvalidHashError):
                return None
        return user


def _read(path: Path) -> dict[str, tuple[User, str]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["users"]
        return {
            name: (User(name, Role(row["role"])), str(row["password"])) for name, row in dict(rows).items()
        }
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: no file of users: {error}; make one with: dragoman users {path} add NAME"
        ) from error


def users(path: Path) -> list[User]:
    """The users of a file by name; none where there is no file yet."""
    return [user for _, (user, _) in sorted(_read(path).items())] if path.exists() else []


def add_user(path: Path, name: str, password: str, role: Role) -> None:
    """Write a user into the file, which is made where there is none; the same name is replaced."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a user; use letters, digits and . _ @ -")
    if len(password) < SHORTEST:
        raise UsageError(f"the password is too short; take {SHORTEST} characters or more")
    if len(password) > _LONGEST:
        raise UsageError("the password is too long")
    rows = _rows(path)
    rows[name] = {"role": role.value, "password": PasswordHasher().hash(password)}
    _write(path, rows)


def remove_user(path: Path, name: str) -> None:
    """Take a user out of the file."""
    rows = _rows(path)
    if name not in rows:
        raise UsageError(f"{path}: there is no user {name!r}")
    del rows[name]
    _write(path, rows)


def _rows(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    return {
        name: {"role": user.role.value, "password": stored} for name, (user, stored) in _read(path).items()
    }


def _write(path: Path, rows: dict[str, dict[str, str]]) -> None:
    """As a whole or not at all, for its owner's eyes alone."""
    draft = path.with_name(f".{path.name}.new")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"users": rows}, file, indent=2, ensure_ascii=False)
            file.write("\n")
        draft.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
