"""Cuts the power while an intake is being written, and looks whether what was promised is still there.

    python benchmarks/faults/power.py [--folder FOLDER]
    python benchmarks/faults/power.py --real [--cuts 500] [--seed 1]      as root

The first way is a model of a disk that keeps what was synced and promises nothing else: the operations of an intake are
noted, and behind each of them every state is built that a cut may leave. Of data that was not synced any part may be
there, or zeros; of names in a folder that was not synced, any; where there are too many ways to combine them, some are
drawn. The intake is also killed at every operation and gone on with before the cut. The second way writes on a real ext4
on a loop device, shuts it down under the program (FS_IOC_SHUTDOWN without flushing its log), mounts it again and reads.
Exit status 1 when a promised answer is lost, or one is shown that was not given.
"""

import argparse
import fcntl
import json
import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from files import (
    INTAKE,
    SHORT,
    WHOLE,
    Sitting,
    State,
    Step,
    begin,
    lost_or_invented,
    not_gone_on_with,
    state_of,
    states,
    walk,
)
from inject import Do, Injection, Killed, Operation

from msals_tui.errors import MsalsError
from msals_tui.records.drafts import read_draft
from msals_tui.records.store import Records

LAST_FREE = 4
"""Of so many of the last names in a folder, any may be missing; of those before them, all behind one of them."""
MOST_STATES = 200
"""At one place."""
SHUTDOWN = 0x8004587D
WITHOUT_LOG = 2
DISK_BYTES = 64 << 20
SHOWN_FAILURES = 20
DAMAGED = "nothing from there on counts"
"""What is said of a line that does not verify."""

Tree: TypeAlias = dict[str, bytes | None]
"""Files with their content, and folders (None), by path."""


@dataclass
class Node:
    """A file or folder: as it is promised, and as it is while nothing is cut."""

    synced: bytes = b""
    live: bytes = b""
    names: dict[str, int] | None = None
    """What a folder holds for good, by number; None for a file."""
    waiting: list[tuple[tuple[str, int | None], ...]] = field(default_factory=list)
    """Changes of names that are not promised, in order; each is whole or not at all."""

    def names_now(self) -> dict[str, int]:
        """What a folder holds while nothing is cut."""
        return changed(self.names or {}, self.waiting)


def changed(names: dict[str, int], changes: list[tuple[tuple[str, int | None], ...]]) -> dict[str, int]:
    """A folder after some changes of its names."""
    after = dict(names)
    for change in changes:
        for name, node in change:
            if node is None:
                after.pop(name, None)
            else:
                after[name] = node
    return after


class Disk:
    """A disk that promises what was synced."""

    def __init__(self) -> None:
        self.nodes = [Node(names={})]

    def find(self, path: str) -> int | None:
        """The number of what stands under a path now."""
        here: int | None = 0
        for part in path.split("/"):
            if part not in ("", ".") and here is not None:
                here = self.nodes[here].names_now().get(part)
        return here

    def do(self, operation: Operation, result: Any) -> None:
        """Does one operation that succeeded."""
        path, name = operation.path, operation.name
        node = self.find(path)
        match name:
            case "open" if node is None:
                self._make(path, Node())
            case "mkdir":
                self._make(path, Node(names={}))
            case "write":
                self._at(path).live += operation.arguments[1][:result]
            case "pwrite":
                data, at = operation.arguments[1][:result], operation.arguments[2]
                live = self._at(path).live
                self._at(path).live = live[:at].ljust(at, b"\0") + data + live[at + len(data) :]
            case "ftruncate":
                self._at(path).live = self._at(path).live[: operation.arguments[1]]
            case "fsync":
                self._sync(self._at(path))
            case "link":
                self._change(operation.target, node)
            case "unlink" | "rmdir":
                self._change(path, None)
            case "rename":
                above, before = path.rpartition("/")[0], path.rpartition("/")[2]
                self._at(above).waiting.append(((before, None), (operation.target.rpartition("/")[2], node)))
            case _:
                pass

    def states(self, random: Random) -> Iterator[Tree]:
        """What a cut may leave now."""
        ways = [list(_ways(node)) for node in self.nodes]
        count = 1
        for one in ways:
            count *= len(one)
        chosen = product(*ways) if count <= MOST_STATES else self._drawn(ways, random)
        for choice in chosen:
            tree: Tree = {}
            self._grow(tree, 0, "", choice)
            yield tree

    def _drawn(self, ways: list[list[Any]], random: Random) -> Iterator[tuple[Any, ...]]:
        yield tuple(one[0] for one in ways)
        yield tuple(one[-1] for one in ways)
        for _ in range(MOST_STATES):
            yield tuple(random.choice(one) for one in ways)

    def _grow(self, tree: Tree, number: int, path: str, choice: tuple[Any, ...]) -> None:
        if self.nodes[number].names is None:
            tree[path] = choice[number]
            return
        tree[path] = None
        for name, below in choice[number].items():
            self._grow(tree, below, f"{path}/{name}" if path else name, choice)

    def _at(self, path: str) -> Node:
        number = self.find(path)
        assert number is not None, path  # the program did it
        return self.nodes[number]

    def _make(self, path: str, node: Node) -> None:
        self.nodes.append(node)
        self._change(path, len(self.nodes) - 1)

    def _change(self, path: str, number: int | None) -> None:
        above, _, name = path.rpartition("/")
        self._at(above).waiting.append(((name, number),))

    def _sync(self, node: Node) -> None:
        node.synced = node.live
        if node.names is not None:
            node.names = node.names_now()
            node.waiting = []


