"""Digests of what this machine makes of reports, to be compared with another machine's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from dragoman.intake import read_sources
from dragoman.language.language import words_of
from dragoman.language.network import load_network
from dragoman.output import to_json
from dragoman.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Digests:
    """
    What came out, as sha256.

    Attributes:
        reports, words: how many were read.
        network: of all numbers that the network puts out, to the bit.
        annotations: of the sentences, tags, trees and names made of them.
        records: of the records.
    """

    reports: int
    words: int
    network: str
    annotations: str
    records: str


def digests(pipeline: Pipeline, sources: Sequence[str]) -> Digests:
    """Read the reports of ``sources`` and digest each step, in order."""
    network = load_network()
    reports = count = 0
    raw, annotations, records = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()
    for report in read_sources(sources):
        record = pipeline.read(report).record
        if record is None:
            continue
        words = words_of(record.document)
        for _, outputs in network.outputs(words.texts, words.spaced, words.breaks):
            for part in outputs:
                raw.update(np.ascontiguousarray(part, dtype="<f4").tobytes())
        annotation = network.annotate(words.texts, words.spaced, words.breaks)
        annotations.update(json.dumps(astuple(annotation)).encode())
        records.update(json.dumps(to_json(record), sort_keys=True).encode())
        reports, count = reports + 1, count + len(words.texts)
    return Digests(reports, count, raw.hexdigest(), annotations.hexdigest(), records.hexdigest())
