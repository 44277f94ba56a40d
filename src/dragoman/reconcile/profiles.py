"""One person or body under all its spellings over all reports, with its offices through time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dragoman.actors.fold import fold, slug
from dragoman.actors.gazetteer import gazetteer
from dragoman.actors.roles import fits, office_class
from dragoman.actors.tables import Term, holders, states
from dragoman.model import Entity, EntityKind, Profile, StoredReport
from dragoman.reconcile.names import (
    SUFFIXES,
    PersonName,
    best_form,
    handle,
    handles,
    listed_names,
    listed_terms,
    may_be_one,
    read_name,
    transliterated,
)
from dragoman.reconcile.scripts import latin
from dragoman.reconcile.tenures import Told, find_tenures, told_office

_BODIES = frozenset({EntityKind.ORGANISATION, EntityKind.GROUP})
_UNDECIDED = "?"
# A party that gives less than this share of a name's uses is taken for a slip of the reading.
_SLIP = 0.2


@dataclass(frozen=True, slots=True)
class _Use:
    """One report's use of a name."""

    report: StoredReport
    entity: Entity
    name: PersonName
    party: str | None
    told: Told | None

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year in which the report may have been published, None where it is open."""
        low, high = self.report.earliest, self.report.latest
        return (low.year, high.year) if low and high else None


@dataclass(frozen=True, slots=True, order=True)
class _Node:
    """Uses that are one person's without question: same full name, same party, same namesake of the table."""

    name: PersonName
    party: str
    namesake: str = ""

    @property
    def detail(self) -> tuple[int, int, bool]:
        """How much it tells; a node joins one that tells more."""
        return (*self.name.detail, bool(self.party))


class _Sets:
    """Disjoint sets of nodes; the root of a set is its least node, whatever the order of joining."""

    def __init__(self, nodes: Iterable[_Node]) -> None:
        self._up = {node: node for node in nodes}

    def root(self, node: _Node) -> _Node:
        while self._up[node] != node:
            self._up[node] = self._up[self._up[node]]
            node = self._up[node]
        return node

    def join(self, one: _Node, other: _Node) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._up[high] = low


def find_profiles(
    entities: Mapping[str, Sequence[Entity]], reports: Mapping[str, StoredReport]
) -> tuple[Profile, ...]:
    """
    Persons, organisations and groups, the most reported first.

    A person's spellings are joined where names may be one person's (:func:`may_be_one`), parties do not
    differ and nothing leaves a choice; a name that could be two persons' is decided by the dated table of
    office holders, else it stands alone. A bare surname joins the one full name of its party that has it.
    States are no profiles: their codes are one already.

    Args:
        entities: by report.
        reports: by id; entities of other reports are left out.

    Limit: two persons of one full name and one party are taken for one; what the reading took for a person's
    name and is none stays a profile.
    """
    uses = [
        _Use(
            reports[key],
            entity,
            name,
            entity.parties[0] if entity.parties else None,
            told_office(entity, reports[key]),
        )
        for key in sorted(entities)
        if key in reports
        for entity in entities[key]
        if entity.kind is EntityKind.PERSON and (name := read_name(entity.name)) is not None
    ]
    groups = _persons(uses)
    drafts = [_person_profile(group) for group in groups] + _body_profiles(entities, reports)
    return _with_ids(drafts)


def _persons(uses: Sequence[_Use]) -> list[list[_Use]]:
    """Uses by person."""
    by_node: defaultdict[_Node, list[_Use]] = defaultdict(list)
    bare: list[_Use] = []
    for use in uses:
        if use.name.full:
            by_node[_node(use)].append(use)
        else:
            bare.append(use)
    sets = _Sets(by_node)
    _join_parties(by_node, sets)
    _join_spellings(by_node, sets)
    persons: defaultdict[_Node, list[_Use]] = defaultdict(list)
    for node in sorted(by_node):
        persons[sets.root(node)] += by_node[node]
    return _with_surnames(persons, bare)


def _namesake(use: _Use) -> str:
    """Whom of several in the table a name means ("George Bush"), by date and office; "" where one has it."""
    names = listed_names(use.name, use.party)
    if len(names) < 2:
        return ""
    terms = [term for term in listed_terms(use.name) if use.party in {None, term.party}]
    decided = _in_office(terms, use)
    return next(iter(decided)) if len(decided) == 1 else _UNDECIDED


