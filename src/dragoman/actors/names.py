"""Names of a report: the language model's, corrected and completed by the tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from dragoman.actors.fold import fold
from dragoman.actors.gazetteer import Hit, Sense, find_hits
from dragoman.actors.tables import holders, offices, states, word_set
from dragoman.model import Name, Parsed

# Label of a known name by the kind of what it stands for.
LABELS = {
    "state": "GPE", "capital": "GPE", "city": "GPE", "region": "GPE", "area": "LOC", "site": "LOC",
    "adjective": "NORP", "people": "NORP", "faction": "NORP", "organisation": "ORG", "office": "ORG",
    "group": "ORG", "metonym": "ORG", "forum": "FORUM", "domestic": "ORG", "document": "DOC",
}  # fmt: skip
# Labels of the model that a known name of a kind may keep: they say how it is used here.
KEPT = {
    "state": {"GPE", "NORP", "LOC"}, "capital": {"GPE"}, "city": {"GPE", "LOC"}, "region": {"GPE", "LOC"},
    "area": {"LOC", "GPE"}, "site": {"LOC", "GPE"}, "adjective": {"NORP"}, "people": {"NORP"},
    "faction": {"NORP", "GPE", "LOC", "ORG"}, "organisation": {"ORG", "NORP"}, "office": {"ORG", "FORUM"},
    "group": {"ORG", "NORP"}, "metonym": {"ORG", "LOC", "FORUM"}, "forum": {"FORUM"}, "domestic": {"ORG"},
    "document": {"DOC"},
}  # fmt: skip
# Labels whose longer names hold known names as parts ("Russian Foreign Ministry", "NATO-Russia Council").
WHOLES = frozenset({"ROLE", "ORG", "FORUM", "DOC", "PER", "LOC"})
_NOT_NAMES = frozenset({"the", "a", "an", "he", "she", "it", "they", "this", "that", "we", "i"})


@dataclass(frozen=True, slots=True)
class Found:
    """
    A name in tokens with its label, what the tables know of it, and the known names inside it.

    ``by`` says who found it: "model", "table", "both", or "repeat" for a name found elsewhere in the report.
    """

    label: str
    start: int
    end: int
    sense: Sense | None = None
    inner: tuple[Hit, ...] = ()
    by: str = "model"

    @property
    def size(self) -> int:
        """Number of tokens."""
        return self.end - self.start


def find_names(parsed: Parsed) -> list[Found]:
    """
    The names of a report in order, without overlap.

    Known names win over the model's label; a longer name of the model that holds a known one stays and keeps
    the known one as a part; a known name that the model missed is added, unless its words are also common
    ones. Names of persons found once are found wherever their words stand again.
    """
    hits = find_hits(parsed)
    by_token: defaultdict[int, list[Hit]] = defaultdict(list)  # the tokenizer leaves "U.S.-Russian" whole
    for hit in hits:
        for i in range(hit.start_token, hit.end_token):
            by_token[i].append(hit)
    found: list[Found] = []
    used: set[int] = set()
    for name in _clean(parsed):
        inside = _inside(name, by_token)
        for one in _settle(parsed, name, inside):
            found.append(one)
            used.update(range(one.start, one.end))
    for hit in hits:
        tokens = range(hit.start_token, hit.end_token)
        if (
            hit.surface not in word_set("weak-names")
            and not any(i in used for i in tokens)
            and _stands_alone(parsed, hit)
        ):
            found.append(_of_hit(hit, "table"))
            used.update(tokens)
    found = _known_persons(parsed, found)
    found += _repeats(parsed, found, used)
    found.sort(key=lambda one: one.start)
    found = _halves(parsed, found)
    return [_document(parsed, one) for one in _summits(parsed, _lengthen(parsed, found))]


def _halves(parsed: Parsed, found: list[Found]) -> list[Found]:
    """ "The North", "the South" in a report that names either Korea: the Korean states."""
    named = {party for one in found for hit in one.inner for party in hit.sense.parties}
    if not named & {"PRK", "KOR"}:
        return found
    tokens = parsed.tokens
    at = {i: k for k, one in enumerate(found) for i in range(one.start, one.end)}
    halves = dict(found_at for found_at in enumerate(found))
    extra: list[Found] = []
    for token in tokens:
        code = _KOREAS.get(token.text)
        index = at.get(token.i)
        if code is None or (index is not None and found[index].size > 1):
            continue
        before = tokens[token.i - 1].lower if token.i else ""
        after = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
        paired = (
            after is not None
            and after.lower == "and"
            and token.i + 2 < len(tokens)
            and tokens[token.i + 2].text in _KOREAS
        )
        alone = after is None or not after.tag.startswith(("NN", "JJ"))
        if not (paired or (before in {"the", "to", "by", "with", "and"} and alone)):
            continue
        sense = Sense("state", states()[code].name, (code,), code)
        hit = Hit(token.start, token.end, token.i, token.i + 1, token.text, sense)
        one = Found("GPE", token.i, token.i + 1, sense, (hit,), "table")
        if index is None:
            extra.append(one)
        else:
            halves[index] = one
    return sorted([*halves.values(), *extra], key=lambda one: one.start)


_KOREAS = {"North": "PRK", "South": "KOR"}


def _lengthen(parsed: Parsed, found: list[Found]) -> list[Found]:
    """Persons' names with the suffix or the first words that the model left off ("Jr.", "To" of "To Lam")."""
    tokens = parsed.tokens
    taken = {i for one in found for i in range(one.start, one.end)}
    known = holders()
    longer: list[Found] = []
    for one in found:
        start, end = one.start, one.end
        if one.label == "PER":
            suffix = end + 1 if end < len(tokens) and tokens[end].text == "," else end
            if (
                suffix < len(tokens)
                and tokens[suffix].lower in {"jr.", "jr", "sr."}
                and not taken.intersection(range(end, suffix + 1))
            ):
                end = suffix + 1
            for left in range(max(0, start - 2), start):
                if (
                    tokens[left].text[:1].isupper()
                    and tokens[left].lower not in offices()
                    and tokens[left].lower not in word_set("titles")
                    and known.named(parsed.span(left, one.end).exact)
                ):
                    start = left
                    break
        if start < one.start:  # the role before it loses the words ("General Secretary To" Lam)
            while longer and longer[-1].start >= start:
                longer.pop()
            if longer and longer[-1].end > start:
                longer[-1] = replace(longer[-1], end=start)
        longer.append(one if (start, end) == (one.start, one.end) else replace(one, start=start, end=end))
    return longer


