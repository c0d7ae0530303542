"""A round: every program or command once, in a shuffled order, what they are compared with never far away."""

import random
import sys
from collections.abc import Mapping, Sequence, Set

from commands import NOTHING, timed
from programs import Program
from ratios import interleaved
from records import Records, Run
from terminal import Stuck
from walk import Setting, run


def walk_round(
    number: int, programs: Sequence[Program], wanted: Set[str], setting: Setting, records: Records, rng: random.Random
) -> None:
    """Every program at one size, the first beside the others. What never went on is said, and the others go on."""
    beside, *others = (program for program in programs if program.measures & wanted)
    size = "x".join(str(side) for side in setting.size)
    for program in interleaved(others, beside, rng) if others else []:
        try:
            records.add(program.name, size, number, run(program, wanted, setting, long=number == 0))
        except Stuck as problem:
            print(problem, file=sys.stderr)
            records.remarks.append(f"{program.name} did not go on in a run at {size}; standard error shows its screen.")


def command_round(
    number: int, commands: Mapping[str, tuple[str, ...]], setting: Setting, records: Records, rng: random.Random
) -> None:
    """Every command."""
    for name in interleaved([name for name in commands if name != NOTHING], NOTHING, rng):
        records.add(name, "", number, Run(timed(commands[name], setting.folder)))