def _in_office(terms: Iterable[Term], use: _Use) -> frozenset[str]:
    """Names of the holders who were in office when a report was published, in the office that it gives."""
    years = use.years
    if years is None:
        return frozenset()
    found = [t for t in terms if t.start <= years[1] and years[0] <= (t.end or years[0])]
    if use.told:
        found = [
            t for t in found if fits(use.told.office, t.office) or office_class(t.office) == use.told.office
        ] or found
    return frozenset(term.name for term in found)


def _join_parties(by_node: Mapping[_Node, Sequence[_Use]], sets: _Sets) -> None:
    """Join nodes of one full name with different parties, unless they hold offices for two states."""
    named: defaultdict[tuple[PersonName, str], list[_Node]] = defaultdict(list)
    for node in by_node:
        named[node.name, node.namesake].append(node)
    for nodes in named.values():
        if nodes[0].namesake == _UNDECIDED:
            continue
        ranked = sorted((n for n in nodes if n.party), key=lambda n: (-len(by_node[n]), n))
        for i, node in enumerate(ranked):
            if i and not _clash(ranked[0], node, by_node):
                sets.join(ranked[0], node)
        apart = {sets.root(node) for node in ranked}
        if len(apart) == 1:
            for node in nodes:
                sets.join(ranked[0], node)


def _clash(main: _Node, other: _Node, by_node: Mapping[_Node, Sequence[_Use]]) -> bool:
    """Whether two parties of one name tell of two persons: both states, with an office in each."""
    if not {main.party, other.party} <= states().keys():
        return False
    listed = {party for party in (main.party, other.party) if listed_names(main.name, party)}
    if len(listed) == 1 or len(by_node[other]) < _SLIP * len(by_node[main]):
        return False
    return all(any(use.told for use in by_node[node]) for node in (main, other))


def _join_spellings(by_node: Mapping[_Node, Sequence[_Use]], sets: _Sets) -> None:
    """
    Join spellings, from those that tell most to those that tell least.

    A node joins what tells more where that is one person; nodes that tell the same join each other, unless
    that would make one of two persons.
    """
    blocks: defaultdict[str, set[_Node]] = defaultdict(set)
    known = Counter[tuple[str, ...]]()
    for node, uses in by_node.items():
        known[node.name.words] += len(uses)
    for node in by_node:
        if _two_names(node.name.words, known):
            continue
        for key in node.name.blocks:
            blocks[key].add(node)
    near: defaultdict[_Node, set[_Node]] = defaultdict(set)
    for block in blocks.values():
        ordered = sorted(block)
        for i, one in enumerate(ordered):
            for other in ordered[i + 1 :]:
                if _alike(one, other) and _same_generation(one, other, by_node):
                    near[one].add(other)
                    near[other].add(one)
    by_detail: defaultdict[tuple[int, int, bool], list[_Node]] = defaultdict(list)
    for node in sorted(near):
        by_detail[node.detail].append(node)
    for detail in sorted(by_detail, reverse=True):
        above = {
            node: {sets.root(other) for other in near[node] if other.detail > detail}
            for node in by_detail[detail]
        }
        for group in _groups(by_detail[detail], near):
            over = set().union(*(above[node] for node in group))
            if len(over) < 2:
                for node in group:
                    sets.join(node, next(iter(over), group[0]))
            else:
                for node in group:
                    if len(above[node]) == 1:
                        sets.join(node, next(iter(above[node])))


def _two_names(words: tuple[str, ...], known: Mapping[tuple[str, ...], int]) -> bool:
    """Whether a name is two persons' names that the reading took for one; it would make one of both."""
    least = known[words]
    return any(
        known.get(words[:i], 0) >= least and known.get(words[i:], 0) >= least
        for i in range(2, len(words) - 1)
    )


def _groups(nodes: Sequence[_Node], near: Mapping[_Node, set[_Node]]) -> list[list[_Node]]:
    """Nodes of one level that are linked with each other, in order."""
    sets = _Sets(nodes)
    inside = set(nodes)
    for node in nodes:
        for other in near[node] & inside:
            sets.join(node, other)
    found: defaultdict[_Node, list[_Node]] = defaultdict(list)
    for node in nodes:
        found[sets.root(node)].append(node)
    return [found[root] for root in sorted(found)]


