"""
Lists of participants read from left to right, where word order says more than a parse that may err.

"talks with X, Y and Z", "between the A and the B", "X-Y summit": what follows "with" up to the next verb
or preposition, and what stands before the noun up to its determiner.
"""

from __future__ import annotations

from dragoman.events.nouns import BODY_NOUNS
from dragoman.events.participants import participants
from dragoman.events.scene import Participant, Scene
from dragoman.events.syntax import is_passive, obliques, surface_subjects
from dragoman.events.tables import triggers
from dragoman.model import Mention, Use

LIST_WORDS = frozenset(
    {",", "and", "as", "well", "both", "'s", "’s", "of", "-", "–", "&", "then", "also", "including"}
)
LIST_POS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "CCONJ", "SYM"})
OPENERS = frozenset({"with", "between", "among"})
REACH = 9  # tokens from a trigger to the "with" that names the other side
SELF_WORDS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their"})
LONGEST = 60  # tokens of a list


def listed_after(scene: Scene, start: int) -> tuple[Participant, ...]:
    """Participants in the list that begins at token ``start``, in order."""
    parsed = scene.parsed
    found: list[Participant] = []
    end = parsed.sentences[parsed.tokens[start].sentence].end_token
    i = start
    while i < min(end, start + LONGEST):
        mention = scene.actors.at(i)
        if mention is not None:
            participant = _participant(scene, mention)
            if participant is not None:
                _add(scene, found, participant, mention)
            elif mention.use in {Use.FORUM, Use.DOCUMENT}:
                break
            i = max(mention.end_token, i + 1)
            continue
        if not _goes_on(scene, i, end):
            break
        i += 1
    return tuple(found)


def _goes_on(scene: Scene, i: int, end: int) -> bool:
    """Whether the list goes on over token ``i``, which is no mention."""
    token = scene.parsed.tokens[i]
    if token.text == ",":
        return _list_after_comma(scene, i + 1, end)
    if i in scene.timex_at:
        return False
    if token.lower in {"of", "from"}:
        before = scene.parsed.tokens[i - 1]
        return before.lemma.lower() in BODY_NOUNS or scene.actors.at(i - 1) is not None
    return token.lower in LIST_WORDS or token.pos in LIST_POS or token.tag in {"VBG", "VBN"}


def _list_after_comma(scene: Scene, i: int, end: int) -> bool:
    """Whether a comma leads to another member or an apposition, not to a new clause with its subject."""
    steps = 0
    while i < end and steps < 6:
        token = scene.parsed.tokens[i]
        mention = scene.actors.at(i)
        if mention is not None:
            head = scene.parsed.tokens[mention.head_token]
            if head.dep.startswith("nsubj") and head.head > mention.start_token:
                return False
            after = mention.end_token
            return not (after < end and scene.parsed.tokens[after].tag in {"VBD", "VBZ", "VBP", "MD"})
        listing = token.lower in {"as", "well", "including"}
        if not listing and token.pos not in {"DET", "ADJ", "NOUN", "PROPN", "CCONJ", "PRON", "NUM", "PART"}:
            return False
        i, steps = i + 1, steps + 1
    return False


def _participant(scene: Scene, mention: Mention) -> Participant | None:
    if mention.use in {Use.FORUM, Use.DOCUMENT}:
        return None
    if scene.parsed.tokens[mention.head_token].tag == "PRP$":
        return None
    if mention.use is Use.MODIFIER and not _modifies_body(scene, mention):
        return None
    after = mention.end_token
    if (
        after < len(scene.parsed.tokens)
        and scene.parsed.tokens[after].text in {"'s", "’s"}
        and mention.label != "GPE"
    ):
        return None  # "Garang's army": the army takes part
    parties, people = scene.party_codes(mention), scene.people(mention)
    if not parties and not people and scene.parsed.tokens[mention.head_token].lemma == "government":
        parties = scene.home  # "the government" of the state that the report is about
    if not parties and not people:
        return None
    return Participant(parties, people, mention.span, mention.head_token)


def _modifies_body(scene: Scene, mention: Mention) -> bool:
    """Whether a nation stands before people or a body ("Indian leaders"), or is itself a plural people."""
    tokens = scene.parsed.tokens
    if tokens[mention.end_token - 1].tag == "NNPS":
        return True
    for i in range(mention.end_token, min(mention.end_token + 4, len(tokens))):
        if tokens[i].lemma.lower() in BODY_NOUNS:
            return True
        if tokens[i].pos not in {"ADJ", "NOUN", "PROPN", "CCONJ", "PUNCT", "PART"}:
            return False
    return False


