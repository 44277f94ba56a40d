"""The records of a web archive as bytes, each with its place; damage costs the record that it hits."""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from dragoman.intake.unpack import CHUNK, FREE_OUTPUT, MOST_EXPANSION

MOST_HEADER = 65_536
_GZIP = b"\x1f\x8b\x08"
_KEPT = 8 << 20  # packed bytes of a member that are kept, to look for the next one after damage
_HEADER = re.compile(rb"WARC/\d\.\d+\s*$")
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_NEXT = re.compile(rb"\r?\n\r?\nWARC/\d\.\d+\r?\n")
_LONGEST_MARK = 24
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Frame:
    """
    One record with its header, or what is wrong with it.

    Attributes:
        offset: where it begins in the file; of packed records, where its member begins.
        data: header, block and the blank lines after it; of a record over the limit its beginning, of other
            faults nothing.
        fault: what is wrong, for people.
        exact: whether a reader that starts at ``offset`` finds the record there.
    """

    offset: int
    data: bytes = b""
    fault: str = ""
    exact: bool = True


class _Damaged(Exception):  # noqa: N818 - never leaves this module
    """The packed data cannot be unpacked here; the source stands at the next member."""

    def __init__(self, message: str, start: int) -> None:
        super().__init__(message)
        self.start = start


class _Source(Protocol):
    def next(self) -> bytes:
        """The next bytes, b"" at the end."""

    def place(self, position: int) -> tuple[int, bool]:
        """The offset in the file of a position in what was given out; whether a reader can start there."""


class _Plain:
    """The bytes of an archive that is not packed."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self._start = start

    def next(self) -> bytes:
        return self._stream.read(CHUNK)

    def place(self, position: int) -> tuple[int, bool]:
        return self._start + position, True


class _Members:
    """The unpacked bytes of gzip members after one another; after a damaged one goes on with the next."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self._raw = bytearray()  # of the member in work, and what follows it
        self._at = start  # where that begins in the file
        self._fed = 0
        self._inner: zlib._Decompress | None = None
        self._tail = b""  # fed, but not unpacked yet
        self._packed = self._given = 0  # of the member in work
        self._position = 0
        self._starts: list[int] = []  # positions where members begin, and their offsets
        self._offsets: list[int] = []

    def place(self, position: int) -> tuple[int, bool]:
        i = bisect_right(self._starts, position) - 1
        if i < 0:
            return self._at, False
        offset, exact = self._offsets[i], self._starts[i] == position
        del self._starts[:i], self._offsets[:i]
        return offset, exact

    def next(self) -> bytes:
        while self._inner is not None or self._begin():
            out = self._unpack()
            self._given += len(out)
            self._position += len(out)
            if self._given > FREE_OUTPUT and self._given > MOST_EXPANSION * self._packed:
                raise self._lost(f"{self._packed:,} packed bytes unpack to more than {self._given:,}")
            if out:
                return out
        return b""

    def _begin(self) -> bool:
        """Start on the next member; False at the end."""
        self._fill(4096)
        blank = len(self._raw) - len(self._raw.lstrip(b"\0"))
        while blank == len(self._raw) and self._raw:
            self._drop(blank)
            self._fill(4096)
            blank = len(self._raw) - len(self._raw.lstrip(b"\0"))
        self._drop(blank)
        if not self._raw:
            return False
        if not self._raw.startswith(_GZIP):
            raise self._lost("here is no packed record")
        self._inner = zlib.decompressobj(wbits=31)
        self._tail, self._fed, self._packed, self._given = b"", 0, 0, 0
        self._starts.append(self._position)
        self._offsets.append(self._at)
        return True

    def _unpack(self) -> bytes:
        inner = self._inner
        assert inner is not None  # noqa: S101 - for the type checker
        data = self._tail or self._feed()
        if not data:
            self._inner = None
            raise self._lost("the packed record ends early")
        try:
            out = inner.decompress(data, CHUNK)
        except zlib.error as error:
            raise self._lost(f"cannot be unpacked: {error}") from error
        self._tail = inner.unconsumed_tail
        if inner.eof:
            self._drop(self._fed - len(inner.unused_data))
            self._inner = None
        return out

    def _feed(self) -> bytes:
        """Packed bytes that were not fed yet."""
        if self._fed >= _KEPT:
            self._drop(self._fed)
        if self._fed == len(self._raw):
            self._raw += self._stream.read(CHUNK)
        data = bytes(self._raw[self._fed : self._fed + CHUNK])
        self._fed += len(data)
        self._packed += len(data)
        return data

    def _fill(self, size: int) -> None:
        while len(self._raw) < size and (more := self._stream.read(CHUNK)):
            self._raw += more

    def _drop(self, count: int) -> None:
        del self._raw[:count]
        self._at += count
        self._fed = max(0, self._fed - count)

    def _lost(self, message: str) -> _Damaged:
        """Give up the member in work and stand at the next one that begins a record."""
        self._inner = None
        start = self._at
        self._drop(1)
        while True:
            self._fill(8192)
            found = self._raw.find(_GZIP)
            if found < 0 and len(self._raw) < 8192:
                self._drop(len(self._raw))
                break
            self._drop(found if found >= 0 else len(self._raw) - len(_GZIP) + 1)
            self._fill(4096)
            if found >= 0:
                if _begins_record(bytes(self._raw[:4096])):
                    break
                self._drop(1)
        self._fed = 0
        return _Damaged(f"{message} (bytes {start:,} to {self._at:,})", start)


