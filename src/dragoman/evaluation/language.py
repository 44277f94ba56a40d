"""
How well the language model does on held-out texts.

Two ways of scoring a parse: on gold words and gold sentences, each sentence alone (as most papers do
and the model's trial did), and ``raw``: from running text, where words and sentences must come out
right too (F1 as in the CoNLL 2018 shared task). Names, sentences and lemmas are scored from running text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dragoman.language.language import NeuralLanguage
from dragoman.language.lemmas import lemmatizer
from dragoman.language.network import FOLDER, load_network
from dragoman.language.tokens import blank_english
from dragoman.model import Block, BlockKind, Document, Parsed

PARSED_SETS = ("ewt_test", "pud_news", "gum_open_test")

# PUD's names know three types; ours are counted as these, the others are no names there.
PUD_NAMES = {"PER": "PER", "GPE": "LOC", "LOC": "LOC", "ORG": "ORG", "FORUM": "ORG"}


def score_language(shared: Path, *, folder: Path = FOLDER) -> dict[str, float]:
    """
    Scores of the model in ``folder`` (the shipped one) by name, each between 0 and 1.

    Args:
        shared: the folder that holds ``train/``.
        folder: where the model lies.
    """
    language = NeuralLanguage(load_network(folder), lemmatizer(folder / "lemmas.tsv"))
    scores: dict[str, float] = {}
    for name in PARSED_SETS:
        docs = _docs(shared, name)
        scores |= {f"{name}.{kind}": value for kind, value in score_gold_sentences(language, docs).items()}
        parses = [language.parse(Document(id=name, text=doc.text)) for doc in docs]
        scores |= {f"{name}.raw.{kind}": value for kind, value in score_raw(docs, parses).items()}
        if name == "pud_news":
            scores |= {
                f"pud_news.names.{kind}": value for kind, value in score_pud_names(docs, parses).items()
            }
    scores |= {
        f"entities_dev.names.{kind}": value for kind, value in score_entities(language, shared).items()
    }
    return scores


def _docs(shared: Path, name: str) -> list[Any]:
    from spacy.tokens import DocBin  # noqa: PLC0415 - slow to import

    return list(DocBin().from_disk(shared / "train" / f"{name}.spacy").get_docs(blank_english().vocab))


def score_gold_sentences(language: NeuralLanguage, docs: Iterable[Any]) -> dict[str, float]:
    """Tags, heads, labelled heads and lemmas on gold words and sentences."""
    counts: Counter[str] = Counter()
    for doc in docs:
        for sentence in doc.sents:
            words = [token.text for token in sentence]
            spaced = [token.i == 0 or bool(token.nbor(-1).whitespace_) for token in sentence]
            found = language.network.annotate_sentence(words, spaced)
            for i, token in enumerate(sentence):
                head = token.head.i - sentence.start
                right = found.heads[i] == head
                counts["words"] += 1
                counts["tag"] += found.tags[i] == token.tag_
                counts["upos"] += found.pos[i] == token.pos_
                counts["uas"] += right
                counts["las"] += right and found.deps[i] == token.dep_.lower()
                lemma = language.lemmas.lemma(words[i], found.pos[i], found.tags[i])
                counts["lemma"] += lemma.lower() == token.lemma_.lower()
    return {kind: counts[kind] / max(1, counts["words"]) for kind in ("tag", "upos", "lemma", "uas", "las")}


def score_raw(docs: Iterable[Any], parses: Iterable[Parsed]) -> dict[str, float]:
    """F1 of words, sentences, heads and labelled heads from running text; all compared by characters."""
    counts: Counter[str] = Counter()
    for doc, parsed in zip(docs, parses, strict=True):
        gold = {
            (token.idx, token.idx + len(token.text)): (_place(token.head), token.dep_.lower())
            for token in doc
        }
        counts["gold"] += len(gold)
        counts["found"] += len(parsed.tokens)
        for token in parsed.tokens:
            head = parsed.tokens[token.head]
            wanted = gold.get((token.start, token.end))
            counts["word"] += wanted is not None
            right = wanted is not None and wanted[0] == (head.start, head.end)
            counts["uas"] += right
            counts["las"] += right and wanted is not None and wanted[1] == token.dep
        sentences = {(doc[s.start].idx, _place(doc[s.end - 1])[1]) for s in doc.sents}
        ours = {
            (parsed.tokens[s.start_token].start, parsed.tokens[s.end_token - 1].end) for s in parsed.sentences
        }
        counts["sentences"] += len(sentences) + len(ours)
        counts["sentence"] += len(sentences & ours)
    total = max(1, counts["gold"] + counts["found"])
    scores = {kind: 2 * counts[kind] / total for kind in ("word", "uas", "las")}
    return scores | {"sentence_f": 2 * counts["sentence"] / max(1, counts["sentences"])}


def _place(token: Any) -> tuple[int, int]:
    return token.idx, token.idx + len(token.text)


Span = tuple[int, int, str]


def score_pud_names(docs: Iterable[Any], parses: Iterable[Parsed]) -> dict[str, float]:
    """F1 of PER, ORG and LOC (GPE counted as LOC), exact spans; words whose mark is missing do not count."""
    pairs = []
    for doc, parsed in zip(docs, parses, strict=True):
        unknown = {token.idx for token in doc if token.ent_iob == 0}
        gold = {(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in PUD_NAMES.values()}
        found = {(s, e, PUD_NAMES[label]) for s, e, label in _names(parsed) if label in PUD_NAMES}
        found = {name for name in found if name in gold or not any(name[0] <= i < name[1] for i in unknown)}
        pairs.append((gold, found))
    return span_scores(pairs)


def score_entities(language: NeuralLanguage, shared: Path) -> dict[str, float]:
    """F1 of all eight types on exact spans in the project's own development reports."""
    pairs = []
    for line in (shared / "train" / "entities_dev.jsonl").read_text(encoding="utf-8").strip().split("\n"):
        row = json.loads(line)
        parsed = language.parse(Document(row["id"], row["text"], tuple(paragraphs(row["text"]))))
        pairs.append(({(s, e, label) for s, e, label in row["entities"]}, set(_names(parsed))))
    return span_scores(pairs)


def paragraphs(text: str) -> Iterator[Block]:
    """A paragraph for each line of a text."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Block(at, at + len(line), BlockKind.PARAGRAPH)
        at += len(line) + 1


def _names(parsed: Parsed) -> list[Span]:
    tokens = parsed.tokens
    return [(tokens[n.start_token].start, tokens[n.end_token - 1].end, n.label) for n in parsed.names]


def span_scores(pairs: Iterable[tuple[set[Span], set[Span]]]) -> dict[str, float]:
    """Precision, recall and F1 over all labels, and F1 of each."""
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for wanted, given in pairs:
        for counter, names in ((right, wanted & given), (gold, wanted), (found, given)):
            counter.update(name[2] for name in names)
    scores = {f"f.{label}": 2 * right[label] / max(1, gold[label] + found[label]) for label in sorted(gold)}
    return {
        "f": 2 * right.total() / max(1, gold.total() + found.total()),
        "p": right.total() / max(1, found.total()),
        "r": right.total() / max(1, gold.total()),
        **scores,
    }