def _add(scene: Scene, found: list[Participant], participant: Participant, mention: Mention) -> None:
    """Add a member; a name right after its role completes it."""
    if found:
        last = found[-1]
        gap = mention.start_token - last.head
        completes = not last.people or set(participant.people) <= set(last.people)
        same = not participant.parties or not last.parties or set(participant.parties) == set(last.parties)
        if mention.label == "PER" and completes and same and gap < 8 and not _coordinated(scene, mention):
            found[-1] = Participant(
                last.parties or participant.parties,
                participant.people or last.people,
                last.span,
                participant.head,
            )
            return
    found.append(participant)


def _coordinated(scene: Scene, mention: Mention) -> bool:
    return mention.start_token > 0 and scene.parsed.tokens[mention.start_token - 1].lower == "and"


def opposite(scene: Scene, trigger: int) -> tuple[Participant, ...]:
    """Who is named after "with" or "between" near the trigger, over dates, places and adverbs."""
    parsed = scene.parsed
    end = parsed.sentences[parsed.tokens[trigger].sentence].end_token
    i = trigger + 1
    while i < min(end, trigger + REACH):
        token = parsed.tokens[i]
        if token.lower in OPENERS:
            return listed_after(scene, i + 1) if i + 1 < end else ()
        mention = scene.actors.at(i)
        if mention is not None and not scene.is_place(mention):
            return ()
        another = token.pos == "NOUN" and (token.lemma.lower(), "N") in triggers()
        if another or token.pos in {"VERB", "AUX", "SCONJ"} or token.text in {";", ":", "."}:
            return ()
        i += 1
    return ()


def subjects(scene: Scene, verb: int) -> tuple[Participant, ...]:
    """Who is the verb's subject, by the parse and by the list that stands before the verb."""
    heads = surface_subjects(scene.parsed, verb)
    left = [h for h in heads if h < verb]
    found = participants(scene, left or heads)
    own = scene.parsed.children_by(verb, "nsubj") or scene.parsed.children_by(verb, "expl")
    if own and own[0] < verb:
        listed = listed_after(scene, _left_edge(scene, own[0]))
        codes = {c for p in found for c in p.parties}
        if codes <= {c for p in listed for c in p.parties} and len(listed) > len(found):
            found = listed
    if (
        not any(p.parties for p in found)
        and own
        and scene.parsed.tokens[own[0]].lower in {"which", "who", "that"}
    ):
        found = _antecedent_by_order(scene, own[0])
    if not any(p.parties for p in found) and own:
        found = found + _speaker_behind(scene, verb, own[0])
    return found or _right_before(scene, verb)


def _right_before(scene: Scene, verb: int) -> tuple[Participant, ...]:
    """Who stands right before a finite verb without a subject, where no preposition claims them."""
    tokens = scene.parsed.tokens
    auxes = any(tokens[c].dep.startswith("aux") for c in scene.parsed.children(verb))
    if tokens[verb].tag not in {"VBD", "VBZ", "VBP"} and not auxes:
        return ()
    i, first = verb - 1, scene.parsed.sentences[tokens[verb].sentence].start_token
    while i >= first and (tokens[i].pos in {"AUX", "ADV", "PART"} or tokens[i].text == ","):
        i -= 1
    mention = scene.actors.at(i) if i >= first else None
    if mention is None:
        return ()
    start = _left_edge(scene, mention.start_token)
    claimed = start > first and tokens[start - 1].pos == "ADP"
    return () if claimed else listed_after(scene, start)


def _antecedent_by_order(scene: Scene, pronoun: int) -> tuple[Participant, ...]:
    """Who stands right before a relative pronoun and its comma."""
    before = pronoun - 1
    if before > 0 and scene.parsed.tokens[before].text == ",":
        before -= 1
    return listed_after(scene, _left_edge(scene, before)) if before >= 0 and scene.actors.at(before) else ()


def actors_of(scene: Scene, verb: int) -> tuple[Participant, ...]:
    """Who does it: the subject, or the "by" phrase of a passive."""
    if is_passive(scene.parsed, verb):
        return listed(scene, obliques(scene.parsed, verb, {"by"}))
    return subjects(scene, verb)


