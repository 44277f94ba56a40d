"""Roles: which office "Russian deputy foreign minister" is, and for whom its holder acts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.actors.names import Found
from dragoman.actors.syntax import is_possessive, sides_with
from dragoman.actors.tables import offices, pairing, word_set
from dragoman.model import Parsed

# Words right of which a nation in a role is not whom its holder acts for ("ambassador to Iraq").
_TOWARD = frozenset({"to", "for", "in", "on", "at"})
_PAST = frozenset({"former", "ex", "ex-", "late", "onetime"})
_PLURAL_OFFICES = frozenset({"heads of state", "heads of state and government", "heads of government"})
_LONGEST = 6


def office_class(office: str) -> str:
    """The class of an office as the table of holders words it."""
    return pairing("office-class").get(office, (office,))[0]


def fits(asked: str, held: str) -> bool:
    """Whether someone who holds ``held`` may be called by ``asked``."""
    held = office_class(held)
    return asked == held or held in pairing("takes-in").get(asked, ())


@dataclass(frozen=True, slots=True)
class Role:
    """
    What a role says.

    Attributes:
        office: class of the office, "" where the words are not known.
        words: the role's own words.
        acts: for whom a holder without a stated nation acts: state, body, group, none.
        parties: whom the role itself names.
        former: "former", "late": the holder no longer acts for anybody by it.
        plural: several persons.
    """

    office: str
    words: str
    acts: str
    parties: tuple[str, ...]
    former: bool
    plural: bool


def read_role(parsed: Parsed, found: Found, nation: tuple[str, ...]) -> Role:
    """
    What a role says of its holder.

    Args:
        parsed: the report.
        found: the role.
        nation: parties named right before or after it ("Iran's", "of Iran"), used where it names none itself.
    """
    tokens = parsed.tokens[found.start : found.end]
    lower = [token.lower for token in tokens]
    office, acts, words = _office(lower)
    before = parsed.tokens[found.start - 1].lower if found.start else ""
    former = before in _PAST or bool(_PAST.intersection(lower))
    plural = words in _PLURAL_OFFICES or _is_plural(words)
    return Role(
        office,
        parsed.span(found.start, found.end).exact,
        acts,
        _named(parsed, found, words) or nation,
        former,
        plural,
    )


def _is_plural(words: str) -> bool:
    """Whether an office's words stand for several holders: their singular is listed too."""
    singular = {
        words.removesuffix("s"),
        words.replace("men", "man"),
        words.replace("ies", "y"),
        words.replace("secretaries", "secretary"),
    }
    return any(one != words and one in offices() for one in singular)


def _office(lower: list[str]) -> tuple[str, str, str]:
    """Class, for whom, and words of the office in a role: the longest known, the first of these."""
    table = offices()
    for size in range(min(_LONGEST, len(lower)), 0, -1):
        for start in range(len(lower) - size + 1):
            words = " ".join(lower[start : start + size]).replace(" - ", "-")
            if words in table:
                office, acts = table[words]
                return office, acts, words
    return "", "body" if word_set("in-office").intersection(lower) else "none", ""


def _named(parsed: Parsed, found: Found, office: str) -> tuple[str, ...]:
    """
    Parties that a role names: "EU" in "EU envoy to Sudan"; both in "French and German ministers".

    A name that is part of the office's words is nobody's: the secretary of a state's security council.
    """
    parties: list[str] = []
    last = found.start
    for hit in found.inner:
        sense = hit.sense
        before = [
            token.lower for token in parsed.tokens[max(found.start, hit.start_token - 2) : hit.start_token]
        ]
        named = parsed.span(hit.start_token, hit.end_token).exact.lower()
        if (
            f" {named} " in f" {office} "
            or _TOWARD.intersection(before)
            or sides_with(parsed, hit.start_token)
            or sense.kind in {"city", "region", "area", "site"}
            or not sense.parties
        ):
            continue
        if hit.end_token == found.end and is_possessive(parsed, found.end) and "of" in before:
            continue  # "leader of Colombia's largest rebel group" leads the group
        joined = hit.start_token - last <= 2 and any(
            token.lower in {"and", ",", "-", "/"} for token in parsed.tokens[last : hit.start_token]
        )
        if parties and not joined:
            break
        parties += [party for party in sense.parties if party not in parties]
        last = hit.end_token
    return tuple(parties)


