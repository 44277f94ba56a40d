"""One reading of each file and address that a person names: what each of them is, and its reports."""

from __future__ import annotations

import io
import lzma
import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import IntakeError
from dragoman.intake.content import make_report, most_bytes, unreadable
from dragoman.intake.feeds import MOST_BYTES, read_feed, read_json_feed
from dragoman.intake.fetched import Fetched, Media
from dragoman.intake.policy import Answer, Fetch, Policy
from dragoman.intake.records import read_records, too_long
from dragoman.intake.sniff import looks_json_feed, looks_warc, looks_xml_feed, media_of
from dragoman.intake.unpack import (
    ExpansionError,
    is_gzip,
    is_packed,
    open_unpacked,
    read_head,
    rejoined,
    unpacked_start,
)
from dragoman.intake.walk import STDIN, STDIN_NAME, File, find_files, system_message
from dragoman.intake.warc import read_warc

MAX_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Run:
    """What holds for all sources of one run."""

    max_characters: int
    policy: Policy
    stdin: BinaryIO | None
    fetch: Fetch


def read_sources(
    sources: Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    max_characters: int = MAX_CHARACTERS,
    policy: Policy | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Fetched | IntakeError]:
    """
    Every report in the sources, in order, and an error value for everything that is none.

    A folder is read with all below it, sorted by name, hidden files skipped; a file named twice is
    read once. Names and contents decide together what a file is: a page called .txt is read as a
    page. Text comes out decoded, with line feeds as line ends and broken encodings repaired; it
    does not change after this.

    Args:
        sources: files, folders, addresses (http, https), "-" for ``stdin``.
        stdin: where "-" reads from.
        max_characters: longest text of one report; a longer one becomes an error value.
        policy: bounds on fetching; nothing is fetched but the addresses in ``sources`` and, where the
            policy says so, the links of the feeds among them.
        fetch: what fetches an address; the network under ``policy`` where none is given.

    Limit: archives of several files (tar, zip) are not opened; unpack them and give the folder.
    """
    policy = policy or Policy()
    run = _Run(max_characters, policy, stdin, fetch or _network(policy))
    seen: Counter[str] = Counter()
    for entry in find_files(sources):
        if isinstance(entry, IntakeError):
            yield entry
            continue
        found = _read_url(entry, run) if isinstance(entry, str) else _read_entry(entry, run)
        for fetched in found:
            yield fetched if isinstance(fetched, IntakeError) else _with_own_id(fetched, seen)


def _network(policy: Policy) -> Fetch:
    """What fetches from the network; its libraries are loaded with the first address."""
    fetchers: list[Fetch] = []

    def fetch(url: str) -> Answer:
        if not fetchers:
            from dragoman.intake.web import Fetcher  # noqa: PLC0415 - 0.1 s, only for addresses

            fetchers.append(Fetcher(policy).fetch)
        return fetchers[0](url)

    return fetch


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


def _read_entry(entry: File, run: _Run) -> Iterator[Fetched | IntakeError]:
    """Reports of one file; whatever goes wrong while reading becomes an error value."""
    if entry.name == STDIN_NAME and entry.path == Path(STDIN):
        if run.stdin is None:
            yield IntakeError("no standard input was given; pass stdin=", where=STDIN_NAME)
            return
        yield from _guarded(nullcontext(run.stdin), entry, run)
        return
    try:
        stream = entry.path.open("rb")
    except (OSError, ValueError) as error:
        yield IntakeError(system_message(error), where=entry.name)
        return
    yield from _guarded(stream, entry, run)


def _read_url(url: str, run: _Run) -> Iterator[Fetched | IntakeError]:
    """Reports of what an address answers: a page, a text, a feed, records or a web archive."""
    try:
        answer = run.fetch(url)
    except IntakeError as error:
        yield error
        return
    entry = File(Path(), url, url, url, answer.kind, answer.charset)
    for item in _guarded(io.BytesIO(answer.data), entry, run):
        yield item if isinstance(item, IntakeError) else _from_answer(item, answer)


def _from_answer(item: Fetched, answer: Answer) -> Fetched:
    """A report with what fetching it told; one that came within a feed or archive brings its own address."""
    if item.origin != answer.asked:
        return item
    notes = item.notes if answer.url == answer.asked else (*item.notes, f"led on to {answer.url}")
    return replace(item, url=item.url or answer.url, seen=item.seen or answer.day, notes=notes)


def _guarded(
    opened: AbstractContextManager[BinaryIO], entry: File, run: _Run
) -> Iterator[Fetched | IntakeError]:
    try:
        with opened as stream:
            yield from _read_stream(stream, entry, run)
    except ExpansionError as error:
        yield IntakeError(f"{error}; unpack it yourself and read what it holds", where=entry.name)
    except (EOFError, zlib.error, lzma.LZMAError) as error:
        yield IntakeError(f"cannot be unpacked: {error}; fetch or pack it anew", where=entry.name)
    except (OSError, ValueError) as error:
        yield IntakeError(system_message(error), where=entry.name)


