"""Web archives (WARC) to reports: each page or text that a server answered with is one."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from dragoman.errors import IntakeError
from dragoman.intake.archive import Frame, read_frames
from dragoman.intake.content import make_report, most_bytes, unreadable
from dragoman.intake.fetched import Fetched, Media
from dragoman.intake.records import too_long
from dragoman.intake.sniff import looks_html

LOGGER = logging.getLogger(__name__)

HTTP_BYTES = 1 << 20  # of headers, beside the page itself
OK = 200
MEDIA_BY_TYPE = {"text/html": Media.HTML, "application/xhtml+xml": Media.HTML, "text/plain": Media.TEXT}
# "resource" is what was saved without a server's answer, "conversion" the text of a page (WET files).
_KINDS = frozenset({"response", "resource", "conversion"})


@dataclass(slots=True)
class _Archive:
    """What is known of one archive while it is read."""

    name: str
    max_characters: int
    skipped: Counter[str] = field(default_factory=Counter)
    # Where the pages stand that later records may repeat: by id, by address and time, by digest.
    places: dict[str, tuple[int, str]] = field(default_factory=dict)
    revisits: list[tuple[int, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Page:
    """The payload of a record."""

    url: str
    data: bytes
    media: Media
    charset: str | None
    cut: str | None  # why the archive holds only its beginning


def read_warc(
    stream: BinaryIO, *, packed: bool, name: str, max_characters: int
) -> Iterator[Fetched | IntakeError]:
    """
    The pages and texts in a web archive, in its order, an error value for each damaged record.

    Only answers with status 200 count. Requests, metadata, pictures and the like are passed over and counted
    in the log. A record that repeats an earlier page ("revisit") is read at the end, from that page, where
    it stands in the same file; for the others one error value tells their number.

    Args:
        stream: the archive; revisits need one that can seek.
        packed: whether its records are packed with gzip.
        name: for messages; the offset of the record is added.
        max_characters: longest text of one report.
    """
    archive = _Archive(name, max_characters)
    start = stream.tell() if stream.seekable() else 0
    most = most_bytes(Media.HTML, max_characters) + HTTP_BYTES
    given = False
    for frame in read_frames(stream, packed=packed, most=most, start=start):
        for item in _read_frame(frame, archive):
            given = True
            yield item
    for item in _read_revisits(stream, archive, packed=packed, most=most):
        given = True
        yield item
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(archive.skipped.items()))
    if counted:
        LOGGER.info("%s: passed over: %s", name, counted)
    if not given:
        yield IntakeError(f"the archive holds no page or text; in it: {counted or 'nothing'}", where=name)


def _read_frame(frame: Frame, archive: _Archive) -> Iterator[Fetched | IntakeError]:
    where = f"{archive.name}:{frame.offset}"
    if frame.fault and not frame.data:
        yield IntakeError(f"{frame.fault}; the rest is read", where=where)
        return
    try:
        record = _parsed(frame.data)
        found = _page(record, archive, whole=not frame.fault)
    except (OSError, ValueError, OverflowError) as error:
        reason = " ".join(str(error).split())[:200]
        yield IntakeError(f"the record is damaged: {reason}; the rest is read", where=where)
        return
    if isinstance(found, str):
        archive.skipped[found] += 1
        if found == "revisit":
            archive.revisits.append((frame.offset, record))
    elif frame.fault:
        yield IntakeError(f"{frame.fault}; raise the limit with --max-chars", where=where)
    else:
        if frame.exact:
            _remember(record, found.url, frame.offset, archive)
        yield _made(found, record, archive, where)


def _parsed(data: bytes) -> Any:
    """The record, its HTTP headers read where it has some, its payload still packed and unread."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - only for archives

    record = next(iter(ArchiveIterator(io.BytesIO(data), parse_http=False)), None)
    if record is None or not record.headers.get("WARC-Type"):
        raise ValueError("its header cannot be read")
    return record


