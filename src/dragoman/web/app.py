"""The application: pages and data over one dossier, behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from mimetypes import guess_type

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, Response

from dragoman.dossier import Dossier
from dragoman.store.version import this_version
from dragoman.web.errors import Missing, tell_errors
from dragoman.web.guard import Guard
from dragoman.web.pages import (
    actors,
    decide,
    door,
    events,
    log,
    negotiations,
    overview,
    pulse,
    reports,
    review,
    search,
    sources,
)
from dragoman.web.render import MADE, STATIC, load_templates
from dragoman.web.serving import Serving
from dragoman.web.site import Site

_ROUTERS = (
    door,
    overview,
    negotiations,
    events,
    reports,
    actors,
    sources,
    search,
    review,
    decide,
    log,
    pulse,
)
_FOREVER = "public, max-age=31536000, immutable"


def make_app(dossier: Dossier, serving: Serving | None = None) -> FastAPI:
    """
    The web application over a dossier.

    Args:
        dossier: open; for reading only where nobody is to decide.
        serving: who may, and under which names.
    """
    site = Site(dossier, serving or Serving())

    site.cached.slow += [load_templates, partial(overview.prepare, site)]

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if not dossier.store.readonly and not dossier.is_fresh():
            site.updater.start()
        site.cached.warm()
        yield
        site.close()

    app = FastAPI(
        title="Dragoman",
        version=this_version(),
        description="What a dossier holds, as JSON and as CSV; each path stands beside its page.",
        docs_url=None,  # these pages load scripts from another host
        redoc_url=None,
        lifespan=lifespan,
        middleware=[
            Middleware(Guard, access=site.access),
            Middleware(GZipMiddleware, minimum_size=800, compresslevel=4),
        ],
    )
    app.state.site = site
    tell_errors(app)
    for module in _ROUTERS:
        app.include_router(module.router)
    app.add_api_route("/static/{name:path}", static, include_in_schema=False)
    return app


def static(name: str) -> Response:
    """A file of ours."""
    kind = guess_type(name)[0] or "application/octet-stream"
    if name in MADE:
        return Response(MADE[name](), media_type=kind, headers={"Cache-Control": _FOREVER})
    found = (STATIC / name).resolve()
    if STATIC.resolve() not in found.parents or not found.is_file():
        raise Missing("There is no such file.")
    return FileResponse(found, media_type=kind, headers={"Cache-Control": _FOREVER})