def _read_stream(stream: BinaryIO, entry: File, run: _Run) -> Iterator[Fetched | IntakeError]:
    raw = read_head(stream)
    kind, most = entry.kind or entry.name, run.max_characters
    if looks_warc(kind, unpacked_start(raw)) and raw.strip():
        yield from _placed(_read_archive(stream, raw, entry, run), entry)
        return
    head, content = open_unpacked(stream, raw)
    if fault := unreadable(head):
        yield IntakeError(fault, where=entry.name)
    elif looks_xml_feed(head) or looks_json_feed(head):
        yield from _placed(_read_entries(content, head, entry, run), entry)
    elif media_of(kind, head) is Media.RECORD:
        yield from _placed(read_records(content, head, name=entry.name, max_characters=most), entry)
    else:
        yield _read_file(content, head, entry, run)


def _read_archive(stream: BinaryIO, raw: bytes, entry: File, run: _Run) -> Iterator[Fetched | IntakeError]:
    """The pages of a web archive; ``raw`` is what was read of the stream already."""
    packed = is_gzip(raw)
    if is_packed(raw) and not packed:
        _, stream = open_unpacked(stream, raw)
    elif stream.seekable():
        stream.seek(-len(raw), os.SEEK_CUR)
    else:
        stream = rejoined(raw, stream)
    yield from read_warc(stream, packed=packed, name=entry.name, max_characters=run.max_characters)


def _read_entries(
    stream: io.BufferedReader, head: bytes, entry: File, run: _Run
) -> Iterator[Fetched | IntakeError]:
    """The entries of a feed, where the policy says so with the pages that they link to in their place."""
    read = read_feed if looks_xml_feed(head) else read_json_feed
    found = read(
        stream.read(MOST_BYTES + 1),
        name=entry.name,
        max_characters=run.max_characters,
        base=entry.address,
        charset=entry.charset,
        links=run.policy.follow,
    )
    for item in found:
        yield from _follow(item, run) if run.policy.follow else (item,)


def _follow(entry: Fetched | IntakeError, run: _Run) -> Iterator[Fetched | IntakeError]:
    """
    The page that an entry links to, under the entry's name and day.

    A page that cannot be had is an error value, and the entry stays as the feed has it.
    """
    if isinstance(entry, IntakeError) or not entry.url:
        yield entry
        return
    alone = replace(run, policy=replace(run.policy, follow=False))  # a link to a feed leads no further
    pages = list(_read_url(entry.url, alone))
    found = next((page for page in pages if isinstance(page, Fetched)), None)
    if len(pages) == 1 and found and found.media in {Media.HTML, Media.TEXT}:
        yield _under_entry(found, entry)
        return
    fault = next((page.message for page in pages if isinstance(page, IntakeError)), "is no page")
    kept = "the entry is read as the feed has it" if entry.content else "the entry has no text of its own"
    yield IntakeError(f"{entry.url}: {fault}; {kept}", where=entry.origin)
    if entry.content:
        yield entry


def _under_entry(page: Fetched, entry: Fetched) -> Fetched:
    return replace(
        page,
        id=entry.id,
        origin=entry.origin,
        url=entry.url,
        title=entry.title,
        published=entry.published,
        publisher=entry.publisher,
        notes=(*entry.notes, *page.notes),
    )


def _placed(found: Iterable[Fetched | IntakeError], entry: File) -> Iterator[Fetched | IntakeError]:
    """The records of one file with the id and the address that each has in it."""
    taken: dict[str, str] = {}
    for number, item in enumerate(found, 1):
        if isinstance(item, IntakeError):
            yield item
            continue
        address, name = _address(item, entry, taken), item.id or _row_id(item, entry, number)
        yield replace(item, id=name, given_id=item.id, address=address)


def _address(item: Fetched, entry: File, taken: dict[str, str]) -> str:
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


def _row_id(item: Fetched, entry: File, number: int) -> str:
    """An id for a record that brings none: the file's and the line, as its origin has it."""
    line = item.origin.removeprefix(entry.name)
    return f"{entry.id}{line}" if line or number == 1 else f"{entry.id}:{number}"


def _read_file(stream: io.BufferedReader, head: bytes, entry: File, run: _Run) -> Fetched | IntakeError:
    """The one report that a file of text or a page is."""
    media = media_of(entry.kind or entry.name, head)
    most = most_bytes(media, run.max_characters)
    data = stream.read(most + 1)
    if len(data) > most:
        rest = len(data)
        while part := stream.read(1 << 20):
            rest += len(part)
        return IntakeError(too_long(rest, run.max_characters, unit="bytes"), where=entry.name)
    report = make_report(
        data,
        media,
        id=entry.id,
        where=entry.name,
        max_characters=run.max_characters,
        charset=entry.charset,
    )
    if isinstance(report, IntakeError):
        return report
    return replace(report, address=entry.address or _stdin_address(data))
