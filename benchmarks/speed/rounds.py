"""A round: every program or command once, in a shuffled order, what they are compared with never far away."""

import random
import sys
from collections.abc import Iterable, Mapping, Set
from subprocess import CalledProcessError

from commands import NOTHING, timed
from programs import Program
from ratios import interleaved
from records import Records, Run
from terminal import Stuck
from walk import Setting, run

_ENDED = (Stuck, OSError)
"""What a program raises that does not go on, or is gone: the kernel knows nothing of it any more."""


def walk_round(
    number: int,
    base: Program,
    programs: Iterable[Program],
    wanted: Set[str],
    setting: Setting,
    records: Records,
    rng: random.Random,
) -> None:
    """Every program that something is wanted of, at one size. What never went on is said, and the others go on."""
    others = [program for program in programs if program.measures & wanted]
    size = "x".join(str(side) for side in setting.size)
    for program in interleaved(others, base, rng) if others else []:
        try:
            records.add(program.name, size, number, run(program, wanted, setting, long=number == 0))
        except _ENDED as problem:
            records.remarks.append(_stuck(program, problem))


def warmed_up(programs: Iterable[Program], setting: Setting, records: Records) -> list[Program]:
    """Those that start: once, not counted, so that their files are compiled and in memory for all alike."""
    found = []
    for program in programs:
        try:
            run(program, frozenset(), setting, long=False)
            found.append(program)
        except _ENDED as problem:
            records.remarks.append(_stuck(program, problem))
    return found


def _stuck(program: Program, problem: Exception) -> str:
    """A sentence for the report; the screen is shown on standard error."""
    print(problem, file=sys.stderr)
    return f"{program.name} did not go on in a run; standard error shows its screen."


def command_round(
    number: int, commands: Mapping[str, tuple[str, ...]], setting: Setting, records: Records, rng: random.Random
) -> None:
    """Every command. One that fails is said, and the others go on."""
    for name in interleaved([name for name in commands if name != NOTHING], NOTHING, rng):
        try:
            records.add(name, "", number, Run(timed(commands[name], setting.folder)))
        except CalledProcessError as problem:
            records.remarks.append(f"{name} failed with exit status {problem.returncode}.")
