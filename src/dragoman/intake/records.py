"""JSON lines to reports: one object a line, or one object or array for the whole file."""

from __future__ import annotations

import codecs
import io
import json
import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.errors import IntakeError
from dragoman.intake.decode import clean, decode, guess_encoding
from dragoman.intake.fetched import Fetched, Media
from dragoman.intake.sniff import wide_encoding

LOGGER = logging.getLogger(__name__)

# Fields of a report besides id and text; other keys are the sender's own affair.
FIELDS = ("title", "published", "place", "url", "publisher", "language")
# Names that other tools give to the text of a report.
TEXT_ALIASES = ("body", "content", "article", "maintext", "main_text", "fulltext", "full_text", "raw_text")
# A character takes up to twelve bytes in JSON (an escaped surrogate pair); metadata come on top.
BYTES_PER_CHARACTER = 12
METADATA_BYTES = 1 << 20
_WORD = re.compile(r"\S")


def too_long(length: int, limit: int, *, unit: str = "characters") -> str:
    """The message for a report over the limit: how long it is and which option raises the limit."""
    return (
        f"the report is {length:,} {unit} long, more than the {limit:,} characters that one report may have; "
        "split it, or raise the limit with --max-chars (max_characters= of read_sources)"
    )


def read_records(
    stream: io.BufferedReader, head: bytes, *, name: str, max_characters: int
) -> Iterator[Fetched | IntakeError]:
    """
    Reports of a JSON lines stream, in order, an error value for each line that holds none.

    A stream that begins with "[" or whose first line is no complete value is read whole, as one
    object or array; then the limit on one line holds for the whole. Where it is neither, but some line
    is an object of its own, it is read line by line after all.
    """
    most = max_characters * BYTES_PER_CHARACTER + METADATA_BYTES
    wide = wide_encoding(head[:4096]) is not None
    if wide or _is_one_value(head):
        yield from _read_whole(stream, head, name=name, most=most, max_characters=max_characters, wide=wide)
    else:
        yield from _read_lines(stream, head, name=name, most=most, max_characters=max_characters)


def _read_lines(
    stream: io.BufferedIOBase, head: bytes, *, name: str, most: int, max_characters: int
) -> Iterator[Fetched | IntakeError]:
    encoding = None
    empty = True
    for number, line in _lines(stream, most):
        where = f"{name}:{number}"
        if isinstance(line, int):
            empty = False
            yield IntakeError(too_long(line, max_characters, unit="bytes"), where=where)
            continue
        if not line.strip():
            continue
        empty = False
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            encoding = encoding or guess_encoding(line if len(head) < len(line) else head + line)
            text = decode(line, encoding)
        original = line.removeprefix(codecs.BOM_UTF8).strip()
        yield _read_line(text, original, where=where, max_characters=max_characters)
    if empty:
        yield IntakeError("the file is empty; nothing to read", where=name)


def _lines(stream: io.BufferedIOBase, most: int) -> Iterator[tuple[int, bytes | int]]:
    """Numbered lines; a line over ``most`` bytes is passed over and its length stands for it."""
    number = 0
    while line := stream.readline(most):
        number += 1
        if len(line) < most or line.endswith(b"\n"):
            yield number, line
            continue
        length = len(line)
        while part := stream.readline(1 << 20):
            length += len(part)
            if part.endswith(b"\n"):
                break
        yield number, length


