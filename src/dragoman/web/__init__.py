"""The web application over a dossier: pages, data beside them, review, access."""

from dragoman.web.app import make_app
from dragoman.web.serving import Serving

__all__ = ["Serving", "make_app"]