def _ways(node: Node) -> Iterator[Any]:
    """What may be left of a file or folder; the first is least, the last is all."""
    if node.names is not None:
        sure, free = node.waiting[:-LAST_FREE], node.waiting[-LAST_FREE:]
        for end in range(len(sure)):
            yield changed(node.names, sure[:end])
        for kept in product((False, True), repeat=len(free)):
            yield changed(node.names, sure + [one for one, stays in zip(free, kept, strict=True) if stays])
        return
    yield node.synced
    if node.live == node.synced:
        return
    if node.live.startswith(node.synced):
        tail = node.live[len(node.synced) :]
        half = len(tail) // 2
        for part in (tail[:1], tail[:half], tail[:-1], bytes(half), bytes(len(tail)), bytes(half) + tail[half:]):
            yield node.synced + part
        yield node.synced + tail[:half] + bytes(len(tail) - half)
    yield node.live


@dataclass(frozen=True)
class Promise:
    """What was promised behind an operation: so many steps, and these summaries."""

    behind: int
    steps: int
    finals: tuple[tuple[int, str], ...] = ()


class Tape(Injection):
    """Notes every operation that succeeded, and every promise; may kill the program as `Injection` does."""

    def __init__(self, root: Path, at: int = 0, before: "Tape | None" = None) -> None:
        """`before` is the tape of what was done on this disk until now."""
        super().__init__(root, at, "kill")
        self.done: list[tuple[Operation, Any]] = list(before.done) if before is not None else []
        self.promises: list[Promise] = list(before.promises) if before is not None else []

    def meet(self, operation: Operation, do: Do) -> Any:
        """Does it and notes it."""
        result = super().meet(operation, do)
        self.done.append((operation, result))
        return result

    def heard(self, sitting: Sitting) -> None:
        """Notes what was promised."""
        self.promised(sitting.promised, tuple(sitting.finals))

    def promised(self, steps: int, finals: tuple[tuple[int, str], ...] = ()) -> None:
        """Notes what was promised."""
        self.promises.append(Promise(len(self.done), steps, finals))


@dataclass
class Outcome:
    """What became of the cuts."""

    states: int = 0
    damaged: int = 0
    """Those in which a line that was being written is whole at its end and not before; it is told as damaged."""
    failures: list[str] = field(default_factory=list)


def cut(tape: Tape, known: list[State], folder: Path, seen: set[int], *, since: int = 0, seed: int = 1) -> Outcome:
    """The power cut behind every operation from `since` on, and every state read by a program of its own."""
    disk, random, outcome = Disk(), Random(seed), Outcome()
    for behind, (operation, result) in enumerate(tape.done, 1):
        disk.do(operation, result)
        if behind < since:
            continue
        promise = max(
            (one for one in tape.promises if one.behind <= behind), key=lambda one: one.behind, default=Promise(0, 0)
        )
        for tree in disk.states(random):
            mark = hash((frozenset(tree.items()), promise.steps, promise.finals))
            if mark in seen:
                continue
            seen.add(mark)
            outcome.states += 1
            wrong = judged(tree, promise, known, folder)
            outcome.damaged += any(DAMAGED in one for one in wrong)
            wrong = [one for one in wrong if DAMAGED not in one]
            outcome.failures += [f"behind {behind} ({operation.name} {operation.path}): {one}" for one in wrong]
    return outcome