def _summits(parsed: Parsed, found: list[Found]) -> list[Found]:
    """Bodies and nations with "summit" after them as one forum ("ASEAN summit", "US-EU summit")."""
    tokens = parsed.tokens
    joined: list[Found] = []
    taken = {i: one for one in found for i in range(one.start, one.end)}
    for one in found:
        last = joined[-1] if joined else None
        if last is not None and one.start < last.end:
            continue
        end = _summit_end(parsed, one, taken)
        if end is None:
            joined.append(one)
            continue
        start, inner = one.start, one.inner
        while (
            joined
            and joined[-1].end == start - 1
            and tokens[start - 1].text in {"-", "–"}
            and joined[-1].label in {"GPE", "NORP", "ORG"}
        ):
            before = joined.pop()
            start, inner = before.start, (*before.inner, *inner)
        joined.append(Found("FORUM", start, end, None, inner, "table"))
    return joined


def _summit_end(parsed: Parsed, one: Found, taken: dict[int, Found]) -> int | None:
    """Where a forum made of a body and "summit" ends; None where there is none."""
    tokens = parsed.tokens
    if (
        one.sense is None
        or one.sense.kind not in {"organisation", "state", "adjective", "people"}
        or one.label not in {"ORG", "GPE", "NORP"}
    ):
        return None
    if one.sense.kind != "organisation" and not (one.start and tokens[one.start - 1].text in {"-", "–"}):
        return None
    at = one.end
    if at + 2 < len(tokens) and tokens[at].text == "(" and tokens[at + 2].text == ")":
        at += 3
    steps = 0
    while at < len(tokens) and steps < 4 and tokens[at].sentence == tokens[one.start].sentence:
        if tokens[at].lower in {"summit", "summits"}:
            return at + 1
        if (
            tokens[at].lower
            not in {"leaders", "leaders'", "'", "’", "'s", "’s", "economic", "annual", "leader"}
            or at in taken
        ):
            return None
        at, steps = at + 1, steps + 1
    return None


def _document(parsed: Parsed, one: Found) -> Found:
    """A forum or body whose last word is one for documents is a document."""
    if (
        one.label in {"FORUM", "ORG"}
        and parsed.tokens[one.end - 1].lower in word_set("document-words")
        and (one.sense is None or one.sense.kind != "forum")
    ):
        return replace(one, label="DOC")
    return one


