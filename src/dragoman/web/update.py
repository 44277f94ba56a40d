"""Brings the record up to date after a decision: at once where that is quick, else in another process."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

from sqlalchemy import func, select

from dragoman.dossier import Dossier
from dragoman.store.tables import claims

_LOG = logging.getLogger(__name__)
_ENDS = 10.0  # seconds in which what was told to end does so
_UPDATE = "import sys; from dragoman.web.update import update; update(sys.stdin.read())"


class Updater:
    """
    Keeps the events in step with what is decided.

    A decision is kept before anything is computed from it. Reconciling takes a time that grows with the
    dossier; a large one is reconciled by another process, so that pages stay quick, and decisions that
    come in meanwhile are kept at once and worked in after it.
    """

    def __init__(self, dossier: Dossier, *, small: int) -> None:
        self._dossier = dossier
        self._small = small
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[str] | None = None
        self._closed = False
        self.trouble = ""

    def decided(self) -> bool:
        """Take note of a decision; whether the record is up to date already."""
        with self._dossier.store.reading() as found:
            number = found.connection.scalar(select(func.count()).select_from(claims)) or 0
        if number <= self._small:
            self._dossier.reconcile_aside()
            return True
        self.start()
        return False

    def start(self) -> None:
        """Begin to bring the record up to date, unless that is under way."""
        with self._lock:
            if self._closed or (self._thread and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._run, name="dragoman-update", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._closed and not self._dossier.is_fresh():
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-c", _UPDATE], stdin=subprocess.PIPE, text=True
            )
            self._process.communicate(_address(self._dossier))  # not an argument: it may hold a password
            if self._process.returncode and not self._closed:
                self.trouble = "The record could not follow what was decided; all of it is kept."
                _LOG.error("reconciling ended with exit code %s", self._process.returncode)
                return
            self.trouble = ""

    def close(self) -> None:
        """Stop; what was decided is kept, and the next build or decision works it in."""
        self._closed = True
        if self._process and self._process.poll() is None:
            self._process.terminate()
        if self._thread:
            self._thread.join(_ENDS)  # it must not ask a dossier that is closed


def update(where: str) -> None:
    """Bring the dossier at an address up to date."""
    with Dossier.open(where) as dossier:
        dossier.reconcile_aside()


def _address(dossier: Dossier) -> str:
    url = dossier.store.engine.url
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.render_as_string(hide_password=False)