def judged(tree: Tree, promise: Promise, known: list[State], folder: Path) -> list[str]:
    """What is wrong with a state."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for path, data in sorted(tree.items()):
            if data is None:
                (Path(place) / path).mkdir(exist_ok=True, mode=0o700)
            else:
                (Path(place) / path).write_bytes(data)
        root = Path(place) / "records"
        wrong = lost_or_invented(root, known, promise.steps, list(promise.finals))
        return wrong + (not_gone_on_with(root) if promise.steps else [])


def taped(folder: Path, steps: tuple[Step, ...], at: int = 0) -> Tape:
    """An intake, noted; killed at an operation where `at` is not 0."""
    tape = Tape(folder, at)
    sitting = begin(folder / "records")
    sitting.heard = tape.heard
    try:
        with tape:
            for _ in walk(sitting, steps):
                pass
            sitting.recording.close()
    except Killed:
        pass
    return tape


def gone_on_with(folder: Path, tape: Tape, known: list[State]) -> Tape:
    """The same disk, on which somebody opens the intake and is shown what of it is saved."""
    again = Tape(folder, before=tape)
    with again:
        try:
            record = Records(folder / "records").open(INTAKE, "somebody")
        except MsalsError:
            return again
        if not record.files.waiting:
            finals = tuple((0, Records(folder / "records").final(INTAKE, one).decode()) for one in record.kept.finals)
            again.promised(known.index(state_of(read_draft(record.kept))), finals)
        record.close()
    return again


def model(folder: Path, whole: tuple[Step, ...] = WHOLE, killed: tuple[Step, ...] = SHORT) -> Outcome:
    """Every modelled state of an intake, and of one that was killed at every operation and gone on with."""
    seen: set[int] = set()
    with tempfile.TemporaryDirectory(dir=folder) as place:
        outcome = cut(taped(Path(place), whole), states(whole), folder, seen)
    known, last = states(killed), 0
    with tempfile.TemporaryDirectory(dir=folder) as place:
        last = len(taped(Path(place), killed).done)
    for at in range(1, last + 1):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            tape = taped(Path(place), killed, at)
            again = gone_on_with(Path(place), tape, known)
        found = cut(again, known, folder, seen, since=len(tape.done) + 1)
        outcome.states += found.states
        outcome.damaged += found.damaged
        outcome.failures += [f"killed at {at}, {one}" for one in found.failures]
    return outcome


def real(cuts: int, seed: int) -> Outcome:
    """So many cuts of a real ext4."""
    outcome, random, known = Outcome(), Random(seed), states(WHOLE)
    with tempfile.TemporaryDirectory() as place:
        image, mounted = Path(place) / "disk", Path(place) / "mounted"
        with image.open("wb") as file:
            file.truncate(DISK_BYTES)
        mounted.mkdir()
        _run("mkfs.ext4", "-q", "-F", str(image))
        for number in range(cuts):
            _run("mount", "-o", "loop", str(image), str(mounted))
            promise = _cut_at(mounted, f"cut-{number}", random.uniform(0, LONGEST_SECONDS))
            _run("umount", str(mounted))
            _run("mount", "-o", "loop", str(image), str(mounted))
            root = mounted / f"cut-{number}" / "records"
            wrong = lost_or_invented(root, known, promise.steps, list(promise.finals))
            wrong += not_gone_on_with(root) if promise.steps else []
            outcome.states += 1
            outcome.failures += [f"cut {number} behind {promise.steps} steps: {one}" for one in wrong]
            _run("rm", "-rf", str(mounted / f"cut-{number}"))
            _run("umount", str(mounted))
            PROMISED.append(promise.steps)
    return outcome


PROMISED: list[int] = []
"""How many steps were promised before each real cut."""
LONGEST_SECONDS = 0.25
"""Seconds within which the power is cut; as long as an intake takes."""


def _cut_at(mounted: Path, name: str, seconds: float) -> Promise:
    """Lets a process write an intake, cuts the power, and returns what it had promised by then."""
    (mounted / name).mkdir()
    os.sync()
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        _sit(mounted / name / "records", into)
    os.close(into)
    time.sleep(seconds)
    folder = os.open(mounted, os.O_RDONLY)
    # What is promised from here on is promised by a kernel that is being shut down under the program, and counts for nothing.
    os.set_blocking(out, False)
    told = b""
    with suppress(BlockingIOError):
        while more := os.read(out, 1 << 16):
            told += more
    fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", WITHOUT_LOG))
    os.close(folder)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(out)
    lines = told.decode().splitlines()
    steps, finals = json.loads(lines[-1]) if lines else (0, [])
    return Promise(0, steps, tuple((number, text) for number, text in finals))


def _sit(root: Path, into: int) -> None:
    """The process that writes an intake; every promise goes out in one piece."""
    try:
        sitting = begin(root)
        sitting.heard = lambda one: os.write(into, (json.dumps([one.promised, one.finals]) + "\n").encode()) and None
        for _ in walk(sitting, WHOLE):
            pass
    finally:
        os._exit(0)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


def main() -> int:
    """Cuts and prints what became of it."""
    parser = argparse.ArgumentParser(description="Cuts the power under an intake.")
    parser.add_argument("--folder", type=Path, help="where to work; a disk in memory is much the quickest")
    parser.add_argument("--real", action="store_true", help="a real ext4 on a loop device; needs root")
    parser.add_argument("--cuts", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.real:
        outcome = real(options.cuts, options.seed)
        spread = f", behind {min(PROMISED, default=0)} to {max(PROMISED, default=0)} promised steps"
        sys.stdout.write(f"real cuts {outcome.states}{spread}, promised steps in all {sum(PROMISED)}\n")
    else:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            outcome = model(Path(folder))
        sys.stdout.write(
            f"states of a cut {outcome.states}, with an unfinished line told as damaged {outcome.damaged}\n"
        )
    sys.stdout.write(f"failures {len(outcome.failures)}\n")
    sys.stdout.writelines(f"  {one}\n" for one in outcome.failures[:SHOWN_FAILURES])
    return int(bool(outcome.failures))


if __name__ == "__main__":
    sys.exit(main())
