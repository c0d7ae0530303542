"""Runs the engines in turn over the same forms and prints what they cost against each other, as Markdown.

    python benchmarks/engine/table.py [--counts 100,1000,10000] [--shapes random,hub,chain] [--rounds 3] [--seconds 20]

`bare` is the least that such an engine can be in Python, and its loading (tomllib, then a few pydantic models) the
reference for loading. `brute` is our engine's twin, which looks at every condition after every answer; both must ask the
same questions, or the table says so and the exit status is 1. `whole` also brings safety, findings, sums, look-alikes and
the pattern word up to date. SurveyJS takes part where Node is here and `npm install` was run in this folder (`make bench`
does so); it forgets hidden answers, so after the changes it may ask others.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from forms import SHAPES, as_survey, form  # noqa: E402

OURS = ("bare", "ours", "brute", "whole")
SURVEY = "SurveyJS"
FIGURES = ("load_ms", "answer_p50_us", "answer_p99_us", "revise_p50_us", "revise_max_us", "rss_peak_mb")
COMPARED = ("load_ms", "answer_p50_us", "revise_p50_us")
LONGEST_BRUTE = 1000
"""Questions; more would take the twin and SurveyJS minutes."""


def main() -> int:
    """All runs and the table; 1 where two engines ask other questions."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--counts", default="100,1000,10000")
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    status = 0
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {given.rounds} rounds\n"
    )
    for shape in given.shapes.split(","):
        for count in map(int, given.counts.split(",")):
            status |= _one_form(shape, count, given.rounds, given.seconds)
    return status


def _one_form(shape: str, count: int, rounds: int, seconds: float) -> int:
    runs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _ in range(rounds):
        for told in _round(shape, count, seconds):
            runs[told["engine"]].append(told)
    base = runs["bare"]
    print(f"**{shape}, {count} questions** (x: against `bare` in the same round)\n")
    print("| engine | load ms (x) | answer p50 us (x) | p99 us | change p50 us (x) | max us | most memory MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for engine, told in runs.items():
        cells = [_cell(figure, told, base) for figure in FIGURES]
        unfinished = "" if all(one["complete"] for one in told) else "*"
        print(f"| {engine}{unfinished} | {' | '.join(cells)} |")
    print()
    return _disagreement(runs)


def _cell(figure: str, told: list[dict[str, Any]], base: list[dict[str, Any]]) -> str:
    """The median of a figure and, where it is one to compare, of its ratios to that of `bare`."""
    values = [one[figure] for one in told if figure in one]
    if not values:
        return "-"
    shown = f"{statistics.median(values):.4g}"
    pairs = [
        (one[figure], bare[figure]) for one, bare in zip(told, base, strict=True) if figure in one and figure in bare
    ]
    if figure not in COMPARED or not pairs:
        return shown
    return f"{shown} ({statistics.median(one / bare for one, bare in pairs):.2g})"


def _round(shape: str, count: int, seconds: float) -> Iterator[dict[str, Any]]:
    for engine in OURS:
        if engine != "brute" or count <= LONGEST_BRUTE:
            yield _run([sys.executable, str(HERE / "drive.py"), engine, str(count), shape, str(seconds)])
    if shutil.which("node") and (HERE / "node_modules" / "survey-core").is_dir() and count <= LONGEST_BRUTE:
        one = form(count, shape)
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            ids = [question.id for question in one.questions]
            json.dump(
                {"survey": json.loads(as_survey(one)), "ids": ids, "plan": one.plan, "revisions": one.revisions}, file
            )
            file.flush()
            yield _run(["node", str(HERE / "survey.mjs"), file.name, str(seconds)])


def _run(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _disagreement(runs: dict[str, list[dict[str, Any]]]) -> int:
    """Says where engines over the same form ask other questions; `whole` has a form of its own."""
    for phase in ("forward_hash", "revise_hash"):
        found = {
            engine: {one[phase] for one in told if phase in one} for engine, told in runs.items() if engine != "whole"
        }
        if len(set().union(*found.values())) > 1:
            print(f"They do not ask the same questions ({phase}): {found}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
