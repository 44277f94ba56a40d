"""What the pages share: the dossier, what was computed from it as long as that holds, who keeps it fresh."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Annotated

from fastapi import Depends, Request

from dragoman.dossier import Dossier
from dragoman.store import Reading
from dragoman.web.access import Access, Session
from dragoman.web.held import Cached
from dragoman.web.serving import Serving
from dragoman.web.update import Updater


class Site:
    """One dossier as it is served."""

    def __init__(self, dossier: Dossier, serving: Serving) -> None:
        self.dossier = dossier
        self.serving = serving
        self.access = Access(serving)
        self.cached = Cached(dossier)
        self.updater = Updater(dossier, small=serving.small)

    @property
    def name(self) -> str:
        """The dossier's name: that of its file, or of its database."""
        return self.dossier.store.where.rsplit("/", 1)[-1].removesuffix(".dossier")

    def reading(self) -> AbstractContextManager[Reading]:
        """One state of the dossier; what was read in it before is remembered."""
        return self.cached.reading()

    def close(self) -> None:
        """Let go of what is held open."""
        self.updater.close()
        self.cached.close()


async def site_of(request: Request) -> Site:
    """The site that a request is for."""
    found: Site = request.app.state.site
    return found


async def session_of(request: Request) -> Session:
    """Who asks; the guard lets nobody else through."""
    found: Session = request.state.session
    return found


Here = Annotated[Site, Depends(site_of)]
Sitting = Annotated[Session, Depends(session_of)]
__all__ = ["Cached", "Here", "Site", "Sitting", "session_of", "site_of"]
