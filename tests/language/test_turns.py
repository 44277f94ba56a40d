"""Which paragraphs of a transcript are somebody's words, and whose."""

from __future__ import annotations

from dragoman.language import load_language
from dragoman.language.turns import find_turns
from dragoman.model import Block, BlockKind, Document


def turns(*paragraphs: str) -> list[tuple[int, str | None, str]]:
    """Block, speaker and first words of each turn."""
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(at, at + len(paragraph), BlockKind.PARAGRAPH))
        at += len(paragraph) + 2
    text = "\n\n".join(paragraphs)
    found = find_turns(load_language().parse(Document("d", text, tuple(blocks))))
    return [
        (
            t.block,
            None if t.speaker is None else text[slice(*t.speaker)],
            text[t.start :].split(",")[0].strip(),
        )
        for t in found
    ]


def test_labels_open_turns_and_paragraphs_without_one_go_on() -> None:
    found = turns(
        "The two presidents answered questions.",
        "President of Latvia Raimonds Vejonis: Good evening, everybody.",
        "The road will be widened, we hope.",
        "President of Estonia Kersti Kaljulaid: Thank you, Mr President.",
    )
    latvian, estonian = "President of Latvia Raimonds Vejonis", "President of Estonia Kersti Kaljulaid"
    assert found == [
        (1, latvian, "Good evening"),
        (2, latvian, "The road will be widened"),
        (3, estonian, "Thank you"),
    ]


def test_a_question_is_spoken_by_nobody_known_and_a_stage_direction_is_not_spoken() -> None:
    found = turns(
        "Answers to the press",
        "Question: Will there be talks, Mr President?",
        "President of Latvia Raimonds Vejonis: Yes, there will be.",
        "(Laughter, then applause.)",
    )
    assert [(block, speaker) for block, speaker, _ in found] == [
        (1, None),
        (2, "President of Latvia Raimonds Vejonis"),
    ]


def test_a_report_with_a_cue_and_a_colon_is_no_transcript() -> None:
    assert not turns(
        "Latvia and Estonia will widen the road.",
        "Continued Vejonis: “The road is narrow.”",
        "Background: the road was built in 1936.",
    )
