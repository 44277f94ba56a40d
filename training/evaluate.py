"""
Score a trained model on the held-out sets, in full precision and as shipped, as a Markdown table.

    python training/evaluate.py --model build/model --shared ../shared
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from export import export

from dragoman.evaluation.language import score_language
from dragoman.language.network import FOLDER


def table(full: dict[str, float], shipped: dict[str, float]) -> str:
    """The scores of both, in per cent."""
    rows = ["| score | full precision | shipped |", "|---|---|---|"]
    rows += [f"| {name} | {100 * full[name]:.2f} | {100 * shipped[name]:.2f} |" for name in full]
    return "\n".join(rows) + "\n"


def main() -> None:
    """Read the command line, score, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=Path("build/model"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--shipped", type=Path, default=FOLDER)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        export(options.model, options.shared, Path(folder), full=True)
        full = score_language(options.shared, folder=Path(folder))
    sys.stdout.write(table(full, score_language(options.shared, folder=options.shipped)))


if __name__ == "__main__":
    main()
