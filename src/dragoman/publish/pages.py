"""All files of a site, one after the other: pages, data, feed, calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from dragoman.dossier.answers import Answer
from dragoman.export.drawing import STYLESHEET, Look, matrix, timeline
from dragoman.model import Negotiation, StoredReport
from dragoman.output.account import CONFLICTS
from dragoman.output.form import csv_text
from dragoman.output.happenings import EVENTS, count
from dragoman.output.profiles import PROFILES, when
from dragoman.output.rows import dumps
from dragoman.output.sources import SOURCES, dated
from dragoman.output.state import STATE
from dragoman.output.told import Conflicting, Standpoint, Told
from dragoman.output.words import date_in_words, date_order, parties_in_words
from dragoman.publish import telling
from dragoman.publish.edition import Memory, News, dump_memory, latest_first
from dragoman.publish.feed import calendar, feed, shown_in_calendar, sitemap
from dragoman.publish.linked import article_node, event_node, graph, script, site_node
from dragoman.publish.links import (
    Links,
    Map,
    Notes,
    event_path,
    events_path,
    file_name,
    negotiation_path,
    sources_path,
    web_address,
)
from dragoman.publish.material import Material, by_day
from dragoman.publish.options import Options
from dragoman.publish.render import render, stylesheet
from dragoman.publish.site import Site, changed_on
from dragoman.store.version import this_version

MEMORY = "data/edition.json"
_FRONT = 12  # items of a list on the front page

File = tuple[str, bytes]


class Pages:
    """The files of an edition."""

    def __init__(self, material: Material, options: Options, memory: Memory, news: News) -> None:
        self.material = material
        self.options = options
        self.memory = memory
        self.news = news
        self.map = Map(material)

    # --- which there are ---

    def plan(self) -> list[str]:
        """The paths of all files, before any is made."""
        found = ["index.html", "negotiations.html", "events.html", "sources.html", "actors.html"]
        found += ["colophon.html", "style.css", "feed.xml", "calendar.ics", MEMORY]
        found += [negotiation_path(n.id) for n in self.material.negotiations]
        found += [event_path(told.id) for told in self.material.told]
        found += [event_path(old) for old in self.memory.moved]
        found += [events_path(year) for year in self.map.event_years if year]
        found += [sources_path(year) for year in self.map.report_years if year]
        found += [f"data/{name}" for name, _, _ in self._data()]
        found += ["sitemap.xml"] if self.options.base_url else []
        return list(dict.fromkeys(found))

    def files(self, site: Site) -> Iterator[File]:
        """Each file, in an order that does not matter to a reader; the sitemap is last."""
        listed: list[tuple[str, str]] = []
        day = self.memory.now.day
        for path, data in self._pages():
            if path.removeprefix("event/").removesuffix(".html") not in self.memory.moved:
                listed.append((path, changed_on(site, path, data, day)))
            yield path, data
        yield "style.css", f"{stylesheet()}\n{STYLESHEET}".encode()
        yield "feed.xml", feed(self.material, self.memory, self.options)
        yield "calendar.ics", calendar(self.material, self.memory, self.options)
        for name, form, values in self._data():
            yield f"data/{name}", _written(name, form, values)
        yield MEMORY, dump_memory(self.memory)
        if self.options.base_url:
            yield "sitemap.xml", sitemap(sorted(listed), self.options.base_url)

    def _pages(self) -> Iterator[File]:
        yield self._front()
        yield self._negotiations()
        for negotiation in self.material.negotiations:
            yield self._negotiation(negotiation)
        yield from self._lists()
        for told in self.material.told:
            yield self._event(told)
        for old, new in self.memory.moved.items():
            yield self._moved(old, new)
        yield self._actors()
        yield self._colophon()

    def _data(self) -> Iterator[tuple[str, Any, Sequence[Any]]]:
        material = self.material
        standpoints = [
            Standpoint(n, {e: material.events[e] for e in n.happenings if e in material.events})
            for n in material.negotiations
        ]
        conflicts = [Conflicting(told, slot) for told in material.told for slot in told.happening.conflicts]
        for name, form, values in (
            ("events", EVENTS, material.told),
            ("negotiations", STATE, standpoints),
            ("conflicts", CONFLICTS, conflicts),
            ("sources", SOURCES, material.sources),
            ("actors", PROFILES, material.profiles),
        ):
            yield f"{name}.jsonl", form, values
            yield f"{name}.csv", form, values

    # --- what all share ---

    def _render(self, template: str, path: str, title: str, **values: Any) -> File:
        options = self.options
        shared = {
            "site": options,
            "path": path,
            "title": title,
            "canonical": f"{options.base_url}{'' if path == 'index.html' else path}"
            if options.base_url
            else "",
            "links": Links(self.map, path),
            "accounts": self.material.accounts,
            "web_address": web_address,
            "file_name": file_name,
            "data": None,
            "description": "",
        }
        return path, render(template, **(shared | values))

    def _cited(self, notes: Notes) -> list[tuple[int, StoredReport, str]]:
        """The reports that a page names, by number, with what a reader must know of copies."""
        found = []
        for report_id, number in notes.numbers.items():
            report = self.material.reports[report_id]
            same = [
                notes.numbers[other]
                for other in notes.numbers
                if other != report_id and self.material.reports[other].source == report.source
            ]
            note = (
                f"copy of the same text as {', '.join(map(str, same))}; they count as one source"
                if same
                else ""
            )
            found.append((number, report, note))
        return found

    # --- pages ---

    def _front(self) -> File:
        material, news = self.material, self.news
        notes = Notes()
        events = material.events
        ordered = sorted(material.negotiations, key=lambda n: telling.activity(n, events), reverse=True)
        fresh = news.events if news.since else tuple(self._latest())
        conflicts = [told for told in material.told if told.happening.conflicts]
        overdue = [told for told in material.told if told.happening.overdue]
        undated = [report for report in material.reports.values() if report.published is None]
        day = self.memory.now.day
        return self._render(
            "front.html",
            "index.html",
            self.options.title,
            day=day,
            weekday=f"{material.day:%A}",
            number=len(self.memory.editions),
            news=news,
            fresh=[(events[event], notes.mark_event(events[event])) for event in fresh[:_FRONT]],
            fresh_more=len(fresh) - _FRONT if news.since else 0,
            changed=[
                (events[event], words, notes.mark_event(events[event]))
                for event, words in news.changed[:_FRONT]
            ],
            changed_more=len(news.changed) - _FRONT,
            new_reports=[material.reports[report] for report in news.reports[:_FRONT]],
            new_reports_more=len(news.reports) - _FRONT,
            negotiations=[self._standing(n, notes) for n in ordered[:_FRONT]],
            negotiations_more=len(ordered) - _FRONT,
            conflicts=[
                (told, telling.differences(told), notes.mark_event(told)) for told in conflicts[-_FRONT:]
            ],
            conflicts_more=len(conflicts) - _FRONT,
            overdue=[(told, notes.mark_event(told)) for told in overdue[-_FRONT:]],
            overdue_more=len(overdue) - _FRONT,
            pairs=[self._open(pair.match) for pair in material.pairs[:_FRONT]],
            pairs_more=len(material.pairs) - _FRONT,
            undated=undated[:_FRONT],
            undated_more=len(undated) - _FRONT,
            problems=material.problems[:_FRONT],
            problems_more=len(material.problems) - _FRONT,
            cited=self._cited(notes),
            counts=self._counts(),
            data=script(
                graph(
                    site_node(
                        self.options.title, self.options.by, self.options.licence, self.options.base_url, day
                    ),
                    *(self._node(events[event]) for event in fresh[:_FRONT]),
                )
            ),
            description=f"{self.options.title}: edition of {date_in_words(day)}.",
        )

    def _latest(self) -> list[str]:
        """Events of which the latest reports tell, for a first edition."""
        return latest_first(self.material.told)

    def _standing(self, negotiation: Negotiation, notes: Notes) -> dict[str, Any]:
        """A negotiation as the front page and its own page tell where it stands."""
        events, state = self.material.events, negotiation.state
        told = [events[event] for event in negotiation.happenings]
        last, coming = events.get(state.last_meeting or ""), events.get(state.next_meeting or "")
        return {
            "negotiation": negotiation,
            "parties": parties_in_words(negotiation.parties),
            "span": telling.span_in_words(told),
            "last": last,
            "last_notes": notes.mark_event(last) if last else [],
            "next": coming,
            "next_notes": notes.mark_event(coming) if coming else [],
            "counts": telling.state_counts(negotiation),
            "conflicts": sum(bool(one.happening.conflicts) for one in told),
            "events": len(told),
        }

    def _open(self, match: Any) -> dict[str, Any]:
        """An undecided pair: the events of its two claims."""
        material = self.material
        left, right = (material.event_of_claim.get(claim) for claim in (match.left, match.right))
        return {
            "left": material.events.get(left or ""),
            "right": material.events.get(right or ""),
            "why": telling.plainly(match.why),
        }

    def _counts(self) -> str:
        material = self.material
        sources = len({report.source for report in material.reports.values()})
        return (
            f"{count(len(material.reports), 'report')} ({count(sources, 'independent source')}), "
            f"{count(len(material.told), 'event')}, {count(len(material.negotiations), 'negotiation')}"
        )

    def _negotiations(self) -> File:
        notes = Notes()
        ordered = sorted(
            self.material.negotiations, key=lambda n: telling.activity(n, self.material.events), reverse=True
        )
        return self._render(
            "negotiations.html",
            "negotiations.html",
            "Negotiations",
            negotiations=[self._standing(n, notes) for n in ordered],
            description="All negotiations of the record, the latest first.",
        )

    def _negotiation(self, negotiation: Negotiation) -> File:
        material, path = self.material, negotiation_path(negotiation.id)
        told = [material.events[event] for event in negotiation.happenings]
        links = Links(self.map, path)
        notes = Notes()
        standing = self._standing(negotiation, notes)
        story = [
            (month, [(one, notes.mark_event(one)) for one in held]) for month, held in telling.months(told)
        ]
        happenings = [one.happening for one in told]
        meetings = telling.who_met_whom(told)
        state = negotiation.state

        def noted(ids: Iterable[str]) -> list[tuple[Told, Any]]:
            return [
                (material.events[e], notes.mark_event(material.events[e]))
                for e in ids
                if e in material.events
            ]

        cited = self._cited(notes)
        return self._render(
            "negotiation.html",
            path,
            negotiation.name,
            negotiation=negotiation,
            why=telling.held_together(negotiation.why, told),
            standing=standing,
            story=story,
            drawing=timeline(
                happenings,
                look=Look(id="timeline", style=False, link=links.event),
                title="Its events by forum or by parties",
            ),
            meetings=meetings,
            people=telling.who_took_part(told, self.map.actor_name),
            matrix=matrix(happenings, look=Look(id="matrix", style=False)) if len(meetings) > 1 else "",
            proposals=list(self._proposals(negotiation, notes)),
            agreements=noted(state.agreements),
            refusals=noted(state.refusals),
            overdue=noted(state.overdue),
            conflicts=[
                (one, telling.differences(one), notes.mark_event(one))
                for one in told
                if one.happening.conflicts
            ],
            cited=cited,
            data=script(
                graph(
                    article_node(
                        negotiation.name,
                        standing["counts"],
                        [self.memory.now.events[one.id].name for one in told],
                        by_day([report for _, report, _ in cited]),
                    ),
                    *map(self._node, told),
                )
            ),
            description=f"{negotiation.name}: {standing['span']}. {standing['counts']}",
        )

    def _proposals(self, negotiation: Negotiation, notes: Notes) -> Iterator[dict[str, Any]]:
        """Proposals with what answers them; answers of the one before are not repeated."""
        events = self.material.events
        before: tuple[str, ...] = ()
        for answered in negotiation.state.proposals:
            if answered.proposal not in events:
                continue
            told = events[answered.proposal]
            same = bool(before) and set(before) <= set(answered.answers)
            new = [a for a in answered.answers if a in events and not (same and a in before)]
            new.sort(key=lambda answer: date_order(events[answer].date))
            yield {
                "told": told,
                "marks": notes.mark_event(told),
                "answers": [events[answer] for answer in new],
                "same": same,
                "any": bool(answered.answers),
            }
            before = answered.answers

    def _lists(self) -> Iterator[File]:
        """Events and sources: on one page each, or on one for each year."""
        years = self.map.event_years
        yield self._event_list("events.html", "Events", years.get("", ()), years)
        for year, told in years.items():
            if year:
                yield self._event_list(events_path(year), f"Events: {_year(year)}", told, {})
        report_years = self.map.report_years
        sourced = {source.report.id: source for source in self.material.sources}
        for year, reports in {"": (), **report_years}.items():
            title = f"Sources: {_year(year)}" if year else "Sources"
            yield self._render(
                "sources.html",
                sources_path(year),
                title,
                sources=[sourced[report.id] for report in by_day(reports)],
                years=[]
                if year
                else [(y, _year(y), len(r), sources_path(y)) for y, r in report_years.items() if y],
                total=len(self.material.reports),
                problems=[] if year else self.material.problems,
                dated=dated,
                events=self.material.events,
                description="Every report that the record rests on.",
            )

    def _event_list(self, path: str, title: str, told: Sequence[Told], years: Any) -> File:
        return self._render(
            "events.html",
            path,
            title,
            months=telling.months(told),
            years=[(y, _year(y), len(held), events_path(y)) for y, held in years.items() if y],
            total=len(self.material.told),
            description="Every event of the record in order of date.",
        )

    def _event(self, told: Told) -> File:
        material, path = self.material, event_path(told.id)
        account = material.accounts[told.id]
        notes = Notes()
        marks = notes.mark_event(told)
        shaped = set(told.happening.judgements)
        pairs = material.matches_of.get(told.id, ())
        numbers = {claim.id: notes.numbers.get(claim.report, 0) for claim in told.claims}
        return self._render(
            "event.html",
            path,
            account.headline,
            told=told,
            account=account,
            marks=marks,
            numbers=notes.numbers,
            rows=telling.slot_rows(told),
            empty=telling.empty_slots(told),
            said=telling.said(told, material),
            steps=telling.history(told),
            negotiations=material.negotiations_of.get(told.id, ()),
            joined=[telling.joined(match, numbers) for match in pairs if match.verdict.value == "same"],
            open=[
                telling.joined(match, numbers, self._other(told, match))
                for match in pairs
                if match.verdict.value == "unsure"
            ],
            events=material.events,
            decided=[telling.decided(j) for j in material.judgements if j.id in shaped],
            cited=self._cited(notes),
            data=script(graph(self._node(told))),
            description=account.text,
        )

    def _node(self, told: Told) -> Any:
        """An event as linked data."""
        return event_node(told, self.material.accounts[told.id], self.memory.now.events[told.id].name)

    def _other(self, told: Told, match: Any) -> str | None:
        """The event on the other side of a pair."""
        ends = (self.material.event_of_claim.get(claim) for claim in (match.left, match.right))
        return next((event for event in ends if event and event != told.id), None)

    def _moved(self, old: str, new: str) -> File:
        return self._render(
            "moved.html", event_path(old), "Told elsewhere", told=self.material.events[new], old=old
        )

    def _actors(self) -> File:
        return self._render(
            "actors.html",
            "actors.html",
            "Actors",
            profiles=[(p, self._events_of.get(p.id, ())) for p in self.map.shown_actors],
            total=len(self.material.profiles),
            parties=parties_in_words,
            when=when,
            reports=self.material.reports,
            description="People and bodies that the reports name.",
        )

    @cached_property
    def _events_of(self) -> dict[str, list[Told]]:
        """Events in which an actor takes part under a name that is its own."""
        owner: dict[str, set[str]] = {}
        for profile in self.map.shown_actors:
            for name in {profile.name, *(form for form, _ in profile.spellings)}:
                owner.setdefault(name, set()).add(profile.id)
        found: dict[str, list[Told]] = {}
        for told in self.material.told:
            h = told.happening
            own = {
                next(iter(o))
                for n in (*h.many("people"), *h.many("parties"))
                if len(o := owner.get(n, set())) == 1
            }
            for profile_id in own:
                found.setdefault(profile_id, []).append(told)
        return found

    def _colophon(self) -> File:
        material = self.material
        return self._render(
            "colophon.html",
            "colophon.html",
            "Colophon",
            version=this_version(),
            day=self.memory.now.day,
            counts=self._counts(),
            editions=list(reversed(self.memory.editions)),
            undated=sum(report.published is None for report in material.reports.values()),
            inferred=sum(report.basis == "inferred" for report in material.reports.values()),
            conflicts=sum(bool(told.happening.conflicts) for told in material.told),
            open=len(material.pairs),
            decisions=len(material.judgements),
            shown=shown_in_calendar(material.told),
            events=len(material.told),
            problems=len(material.problems),
            description="How this site was made, and how to verify it.",
        )


def _year(year: str) -> str:
    return "no date" if year == "undated" else year


def _written(name: str, form: Any, values: Sequence[Any]) -> bytes:
    answer: Answer[Any] = Answer(tuple(values), form)
    if name.endswith(".csv"):
        return "".join(csv_text(form.columns, form.rows(answer))).encode("utf-8", "replace")
    return "".join(f"{dumps(form.row(value))}\n" for value in answer).encode("utf-8", "replace")
