"""Persons of a report: whose name is whose, which office they hold, for whom they act."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.actors.fold import SUFFIXES, surname_of, words
from dragoman.actors.gazetteer import gazetteer
from dragoman.actors.names import Found
from dragoman.actors.roles import (
    Role,
    fits,
    nation_after,
    nation_before,
    office_class,
    read_role,
    with_coordinated,
)
from dragoman.actors.seats import cannot_head, serves_another
from dragoman.actors.syntax import words_between
from dragoman.actors.tables import Term, female_names, holders, offices, pairing, word_set
from dragoman.model import BlockKind, Chronology, Parsed, Reason, Span

_GOVERNMENTAL = re.compile(
    r"\b(?:president|government|ministry|kremlin|prime minister|chancellery)\b", re.IGNORECASE
)
# Persons of a party among whom an office is looked for, the first named.
MOST_OF_PARTY = 200
# Persons of one surname that a name is compared with, the latest: a bound on the work, not on the truth.
MOST_NAMESAKES = 40
# The year to which an open term counts.
OPEN_END = 2026
_MALE = frozenset(
    {"mr", "mr.", "sir", "lord", "king", "sheikh", "prince", "emir", "sultan", "mullah", "ayatollah"}
)
_FEMALE = frozenset({"mrs", "mrs.", "ms", "ms.", "miss", "madam", "queen", "lady", "princess", "dame"})


@dataclass(slots=True)
class Person:
    """A person while the report is read: name, where named, offices and parties with their reasons."""

    name: str
    key: tuple[str, ...]
    finds: list[int] = field(default_factory=list)
    gender: str = ""
    office: str = ""
    office_words: str = ""
    listed: frozenset[str] = frozenset()  # offices of the table, where it leaves several
    former: bool = False
    parties: tuple[str, ...] = ()
    stated: bool = False
    reasons: list[Reason] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)


@dataclass(slots=True)
class People:
    """Persons in order of their first mention, and which names and roles refer to them."""

    persons: list[Person]
    of_find: dict[int, int]  # index of a PER or ROLE name -> index of a person
    roles: dict[int, Role]  # index of a ROLE name -> what it says
    by_word: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_party: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def year_of(chronology: Chronology) -> int | None:
    """The year of publication, None where it is open."""
    published = chronology.published
    for value in (published.edtf, published.dct_low if published.dct_low == published.dct_high else None):
        if value and value[:4].isdigit():
            return int(value[:4])
    if published.dct_low and published.dct_high and published.dct_low[:4] == published.dct_high[:4]:
        return int(published.dct_low[:4])
    return None


def gather_people(parsed: Parsed, founds: Sequence[Found], chronology: Chronology) -> People:
    """
    The persons of a report.

    Names are joined where the later is the former's surname, or a longer form of it, and no first names
    differ. What the report says of a person's office and state beats the dated table of office holders, but
    where the table has that office of another state in these hands; the table, read for the year of
    publication, beats the nearest nation named before.
    """
    people = People([], {}, {})
    for i, found in enumerate(founds):
        if found.label == "PER":
            _join(parsed, founds, people, i)
    by_start = {found.start: found for found in founds}
    by_end = {found.end: found for found in founds}
    for i, found in enumerate(founds):
        if found.label == "ROLE":
            nation = (
                nation_before(parsed, by_end, found.start)[0] or nation_after(parsed, by_start, found.end)[0]
            )
            people.roles[i] = with_coordinated(
                parsed, found, read_role(parsed, found, nation), by_start, by_end
            )
    _seat(parsed, founds, people)
    mentioned = Counter(p for found in founds for hit in found.inner for p in hit.sense.parties)
    year = year_of(chronology)
    for person in people.persons:
        _place(parsed, founds, person, by_start, by_end, year)
    for person in people.persons:
        if not person.parties:
            _from_table(person, year, mentioned)
    publisher = publisher_party(parsed)
    for person in people.persons:
        if (
            publisher
            and not person.parties
            and _is_ours(parsed, founds, person)
            and not cannot_head(person.key, person.office, publisher, year)
        ):
            person.parties = (publisher,)
            note = "a government's own report speaks of its own officials"
            person.reasons.append(Reason("actor.person.publisher", note))
    elsewhere = _unseated(people)
    for person in people.persons:
        if not person.parties and not person.former:
            _from_role_elsewhere(elsewhere, person, year) or _from_context(parsed, founds, person, year)
    for i, person in enumerate(people.persons):
        for party in person.parties:
            people.by_party[party].append(i)
    return people


def _is_ours(parsed: Parsed, founds: Sequence[Found], person: Person) -> bool:
    """
    Whether somebody without a stated state is the publishing government's own official.

    Only those in office who act at their first mention, or stand in the headline or after "by" and "from";
    whoever others met "with" is the other side's.
    """
    if not any(role.acts in {"state", "body"} and not role.former for role in person.roles):
        return False
    first = founds[person.finds[0]]
    sentence = parsed.sentences[parsed.tokens[first.start].sentence]
    before = set(words_between(parsed, sentence.start_token, first.start))
    if before & {"with", "between", "my", "your"}:
        return False
    subject = any(token.dep.startswith("nsubj") for token in parsed.tokens[first.start : first.end])
    return subject or sentence.block is BlockKind.HEADLINE or bool(before & {"by", "from"})


def publisher_party(parsed: Parsed) -> str | None:
    """The state whose government published the report itself ("The White House"), None for other outlets."""
    name = parsed.document.publisher or ""
    for start, end, _, sense in gazetteer().find(name):
        plain = name[:start].strip().lower() in {"", "the"} or sense.kind == "state"
        if plain and (
            sense.kind == "metonym"
            or (sense.kind == "state" and _GOVERNMENTAL.search(name[:start] + name[end:]))
        ):
            return sense.parties[0]
    return None


def _join(parsed: Parsed, founds: Sequence[Found], people: People, i: int) -> None:
    """Add a name to the person that bears it, or make a new person."""
    found = founds[i]
    name = parsed.span(found.start, found.end).exact
    key = words(name)
    if not key:
        return
    gender = _gender(parsed, found, key)
    best = _bearer(people, key, gender)
    if best is None:
        people.persons.append(Person(name, key))
        best = len(people.persons) - 1
    for word in _handles(key):
        known = people.by_word[word]
        if not known or known[-1] != best:
            known.append(best)
    person = people.persons[best]
    person.finds.append(i)
    person.gender = person.gender or gender
    if (len(key), len(name)) > (len(person.key), len(person.name)):
        person.name, person.key = name, key
    people.of_find[i] = best


def _gender(parsed: Parsed, found: Found, key: tuple[str, ...]) -> str:
    before = parsed.tokens[found.start - 1].lower if found.start else ""
    titled = len(key) == 1 and _titled_gender(before, key[0])
    if titled:
        return titled
    if before in _FEMALE or (len(key) > 1 and (key[0] in female_names() or " ".join(key) in female_names())):
        return "f"
    return "m" if before in _MALE else ""


def _titled_gender(title: str, surname: str) -> str:
    """Gender of whoever has a surname and title in the table ("President Bush" is a man), "" if not one."""
    table = offices()
    if title not in table:
        return ""
    first = {words(t.name)[0] for t in holders().surnamed(surname) if fits(table[title][0], t.office)}
    return "" if not first or first & female_names() else "m"


def _handles(key: tuple[str, ...]) -> set[str]:
    """Words by which a person may be found again: those of the name, and the standard names of the table."""
    return {*_bare(key), *(term.name for term in holders().keyed(key))}


def _bearer(people: People, key: tuple[str, ...], gender: str) -> int | None:
    """The person, latest named first, whose name ``key`` may be."""
    persons = people.persons
    near = {i for word in _handles(key) for i in people.by_word.get(word, ())[-MOST_NAMESAKES:]}
    candidates = [i for i in sorted(near) if _same_name(persons[i].key, key)]
    candidates = [i for i in candidates if not (gender and persons[i].gender and gender != persons[i].gender)]
    if not candidates:
        return None
    exact = [i for i in candidates if persons[i].key == key]
    surname = [i for i in candidates if surname_of(persons[i].key) == surname_of(key)]
    return max(exact or surname or candidates, key=lambda i: (len(persons[i].key) > 1, persons[i].finds[-1]))


def _same_name(known: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: first names not different, or one name inside the other."""
    if known == key:
        return True
    short, long = sorted((_bare(known), _bare(key)), key=len)
    if not short or not long:
        return False
    if len(short) == 1:
        return short[0] in {long[-1], long[0]} or (len(long) > 2 and short[0] in long[-2:])
    if short == long[: len(short)] or short == long[-len(short) :]:
        return True
    if set(short) <= set(long):
        return True
    if short[-1] != long[-1]:
        return _listed_alike(short, long)
    return _first_alike(short[0], long[0]) or _listed_alike(short, long)


