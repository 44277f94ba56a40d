"""``python -m dragoman.evaluation``: what ``make eval``, ``bench`` and ``spans`` run, and more."""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from dragoman.errors import DragomanError
from dragoman.evaluation.bench import cold_start, measure_speed
from dragoman.evaluation.copies import look_for_copies
from dragoman.evaluation.gold import DEV, DEV_TEXTS, SEED, score_dev, score_examples, score_seed
from dragoman.evaluation.measures import Floors, Measure, print_table
from dragoman.evaluation.portable import digests
from dragoman.evaluation.same_day import PAIRS, measure_merging
from dragoman.evaluation.sets import measure_attributions, measure_dates, measure_language
from dragoman.evaluation.spans import check_spans
from dragoman.evaluation.synthetic import measure_reconciling
from dragoman.pipeline import Pipeline
from dragoman.settings import Settings

Set = Callable[[Pipeline, Path, list[dict[str, Any]] | None], list[Measure]]

# Name on the command line, and what measures it.
SETS: dict[str, Set] = {
    "seed": score_seed,
    "gold": score_dev,
    "examples": score_examples,
    "dates": measure_dates,
    "statements": measure_attributions,
    "language": measure_language,
}
MEASURED_ON = (
    SEED,
    DEV,
    DEV_TEXTS,
    Path("bench/timex_wikiwars_en.jsonl"),
    Path("bench/attribution_polnear_dev.jsonl"),
)