def with_coordinated(
    parsed: Parsed, found: Found, role: Role, by_start: dict[int, Found], by_end: dict[int, Found]
) -> Role:
    """A role for several with all nations beside it ("U.S. and Russian envoys", "kings of A and B")."""
    if not role.plural:
        return role
    parties, at = list(role.parties), found.start
    after = found.end
    while after < len(parsed.tokens) and parsed.tokens[after].sentence == parsed.tokens[at].sentence:
        one = by_start.get(after)
        if one is not None and one.sense is not None and one.sense.kind == "state" and one.label == "GPE":
            parties += [party for party in one.sense.parties if party not in parties]
            after = one.end
        elif one is None and parsed.tokens[after].lower in (
            {"of", "the", ",", "and"} if parties else {"of", "the"}
        ):
            after += 1
        else:
            break
    while at > 1 and parsed.tokens[at - 1].lower in {"and", ","}:
        before = by_end.get(at - 1)
        if before is None and at > 2 and parsed.tokens[at - 2].text == ",":
            before = by_end.get(at - 2)
        if before is None or before.label != "NORP" or before.sense is None:
            break
        parties = [*(party for party in before.sense.parties if party not in parties), *parties]
        at = before.start
    return replace(role, parties=tuple(parties))


def nation_before(
    parsed: Parsed, by_end: dict[int, Found], start: int
) -> tuple[tuple[str, ...], Found | None]:
    """Parties of the nation or body right before token ``start``: "Iran's", "Israeli", "Hamas"."""
    tokens = parsed.tokens
    at = start
    if at < len(tokens) and sides_with(parsed, at) and tokens[at - 1].text in {"-", "–"}:
        at -= 2
    while at > 0 and start - at < 5 and tokens[at - 1].tag in {"JJ", "JJS"} and at not in by_end:
        at -= 1
    possessive = at > 0 and tokens[at - 1].tag == "POS"
    found = by_end.get(at - 1 if possessive else at)
    if found is not None and (start >= len(tokens) or tokens[found.start].sentence != tokens[start].sentence):
        return (), None
    if found is None or found.sense is None or not found.sense.parties or sides_with(parsed, found.start):
        return (), None
    if (
        possessive
        or found.label in {"NORP", "ORG"}
        or found.sense.kind in {"adjective", "state", "organisation", "group"}
    ):
        parties = (
            tuple(dict.fromkeys(p for hit in found.inner for p in hit.sense.parties)) or found.sense.parties
        )
        return (parties, found) if possessive or not is_possessive(parsed, found.end) else ((), None)
    return (), None


def nation_after(
    parsed: Parsed, by_start: dict[int, Found], end: int, *, capitals: bool = False
) -> tuple[tuple[str, ...], Found | None]:
    """Parties of the nation in "of Iran" right after a name or role; with ``capitals`` also "in Tehran"."""
    tokens = parsed.tokens
    at = end
    inside = at < len(tokens) and tokens[at].lower == "in" and capitals
    if (
        at + 1 >= len(tokens)
        or not (tokens[at].lower == "of" or inside)
        or tokens[at].sentence != tokens[end - 1].sentence
    ):
        return (), None
    at += 1
    while at < len(tokens) and tokens[at].tag == "DT":
        at += 1
    found = by_start.get(at)
    if found is None or found.sense is None or found.sense.kind in {"city", "region", "area"}:
        return (), None
    if inside != (found.sense.kind == "capital"):
        return (), None
    return found.sense.parties, found