def _bare(key: tuple[str, ...]) -> tuple[str, ...]:
    """A name's words without suffixes and Arabic articles."""
    kept = tuple(word for word in key if word not in SUFFIXES and word not in {"al", "el"})
    return kept or key


def _first_alike(one: str, other: str) -> bool:
    if one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return True
    return other in pairing("nicknames").get(one, ())


def _listed_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the table of holders gives both as spellings of one person."""
    first, second = holders().keyed(one), holders().keyed(other)
    return bool({term.name for term in first} & {term.name for term in second})


def _seat(parsed: Parsed, founds: Sequence[Found], people: People) -> None:
    """Give roles to the persons they stand next to: "Minister X", "X, the minister", "the minister, X"."""
    tokens = parsed.tokens
    for i, found in enumerate(founds):
        role = people.roles.get(i)
        if role is None:
            continue
        after = i + 1 if i + 1 < len(founds) else None
        if role.plural:
            continue
        if after is not None and founds[after].label == "PER" and _adjoins(parsed, found, founds[after]):
            _give(people, i, people.of_find.get(after), role)
            continue
        before = i - 1
        while (
            before >= 0
            and founds[before].label in {"NORP", "GPE", "ORG"}
            and found.start - founds[before].start <= 3
        ):
            before -= 1
        if before >= 0 and founds[before].label == "PER" and _apposed(parsed, founds[before], found):
            _give(people, i, people.of_find.get(before), role)
            continue
        if after is not None and founds[after].label == "ROLE" and after + 1 < len(founds):
            follow = founds[after + 1]
            between = [token.lower for token in tokens[found.end : founds[after].start]]
            if (
                between in (["and"], [","])
                and follow.label == "PER"
                and _adjoins(parsed, founds[after], follow)
                and (between == [","] or not role.parties)
            ):
                _give(people, i, people.of_find.get(after + 1), role)


def _adjoins(parsed: Parsed, role: Found, name: Found) -> bool:
    """Whether a name follows a role at once, or set off by commas ("the minister, X, said")."""
    tokens = parsed.tokens
    between = [token.lower for token in tokens[role.end : name.start]]
    if tokens[role.start].sentence != tokens[name.start].sentence:
        return False
    if not between or (
        len(between) == 1 and between[0] in {"mr.", "mr", "ms.", "mrs.", "-", "dr.", "general", "sheikh"}
    ):
        return True
    closing = tokens[name.end].lower if name.end < len(tokens) else "."
    commas = [k for k, word in enumerate(between) if word == ","]
    return (
        len(commas) == 1
        and between[-1] == ","
        and len(between) <= 9
        and closing in {",", ".", ";", "(", "said", "says"}
        and (len(between) == 1 or between[0] in {"to", "of", "for", "in", "on"})
    )


def _apposed(parsed: Parsed, name: Found, role: Found) -> bool:
    """Whether a role explains the name before it ("X, the Russian minister", "X is the minister")."""
    tokens = parsed.tokens
    if tokens[role.start].sentence != tokens[name.start].sentence:
        return False
    between = [token.lower for token in tokens[name.end : role.start]]
    after = tokens[role.end].lower if role.end < len(tokens) else "."
    small = {"the", "a", "an", "his", "her", "its", "new", "former", "'s", "’s", "senior", "top", "their"}
    if between and between[0] == ",":
        rest = [word for word in between[1:] if word not in small]
        return len(between) <= 6 and len(rest) <= 1 and after != "'s" and not _speaks_behind(parsed, role)
    if between and between[0] in {"is", "was", "as", "who", "became", "becomes"}:
        return len(between) <= 4 and all(word in small | {"is", "was"} for word in between[1:])
    return False


def _speaks_behind(parsed: Parsed, role: Found) -> bool:
    """
    Whether a verb has the role as subject and its clause before it ("they will meet X, an envoy said").

    Where the parse has it otherwise, the missing comma tells: "said" stands right behind, and a verb before.
    """
    tokens = parsed.tokens
    for token in tokens[role.start : role.end]:
        if token.dep == "nsubj" and token.head >= role.end:
            return any(clause < role.start for clause in parsed.children_by(token.head, "ccomp"))
    start = parsed.sentences[tokens[role.start].sentence].start_token
    said = role.end < len(tokens) and tokens[role.end].lower in {"said", "says"}
    return said and any(token.tag in {"VBD", "VBZ", "VBP", "MD"} for token in tokens[start : role.start])


def _give(people: People, role_index: int, person_index: int | None, role: Role) -> None:
    if person_index is None:
        return
    people.of_find[role_index] = person_index
    person = people.persons[person_index]
    person.roles.append(role)
    if role.former and not person.office:
        person.former = True
    if role.office and not role.former and (not person.office or role.parties):
        person.office, person.office_words, person.former = role.office, role.words, False


def _place(
    parsed: Parsed,
    founds: Sequence[Found],
    person: Person,
    by_start: dict[int, Found],
    by_end: dict[int, Found],
    year: int | None,
) -> None:
    """For whom a person acts, as the report says: in the role, or in the words next to the name."""
    known = _listed(person.key)
    for role in person.roles:
        if (
            role.parties
            and not role.former
            and role.acts != "none"
            and not serves_another(known, role.office, role.parties, year)
        ):
            person.parties, person.stated = role.parties, True
            person.reasons.append(Reason("actor.person.role", f"the report calls {person.name} {role.words}"))
            return
    for i in person.finds:
        found = founds[i]
        parties, nation = nation_after(parsed, by_start, found.end)
        if not parties:
            parties, nation = nation_before(parsed, by_end, found.start)
        if not parties and person.roles:
            parties, nation = _in_brackets(parsed, by_start, found.end)
        if (
            parties
            and nation is not None
            and not person.former
            and person.office not in {"mayor", "governor", "first lady"}
            and not serves_another(known, person.office, parties[:1], year)
        ):
            person.parties, person.stated = parties[:1], True
            person.reasons.append(
                Reason(
                    "actor.person.nation-beside",
                    "a nation or body stands beside the name",
                    (_span(parsed, nation),),
                )
            )
            return


def _in_brackets(
    parsed: Parsed, by_start: dict[int, Found], end: int
) -> tuple[tuple[str, ...], Found | None]:
    """Parties in "Lavrov (Russia)"."""
    if end < len(parsed.tokens) and parsed.tokens[end].text == "(":
        found = by_start.get(end + 1)
        if found is not None and found.sense is not None and found.sense.kind in {"state", "organisation"}:
            return found.sense.parties, found
    return (), None


def _span(parsed: Parsed, found: Found) -> Span:
    return parsed.span(found.start, found.end)


def _from_table(person: Person, year: int | None, mentioned: Counter[str]) -> None:
    """Party and office from the dated table, where it leaves one choice."""
    terms, how = _candidates(person)
    private = all(role.acts == "none" and role.office not in {"", "mediator"} for role in person.roles)
    if not terms or (person.roles and private and how == "name" and not person.former):
        return
    if year is not None:
        terms = [term for term in terms if term.held(year, 1)] or (
            [] if how == "surname" else _nearest(terms, year)
        )
    if person.former:
        return
    terms = [term for term in terms if not term.office.startswith("former")] or terms
    asked = person.office
    if asked and asked not in {"official", "chief", "leader"}:
        fitting = [term for term in terms if fits(asked, term.office)]
        if fitting or how == "surname":
            terms = fitting
    if how == "surname":
        terms = _near(terms, mentioned, named=bool(asked))
    parties = list(dict.fromkeys(term.party for term in terms))
    if len(parties) > 1:
        spoken = [party for party in parties if mentioned.get(party)]
        parties = spoken if len(spoken) == 1 else _longest_served(terms, spoken or parties)
    if not parties:
        return
    chosen = [term for term in terms if term.party == parties[0]]
    person.parties = (parties[0],)
    held = {office_class(term.office) for term in chosen}
    if not person.office and len(held) == 1:
        person.office = office_class(chosen[0].office)
        person.office_words = chosen[0].office
    elif not person.office:
        person.listed = frozenset(held)
    listed = "; ".join(
        f"{term.name}: {term.office}, {term.party}, {term.start} to {term.end or 'now'}"
        for term in chosen[:3]
    )
    person.reasons.append(Reason(f"actor.person.table-{how}", f"table of office holders: {listed}"))


def _longest_served(terms: Sequence[Term], parties: Sequence[str]) -> list[str]:
    """Of several parties the one that somebody served far longer than the others, if there is one."""
    years = {
        party: max((term.end or OPEN_END) - term.start for term in terms if term.party == party)
        for party in parties
    }
    ranked = sorted(parties, key=lambda party: -years[party])
    much = len(ranked) > 1 and years[ranked[0]] >= 5 and years[ranked[0]] >= 3 * max(1, years[ranked[1]])
    return ranked[:1] if much else []


def _candidates(person: Person) -> tuple[list[Term], str]:
    """Terms of whoever may be meant, and whether by the full name or by the surname alone."""
    table = holders()
    if terms := _listed(person.key):
        return terms, "name"
    for role in person.roles:
        terms = table.keyed(words(f"{role.words.split()[-1]} {person.name}"))
        if terms:
            return terms, "name"
    if len(person.key) > 1:
        terms = table.sounding(person.name)
        return (terms, "name") if terms else (table.ending(person.key), "surname")
    return table.surnamed(person.key[0]), "surname"


def _listed(key: tuple[str, ...]) -> list[Term]:
    """Terms of whoever bears a name of several words, suffixes and middle names aside."""
    if len(key) < 2:
        return []
    table = holders()
    return table.keyed(key) or table.keyed(_bare(key)) or table.keyed((key[0], surname_of(key)))


def _nearest(terms: list[Term], year: int) -> list[Term]:
    """Terms that end or begin nearest to a year outside all of them, at most ten years off."""
    gaps = [(min(abs(year - term.start), abs(year - (term.end or year))), term) for term in terms]
    least = min(gap for gap, _ in gaps)
    return [term for gap, term in gaps if gap == least] if least <= 10 else []


def _near(terms: list[Term], mentioned: Counter[str], *, named: bool) -> list[Term]:
    """Of those who share a surname, the ones whose party the report names or whom the office singles out."""
    spoken = [term for term in terms if mentioned.get(term.party)]
    if spoken:
        return spoken
    everyone = {term.name for term in terms}
    return terms if named and len(everyone) <= 2 else []


def _unseated(people: People) -> dict[str, set[tuple[str, ...]]]:
    """Parties of each office that the report names without its holder."""
    found: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for i, role in people.roles.items():
        if role.parties and not role.plural and i not in people.of_find:
            found[role.office].add(role.parties)
    return found


def _from_role_elsewhere(
    elsewhere: dict[str, set[tuple[str, ...]]], person: Person, year: int | None
) -> bool:
    """Party from the same office named elsewhere with its nation ("the Iranian foreign minister")."""
    if not person.office:
        return False
    parties = elsewhere.get(person.office, set())
    if not parties:
        parties = {one for asked, named in elsewhere.items() if fits(asked, person.office) for one in named}
    if len(parties) != 1 or any(
        cannot_head(person.key, person.office, one, year) for named in parties for one in named
    ):
        return False
    person.parties = next(iter(parties))
    person.reasons.append(
        Reason("actor.person.same-office", f"the report names a {person.office} of that party")
    )
    return True


def _from_context(parsed: Parsed, founds: Sequence[Found], person: Person, year: int | None) -> bool:
    """
    Party from the nearest state named before in the same or the last sentence, for offices of state.

    Only a state's own offices, and only for the first mention; a guess that the reason names as one.
    """
    if not any(role.office in word_set("head-offices") and not role.former for role in person.roles):
        return False
    first = founds[person.finds[0]]
    sentence = parsed.tokens[first.start].sentence
    for i in range(person.finds[0] - 1, -1, -1):
        found = founds[i]
        where = parsed.tokens[found.start].sentence
        if where < sentence - 1:
            break
        sense = found.sense
        if (
            sense is not None
            and sense.kind in {"state", "adjective", "people", "capital"}
            and found.label in {"GPE", "NORP"}
        ):
            if any(cannot_head(person.key, person.office, one, year) for one in sense.parties):
                return False
            person.parties = sense.parties
            person.reasons.append(
                Reason("actor.person.context", "the nearest state named before", (_span(parsed, found),))
            )
            return True
    return False


def may_be(person: Person, office: str) -> bool:
    """Whether a person answers to an office, by the report or else by the table."""
    held = {person.office} if person.office else person.listed
    return bool(office) and any(fits(office, one) for one in held)


def of_same_office(people: People, parties: Iterable[str], office: str, before: int) -> list[int]:
    """Persons named before name ``before`` with one of these parties whose office answers to ``office``."""
    near = {i for party in parties for i in people.by_party.get(party, ())[:MOST_OF_PARTY]}
    persons = people.persons
    return [i for i in sorted(near) if persons[i].finds[0] < before and may_be(persons[i], office)]
