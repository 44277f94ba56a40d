"""A build as a program of its own, to be killed: DOSSIER READER SOURCE... It tells of each new report."""

from __future__ import annotations

import sys

import fakes

from dragoman.dossier import Dossier
from dragoman.dossier.build import Progress

where, make, *sources = sys.argv[1:]
last = 0


def tell(progress: Progress) -> None:
    """A line for each report that was written, and one before the events are computed."""
    global last  # noqa: PLW0603 - a program of a few lines
    if progress.new > last or not progress.name:
        sys.stdout.write(f"{progress.new}\n")
        sys.stdout.flush()
    last = progress.new


with Dossier.open(where, create=True) as dossier:
    dossier.build(
        sources,
        workers=2,
        make_reader=getattr(fakes, make),
        derive_with=fakes.derive_alone,
        on_progress=tell,
    )
