"""
What a user may set, as one frozen value.

The command line builds it (environment over file over default) and hands it down; importing the
package reads neither the environment nor a file.

    # dragoman.toml                       DRAGOMAN_MAX_CHARS=200000
    max_chars = 200000
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from dragoman.errors import UsageError

PREFIX = "DRAGOMAN_"
FILE = "dragoman.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """
    How reports are read.

    Attributes:
        pipeline: name or folder of a spaCy pipeline to use in place of Dragoman's own; "" for its own.
        max_chars: the longest report that is read, in characters; a longer one is a problem, not a guess.
        seconds: time that any report may take, however short.
        seconds_per_1000_words: time added for each thousand words; no stage starts after both are spent.
        follow: whether the links of a feed's entries are fetched, or only what the feed itself holds is read.
        allow_private: whether addresses in the own network, and on other ports than 80 and 443, are fetched.
        fetch_bytes: the largest answer to a fetch, unpacked.
        fetch_seconds: time that fetching one address may take.
        fetch_pause: seconds between two requests to one host; 1 or more.
    """

    pipeline: str = ""
    max_chars: int = 1_000_000
    seconds: float = 30.0
    seconds_per_1000_words: float = 5.0
    follow: bool = False
    allow_private: bool = False
    fetch_bytes: int = 20_000_000
    fetch_seconds: float = 60.0
    fetch_pause: float = 1.0

    def __post_init__(self) -> None:
        """Refuse limits that nothing could pass."""
        for name in ("max_chars", "seconds", "seconds_per_1000_words", "fetch_bytes", "fetch_seconds"):
            if not getattr(self, name) > 0:
                raise UsageError(f"{name} is {getattr(self, name)}; give a number above 0")
        if not self.fetch_pause >= 1:
            raise UsageError(f"fetch_pause is {self.fetch_pause}; give 1 second or more")

    @classmethod
    def load(cls, *, environ: Mapping[str, str], file: Path | None = None) -> Self:
        """
        Settings from the environment over a TOML file over the defaults.

        Args:
            environ: the environment; ``DRAGOMAN_MAX_CHARS`` and its like count, the rest is ignored.
            file: a TOML file; None reads ``dragoman.toml`` of the working folder where there is one.

        Raises:
            UsageError: a file that cannot be read, an unknown name, a value of the wrong type.
        """
        values = _from_file(file)
        for key, text in environ.items():
            if key.startswith(PREFIX) and (name := key.removeprefix(PREFIX).lower()) in _KINDS:
                values[name] = _converted(name, text, where=key)
        return cls(**values)  # type: ignore[arg-type] # each value was converted to its field's type

    def limit_seconds(self, words: int) -> float:
        """The time that a report of so many words may take."""
        return self.seconds + self.seconds_per_1000_words * words / 1000


_Value = str | int | float | bool
_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_KINDS: dict[str, type] = {field.name: type(field.default) for field in fields(Settings)}


# Settings that a file found in the working folder, which may have come with the reports, must not make.
_OPENING = frozenset({"follow", "allow_private"})


def _from_file(file: Path | None) -> dict[str, _Value]:
    path = file or Path(FILE)
    if file is None and not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: no TOML file: {error}") from error
    if file is None and (asked := sorted(set(table) & _OPENING)):
        raise UsageError(
            f"{path}: {asked[0]} opens the network to what the folder holds, and a file that lies there by "
            f"chance may not ask for it; use the option, {PREFIX}{asked[0].upper()}, or --config {path}"
        )
    unknown = sorted(set(table) - set(_KINDS))
    if unknown:
        raise UsageError(f"{path}: unknown setting {unknown[0]!r}; known are {', '.join(sorted(_KINDS))}")
    return {name: _converted(name, value, where=f"{path}: {name}") for name, value in table.items()}


def _converted(name: str, value: object, *, where: str) -> _Value:
    """``value`` as the type of the setting; whole numbers may be written with underscores."""
    kind = _KINDS[name]
    if kind is bool:
        truth = _WORDS.get(value.strip().lower()) if isinstance(value, str) else value
        if not isinstance(truth, bool):
            raise UsageError(f"{where} is {value!r}; give {_wanted(kind)}")
        return truth
    if isinstance(value, str):
        try:
            return kind(value)  # type: ignore[no-any-return]
        except ValueError:
            raise UsageError(f"{where} is {value!r}; give {_wanted(kind)}") from None
    fits = (int, float) if kind is float else kind
    if isinstance(value, bool) or not isinstance(value, fits):
        raise UsageError(f"{where} is {value!r}; give {_wanted(kind)}")
    return kind(value)  # type: ignore[no-any-return]


def _wanted(kind: type) -> str:
    return {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}[kind]
