"""
How quickly the pages of a dossier come: the overview after a start, then many readers at once.

    python tools/measure_web.py geneva.dossier --readers 20 --pause 1 --seconds 20

A copy of the dossier is served by ``dragoman serve`` in a process of its own; readers ask for pages of all
kinds at random, each waiting ``--pause`` seconds between two. Asking takes part of the same machine's time.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from dragoman.dossier import Dossier
from dragoman.model import Verdict

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


def timed(client: httpx.Client, path: str) -> tuple[float, int]:
    """Seconds until a page was there, and the bytes that were sent for it."""
    begun = time.perf_counter()
    with client.stream("GET", path) as answer:
        answer.read()
        answer.raise_for_status()
        return time.perf_counter() - begun, answer.num_bytes_downloaded


def read(
    base: str, cookies: httpx.Cookies, wanted: list[Callable[[], str]], until: float, pause: float
) -> list[float]:
    """The times of one reader."""
    found = []
    with httpx.Client(base_url=base, cookies=cookies, timeout=60) as client:
        while time.monotonic() < until:
            found.append(timed(client, random.choice(wanted)())[0])  # noqa: S311 - which page does not matter
            time.sleep(pause)
    return found


def main() -> None:
    """Measure and tell."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("dossier", type=Path)
    options.add_argument("--readers", type=int, default=20)
    options.add_argument("--pause", type=float, default=1.0)
    options.add_argument("--seconds", type=float, default=20.0)
    given = options.parse_args()
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
    base = entrance.partition("/enter")[0]
    wanted = list(pages(path, random.Random(1)).values())  # noqa: S311
    transport = httpx.HTTPTransport(retries=20)
    with httpx.Client(base_url=base, transport=transport, timeout=60) as client:
        client.get(entrance)
        for which in ("first", "second"):
            seconds, size = timed(client, "/")
            print(f"overview, {which} look: {seconds:.3f} s, {size / 1000:.0f} kB sent")  # noqa: T201
        until = time.monotonic() + given.seconds
        times: list[float] = []

        def reader() -> None:
            times.extend(read(base, client.cookies, wanted, until, given.pause))

        readers = [threading.Thread(target=reader) for _ in range(given.readers)]
        for one in readers:
            one.start()
        for one in readers:
            one.join()
    times.sort()
    half, most = times[len(times) // 2], times[int(len(times) * 0.95)]
    told = f"p50 {half:.3f} s, p95 {most:.3f} s, longest {times[-1]:.3f} s"
    print(f"{given.readers} readers, {len(times)} pages: {told}")  # noqa: T201


if __name__ == "__main__":
    main()
