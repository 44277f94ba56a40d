"""Byte streams that unpack themselves and stop before a small file fills the memory or the day."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from dragoman.intake.sniff import HEAD

CHUNK = 1 << 18
# A text that packs 200-fold beyond the first 64 MB is no collection of reports.
FREE_OUTPUT = 64 << 20
MOST_EXPANSION = 200
LZMA_MEMORY = 256 << 20


class ExpansionError(OSError):
    """The packed data unpack to far more than reports ever do."""


class _Gzip:
    """zlib's decompressor in the shape of bz2's and lzma's."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self._pending = b""

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._pending

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        out = self._inner.decompress(self._pending + data, max(max_length, 0))
        self._pending = self._inner.unconsumed_tail
        return out


def _new_unpacker(head: bytes) -> _Gzip | bz2.BZ2Decompressor | lzma.LZMADecompressor | None:
    if is_gzip(head):
        return _Gzip()
    if head.startswith(b"\xfd7zXZ\0"):
        return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=LZMA_MEMORY)
    if head.startswith(b"BZh") and head[4:10] in {b"1AY&SY", b"\x17rE8P\x90"}:
        return bz2.BZ2Decompressor()
    return None


def _unpacked(stream: BinaryIO, head: bytes) -> Iterator[bytes]:
    """Chunks of the unpacked data; several packed members after one another count as one."""
    unpacker = _new_unpacker(head)
    data, taken, given = head, len(head), 0
    while unpacker is not None:
        out = unpacker.decompress(data, CHUNK)
        given += len(out)
        if given > FREE_OUTPUT and given > MOST_EXPANSION * taken:
            raise ExpansionError(f"{taken:,} packed bytes unpack to more than {given:,}")
        if out:
            yield out
        data = b""
        if unpacker.eof:
            rest = unpacker.unused_data
            if len(rest) < HEAD:
                more = stream.read(CHUNK)
                taken += len(more)
                rest += more
            rest = rest.lstrip(b"\0") if rest else rest  # padding between members
            unpacker, data = (_new_unpacker(rest), rest) if rest else (None, b"")
        elif unpacker.needs_input:
            data = stream.read(CHUNK)
            taken += len(data)
            if not data:
                raise EOFError("the packed data end early")


class _Chunks(io.RawIOBase):
    """A readable stream over an iterator of chunks."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _chained(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head
    while chunk := stream.read(CHUNK):
        yield chunk


def read_head(stream: BinaryIO) -> bytes:
    """The first bytes; a pipe may need several reads to give them."""
    parts, size = [], 0
    while size < HEAD and (part := stream.read(HEAD - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def rejoined(head: bytes, stream: BinaryIO) -> io.BufferedReader:
    """A stream of what was read already and all that follows."""
    return io.BufferedReader(_Chunks(_chained(head, stream)), CHUNK)


def is_gzip(head: bytes) -> bool:
    """Whether the bytes begin a gzip member."""
    return head.startswith(b"\x1f\x8b\x08")


def is_packed(head: bytes) -> bool:
    """Whether the bytes begin packed data of a kind that is unpacked here."""
    return _new_unpacker(head) is not None


def unpacked_start(head: bytes) -> bytes:
    """The first bytes of the content whose first packed bytes these are; of content not packed, the same."""
    unpacker = _new_unpacker(head)
    if unpacker is None:
        return head
    try:
        return unpacker.decompress(head, HEAD)
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        return b""


def open_unpacked(stream: BinaryIO, head: bytes = b"") -> tuple[bytes, io.BufferedReader]:
    """
    The first bytes of the unpacked content, and a stream of all of it (these included).

    ``head`` is what was read of the stream already, at least ``HEAD`` bytes where there are as many.

    gzip, xz and bzip2 are known by their first bytes, whatever the file is called.

    Raises:
        OSError, EOFError, zlib.error, lzma.LZMAError: the packed data are damaged, end early, or
            unpack to far more than reports do (:class:`ExpansionError`); also while the stream is read.
    """
    head = head or read_head(stream)
    if _new_unpacker(head) is not None:
        inner = io.BufferedReader(_Chunks(_unpacked(stream, head)), CHUNK)
        head, stream = read_head(inner), inner
    return head, rejoined(head, stream)
