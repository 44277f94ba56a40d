"""
A dossier as a static site: an edition like a newspaper's, a page for each negotiation and each event.

    with Dossier.open("geneva.dossier") as dossier:
        publish(dossier, "site/", Options(title="Geneva and after"))

Publishing again writes only what changed. The files need no server and ask no other host for anything.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import UsageError
from dragoman.publish.edition import News, load_memory, next_memory
from dragoman.publish.material import gather
from dragoman.publish.options import Options
from dragoman.publish.pages import MEMORY, Pages
from dragoman.publish.site import Site, Written

if TYPE_CHECKING:
    from dragoman.dossier import Dossier

__all__ = ["Options", "Published", "publish"]


class Published:
    """What a publication did: the day of the edition, its news, and the files that were written."""

    def __init__(self, day: str, news: News, written: Written) -> None:
        self.day = day
        self.news = news
        self.written = written


def publish(dossier: Dossier, into: str | Path, options: Options | None = None) -> Published:
    """
    Write the site of a dossier.

    Raises:
        UsageError: the folder holds files that are not the site's, or a later edition, or cannot be written.
    """
    options = options or Options()
    site = Site(Path(into))
    kept = None if options.anew else site.read(MEMORY)
    try:
        memory = load_memory(kept) if kept is not None else None
    except ValueError as error:
        raise UsageError(
            f"{Path(into) / MEMORY}: cannot be read ({error}); begin the editions anew with --anew"
        ) from error
    with dossier.store.reading() as reading:
        material = gather(reading, options.edition)
        after, news = next_memory(memory, material)
        pages = Pages(material, options, after, news)
        written = site.write(pages.files(site), after.now.day, plan=pages.plan())
    return Published(after.now.day, news, written)