def _alike(one: _Node, other: _Node) -> bool:
    """Whether two nodes may be one person's."""
    if _UNDECIDED in {one.namesake, other.namesake} or (
        one.party and other.party and one.party != other.party
    ):
        return False
    if not may_be_one(one.name, other.name, loose=transliterated(one.party or other.party or None)):
        return False
    first, second = _identities(one), _identities(other)
    return not first or not second or bool(first & second)


def _same_generation(one: _Node, other: _Node, by_node: Mapping[_Node, Sequence[_Use]]) -> bool:
    """Whether a name with "Jr." or "III" and one without are told of one office; father and son else."""
    if one.name.suffix == other.name.suffix:
        return True
    first, second = ({use.told.office for use in by_node[node] if use.told} for node in (one, other))
    return bool(first & second)


@cache
def _identities(node: _Node) -> frozenset[str]:
    """Standard names of the table that a node stands for; not those of the ledger alone."""
    if node.namesake:
        return frozenset({node.namesake})
    terms = [term for term in listed_terms(node.name) if node.party in {"", term.party}]
    return frozenset(t.name for t in terms) if any("list" in t.source for t in terms) else frozenset()


@dataclass(frozen=True, slots=True)
class _Bearer:
    """What is known of a person before bare surnames join."""

    root: _Node
    parties: frozenset[str]
    known: frozenset[str]
    suffixes: frozenset[str]
    offices: frozenset[str]

    @classmethod
    def of(cls, root: _Node, uses: Sequence[_Use]) -> _Bearer:
        return cls(
            root,
            frozenset(_parties(uses)),
            _known(uses),
            frozenset(use.name.suffix for use in uses if use.name.suffix),
            frozenset(use.told.office for use in uses if use.told),
        )


def _with_surnames(persons: Mapping[_Node, list[_Use]], bare: Sequence[_Use]) -> list[list[_Use]]:
    """All groups of uses; a bare surname stands with the one person that it may mean."""
    bearing: defaultdict[str, list[_Bearer]] = defaultdict(list)
    for root in sorted(persons):
        bearer = _Bearer.of(root, persons[root])
        forms = {(use.name, use.party) for use in persons[root]}
        for key in {key for form in forms for key in handles(*form)}:
            bearing[key].append(bearer)
    groups = {root: list(uses) for root, uses in persons.items()}
    alone: defaultdict[tuple[str, str, str], list[_Use]] = defaultdict(list)
    for use in bare:
        chosen = _meant(use, bearing.get(handle(use.name, use.party), ()))
        if chosen is None:
            alone[handle(use.name, use.party), use.party or "", use.name.suffix].append(use)
        else:
            groups[chosen].append(use)
    for word, party, suffix in sorted(alone):  # "King Abdullah" and "Abdullah II"
        numbered = _numbers(word, party, alone) if not suffix else []
        if len(numbered) == 1:
            alone[numbered[0]] += alone.pop((word, party, suffix))
    return [*groups.values(), *(alone[key] for key in sorted(alone))]


