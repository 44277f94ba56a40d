"""Noun phrases that stand for actors without naming them: "Russian officials", "the rebels", "both sides"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.actors.names import Found
from dragoman.actors.syntax import is_possessive, sides_with
from dragoman.actors.tables import nouns, word_set
from dragoman.model import Parsed

# How many parties a word asks for; ALL of a forum's.
ALL = 99
COUNTS = {"all": ALL, "two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
LANDS = frozenset({"country", "nation", "state"})
# Kinds of senses that can qualify a noun as somebody's.
_QUALIFIES = frozenset(
    {
        "state",
        "adjective",
        "people",
        "faction",
        "organisation",
        "office",
        "group",
        "capital",
        "region",
        "metonym",
    }
)
_MODIFIERS = frozenset({"JJ", "JJS", "JJR", "NN", "NNP", "NNPS", "NNS", "VBG", "VBN", "CD", "HYPH"})
_FARTHEST = 6


@dataclass(frozen=True, slots=True)
class Nominal:
    """
    A noun phrase that stands for an actor.

    Attributes:
        start, end, head: tokens.
        kind: agents, body, armed, pair, land, union, band or counterpart.
        nations: indices of the names that qualify it, in or beside it.
        inside: those of them that the phrase covers.
        count: number of parties that "both", "the two", "three" ask for; 0 for none.
    """

    start: int
    end: int
    head: int
    kind: str
    nations: tuple[int, ...] = ()
    inside: tuple[int, ...] = ()
    count: int = 0


def find_nominals(parsed: Parsed, founds: Sequence[Found]) -> list[Nominal]:
    """Noun phrases that stand for actors, in order, outside the names but for those that qualify them."""
    at_token = {i: k for k, found in enumerate(founds) for i in range(found.start, found.end)}
    table = nouns()
    found: list[Nominal] = []
    taken: set[int] = set()
    for token in parsed.tokens:
        if token.i in at_token or token.i in taken or not token.pos.startswith(("N", "P")):
            continue
        one = _read(parsed, founds, at_token, token.i, table)
        if one is not None and not taken.intersection(range(one.start, one.end)):
            found.append(one)
            taken.update(range(one.start, one.end))
    return found


def _read(
    parsed: Parsed, founds: Sequence[Found], at_token: dict[int, int], head: int, table: dict[str, str]
) -> Nominal | None:
    """The actor phrase that ends at token ``head``, None where its noun is none."""
    token = parsed.tokens[head]
    word = token.lower
    if token.tag == "CD" and token.dep != "nummod" and COUNTS.get(word, ALL) < ALL and head:
        the = parsed.tokens[head - 1].lower in {"the", "these"}
        return Nominal(head, head + 1, head, "pair", count=COUNTS[word]) if the else None
    kind = table.get(word)
    before = parsed.tokens[head - 1].lower if head else ""
    if before in word_set("armed-words") and word in word_set("armed-heads") and head - 1 not in at_token:
        kind = "armed"
    if (
        kind is None
        and word not in word_set("pairs")
        and word not in LANDS | word_set("unions") | word_set("band-nouns")
    ):
        return None
    if _compounds(parsed, head):
        return None
    if word.startswith("counterpart"):
        kind = "counterpart"
    start, names, count, article = _left(parsed, founds, at_token, head)
    if count and word in word_set("pairs") and not names:
        return Nominal(start, head + 1, head, "pair", count=count)
    owner = _owner(parsed, head)
    if (
        owner is not None
        and not names
        and (word in LANDS | word_set("band-nouns") or word in {"government", "delegation", "party", "side"})
    ):
        return Nominal(head, head + 1, head, "own")
    if kind == "armed" and token.tag == "NN" and word in word_set("armed-single"):
        return None
    outside = () if names else _beside(parsed, founds, at_token, start, head, regions=kind == "armed")
    if names or outside:
        if kind == "armed" and not names:
            start = _with_armed_word(parsed, head)
        if kind is None:
            return _of_land(founds, start, head, names, word)
        return Nominal(start, head + 1, head, kind, names or outside, names)
    if kind == "counterpart":
        return Nominal(start, head + 1, head, kind)
    if article and (word in word_set("band-nouns") or kind == "armed") and before not in {"other", "another"}:
        return Nominal(min(start, _with_armed_word(parsed, head)), head + 1, head, "band")
    following = parsed.tokens[head + 1].tag if head + 1 < len(parsed.tokens) else ""
    if article and word in LANDS and not following.startswith(("NN", "IN" if word == "state" else "NN")):
        return Nominal(start, head + 1, head, "land")
    if article and word in word_set("together") and before in {"the", "these"}:
        return Nominal(head, head + 1, head, "pair")
    if article and word in word_set("unions"):
        return Nominal(start, head + 1, head, "union")
    if article and kind == "body" and word == "government":
        return Nominal(start, head + 1, head, "land")
    if kind == "armed" and token.tag in {"NNS", "NNPS"} and not article:
        return Nominal(_with_armed_word(parsed, head), head + 1, head, "armed")
    return None


def _owner(parsed: Parsed, head: int) -> int | None:
    """The possessive pronoun right before a noun ("his country"), None for none."""
    return head - 1 if head and parsed.tokens[head - 1].lower in {"his", "her", "their"} else None


def _with_armed_word(parsed: Parsed, head: int) -> int:
    """Where "rebel groups" starts."""
    return head - 1 if head and parsed.tokens[head - 1].lower in word_set("armed-words") else head


def _of_land(
    founds: Sequence[Found], start: int, head: int, names: tuple[int, ...], word: str
) -> Nominal | None:
    """ "Arab countries", "European nations": a kind of party that keeps its words."""
    if word in {"countries", "nations", "states", "parties"} and names:
        sense = founds[names[0]].sense
        if sense is not None and sense.kind == "faction":
            return Nominal(start, head + 1, head, "kind", names, names)
    return None


def _compounds(parsed: Parsed, head: int) -> bool:
    """Whether the noun only qualifies the next one ("government troops", "rebel leader")."""
    tokens = parsed.tokens
    if head + 1 >= len(tokens) or tokens[head + 1].sentence != tokens[head].sentence:
        return False
    following = tokens[head + 1]
    return (
        following.tag in {"NN", "NNS"}
        and tokens[head].head > head
        and tokens[head].dep in {"compound", "nmod:desc", "nmod", "amod"}
    )


def _left(
    parsed: Parsed, founds: Sequence[Found], at_token: dict[int, int], head: int
) -> tuple[int, tuple[int, ...], int, bool]:
    """Where the phrase starts, names in it that qualify its head, a count of parties, whether definite."""
    tokens = parsed.tokens
    names: list[int] = []
    start, i, count, article = head, head - 1, 0, False
    first = parsed.sentences[tokens[head].sentence].start_token
    while i >= first and head - i <= _FARTHEST + 6:
        index = at_token.get(i)
        token = tokens[i]
        if index is not None:
            found = founds[index]
            if (
                not _qualifies(found)
                or is_possessive(parsed, found.end)
                or _backs(parsed, found)
                or sides_with(parsed, found.start)
            ):
                break
            names.insert(0, index)
            start = i = found.start
            i -= 1
            if not _joined(parsed, at_token, founds, i):
                break
            i = _past_joint(parsed, i)
            continue
        if token.lower in COUNTS:
            count, start = COUNTS[token.lower], i
        elif token.tag == "DT" or token.lower in {"its", "their", "his", "her"}:
            article = token.lower in {"the", "this", "that", "these", "those"}
            if token.lower in {"both", "all"}:
                count, start = COUNTS[token.lower], i
            break
        elif token.tag not in _MODIFIERS or names:
            break
        i -= 1
    if names or count:
        start = min(start, founds[names[0]].start if names else start)
    elif head > first and tokens[head - 1].tag in {"JJ", "NN"} and head - 1 not in at_token:
        start = head
    return start, tuple(names), count, article


def _backs(parsed: Parsed, found: Found) -> bool:
    """Whether a nation only backs or leads what follows ("Ethiopian-backed"); "Khartoum-based" names it."""
    tokens, end = parsed.tokens, found.end
    if end + 1 >= len(tokens) or tokens[end].text not in {"-", "–"}:
        return False
    word = tokens[end + 1].lower
    if word == "based":
        return found.sense is None or found.sense.kind != "capital"
    return word.endswith(("ed", "led", "held", "run", "born"))


def _qualifies(found: Found) -> bool:
    if found.label in {"PER", "ROLE", "DOC", "FORUM"}:
        return False
    if found.sense is not None:
        return found.sense.kind in _QUALIFIES
    return found.label == "NORP"


def _joined(parsed: Parsed, at_token: dict[int, int], founds: Sequence[Found], i: int) -> bool:
    """Whether a coordinated qualifier stands left of token ``i`` ("Israeli and Palestinian negotiators")."""
    if i < 1 or parsed.tokens[i].lower not in {"and", ",", "-", "–", "the", "/", "or"}:
        return False
    at = _past_joint(parsed, i)
    index = at_token.get(at)
    return index is not None and founds[index].label == "NORP" and _qualifies(founds[index])


def _past_joint(parsed: Parsed, i: int) -> int:
    while i > 0 and parsed.tokens[i].lower in {"and", ",", "-", "–", "the", "/", "or"}:
        i -= 1
    return i


def _beside(
    parsed: Parsed, founds: Sequence[Found], at_token: dict[int, int], start: int, head: int, *, regions: bool
) -> tuple[int, ...]:
    """
    Names that qualify a noun from outside: "Iran's delegation", "government of Sudan", "officials from Chad".

    With ``regions`` also "rebels from Aceh".
    """
    tokens = parsed.tokens
    i = start - 1
    while i >= 1 and start - i <= 3 and tokens[i].tag in {"JJ", "JJS", "NN"} and i not in at_token:
        i -= 1
    if i >= 1 and tokens[i].tag == "POS" and i - 1 in at_token:
        found = founds[at_token[i - 1]]
        if found.sense is not None and found.sense.parties and found.label in {"GPE", "ORG", "NORP"}:
            return (at_token[i - 1],)
    i = head + 1
    if i < len(tokens) and tokens[i].lower in ({"of", "from", "in"} if regions else {"of", "from"}):
        names: list[int] = []
        i += 1
        while i < len(tokens) and i - head < 40:
            index = at_token.get(i)
            if index is not None:
                sense = founds[index].sense
                if regions and sense is not None and sense.kind == "region":
                    return (index,)
                if (
                    sense is None
                    or not sense.parties
                    or sense.kind not in {"state", "organisation", "group", "office"}
                ):
                    break
                names.append(index)
                i = founds[index].end
            elif tokens[i].lower in {"the", "and", ",", "both"}:
                i += 1
            else:
                break
        return tuple(names)
    return ()