def _clean(parsed: Parsed) -> list[Name]:
    """The model's names without titles of courtesy, articles and the possessive."""
    cleaned = []
    tokens = parsed.tokens
    for name in parsed.names:
        start, end = name.start_token, name.end_token
        while end - start > 1 and tokens[start].lower in word_set("courtesy"):
            start += 1
        if name.label == "PER":
            office = start
            while (
                end - office > 1
                and tokens[office].lower in offices()
                and tokens[office].lower not in word_set("offices-also-names")
            ):
                office += 1
            if office > start:
                cleaned.append(Name("ROLE", start, office))
                start = office
        while end - start > 1 and tokens[end - 1].lower in {"'s", "’s", "'", "’", ",", "."}:
            end -= 1
        words = " ".join(token.lower for token in tokens[start:end])
        if name.label == "PER" and words in offices() and words not in word_set("offices-also-names"):
            cleaned.append(Name("ROLE", start, end))
            continue
        if name.label == "PER" and words in word_set("no-persons"):
            continue
        letter = name.label == "PER" and tokens[end - 1].end - tokens[start].start == 1
        if (end - start > 1 or tokens[start].text[:1].isalnum()) and not letter:
            cleaned.append(Name(_label(name.label, words.split(" ")), start, end))
    return cleaned


def _label(label: str, words: list[str]) -> str:
    """The model's label, but for offices that it takes for places and gatherings taken for offices."""
    if len(words) == 1 and label in {"GPE", "ORG", "LOC"} and words[0] in offices():
        return "ROLE"
    if label == "ROLE" and {"summit", "conference", "talks"}.intersection(words):
        return "FORUM"
    return label


def _inside(name: Name, by_token: dict[int, list[Hit]]) -> list[Hit]:
    """Known names that share a token with ``name``, in order."""
    seen: list[Hit] = []
    for i in range(name.start_token, name.end_token):
        for hit in by_token.get(i, ()):
            if not seen or seen[-1] is not hit:
                seen.append(hit)
    return seen


def _of_hit(hit: Hit, by: str, label: str | None = None) -> Found:
    return Found(label or LABELS[hit.sense.kind], hit.start_token, hit.end_token, hit.sense, (hit,), by)


def _settle(parsed: Parsed, name: Name, inside: list[Hit]) -> list[Found]:
    """What the tables make of one name of the model."""
    start, end = name.start_token, name.end_token
    if not inside:
        return [Found(name.label, start, end)]
    first = inside[0]
    same = first.start_token == start and first.end_token == end
    if same and len(inside) == 1:
        return [_agree(parsed, name, first)]
    if same and name.label in {"GPE", "NORP"}:
        return _split(name, inside)
    covering = [hit for hit in inside if hit.start_token <= start and hit.end_token >= end]
    if covering:
        hit = covering[0]
        keep = name.label == "PER" and hit.sense.kind in {"city", "region", "capital"}
        return [] if keep else [_of_hit(hit, "both")]
    if name.label in {"GPE", "NORP"}:
        return _split(name, inside)
    whole = tuple(hit for hit in inside if hit.start_token >= start and hit.end_token <= end)
    if name.label == "PER":
        return _person_with_parts(name, whole)
    last = whole[-1] if whole else None
    if name.label in {"FORUM", "DOC"} and last is not None and last.end_token == end:
        cut = last.start_token - 1
        if (
            cut > start
            and parsed.tokens[cut].lower == "in"
            and last.sense.kind in {"state", "capital", "city"}
        ):
            return [*_settle(parsed, Name(name.label, start, cut), inside[:-1]), _of_hit(last, "both")]
    if name.label in WHOLES:
        lead = whole[0].sense if len(whole) == 1 and _nearly(parsed, whole[0], start, end) else None
        return [Found(name.label, start, end, lead, whole, "both")]
    return [Found(name.label, start, end, None, whole)]


def _agree(parsed: Parsed, name: Name, hit: Hit) -> Found:
    """A name that model and table bound alike: the table's label, unless the model's says how it is used."""
    label = name.label
    before = parsed.tokens[name.start_token - 1].lower if name.start_token else ""
    somewhere = before in word_set("place-prepositions") and hit.surface not in word_set("weak-names")
    person_too = hit.surface in word_set("weak-names") or hit.sense.kind in {
        "city",
        "region",
        "capital",
        "site",
    }
    if label == "PER" and person_too and not somewhere:
        return Found("PER", name.start_token, name.end_token)
    if label in KEPT[hit.sense.kind]:
        pass
    elif label == "ROLE" and hit.sense.kind in {"adjective", "people", "state"}:
        label = "NORP"
    else:
        label = LABELS[hit.sense.kind]
    return Found(label, name.start_token, name.end_token, hit.sense, (hit,), "both")


