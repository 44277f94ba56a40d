"""
Derive ``src/dragoman/data/text/frequent_words.txt`` and ``compounds.txt`` for the search for fused words.

Usage: make_word_lists.py SHARED WEB2

SHARED is the folder with ``corpora/*.jsonl`` (reports) and ``train/*.spacy`` (treebanks); WEB2 a text file
with the words of Webster's Second International (1934, public domain), one a line. Only facts leave these
sources: which words occur in how many documents, and which strings are words of English.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from dragoman.text.fused import split_fused

DATA = Path(__file__).parent.parent / "src/dragoman/data/text"
WORD = re.compile(r"(?<![\w'’.-])[a-z]+(?![\w'’-])")
CORPORA = ("voa", "wikinews", "kremlin", "whitehouse")
TREEBANKS = ("ewt_train", "gum_open_train", "wikigold")
FREQUENT = 30  # documents
REAL = 2  # documents that make a string a word
# Words younger than the dictionary, and spellings that news write in one.
YOUNGER = "standby driveby flyby nearby passersby herein thereof whereof".split()


def texts(shared: Path) -> Iterator[str]:
    """Reports, and the documents of the treebanks."""
    for name in CORPORA:
        with (shared / "corpora" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]
    vocab = spacy.blank("en").vocab
    for name in TREEBANKS:
        for doc in DocBin().from_disk(shared / "train" / f"{name}.spacy").get_docs(vocab):
            yield " ".join(token.text for token in doc)


def write(name: str, about: str, words: list[str]) -> None:
    """One word list with its origin, several words a line."""
    lines, row = [], ""
    for word in words:
        if len(row) + len(word) > 110:
            lines.append(row.strip())
            row = ""
        row += f" {word}"
    (DATA / name).write_text("\n".join([*about.splitlines(), *lines, row.strip()]) + "\n", encoding="utf-8")


def main(shared: str, web2: str) -> None:
    """Count, choose, write."""
    documents: Counter[str] = Counter()
    for text in texts(Path(shared)):
        documents.update(set(WORD.findall(text)))
    frequent = sorted(word for word, count in documents.items() if count >= FREQUENT and len(word) >= 3)
    write(
        "frequent_words.txt",
        f"# English word forms that occur in {FREQUENT} documents or more.\n"
        "# Origin: counted in reports of the US White House, VOA, the Russian president's site, Wikinews,\n"
        "# and in the treebanks UD English EWT, GUM and WikiGold (facts), by tools/make_word_lists.py.\n"
        "# Licence: as the project.",
        frequent,
    )
    known = {word for word in Path(web2).read_text(encoding="utf-8").split() if re.fullmatch("[a-z]+", word)}
    known |= set(YOUNGER)
    known |= {word for word, count in documents.items() if count >= REAL}
    compounds = sorted(word for word in known if split_fused(word, frozenset(frequent)))
    write(
        "compounds.txt",
        '# Words of English that could be taken for two words fused ("whereupon", "bandit").\n'
        "# Origin: Webster's Second International (1934, public domain) and the counts behind\n"
        "# frequent_words.txt, chosen by tools/make_word_lists.py.  Licence: as the project.",
        compounds,
    )


if __name__ == "__main__":
    main(*sys.argv[1:3])
