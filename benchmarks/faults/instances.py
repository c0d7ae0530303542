"""Several programs on one store: a storm of intakes at once, two on one record, and taking over from one that was killed.

    python benchmarks/faults/instances.py [--storms N] [--programs N] [--seed S]

In a storm every program answers its own questions at the same time: each record must hold its own answers and no others. Then,
while one program has a record open, `records resume` must refuse it with who has it and since when; and the moment that one
is killed, the record must be there for the next. Prints what it saw; exit status 1 when anything was wrong.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sitting import Planned, answers_in, msals, planned, program, records_of

LONGEST_REFUSAL = 0.5
"""Seconds that a refusal may take beyond what `--version` takes on the same machine."""


def main() -> int:
    """Runs all and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--storms", type=int, default=5)
    parser.add_argument("--programs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    failed = 0
    for number in range(chosen.storms):
        problems = _storm(random.Random(chosen.seed * 1000 + number), chosen.programs)
        failed += bool(problems)
        print(f"storm {number + 1} of {chosen.programs} programs: {problems or 'every record holds its own answers'}")
    problems, refused_in = _two_on_one(random.Random(chosen.seed))
    failed += bool(problems)
    print(
        f"two on one record: {problems or f'refused in {refused_in:.2f} s beyond start-up, then taken over from the dead'}"
    )
    return 1 if failed else 0


def _storm(rng: random.Random, programs: int) -> str:
    plans = [planned(random.Random(rng.random())) for _ in range(programs)]
    with tempfile.TemporaryDirectory(prefix="msals-storm-") as folder:
        home = Path(folder)
        with ThreadPoolExecutor(programs) as pool:
            problems = [one for one in pool.map(lambda plan: _answer_all(home, plan), plans) if one]
        expected = sorted([(one.item, one.answer) for one in plan] for plan in plans)
        found = sorted(answers_in(kept) for kept in records_of(home).all())
    if problems:
        return problems[0]
    return "" if found == expected else f"{len(found)} records, and they do not hold what was answered"


def _answer_all(home: Path, plan: Sequence[Planned]) -> str:
    """One of many programs answers its questions; what went wrong, or ""."""
    try:
        with program(home) as watched:
            watched.begin()
            for number, one in enumerate(plan):
                watched.until(lambda n=number: f"Question {n}?" in watched.terminal.text, "no question came")  # type: ignore[misc]
                watched.terminal.send(one.keys)
            watched.until(lambda: watched.promised >= len(plan), "not all was saved")
    except (AssertionError, OSError) as problem:
        return str(problem)[:300]
    return ""


def _two_on_one(rng: random.Random) -> tuple[str, float]:
    plan = planned(rng)
    with tempfile.TemporaryDirectory(prefix="msals-two-") as folder:
        home = Path(folder)
        with program(home) as watched:
            watched.begin()
            watched.terminal.send(plan[0].keys)
            watched.until(lambda: watched.promised >= 1, "nothing was saved")
            (kept,) = records_of(home).all()
            starting, _ = _run(home, "--version")
            took, refused = _run(home, "records", "resume", kept.id[:8], "--plain")
            if refused.returncode != 2 or "is writing in this record" not in refused.stderr:
                return f"the second was not refused: {refused.returncode} {refused.stderr[:200]}", 0
            os.kill(watched.terminal.process, signal.SIGKILL)
            watched.until(lambda: watched.terminal.status is not None, "the program never ended")
            _, taken = _run(home, "records", "resume", kept.id[:8], "--plain", typed="1\n:s\n")
            if taken.returncode or "Question 2" not in taken.stdout:
                return f"the record of a dead program was not taken over: {taken.stderr[:200]}", 0
        late = took - starting
        return ("" if late < LONGEST_REFUSAL + starting else f"the refusal took {late:.2f} s"), late


def _run(home: Path, *arguments: str, typed: str = "") -> tuple[float, subprocess.CompletedProcess[str]]:
    own = {**os.environ, "XDG_DATA_HOME": str(home / "data")}
    began = time.perf_counter()
    asked = ("--questionnaire", str(home / "faults.toml")) if "resume" in arguments else ()
    done = subprocess.run(
        msals(*arguments, *asked), input=typed, capture_output=True, text=True, env=own, check=False, timeout=60
    )
    return time.perf_counter() - began, done


if __name__ == "__main__":
    sys.exit(main())