def _nearly(parsed: Parsed, hit: Hit, start: int, end: int) -> bool:
    """Whether a known name is all of a longer one but for small words ("the Kremlin", "Hamas movement")."""
    rest = [parsed.tokens[i].lower for i in range(start, end) if not hit.start_token <= i < hit.end_token]
    return all(
        word
        in {
            "the",
            "movement",
            "group",
            "organization",
            "organisation",
            "(",
            ")",
            "party",
            "front",
            "meeting",
            "meetings",
            "session",
        }
        for word in rest
    )


def _split(name: Name, inside: list[Hit]) -> list[Found]:
    """A nation or place that holds several known names ("Russian-American") or one and more words."""
    if len(inside) == 1:
        hit = inside[0]
        if (
            hit.sense.kind in {"state", "capital", "city"}
            and name.label == "GPE"
            and hit.start_token > name.start_token
        ):
            return [Found(name.label, name.start_token, name.end_token, None, (hit,), "both")]
        return [_of_hit(hit, "both", name.label if name.label in KEPT[hit.sense.kind] else None)]
    tokens = {hit.start_token for hit in inside}
    if len(tokens) < len(inside):  # one token holds several, as the tokenizer left "U.S.-Russian" whole
        return [Found("NORP", name.start_token, name.end_token, inside[0].sense, tuple(inside), "both")]
    return [
        _of_hit(hit, "both", name.label if name.label in KEPT[hit.sense.kind] else None) for hit in inside
    ]


def _person_with_parts(name: Name, whole: tuple[Hit, ...]) -> list[Found]:
    """A person's name that begins with a nation or body is two names ("Israeli Peres"); else it is one."""
    if (
        whole
        and whole[0].start_token == name.start_token
        and whole[0].sense.kind in {"adjective", "organisation"}
    ):
        rest = Found("PER", whole[0].end_token, name.end_token)
        return [_of_hit(whole[0], "both"), rest] if rest.size else [_of_hit(whole[0], "both")]
    return [Found("PER", name.start_token, name.end_token)]


def _stands_alone(parsed: Parsed, hit: Hit) -> bool:
    """Whether a known name that the model missed is no part of a longer proper name ("Paris Hilton")."""
    if hit.sense.kind not in {"city", "capital", "region", "site"}:
        return True
    tokens = parsed.tokens
    after = tokens[hit.end_token] if hit.end_token < len(tokens) else None
    return not (after is not None and after.tag == "NNP" and after.text[:1].isupper() and after.dep == "flat")


def _known_persons(parsed: Parsed, found: list[Found]) -> list[Found]:
    """A lone word that the model took for a body or place is a person where the report has the full name."""
    tokens = parsed.tokens
    surnames = {tokens[one.end - 1].text for one in found if one.label == "PER" and one.size > 1}
    return [
        replace(one, label="PER")
        if one.size == 1 and one.sense is None and one.label != "ROLE" and tokens[one.start].text in surnames
        else one
        for one in found
    ]


def _repeats(parsed: Parsed, found: list[Found], used: set[int]) -> list[Found]:
    """Other places where a person's full name or surname stands, capitalised, that nobody marked."""
    tokens = parsed.tokens
    surnames: dict[str, tuple[str, ...]] = {}
    for one in found:
        if one.label == "PER":
            last = tokens[one.end - 1].text
            if len(last) > 2 and last[0].isupper() and fold(last) not in _NOT_NAMES:
                surnames[last] = tuple(token.text for token in tokens[one.start : one.end])
    if not surnames:
        return []
    extra: list[Found] = []
    forms: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for last, form in surnames.items():
        forms[last].add(form)
    for token in tokens:
        if token.i in used or token.text not in surnames or token.tag not in {"NNP", "NNPS", "NN"}:
            continue
        if (
            token.i
            and tokens[token.i - 1].tag == "NNP"
            and tokens[token.i - 1].i in used
            and token.dep == "flat"
        ):
            continue
        extra.append(Found("PER", token.i, token.i + 1, by="repeat"))
        used.add(token.i)
    return extra
