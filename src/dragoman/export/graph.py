"""The parties as a graph: joined where they met, proposed, agreed or refused; as GEXF and as GraphML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from dragoman.export.contents import Contents, Format, Notes, one
from dragoman.export.drawing.shapes import pairs_of
from dragoman.export.saying import iso2, source
from dragoman.model import EventType
from dragoman.output.happenings import day_bounds
from dragoman.output.told import Told
from dragoman.output.words import party_in_words, visible
from dragoman.store.version import this_version

_COUNTS = {
    EventType.MEETING: "meetings",
    EventType.PROPOSAL: "proposals",
    EventType.AGREEMENT: "agreements",
    EventType.REFUSAL: "refusals",
}


def graph_of(events: Iterable[Told]) -> Any:
    """
    A graph of the library networkx.

    Nodes: parties, with name, kind (state or body), country code, number of events. Edges: every two that
    take part in an event, with how many of each type, how many of them took place or lie ahead, days of
    the first and last, and the evidence: ids of events and reports, where the reports are, and of each
    event the words that tell of it first.
    """
    import networkx as nx  # noqa: PLC0415 - takes a tenth of a second to load

    graph: Any = nx.Graph(name="Parties and what they did together")
    edges: dict[tuple[str, str], list[Told]] = {}
    events_of: dict[str, int] = {}
    for told in events:
        parties = told.happening.many("parties")
        for code in set(parties):
            events_of[code] = events_of.get(code, 0) + 1
        for pair in pairs_of(parties):
            edges.setdefault(pair, []).append(told)
    for code in sorted(events_of):
        two = iso2(code)
        graph.add_node(
            visible(code),
            label=party_in_words(code),
            kind="state" if two else "body",
            country=two or "",
            event_count=events_of[code],
        )
    for (one_code, other), held in sorted(edges.items()):
        graph.add_edge(visible(one_code), visible(other), **_edge(held))
    return graph


def _edge(held: list[Told]) -> dict[str, str | int | float]:
    counts = {name: sum(told.happening.type is kind for told in held) for kind, name in _COUNTS.items()}
    days = [day for told in held for day in day_bounds(told.date) if day]
    reports = dict.fromkeys(report.id for told in held for report in told.told_by)
    words = [f"“{visible(told.words.exact)}”" for told in held if told.words]
    return {
        "weight": len(held),
        **counts,
        "held": sum(told.happening.text("status") in {"held", "under-way"} for told in held),
        "first": min(days, default=""),
        "last": max(days, default=""),
        "events": "; ".join(told.id for told in held),
        "reports": "; ".join(reports),
        "sources": "; ".join(dict.fromkeys(source(report) for told in held for report in told.told_by)),
        "words": " ".join(words),
    }


def _gexf(contents: Contents, _: Notes) -> Iterator[str]:
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415 - as above

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph_of(contents.told()))
    meta = writer.xml.find("meta")
    if meta is not None:  # it holds today's date; the same dossier must give the same bytes
        meta.set("lastmodifieddate", contents.as_of.isoformat() if contents.as_of else "1970-01-01")
        for creator in meta.iter("creator"):
            creator.text = f"Dragoman {this_version()}"
    out = BytesIO()
    writer.write(out)
    yield out.getvalue().decode()


def _graphml(contents: Contents, _: Notes) -> Iterator[str]:
    import networkx as nx  # noqa: PLC0415 - as above

    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    for line in nx.generate_graphml(graph_of(contents.told()), named_key_ids=True):
        yield f"{line}\n"


GEXF = Format("gexf", "gexf", "application/gexf+xml", "parties as a graph, for Gephi", one(_gexf))
GRAPHML = Format(
    "graphml",
    "graphml",
    "application/graphml+xml",
    "parties as a graph, for yEd, igraph, Cytoscape",
    one(_graphml),
)
