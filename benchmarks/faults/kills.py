"""Kills the real program at random moments and looks whether an answer that its screen called saved is lost.

    python benchmarks/faults/kills.py [--kills N] [--twice N] [--signals NAME,...] [--seed S] [--workers N]

A promise is "Saved N" on the screen. Kills are spread evenly over the answers: a question is drawn, and a moment behind its
keys. With --twice, so many of the programs are started again over what is left, and killed again while they recover. After
each kill the record is read by the program's own reader; at the end the unfinished intake must be offered in words.
With --signals TERM,HUP,INT,CLOSE the program is asked to end, or its terminal closed: it must be gone in two seconds, say so by
its exit status, leave the terminal as it was, and have saved everything that was answered.
Prints a table; exit status 1 when anything was lost or invented.
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from sitting import QUESTIONS, Planned, Watched, check, planned, program

LONGEST_WAIT = 0.25
"""Seconds behind the keys of an answer in which a kill may fall: twice what an answer and its save take here."""
MOST_SECONDS_TO_END = 2.0
LEFT_ON = {1049, 1000, 1002, 1003, 1006, 1015, 1016, 2004, 2048}
"""Modes of a terminal that a program must not leave on: other screen, mouse, pasting, sizes."""
LONGEST_START = 1.6
"""Seconds behind the start in which a second kill may fall."""


def trial(task: tuple[int, bool, tuple[str, ...], float]) -> dict[str, object]:
    """One program, killed once or twice, or asked to end."""
    seed, twice, endings, soon = task
    rng = random.Random(seed)
    plan = planned(rng)
    found: dict[str, object] = {"seed": seed, "twice": twice}
    with tempfile.TemporaryDirectory(prefix="msals-kill-") as folder:
        home = Path(folder)
        try:
            promised, sent = _first(home, rng, plan, rng.choice(endings), soon)
            kept = check(home, plan, promised, sent, half=endings != ("KILL",))
            if twice:
                _again(home, rng)
                kept = check(home, plan, promised, sent)
            if kept and rng.random() < 0.2:
                _offered(home)
            found |= {"promised": promised, "sent": sent, "kept": kept}
        except (AssertionError, OSError) as problem:
            found["problem"] = str(problem)[:400]
    return found


def _first(home: Path, rng: random.Random, plan: list[Planned], ending: str, soon: float) -> tuple[int, int]:
    """Answers until the kill; what was promised, and how many answers were sent."""
    last, hurried = rng.randrange(QUESTIONS), rng.random() < 0.3
    with program(home) as watched:
        watched.begin()
        if hurried:  # typed ahead, without looking at the screen
            watched.terminal.send("".join(one.keys for one in plan[: last + 1]))
        else:
            for number, one in enumerate(plan[: last + 1]):
                watched.see(f"Question {number}?")
                watched.terminal.send(one.keys)
        _wait(watched, rng.random() * LONGEST_WAIT * (1 + hurried * last))
        _end(watched, ending, soon)
        return watched.promised, last + 1


def _again(home: Path, rng: random.Random) -> None:
    """Starts over what is left, goes on with it, and is killed meanwhile."""
    with program(home) as watched:
        watched.terminal.send("\r2\r")
        _wait(watched, rng.random() * LONGEST_START)
        _end(watched, "KILL", MOST_SECONDS_TO_END)


def _offered(home: Path) -> None:
    with program(home) as watched:
        watched.see("Resume")


def _wait(watched: Watched, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        watched.terminal._read(min(left, 0.005))
        watched.look()


def _end(watched: Watched, ending: str, soon: float) -> None:
    """Ends the program. AssertionError when it does not go as it should."""
    terminal = watched.terminal
    began = time.monotonic()
    if ending == "CLOSE":
        terminal.hang_up()
    else:
        terminal.signal(getattr(signal, f"SIG{ending}"))
    terminal.until(lambda: terminal.status is not None, f"{ending}: the program never ended")
    took = time.monotonic() - began
    watched.look()
    if ending == "KILL":
        return
    number = signal.SIGHUP if ending == "CLOSE" else getattr(signal, f"SIG{ending}")
    assert took < soon, f"{ending}: gone after {took:.1f} s"
    assert terminal.status == 128 + number, f"{ending}: exit status {terminal.status}"
    left_on = LEFT_ON & terminal.glass.modes
    assert ending == "CLOSE" or (not left_on and 25 in terminal.glass.modes), f"{ending}: left on {left_on}"


def main() -> int:
    """Runs all trials and prints what they found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--twice", type=int, default=0)
    parser.add_argument("--signals", default="KILL")
    parser.add_argument("--soon", type=float, default=MOST_SECONDS_TO_END, help="seconds in which it must be gone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    chosen = parser.parse_args()
    endings = tuple(chosen.signals.split(","))
    twice = chosen.twice if endings == ("KILL",) else 0
    tasks = [(chosen.seed * 1_000_000 + number, number < twice, endings, chosen.soon) for number in range(chosen.kills)]
    counted: Counter[str] = Counter()
    began = time.monotonic()
    with multiprocessing.Pool(chosen.workers) as pool:
        for found in pool.imap_unordered(trial, tasks):
            counted["programs"] += 1
            counted["kills"] += 1 + bool(found["twice"])
            for key in ("promised", "sent", "kept"):
                counted[key] += int(found.get(key, 0))  # type: ignore[call-overload]
            if "problem" in found:
                counted["failed"] += 1
                print(json.dumps(found), flush=True)
    print(
        f"{counted['kills']} ends ({chosen.signals}) of {counted['programs']} programs in {time.monotonic() - began:.0f} s"
    )
    print(f"answers sent {counted['sent']}, promised {counted['promised']}, kept {counted['kept']}")
    print(f"failed {counted['failed']}")
    return 1 if counted["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