shared_option = click.option(
    "--shared",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("../shared"),
    show_default=True,
    help="Folder of the gold files and corpora.",
)
every_option = click.option(
    "--every", type=click.IntRange(min=1), default=1, show_default=True, help="Read only each n-th report."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure how well and how fast Dragoman reads."""


@main.command("eval")
@shared_option
@click.option("--floors", "path", type=click.Path(path_type=Path), default=Path("evaluation/floors.toml"))
@click.option("--only", type=click.Choice(list(SETS)), multiple=True, help="Measure only these sets.")
@click.option("--json", "as_json", is_flag=True, help="Print the measures as one JSON object.")
@click.option(
    "--misses", "told", type=click.Path(path_type=Path), help="Write each miss there, as JSON lines."
)
@click.option("--pin", is_flag=True, help="Raise the floors to what was measured.")
@click.option("--lower", is_flag=True, help="With --pin: also lower floors.")
def evaluate(
    shared: Path,
    path: Path,
    only: tuple[str, ...],
    told: Path | None,
    *,
    as_json: bool,
    pin: bool,
    lower: bool,
) -> None:
    """Score against gold files and bench sets; exit 1 where a measure falls below its floor."""
    _look_for(shared)
    floors, pipeline = Floors.load(path), Pipeline.build()
    measures: list[Measure] = []
    misses: list[dict[str, Any]] = []
    for name in only or SETS:
        click.echo(f"measuring {name} …", err=True)
        measures += SETS[name](pipeline, shared, misses)
    if told:
        told.write_text(
            "".join(json.dumps(miss, ensure_ascii=False) + "\n" for miss in misses), encoding="utf-8"
        )
    digests = _digests(shared)
    if pin:
        path.parent.mkdir(parents=True, exist_ok=True)
        floors = floors.pinned(measures, digests, lower=lower)
        path.write_text(floors.to_toml(), encoding="utf-8")
    if as_json:
        click.echo(json.dumps({measure.key: round(measure.value, 4) for measure in measures}))
    else:
        print_table(Console(width=None if sys.stdout.isatty() else 120), measures, floors)
    for name, digest in digests.items():
        if floors.digests.get(name, digest) != digest:
            click.echo(f"{name} is not the file that the floors were measured on", err=True)
    below = floors.below(measures)
    missing = [] if only else floors.missing(measures)
    for measure in below:
        click.echo(
            f"below its floor of {floors.floors[measure.key]:g}: {measure.key} {measure.value:.4f}", err=True
        )
    for key in missing:
        click.echo(f"not measured, yet it has a floor: {key}", err=True)
    sys.exit(1 if below or missing else 0)


@main.command()
@shared_option
@every_option
def bench(shared: Path, every: int) -> None:
    """Speed on one core, from the open file to the record; share of each stage; memory; cold start."""
    _look_for(shared)
    speed = measure_speed(Pipeline.build(), shared, every=every)
    click.echo(
        f"{speed.reports:,} reports, {speed.words:,} words in {speed.seconds:.1f} s on one core: "
        f"{speed.words_per_second:,.0f} words/s, {speed.reports / speed.seconds:.1f} reports/s"
    )
    for name, spent in speed.stages:
        click.echo(f"  {name:12}{spent / speed.seconds:7.1%}{speed.words / max(spent, 1e-9):14,.0f} words/s")
    click.echo(f"stages after the language model: {speed.after_language:.1%} of the time")
    click.echo(f"peak memory: {speed.peak_megabytes:,.0f} MB; problems: {speed.problems}")
    report = next(iter(sorted((shared / "seed").glob("*.txt"))))
    click.echo(f"`dragoman read` on one report, from cold: {cold_start(report):.2f} s")


@main.command()
@shared_option
@every_option
def spans(shared: Path, every: int) -> None:
    """Check text[start:end] == exact for every span of every record of the corpora; exit 1 on a fault."""
    _look_for(shared)
    found = check_spans(Pipeline.build(), shared, every=every)
    click.echo(f"{found.reports:,} reports, {found.spans:,} spans, {len(found.faults)} faults")
    for line in (*found.faults[:20], *found.problems[:20]):
        click.echo(line, err=True)
    sys.exit(1 if found.faults or found.problems else 0)


@main.command()
@shared_option
def copies(shared: Path) -> None:
    """List the pairs of reports that share most of their words, and which are taken for copies."""
    _look_for(shared)
    for pair in look_for_copies(shared):
        kind = "copies" if pair.copies else "apart"
        shares = f"runs {pair.alike:.0%}, of the shorter {pair.within:.0%}, names {pair.marks:.0%}"
        click.echo(f"{kind:6} {shares}: {pair.left} {pair.right}")


@main.command("reconcile")
@click.option(
    "--claims",
    "counts",
    type=click.IntRange(min=1),
    multiple=True,
    default=(1_000, 10_000),
    show_default=True,
    help="How many made-up claims; may be given several times.",
)
def reconciling(counts: tuple[int, ...]) -> None:
    """Processor time and memory of reconciling made-up claims, to see how the cost grows."""
    for count in counts:
        cost = measure_reconciling(count)
        click.echo(
            f"{cost.claims:>9,} claims, {cost.happenings:,} happenings, {cost.unsure:,} unsure: "
            f"{cost.seconds:.1f} s, {1e6 * cost.seconds / cost.claims:.0f} µs a claim, "
            f"peak memory {cost.peak_megabytes:,.0f} MB"
        )


@main.command("same-day")
@shared_option
@click.option("--pairs", type=click.Path(path_type=Path), default=PAIRS, show_default=True)
@click.option("--misses", is_flag=True, help="Print the pairs that are wrong or missed.")
def same_day(shared: Path, pairs: Path, *, misses: bool) -> None:
    """Merging of meetings on pairs of reports of one day that were judged by reading them."""
    _look_for(shared)
    found = measure_merging(Pipeline.build(), shared, pairs)
    click.echo(
        f"precision {found.precision:.3f} ({len(found.right)} of {len(found.right) + len(found.wrong)}), "
        f"recall {found.recall:.3f} ({len(found.right)} of {len(found.right) + len(found.missed)}); of the "
        f"{len(found.missed)} missed {found.asked} are asked about, in {found.unread} one report claims none"
    )
    for kind, group in (("wrong", found.wrong), ("missed", found.missed)) if misses else ():
        for left, right in group:
            click.echo(f"{kind}\t{left}\t{right}")


@main.command()
@shared_option
@click.option("--dossier", "where", required=True, help="A dossier built over the corpora.")
@click.option("--misses", is_flag=True, help="Also list the links whose row is not wholly confirmed.")
def ledger(shared: Path, where: str, *, misses: bool) -> None:
    """Share of the linked rows of the ledger for which a dossier holds an event that fits."""
    from dragoman.evaluation.ledger import measure_ledger, told_shares  # noqa: PLC0415 - loads the database

    _look_for(shared)
    linked = measure_ledger(where, shared)
    for link in linked if misses else ():
        if link.verdict != "whole":
            click.echo(f"{link.verdict:10}{link.ledger:14}{link.article}: {'; '.join(link.told)}")
    for line in told_shares(linked):
        click.echo(line)


@main.command()
@click.argument("sources", nargs=-1)
def portable(sources: tuple[str, ...]) -> None:
    """
    Print digests of what this machine makes of SOURCES (./examples), each step with its own.

    Two machines that print the same lines read alike, to the bit. Run it in the same folder of both.
    """
    # No limit of time: an emulated processor is slow, and what it leaves unread would be another record.
    found = digests(Pipeline.build(Settings(seconds=math.inf)), sources or ("examples",))
    click.echo(f"{found.reports} reports, {found.words:,} words")
    for name in ("network", "annotations", "records"):
        click.echo(f"  {name:12}{getattr(found, name)}")


def _look_for(shared: Path) -> None:
    if not (shared / "record" / "score.py").is_file():
        click.echo(
            f"skipped: {shared} with the gold files and corpora is not here; name it with --shared", err=True
        )
        sys.exit(0)


def _digests(shared: Path) -> dict[str, str]:
    return {
        str(name): hashlib.sha256((shared / name).read_bytes()).hexdigest()
        for name in MEASURED_ON
        if (shared / name).is_file()
    }


if __name__ == "__main__":
    try:
        main(prog_name="python -m dragoman.evaluation")
    except DragomanError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