def _numbers(word: str, party: str, alone: Container[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [(word, party, suffix) for suffix in sorted(SUFFIXES) if (word, party, suffix) in alone]


def _meant(use: _Use, bearers: Sequence[_Bearer]) -> _Node | None:
    """The person whom a bare surname means: the only one of its party, or the one in office at the time."""
    suffix = use.name.suffix
    candidates = [
        bearer
        for bearer in bearers
        if (not use.party or use.party in bearer.parties)
        and (not suffix or not bearer.suffixes or suffix in bearer.suffixes)
    ]
    if not candidates:
        return None
    listed = [t for t in holders().surnamed(use.name.words[-1]) if use.party in {None, t.party}]
    serving = _in_office(listed, use)
    in_office = [bearer for bearer in candidates if serving & bearer.known]
    if len(candidates) == 1:
        other = serving and use.told and not in_office and candidates[0].known
        return None if other else candidates[0].root
    if len(in_office) != 1 and use.told:
        in_office = [bearer for bearer in candidates if use.told.office in bearer.offices]
    return in_office[0].root if len(in_office) == 1 else None


def _known(uses: Iterable[_Use]) -> frozenset[str]:
    """Standard names of a person in the table."""
    return frozenset().union(*map(_identities, {_node(use) for use in uses if use.name.full}))


def _node(use: _Use) -> _Node:
    return _Node(use.name, use.party or "", _namesake(use))


def _parties(uses: Sequence[_Use]) -> tuple[str, ...]:
    """Parties that somebody acts for, the most frequent first, without slips."""
    counts = Counter(party for use in uses for party in use.entity.parties)
    most = max(counts.values(), default=0)
    return tuple(
        party
        for party in sorted(counts, key=lambda p: (-counts[p], p))
        if counts[party] >= max(1.0, _SLIP * most)
    )


def _person_profile(uses: Sequence[_Use]) -> Profile:
    spellings = _spellings((use.entity.name, use.report.id) for use in uses)
    tolds = {use.told for use in uses if use.told}
    known = _known(uses)
    years = {use.years[0] for use in uses if use.years and use.years[0] == use.years[1]}
    parties = _parties(uses)
    terms = [t for name in known for t in holders().named(name) if t.name == name and t.party in parties]
    terms.sort(key=lambda t: (t.start, t.office, t.source))
    spoken = [t for t in terms if any(t.held(year) for year in years)]
    return Profile(
        id="",
        kind=EntityKind.PERSON.value,
        name=best_form(spellings),
        spellings=spellings,
        parties=parties,
        tenures=find_tenures(tolds, terms, spoken),
        reports=tuple(sorted({use.report.id for use in uses})),
    )


def _spellings(forms: Iterable[tuple[str, str]]) -> tuple[tuple[str, int], ...]:
    """Each form with the number of reports that use it, the most frequent first."""
    counts = Counter(form for form, _ in set(forms))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@cache
def _body_key(name: str) -> str:
    """The key that a body's forms share: its name in the table of bodies, else its folded words."""
    plain = fold(latin(name)).strip().removeprefix("the ")
    for start, end, _, sense in gazetteer().find(name):
        if start == 0 and end == len(name) and sense.kind not in {"state", "adjective", "people", "capital"}:
            return fold(sense.name)
    return " ".join(plain.replace("organiz", "organis").replace("center", "centre").replace("-", " ").split())


def _body_profiles(
    entities: Mapping[str, Sequence[Entity]], reports: Mapping[str, StoredReport]
) -> list[Profile]:
    """Organisations and groups: one profile for each name and the parties it acts for."""
    groups: defaultdict[tuple[str, tuple[str, ...]], list[tuple[Entity, str]]] = defaultdict(list)
    for key in sorted(entities):
        if key in reports:
            for entity in entities[key]:
                if entity.kind in _BODIES:
                    groups[_body_key(entity.name), entity.parties].append((entity, key))
    owners: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name, parties in groups:
        if parties:
            owners[name].append(parties)
    for name, acting in owners.items():  # some reports leave a body without a party
        if len(acting) == 1 and (name, ()) in groups:
            groups[name, acting[0]] += groups.pop((name, ()))
    return [_body_profile(groups[key]) for key in sorted(groups)]


def _body_profile(uses: Sequence[tuple[Entity, str]]) -> Profile:
    spellings = _spellings((entity.name, report) for entity, report in uses)
    kinds = Counter(entity.kind.value for entity, _ in uses)
    return Profile(
        id="",
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        name=spellings[0][0],
        spellings=spellings,
        parties=max((entity.parties for entity, _ in uses), key=lambda p: (len(p), p)),
        tenures=(),
        reports=tuple(sorted({report for _, report in uses})),
    )


def _with_ids(drafts: Iterable[Profile]) -> tuple[Profile, ...]:
    """Profiles with ids, the most reported first; namesakes are told apart by party, then by number."""
    ordered = sorted(
        drafts, key=lambda p: (-len(p.reports), p.name, p.kind, p.parties, p.spellings, p.reports)
    )
    shared = Counter(f"{p.kind}:{slug(latin(p.name))}" for p in ordered)
    taken: Counter[str] = Counter()
    found = []
    for profile in ordered:
        key = f"{profile.kind}:{slug(latin(profile.name))}"
        if shared[key] > 1 and profile.parties:
            key = f"{key}-{slug(profile.parties[0])}"
        taken[key] += 1
        found.append(replace(profile, id=key if taken[key] == 1 else f"{key}-{taken[key]}"))
    return tuple(found)