def _is_one_value(head: bytes) -> bool:
    """Whether the content is one array, or one object spread over several lines."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        return True
    first, newline, rest = start.partition(b"\n")
    return first.strip() == b"{" or (
        first.startswith(b"{")
        and bool(newline)
        and not first.rstrip().endswith(b"}")
        and not rest.lstrip().startswith(b"{")
    )


class _Again(io.RawIOBase):
    """What was read of a stream, once more, and then the rest of it."""

    def __init__(self, data: bytes, rest: io.BufferedReader) -> None:
        super().__init__()
        self._data = io.BytesIO(data)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._data.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def _read_whole(
    stream: io.BufferedReader, head: bytes, *, name: str, most: int, max_characters: int, wide: bool
) -> Iterator[Fetched | IntakeError]:
    data = stream.read(2 * most + 1)
    value: object
    if len(data) > 2 * most:
        value = IntakeError(
            f"a single JSON value of more than {2 * most:,} bytes; write one report a line (JSON lines), "
            "which has no limit on the file", where=name,
        )  # fmt: skip
        text = ""
    else:
        text = decode(data, guess_encoding(data))
        value = parse_json(text, where=name)
    if isinstance(value, IntakeError):
        if wide and _any_object(text.split("\n")):  # JSON lines in UTF-16
            for number, line in enumerate(text.split("\n"), 1):
                if line.strip():
                    original = line.encode("utf-8", "surrogatepass")
                    yield _read_line(line, original, where=f"{name}:{number}", max_characters=max_characters)
        elif not wide and _any_object(line.decode("utf-8", "replace") for line in io.BytesIO(data)):
            again = io.BufferedReader(_Again(data, stream))
            yield from _read_lines(again, head, name=name, most=most, max_characters=max_characters)
        else:
            yield value
        return
    rows = value if isinstance(value, list) else [value]
    if not rows:
        yield IntakeError("the array is empty; nothing to read", where=name)
    for number, row in enumerate(rows, 1):
        where = f"{name}:{number}" if isinstance(value, list) else name
        yield _read_row(row, _dumped(row), where=where, max_characters=max_characters)


def _dumped(row: object) -> bytes:
    """A row of an array in one form, however it was indented and its keys were ordered."""
    try:
        return json.dumps(row, sort_keys=True, separators=(",", ":")).encode("ascii")
    except (RecursionError, ValueError):  # one level deeper than what was just read, at its very limit
        return repr(row).encode("utf-8", "backslashreplace")


def _any_object(lines: Iterable[str]) -> bool:
    """Whether at least one line is an object of its own."""
    stripped = (line.strip() for line in lines)
    return any(
        isinstance(parse_json(line, where=""), dict)
        for line in stripped
        if line.startswith("{") and line.endswith("}")
    )


def _read_line(text: str, original: bytes, *, where: str, max_characters: int) -> Fetched | IntakeError:
    value = parse_json(text, where=where)
    return (
        value
        if isinstance(value, IntakeError)
        else _read_row(value, original, where=where, max_characters=max_characters)
    )


def parse_json(text: str, *, where: str) -> object:
    """The JSON value, or an IntakeError that says where it breaks."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        near = text[max(0, error.pos - 20) : error.pos + 20].replace("\n", " ")
        return IntakeError(
            f"does not parse as JSON: {error.msg} at {place}, near {near!r}; "
            "each line must hold one complete JSON object",
            where=where,
        )
    except (ValueError, RecursionError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        return IntakeError(
            f"does not parse as JSON: {what}; give a flat object with the report's fields", where=where
        )


def _read_row(row: object, original: bytes, *, where: str, max_characters: int) -> Fetched | IntakeError:
    """The report in one JSON value."""
    if not isinstance(row, dict):
        kind = {list: "an array", str: "a string", type(None): "null"}.get(
            type(row), f"a {type(row).__name__}"
        )
        return IntakeError(f"is {kind}, not an object with the fields id, title, text, ...", where=where)
    text = row.get("text")
    if not isinstance(text, str):
        return IntakeError(_no_text(row), where=where)
    if not _WORD.search(text):
        return IntakeError("'text' is empty; nothing to read", where=where)
    if len(text) > max_characters:
        return IntakeError(too_long(len(text), max_characters), where=where)
    given_id = row.get("id")
    if given_id is not None and (isinstance(given_id, bool) or not isinstance(given_id, (str, int))):
        return IntakeError(f"'id' is a {type(given_id).__name__}; a string is needed", where=where)
    notes = []
    values: dict[str, Any] = {}
    for field in FIELDS:
        value = row.get(field)
        if value is not None and not isinstance(value, str):
            LOGGER.warning(
                "%s: '%s' is a %s, not a string; read without it", where, field, type(value).__name__
            )
            notes.append(f"'{field}' is a {type(value).__name__}, not a string; left out")
            value = None
        values[field] = (clean(value[:10_000]).strip() or None) if value else None
    # Titles are matched against the text as given, so only the outer repair applies.
    title = clean(row["title"][:10_000]) if isinstance(row.get("title"), str) else None
    values["title"] = title if title and title.strip() else None
    name = clean(str(given_id)).strip().replace("\n", " ") if given_id is not None else ""
    return Fetched(
        id=name,
        origin=where,
        media=Media.RECORD,
        content=clean(text),
        notes=tuple(notes),
        original=original,
        **values,
    )


def _no_text(row: dict[object, object]) -> str:
    if "text" in row:
        kind = "null" if row["text"] is None else f"a {type(row['text']).__name__}"
        return f"'text' is {kind}; a string is needed"
    lower = {str(key).lower(): str(key) for key in row}
    for alias in ("text", *TEXT_ALIASES):
        if alias in lower:
            return f"has no 'text'; it has {lower[alias]!r}: rename that field to 'text'"
    keys = ", ".join(repr(str(key)[:30]) for key in list(row)[:8]) or "no fields at all"
    return f"has no 'text' (it has {keys}); give the report's text in the field 'text'"
