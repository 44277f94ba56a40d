"""
How quickly the pages of a dossier come: the overview after a start, then many readers at once.

    python tools/measure_web.py geneva.dossier --readers 20 --pause 1 --seconds 20

A copy of the dossier is served by ``dragoman serve`` in a process of its own; readers ask for pages of all
kinds at random, each waiting ``--pause`` seconds between two. Asking takes part of the same machine's time:
the readers keep their connection, take the pages compressed as a browser does, and do not unpack them.
Each page is asked for as by a browser that has never seen it (no ``If-None-Match``).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path

from dragoman.dossier import Dossier
from dragoman.model import Verdict

_COOKIE = "dragoman_session"
_WORDS = ("ceasefire", "talks", "nuclear", "geneva", "sanctions")


def pages(path: Path, chance: random.Random) -> dict[str, Callable[[], str]]:
    """For each kind of page the address of one by chance."""
    with Dossier.open(path, readonly=True) as dossier:
        negotiations, reports = dossier.negotiations(), list(dossier.reports())
        largest = sorted(negotiations, key=lambda n: -len(n.happenings))[:5]
        events, actors = dossier.happenings(limit=3000), dossier.profiles()[:300]
        pairs = dossier.matches(Verdict.UNSURE)
    found: dict[str, Callable[[], str]] = {
        name: lambda name=name: f"/{name}"  # type: ignore[misc]
        for name in ("overview", "negotiations", "actors", "review", "log", "problems", "conflicts")
    }
    return found | {
        "negotiation": lambda: f"/negotiations/{chance.choice(negotiations).id}",
        "large negotiation": lambda: f"/negotiations/{chance.choice(largest).id}",
        "events": lambda: f"/events?page={chance.randint(1, 20)}",
        "events by words": lambda: f"/events?text={chance.choice(_WORDS)}",
        "event": lambda: f"/events/{chance.choice(events).id}",
        "report": lambda: f"/reports/{chance.choice(reports)}",
        "actor": lambda: f"/actors/{chance.choice(actors).id}",
        "sources": lambda: f"/sources?page={chance.randint(1, 30)}",
        "source": lambda: f"/sources/{chance.choice(reports)}",
        "search": lambda: f"/search?q={chance.choice(_WORDS)}",
        "pair": lambda: "/review/{0.left}/{0.right}".format(chance.choice(pairs)),
    }


class Reader:
    """One browser: a connection that stays open, and a session."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Accept-Encoding": "gzip", **({"Cookie": f"{_COOKIE}={cookie}"} if cookie else {})}

    def enter(self, path: str) -> str:
        """The cookie of the session that the address opens; the server may be about to start."""
        for _ in range(100):
            with suppress(ConnectionRefusedError):
                self._connection.connect()
                break
            time.sleep(0.05)
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        answer.read()
        return (answer.getheader("Set-Cookie") or "").partition("=")[2].partition(";")[0]

    def timed(self, path: str) -> tuple[float, int]:
        """Seconds until a page was there, and the bytes that were sent for it."""
        begun = time.perf_counter()
        try:
            self._connection.request("GET", path, headers=self._headers)
            answer = self._connection.getresponse()
        except RemoteDisconnected:  # the server closes what was silent for five seconds
            self._connection.request("GET", path, headers=self._headers)
            answer = self._connection.getresponse()
        size = len(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return time.perf_counter() - begun, size

    def read(
        self, wanted: Mapping[str, Callable[[], str]], until: float, pause: float
    ) -> list[tuple[str, float]]:
        """Pages of all kinds by chance with their times."""
        kinds, found = list(wanted), []
        time.sleep(random.uniform(0, pause))  # noqa: S311 - people do not begin all at once
        while time.monotonic() < until:
            kind = random.choice(kinds)  # noqa: S311 - which page does not matter
            found.append((kind, self.timed(wanted[kind]())[0]))
            time.sleep(pause)
        return found


def told(times: Sequence[float]) -> str:
    """Half of them, 95 of 100, the longest."""
    found = sorted(times)
    half, most = found[len(found) // 2], found[int(len(found) * 0.95)]
    return f"p50 {half:.3f} s, p95 {most:.3f} s, longest {found[-1]:.3f} s"


def main() -> None:
    """Measure and tell."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("dossier", type=Path)
    options.add_argument("--readers", type=int, default=20)
    options.add_argument("--pause", type=float, default=1.0)
    options.add_argument("--seconds", type=float, default=20.0)
    options.add_argument("--kinds", help="only these kinds of pages, with commas between; else all")
    given = options.parse_args()
    print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(given.dossier, folder))
        command = [sys.executable, "-m", "dragoman", "serve", str(path), "--port", "0", "--no-open"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
            try:
                measure(path, (server.stdout.readline() if server.stdout else "").strip(), given)
            finally:
                server.terminate()


def measure(path: Path, entrance: str, given: argparse.Namespace) -> None:
    """The overview, then all readers."""
    base, _, token = entrance.partition("/enter")
    port = int(base.rpartition(":")[2])
    known = pages(path, random.Random(1))  # noqa: S311
    wanted = {kind: known[kind] for kind in (given.kinds.split(",") if given.kinds else known)}
    cookie = Reader(port).enter(f"/enter{token}")
    one = Reader(port, cookie)
    for which in ("first", "second"):
        seconds, size = one.timed("/")
        print(f"overview, {which} look: {seconds:.3f} s, {size / 1000:.0f} kB sent")  # noqa: T201
    until = time.monotonic() + given.seconds
    times: list[tuple[str, float]] = []

    def reader() -> None:
        times.extend(Reader(port, cookie).read(wanted, until, given.pause))

    readers = [threading.Thread(target=reader) for _ in range(given.readers)]
    for one_of_them in readers:
        one_of_them.start()
    for one_of_them in readers:
        one_of_them.join()
    print(f"{given.readers} readers, {len(times)} pages: {told([t for _, t in times])}")  # noqa: T201
    kinds: dict[str, list[float]] = defaultdict(list)
    for kind, seconds in times:
        kinds[kind].append(seconds)
    for kind, found in sorted(kinds.items()):
        print(f"  {kind:18} {len(found):4} pages: {told(found)}")  # noqa: T201


if __name__ == "__main__":
    main()