def _begins_record(packed: bytes) -> bool:
    """Whether packed bytes unpack to the beginning of a record."""
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, 16).startswith(b"WARC/")
    except zlib.error:
        return False


class _Reader:
    """What a source gives, by lines and by counts."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._buffer = bytearray()
        self._damage: _Damaged | None = None
        self.position = 0

    def fill(self, size: int) -> None:
        """Have ``size`` bytes at hand, or all that are left before the end or the next damage."""
        while len(self._buffer) < size and self._damage is None:
            try:
                more = self._source.next()
            except _Damaged as damage:
                self._damage = damage
            else:
                if not more:
                    return
                self._buffer += more

    def damage(self) -> _Damaged | None:
        """What is damaged here, once; reading goes on behind it. None while there is more before it."""
        if self._damage is None or self._buffer:
            return None
        found, self._damage = self._damage, None
        return found

    def peek(self, size: int) -> bytes:
        self.fill(size)
        return bytes(self._buffer[:size])

    def take(self, size: int) -> bytes:
        data = self.peek(size)
        self.drop(len(data))
        return data

    def drop(self, size: int) -> None:
        del self._buffer[:size]
        self.position += size

    def line(self) -> bytes:
        """A line with its end, cut at the longest header."""
        size = 256
        while True:
            data = self.peek(size)
            end = data.find(b"\n")
            if end >= 0:
                return data[: end + 1]
            if len(data) < size or size >= MOST_HEADER:
                return data
            size *= 4

    def place(self) -> tuple[int, bool]:
        return self._source.place(self.position)


def read_frames(stream: BinaryIO, *, packed: bool, most: int, start: int = 0) -> Iterator[Frame]:
    """
    The records of a web archive in order; what is damaged is a frame with a fault, and reading goes on.

    Args:
        stream: the archive from offset ``start`` on.
        packed: whether its records are packed with gzip.
        most: bytes of a record; a longer one is passed over and is a fault.
        start: offset of the stream's beginning, for the frames.
    """
    reader = _Reader(_Members(stream, start) if packed else _Plain(stream, start))
    while True:
        _skip_blank(reader)
        offset, exact = reader.place()
        frame = _next_frame(reader, most, offset, exact)
        if (frame is None or frame.fault) and (damage := reader.damage()):
            yield Frame(max(offset, damage.start), fault=str(damage))
        elif frame is None:
            return
        else:
            yield frame


def _skip_blank(reader: _Reader) -> None:
    while (head := reader.peek(4096)) and not head.strip():
        reader.drop(len(head))
    reader.drop(len(head) - len(head.lstrip()))


def _next_frame(reader: _Reader, most: int, offset: int, exact: bool) -> Frame | None:
    line = reader.line()
    if not line:
        return None
    if not _HEADER.match(line):
        return Frame(offset, fault=f"{_to_next(reader):,} bytes that belong to no record")
    header = _take_header(reader)
    length = _LENGTH.search(header)
    if length is None:
        _to_next(reader)
        return Frame(offset, fault="the record's header is damaged: it gives no length")
    size = int(length[1])
    if size > most:
        data = header + reader.peek(MOST_HEADER)
        _to_next(reader)
        return Frame(offset, data, f"the record is {size:,} bytes long, more than {most:,}; passed over")
    return _take_block(reader, header, size, offset, exact)


def _take_header(reader: _Reader) -> bytes:
    """The header with the blank line that ends it; what is too long is cut, and so gives no length."""
    parts, size = [], 0
    while size < MOST_HEADER and (line := reader.line()):
        reader.drop(len(line))
        parts.append(line)
        size += len(line)
        if not line.strip():
            return b"".join(parts)
    return b""


def _take_block(reader: _Reader, header: bytes, size: int, offset: int, exact: bool) -> Frame:
    """The record, unless its length leads into the next one, to the end of the file or into nowhere."""
    held = reader.peek(size + _LONGEST_MARK)
    after = held[size:]
    begins = after.lstrip(b"\r\n")
    if len(held) >= size and (after.startswith(_END) or b"WARC/".startswith(begins[:5])):
        reader.drop(size)
        return Frame(offset, header + held[:size] + _END, exact=exact)
    inner = _NEXT.search(held)
    reader.drop(inner.end() - len(inner[0].lstrip()) if inner else min(size, len(held)))
    if inner is None:
        _to_next(reader)
    fault = f"the record is damaged: it should be {size:,} bytes long and is not"
    return Frame(offset, fault=fault)


def _to_next(reader: _Reader) -> int:
    """Pass over everything before the next record; how many bytes that was."""
    before = reader.position
    _skip_blank(reader)
    if _HEADER.match(reader.line()):
        return reader.position - before
    while head := reader.peek(CHUNK):
        if found := _NEXT.search(head):
            reader.drop(found.end() - len(found[0].lstrip()))
            break
        reader.drop(max(1, len(head) - _LONGEST_MARK) if len(head) == CHUNK else len(head))
    return reader.position - before
