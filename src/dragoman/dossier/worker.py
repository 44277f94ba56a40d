"""
A process that reads reports; :func:`main` is its program, with the handle of a line as its argument.

It is started as a program of its own, so that a script or a notebook that builds a dossier needs no
``if __name__ == "__main__"``. What reads is loaded once; then reports come in and results go out, one at a
time, until the other end is gone.
"""

from __future__ import annotations

import logging
import signal
import sys
from multiprocessing.connection import Connection

from dragoman.dossier.read import read_one
from dragoman.errors import DragomanError

READY = "ready"


def serve(line: Connection) -> None:
    """Answer reports with results until the line is closed."""
    level, make, settings = line.recv()
    logging.basicConfig(level=level, stream=sys.stderr)
    try:
        read = make(settings)
    except DragomanError as error:
        line.send(error)
        return
    line.send(READY)
    while True:
        fetched, identity = line.recv()
        line.send(read_one(read, fetched, identity))


def main() -> None:
    """Serve the line whose handle was given."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    with Connection(int(sys.argv[1])) as line:
        try:
            serve(line)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return  # the other process ended
