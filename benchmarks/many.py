"""How fast and how flat many files go through one process, beside the parsing that nobody can do without.

    python benchmarks/many.py [--counts 100,1000,10000] [--kinds answers,findings,summaries,phenopackets] [--seed 1]

Writes seeded cases of each kind into a temporary folder (a gigabyte for ten thousand of each), gives each folder to
`compare --json`, `evaluate`, `check` and `replay`, one process each, and prints a Markdown table:

    files/s             files in a second of the processor, without the start, which a run over one file tells
    beyond parsing      the same without tomli or json over the same bytes, measured in the same run
    memory              the most that the process held, and how often that of the smallest count
    lines               of the result; for `replay` files, for `check` faults

Nothing is asserted: a table of one machine is compared with itself.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

import tomli

ROOT = Path(__file__).resolve().parent.parent
STORIES = ROOT / "tests/cases/answers"
LABELS = "labels.toml"
PROGRAM = (sys.executable, "-m", "msals_tui")
OF_SIDES = ("MS", "ALS", "neither", "both")

# What the system says of the memory of a program is never less than what its parent held. So only the process that writes
# the cases loads anything of the program, and this one stays small.
if TYPE_CHECKING:
    from msals_tui.content.library import Library

Write: TypeAlias = Callable[[Random, str], str]
"""A case of one kind from chance and its id."""


@cache
def library() -> "Library":
    """The shipped content."""
    from msals_tui.content.library import Library

    return Library()


@cache
def stories() -> tuple[dict[str, Any], ...]:
    """Answers that somebody wrote; the cases are these with some of them left out."""
    return tuple(tomli.loads((STORIES / name).read_text("utf-8")) for name in cases_in(STORIES))


@cache
def summaries() -> tuple[str, ...]:
    """A summary of every story, with NAME for its id."""
    from msals_tui.records.hand_over import summary_text
    from msals_tui.session.replay import replay_file

    made = []
    for name in cases_in(STORIES):
        session = replay_file(str(STORIES / name), library()).session
        session.id = "NAME"
        made.append(summary_text(session, library().words("en")))
    return tuple(made)


def answers(chance: Random, name: str) -> str:
    """A story of which a fifth was not told."""
    story = chance.choice(stories())
    told = {item: answer for item, answer in story["answers"].items() if chance.random() < 0.8}
    return write_toml({**story, "id": name, "answers": told})


def findings(chance: Random, name: str) -> str:
    """Some findings, observed and excluded."""
    some = chance.sample(sorted(library().evidence.findings), chance.randint(4, 40))
    cut = chance.randint(0, len(some))
    return write_toml({"schema": "msals-findings/1", "id": name, "observed": some[:cut], "excluded": some[cut:]})


def summary(chance: Random, name: str) -> str:
    """A summary of a story."""
    return chance.choice(summaries()).replace('"NAME"', f'"{name}"', 1)


def phenopacket(chance: Random, name: str) -> str:
    """Some terms, each with a chance of being excluded, and an age."""
    terms = chance.sample(sorted(library().terms.observing), chance.randint(3, 20))
    features = [{"type": {"id": term, "label": term}, "excluded": chance.random() < 0.2} for term in terms]
    seen = {"age": {"iso8601duration": f"P{chance.randint(18, 80)}Y"}}
    subject = {"id": name, "sex": chance.choice(("FEMALE", "MALE")), "timeAtLastEncounter": seen}
    return json.dumps({"id": name, "subject": subject, "phenotypicFeatures": features}, indent=2)


KINDS: dict[str, tuple[Write, str]] = {
    "answers": (answers, ".toml"),
    "findings": (findings, ".toml"),
    "summaries": (summary, ".toml"),
    "phenopackets": (phenopacket, ".json"),
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "compare": ("answers", "findings", "summaries", "phenopackets"),
    "evaluate": ("answers", "findings", "summaries", "phenopackets"),
    "check": ("answers", "findings", "summaries"),
    "replay": ("answers", "summaries"),
}
"""Which kinds each command reads."""


def cases_in(folder: Path) -> list[str]:
    """The names of the cases in a folder."""
    return sorted(path.name for path in folder.iterdir() if path.name != LABELS)


def write_toml(tables: dict[str, Any]) -> str:
    """Tables as TOML."""
    import tomli_w

    return tomli_w.dumps(tables)


def write_cases(folder: Path, kind: str, count: int, seed: int) -> None:
    """Cases of one kind with their labels, by a process of its own; the same seed makes the same."""
    process = os.fork()
    if process == 0:
        failed = 1
        try:
            _write_cases(folder, kind, count, seed)
            failed = 0
        finally:
            os._exit(failed)
    assert os.waitpid(process, 0)[1] == 0


def _write_cases(folder: Path, kind: str, count: int, seed: int) -> None:
    write, ending = KINDS[kind]
    chance = Random(f"{seed} {kind}")
    folder.mkdir()
    labels = {}
    for number in range(count):
        name = f"{number:05}"  # the start of a summary's name, which must differ
        (folder / f"{name}{ending}").write_text(write(chance, name), encoding="utf-8")
        labels[name] = {"label": chance.choice(OF_SIDES)}
    (folder / LABELS).write_text(write_toml({"case": labels}), encoding="utf-8")


@dataclass(frozen=True)
class Ran:
    """What one process took."""

    seconds: float
    """Of the processor."""
    kilobytes: int
    """The most that it held."""
    lines: int


def run(command: str, folder: Path, out: Path) -> Ran:
    """One command over one folder."""
    made = out / "made"
    made.mkdir()
    flags = {"compare": ("--json",), "evaluate": ("--json",), "replay": ("-o", str(made))}.get(command, ())
    # `check` says its faults on standard error; of the others there are none.
    with (out / "result").open("w+b") as result:
        program = subprocess.Popen(
            (*PROGRAM, command, str(folder), *flags), stdout=result, stderr=subprocess.STDOUT, cwd=ROOT
        )
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        assert program.returncode == (command == "check"), (out / "result").read_text("utf-8")[:2000]
        result.seek(0)
        lines = sum(1 for _ in result) if command != "replay" else len(list(made.iterdir()))
    for path in made.iterdir():
        path.unlink()
    made.rmdir()
    return Ran(used.ru_utime + used.ru_stime, used.ru_maxrss, lines)


def parsing(folder: Path) -> float:
    """Seconds of the processor that reading and parsing alone take."""
    paths = [folder / name for name in cases_in(folder)]
    begun = time.process_time()
    for path in paths:
        data = path.read_bytes()
        if path.suffix == ".json":
            json.loads(data)
        else:
            tomli.loads(data.decode())
    return time.process_time() - begun


def measured(kinds: Sequence[str], counts: Sequence[int], seed: int) -> Iterator[tuple[str, ...]]:
    """The rows of the table."""
    for kind in kinds:
        with tempfile.TemporaryDirectory() as made:
            place = Path(made)
            write_cases(place / "1", kind, 1, seed)
            for count in counts:
                write_cases(place / str(count), kind, count, seed)
            for command in (one for one, read in COMMANDS.items() if kind in read):
                start = run(command, place / "1", place).seconds
                least = None
                for count in counts:
                    ran, parsed = run(command, place / str(count), place), parsing(place / str(count))
                    spent = ran.seconds - start
                    least = least or ran.kilobytes
                    yield (
                        command, kind, f"{count:,}", f"{count / spent:,.0f}", f"{count / max(spent - parsed, 1e-9):,.0f}",
                        f"{count / parsed:,.0f}", f"{ran.kilobytes / 1024:.1f} MiB", f"{ran.kilobytes / least:.2f}",
                        f"{ran.lines:,}",
                    )  # fmt: skip


def main() -> None:
    """Prints the table row by row."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--counts", default="100,1000,10000")
    told.add_argument("--kinds", default=",".join(KINDS))
    told.add_argument("--seed", type=int, default=1)
    given = told.parse_args()
    counts = sorted(int(one) for one in given.counts.split(","))
    heads = (
        "command", "kind", "files", "files/s", "beyond parsing", "parsing alone", "memory", "x smallest", "lines",
    )  # fmt: skip
    print("|", " | ".join(heads), "|")
    print("|", " | ".join("---" for _ in heads), "|")
    for row in measured(given.kinds.split(","), counts, given.seed):
        print("|", " | ".join(row), "|", flush=True)


if __name__ == "__main__":
    main()