def listed(scene: Scene, heads: list[int]) -> tuple[Participant, ...]:
    """Participants of prepositional phrases, by the parse or by word order, whichever names more."""
    found: list[Participant] = []
    for head in heads:
        by_parse = participants(scene, [head])
        case = [c for c in scene.parsed.children_by(head, "case") if c < head]
        by_order = listed_after(scene, case[0] + 1) if case else ()
        codes = {c for p in by_parse for c in p.parties}
        longer = codes <= {c for p in by_order for c in p.parties} and len(by_order) > len(by_parse)
        found.extend(by_order if longer else by_parse)
    return tuple(dict.fromkeys(found))


def _left_edge(scene: Scene, head: int) -> int:
    """First token of the noun phrase of ``head``, walking left over names, adjectives and possessors."""
    tokens = scene.parsed.tokens
    start, first = head, scene.parsed.sentences[tokens[head].sentence].start_token
    while start > first:
        before = tokens[start - 1]
        mention = scene.actors.at(start - 1)
        if before.lower == "and" and _ends_member(scene, start - 2):
            start -= 1
            continue
        if (
            mention is None
            and before.pos not in {"DET", "ADJ", "NOUN", "PROPN", "NUM"}
            and before.text not in {"'s", "’s"}
        ):
            break
        start = mention.start_token if mention is not None else start - 1
    return start


def _ends_member(scene: Scene, i: int) -> bool:
    """Whether a party or its people stand right before "and", no preposition claiming them."""
    if i < 0:
        return False
    mention = scene.actors.at(i)
    if mention is None or not mention.parties:
        return False
    start = mention.start_token
    tokens = scene.parsed.tokens
    while start > 0 and (
        tokens[start - 1].pos in {"DET", "ADJ", "PART"} or scene.actors.at(start - 1) is not None
    ):
        start -= 1
    return not (start > 0 and tokens[start - 1].pos == "ADP")


def _speaker_behind(scene: Scene, verb: int, subject: int) -> tuple[Participant, ...]:
    """ "X says it is ready", "X said his country will": a pronoun inside what X says is X."""
    parsed = scene.parsed
    words = {parsed.tokens[subject].lower} | {
        parsed.tokens[c].lower for c in parsed.children_by(subject, "nmod:poss")
    }
    if not words & SELF_WORDS:
        return ()
    above = [i for i in parsed.ancestors(verb) if parsed.tokens[i].pos == "VERB"]
    for i in above[:4]:
        found = participants(scene, surface_subjects(parsed, i))
        if i != verb and any(p.parties for p in found) and subject not in surface_subjects(parsed, i):
            return found
    return ()


def owners_before(scene: Scene, noun: int) -> tuple[Participant, ...]:
    """Nations and bodies before the noun in its phrase ("Israeli-Palestinian summit", "X's talks")."""
    tokens, found = scene.parsed.tokens, []
    first = scene.parsed.sentences[tokens[noun].sentence].start_token
    i = noun - 1
    while i >= first and noun - i < 12:
        mention = scene.actors.at(i)
        if mention is not None:
            if mention.use in {Use.FORUM, Use.DOCUMENT}:
                break
            if mention.end_token - 1 < noun and _stands_in_phrase(scene, mention, noun):
                parties, people = scene.party_codes(mention), scene.people(mention)
                if parties or people:
                    found.append(Participant(parties, people, mention.span, mention.head_token))
            i = mention.start_token - 1
            continue
        token = tokens[i]
        hyphen = token.text in {"-", "–", "'s", "’s", "’"} or token.lower == "and"
        if (
            not hyphen
            and token.pos not in {"ADJ", "NOUN", "PROPN", "NUM"}
            and token.tag not in {"VBG", "VBN"}
        ):
            break
        i -= 1
    return tuple(reversed(found))


def _stands_in_phrase(scene: Scene, mention: Mention, noun: int) -> bool:
    """Whether the mention qualifies the noun: a nation, or a possessor."""
    tokens = scene.parsed.tokens
    after = mention.end_token
    possessive = after < noun and tokens[after].text in {"'s", "’s", "’", "'"}
    linked = after < noun and tokens[after].text in {"-", "–", "and"}
    adjacent = after == noun or tokens[after].pos in {"ADJ", "NOUN", "NUM", "PROPN", "VERB"}
    return possessive or linked or (mention.label in {"NORP", "GPE", "ORG"} and adjacent)
