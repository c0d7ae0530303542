"""Measures how fast msals-tui is beside a bare Textual program, in a real pseudo-terminal, and prints a table of ratios.

    python benchmarks/speed/bench.py [--rounds N] [--sizes 80x24,...] [--only start,answer] [--short] [--json FILE]

Every ratio is taken within one run of this program: machines and hours differ, ratios hold. What each number means stands
in benchmarks/README.md. Nothing is judged by its time: the exit status is 0 whatever was measured.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Set
from pathlib import Path

from commands import about_textual, commands
from programs import EVERYTHING, LENGTHS, OWN, floor, own, peers
from records import Records
from report import about, raw, table
from rounds import command_round, walk_round, warmed_up
from terminal import Line
from walk import Setting

COMMANDS = "commands"
COMMAND_PASSES = 2
"""How often a round starts every command: they are over soon, and a start alone scatters."""
ALL_SIZES = "80x24,120x40,200x60"


def _sizes(typed: str) -> list[tuple[int, int]]:
    try:
        read = [tuple(int(side) for side in one.split("x")) for one in typed.split(",")]
        return [(width, height) for width, height in read]
    except ValueError:
        raise argparse.ArgumentTypeError("write sizes as 80x24,120x40") from None


def _wanted(typed: str) -> Set[str]:
    known = EVERYTHING | {COMMANDS}
    if unknown := set(typed.split(",")) - known:
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: write some of {', '.join(sorted(known))}")
    return set(typed.split(","))


def _lengths(typed: str) -> list[int]:
    return [int(one) for one in typed.split(",") if one]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, help="shuffled rounds (10; with --short 3)")
    parser.add_argument("--sizes", type=_sizes, help=f"of the terminal ({ALL_SIZES}; with --short the first)")
    parser.add_argument("--only", type=_wanted, help=f"some of {', '.join(sorted(EVERYTHING | {COMMANDS}))}")
    parser.add_argument(
        "--lengths", type=_lengths, help="of made-up questionnaires (100,1000,10000; with --short 100,1000)"
    )
    parser.add_argument("--no-peers", action="store_true", help="leave other programs out")
    parser.add_argument("--short", action="store_true", help="a few minutes")
    parser.add_argument("--line", type=float, metavar="N", help="a slow line: bytes a second that reach the terminal")
    parser.add_argument(
        "--delay", type=float, default=0.0, metavar="MS", help="a far line: how long a key is under way"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every number")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def main() -> int:
    """Measures, and prints."""
    if sys.platform != "linux":
        print("The numbers come from /proc and pidfd: this needs Linux.", file=sys.stderr)
        return 2
    given = _filled(_parser().parse_args())
    line = Line(given.line, given.delay / 1000)
    records, began, load = Records(), time.monotonic(), [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory(prefix="msals-speed-") as made:
        names = _measure(given, line, Path(made), records)
    load.append(os.getloadavg()[0])
    for sentence in about(records, given.rounds, load, _said(line), time.monotonic() - began):
        print(f"{sentence}  ")
    print()
    for row in table(records, names):
        print(row)
    if given.json:
        given.json.write_text(json.dumps(raw(records)))
    return 0


def _filled(given: argparse.Namespace) -> argparse.Namespace:
    """What was not said, by whether a short measuring is wanted."""
    given.rounds = given.rounds or (3 if given.short else 10)
    given.sizes = given.sizes or _sizes("80x24" if given.short else ALL_SIZES)
    given.only = given.only or EVERYTHING | {COMMANDS}
    if "signals" in given.only:
        given.only = given.only | {"exit"}  # a signal stands beside the floor's exit by key
    given.lengths = given.lengths if given.lengths is not None else list(LENGTHS[:2] if given.short else LENGTHS)
    return given


def _measure(given: argparse.Namespace, line: Line, folder: Path, records: Records) -> list[str]:
    """Every round; returns the names of what was measured, in the order of the table."""
    once, rng, asked = Setting(given.sizes[0], line, folder), random.Random(given.seed), commands(folder)
    others, records.remarks[:] = ([], []) if given.no_peers else peers(folder)
    programs = [one for one in (*own(folder, given.lengths), *others) if one.measures & given.only]
    base = floor()
    programs = [one for one in warmed_up([base, *programs], once, records) if one is not base]
    began = time.monotonic()
    for number in range(given.rounds):
        for size in rng.sample(given.sizes, len(given.sizes)):
            # What a size does not change is measured at the first alone.
            here = programs if size == once.size else [one for one in programs if one.name == OWN]
            walk_round(number, base, here, given.only, Setting(size, line, folder), records, rng)
        for _ in range(COMMAND_PASSES if COMMANDS in given.only else 0):
            command_round(number, asked, once, records, rng)
        print(f"round {number + 1} of {given.rounds} after {time.monotonic() - began:.0f} s", file=sys.stderr)
    if COMMANDS in given.only:
        records.remarks.append(about_textual(asked, folder))
    return [*(one.name for one in programs), *asked]


def _said(line: Line) -> str:
    slow = f", over a line of {line.bytes_a_second:,.0f} bytes a second" if line.bytes_a_second else ""
    return slow + (f", keys {line.delay * 1000:.0f} ms under way" if line.delay else "")


if __name__ == "__main__":
    sys.exit(main())