def _page(record: Any, archive: _Archive, *, whole: bool) -> _Page | str:
    """The page that the record holds, or what it is instead. Of what is not whole no payload is read."""
    kind = record.headers.get("WARC-Type").lower()
    if kind not in _KINDS:
        return str(kind)
    if record.headers.get("WARC-Segment-Number"):
        return "segment of a record"
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or parts.path == "/robots.txt":
        return f"{kind} of no page"
    if record.is_http:
        record.parse_http(auto_decode="all" if whole else "none")
        status = record.http_headers.status_code
        if status is None:
            raise ValueError("the server's answer has no status")
        if status != OK:
            return "answer without a page"
        declared, charset = record.http_content_type, record.http_charset
    else:
        declared, charset = _media_type(record.headers.get("Content-Type") or "")
    return _payload(record, archive, url, (declared or "").lower(), charset, whole=whole)


def _payload(
    record: Any, archive: _Archive, url: str, declared: str, charset: str | None, *, whole: bool
) -> _Page | str:
    media = MEDIA_BY_TYPE.get(declared)
    if declared and media is None:
        return declared
    data = _read(record.reader, most_bytes(media or Media.HTML, archive.max_characters)) if whole else b""
    if media is None:
        if not looks_html(data[:65_536]):
            return "answer of no declared type"
        media = Media.HTML
    return _Page(url, data, media, charset, record.headers.get("WARC-Truncated"))


def _media_type(header: str) -> tuple[str, str | None]:
    kind, _, rest = header.partition(";")
    _, found, charset = rest.partition("charset=")
    return kind.strip(), charset.strip(" \"'") if found else None


def _read(reader: Any, most: int) -> bytes:
    """The payload, unpacked as far as a report may be long and one byte on."""
    parts, size = [], 0
    while size <= most and (part := reader.read(min(1 << 18, most + 1 - size))):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _made(page: _Page, record: Any, archive: _Archive, where: str) -> Fetched | IntakeError:
    if len(page.data) > most_bytes(page.media, archive.max_characters):
        return IntakeError(
            too_long(len(page.data), archive.max_characters, unit="bytes or more"), where=where
        )
    if fault := unreadable(page.data[:65_536]):
        return IntakeError(f"{page.url}: {fault}", where=where)
    report = make_report(
        page.data,
        page.media,
        id=page.url,
        where=where,
        max_characters=archive.max_characters,
        charset=page.charset,
    )
    if isinstance(report, IntakeError):
        return report
    cut = f"the archive holds only its beginning ({page.cut})" if page.cut else ""
    notes = (*report.notes, cut) if cut else report.notes
    return replace(report, url=page.url, seen=_day(record), notes=notes)


def _day(record: Any) -> str | None:
    """The day on which the archive fetched the page."""
    day = (record.headers.get("WARC-Date") or "")[:10]
    return day if len(day) == len("2022-01-21") else None


# --- records that repeat a page -----------------------------------------------------------------------


def _remember(record: Any, url: str, offset: int, archive: _Archive) -> None:
    headers = record.headers
    for key in (
        headers.get("WARC-Record-ID"),
        f"{url} {headers.get('WARC-Date')}",
        headers.get("WARC-Payload-Digest"),
    ):
        if key:
            archive.places.setdefault(key, (offset, url))


def _original(record: Any, archive: _Archive) -> tuple[int, str] | None:
    """Where the page stands that the record repeats, and its address."""
    headers = record.headers
    target = (headers.get("WARC-Refers-To-Target-URI") or "").strip("<> ")
    keys = (
        headers.get("WARC-Refers-To"),
        f"{target} {headers.get('WARC-Refers-To-Date')}",
        headers.get("WARC-Payload-Digest"),
    )
    return next((archive.places[key] for key in keys if key in archive.places), None)


def _read_revisits(
    stream: BinaryIO, archive: _Archive, *, packed: bool, most: int
) -> Iterator[Fetched | IntakeError]:
    """Pages that were found again unchanged: under another address they are reports of their own."""
    lost = 0
    for offset, record in archive.revisits:
        url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
        original = _original(record, archive)
        if original is not None and original[1] == url:
            continue
        if original is None or not stream.seekable():
            lost += 1
            continue
        stream.seek(original[0])
        frame = next(read_frames(stream, packed=packed, most=most, start=original[0]))
        found = _page(_parsed(frame.data), archive, whole=True)
        if isinstance(found, _Page):
            yield _made(replace(found, url=url), record, archive, f"{archive.name}:{offset}")
    if lost:
        yield IntakeError(
            f"{lost} records repeat pages that are not in this file; they were passed over; "
            "read the file that holds those pages too",
            where=archive.name,
        )
