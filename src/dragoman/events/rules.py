"""Which rule reads which trigger: the frames of ``data/events/triggers.tsv`` and the phrasal verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.events import (
    agreements,
    deal_nouns,
    endings,
    meeting_nouns,
    meeting_verbs,
    proposal_nouns,
    proposals,
    refusals,
)
from dragoman.events.scene import Scene
from dragoman.events.sighting import Sighting
from dragoman.events.syntax import has_particle
from dragoman.events.tables import triggers

Rule = Callable[[Scene, int], list[Sighting]]

FRAMES: dict[str, Rule] = {
    "talks": meeting_nouns.read_talks,
    "dialogue": meeting_nouns.read_dialogue,
    "conference": meeting_nouns.read_conference,
    "call": meeting_nouns.read_call,
    "engagement": meeting_nouns.read_engagement,
    "visit": meeting_nouns.read_visit,
    "meet": meeting_verbs.read_meet,
    "gather": meeting_verbs.read_gather,
    "speak": meeting_verbs.read_speak,
    "phone": meeting_verbs.read_phone,
    "discuss": meeting_verbs.read_discuss,
    "receive": meeting_verbs.read_receive,
    "see": meeting_verbs.read_see,
    "visit-verb": meeting_verbs.read_visit_verb,
    "propose": proposals.read_propose,
    "submit": proposals.read_submit,
    "interest": proposals.read_interest,
    "demand": proposals.read_demand,
    "invite": proposals.read_invite,
    "proposal": proposal_nouns.read_proposal_noun,
    "plan": proposal_nouns.read_plan_noun,
    "invitation": proposal_nouns.read_invitation,
    "demand-noun": proposal_nouns.read_demand_noun,
    "agree": agreements.read_agree,
    "sign": agreements.read_sign,
    "deal": deal_nouns.read_deal,
    "joint": deal_nouns.read_joint_statement,
    "reject": refusals.read_reject,
    "oppose": refusals.read_oppose,
    "suspend": endings.read_suspend,
    "end-truce": endings.read_end_truce,
    "cancel": endings.read_cancel,
    "postpone": endings.read_postpone,
    "reject-noun": refusals.read_reject_noun,
}

# Verbs that mean it only with their particle; read before the plain verb.
PHRASAL: dict[tuple[str, str], Rule] = {
    ("rule", "out"): refusals.read_reject,
    ("turn", "down"): refusals.read_reject,
    ("brush", "off"): refusals.read_reject,
    ("walk", "out"): endings.read_suspend,
    ("pull", "out"): endings.read_suspend,
    ("break", "off"): endings.read_suspend,
    ("cut", "off"): endings.read_suspend,
    ("withdraw", "from"): endings.read_suspend,
    ("call", "off"): endings.read_cancel,
    ("put", "off"): endings.read_postpone,
    ("put", "forward"): proposals.read_submit,
    ("break", "down"): endings.read_fail,
    ("call", "for"): proposals.read_call_for,
    ("appeal", "for"): proposals.read_call_for,
    ("enter", "into"): agreements.read_sign,
}
PHRASAL_LEMMAS = frozenset(lemma for lemma, _ in PHRASAL)
FAILING = frozenset({"collapse", "fail", "founder"})
NOUN_TAGS, VERB_TAGS = frozenset({"NOUN", "PROPN"}), frozenset({"VERB", "AUX"})


def find_sightings(scene: Scene) -> list[Sighting]:
    """All mentions of happenings in the report, in order of the text."""
    found: list[Sighting] = []
    earlier = _earlier_sentences(scene)
    for token in scene.parsed.tokens:
        rule = rule_for(scene, token.i)
        if rule is not None:
            found.extend(rule(scene, token.i))
        if token.pos in VERB_TAGS:
            found.extend(refusals.read_will_not(scene, token.i))
    return [_marked(scene, s, earlier) for s in found]


def _marked(scene: Scene, sighting: Sighting, earlier: set[int]) -> Sighting:
    number = scene.parsed.tokens[sighting.trigger].sentence
    spoken = scene.block_of(sighting.trigger) in scene.turns
    return replace(sighting, earlier=number in earlier, spoken=spoken)


def _earlier_sentences(scene: Scene) -> set[int]:
    """Sentences that open with "Earlier, …", "Previously" or "Before this": they tell what came before."""
    found = set()
    for sentence in scene.parsed.sentences:
        opening = [t.lower for t in scene.parsed.tokens[sentence.start_token : sentence.start_token + 2]]
        first, second = opening[0], opening[-1]
        before = first in {"before", "prior"} and second in {"this", "that", "then", "to"}
        if before or first in {"earlier", "previously", "formerly"}:
            found.add(sentence.i)
    return found


def rule_for(scene: Scene, i: int) -> Rule | None:
    """The rule that reads token ``i``, None where it names no happening."""
    token = scene.parsed.tokens[i]
    lemma = token.lemma.lower()
    if token.pos in VERB_TAGS:
        return _verb_rule(scene, i, _verb_lemma(token.lower, lemma))
    if lemma == "fire" and i > 1 and scene.parsed.tokens[i - 2].lower == "cease":
        return deal_nouns.read_deal
    if token.pos in NOUN_TAGS:
        trigger = triggers().get((lemma, "N"))
        if trigger is None or (trigger.plural and token.tag in {"NN", "NNP"}):
            return None
        return FRAMES.get(trigger.frame)
    return proposals.read_ready if token.pos == "ADJ" and token.lower in proposals.READY else None


def _verb_lemma(word: str, lemma: str) -> str:
    """The lemma, or where the tables do not know it, the base form that the word's ending leads to."""
    if (lemma, "V") in triggers() or lemma in PHRASAL_LEMMAS:
        return lemma
    for ending in ("ing", "ed", "d", "es", "s"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            for base in (stem, stem + "e", stem[:-1]):
                if (base, "V") in triggers():
                    return base
    return lemma


def _verb_rule(scene: Scene, i: int, lemma: str) -> Rule | None:
    if lemma in PHRASAL_LEMMAS:
        for (verb, particle), rule in PHRASAL.items():
            if verb == lemma and has_particle(scene.parsed, i, particle):
                return rule
    if lemma in FAILING:
        return endings.read_fail
    trigger = triggers().get((lemma, "V"))
    return None if trigger is None else FRAMES[trigger.frame]
