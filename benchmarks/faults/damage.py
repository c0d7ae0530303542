"""Damages a journal and a summary in every way a disk, a crash or an editor can, and looks what is then told as good.

    python benchmarks/faults/damage.py

Every truncation, bit flip, lost byte and byte put in; every line lost, doubled and swapped; blocks of 512 and 4096
zeros at every sector and to the end; foreign encodings; junk behind the end. Of a journal its own first lines may be
told, up to the damage, and nothing else; nothing may be raised. A summary has no checksum of its own: its record
keeps its SHA-256, which every variant must change; read all the same, it is taken or refused in one sentence. Exit
status 1 when any of this fails.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import TypeAlias

from fuzz import NAME, badly_said, bodies, say, summary_of, written

from msals_tui.content.case_files import read_case
from msals_tui.errors import MsalsError
from msals_tui.records.journal import journal, read_journal

SECTORS = (512, 4096)
JUNK = (b"\0", bytes(512), bytes(4096), b"\n", b"\n\n", b"x", b"\xff" * 100, b"0 0 {}\n")
NEWLINE = ord("\n")
PUT_IN = b"\0\n\xff"
LEAST_JOURNAL = 4096
"""Bytes of the journal that is damaged."""
SUMMARY_OF = "brief_ms_woman_29"
CHUNK = 500
SHOWN_FAILURES = 20

Variant: TypeAlias = tuple[str, bytes]
"""In what way it is damaged, and what is left."""
Told: TypeAlias = Callable[[bytes], Sequence[object]]
"""Reads a damaged file: what it tells as good, one thing a line of the file, in order."""


def variants(data: bytes) -> Iterator[Variant]:
    """Every variant of a file; none is the file itself."""
    for kind, ways in KINDS.items():
        yield from ((kind, one) for one in ways(data) if one != data)


def truncated(data: bytes) -> Iterator[bytes]:
    """Cut off at every place."""
    return (data[:end] for end in range(len(data)))


def flipped(data: bytes) -> Iterator[bytes]:
    """Every bit of every byte the other way."""
    for at, byte in enumerate(data):
        for bit in range(8):
            yield data[:at] + bytes([byte ^ 1 << bit]) + data[at + 1 :]


def shifted(data: bytes) -> Iterator[bytes]:
    """A byte lost or put in at every place."""
    for at in range(len(data)):
        yield data[:at] + data[at + 1 :]
        yield from (data[:at] + bytes([one]) + data[at:] for one in PUT_IN)


def with_lines_changed(data: bytes) -> Iterator[bytes]:
    """Every line lost, doubled, and swapped with every later one of the next few; all of them backwards."""
    lines = data.splitlines(keepends=True)
    for at, line in enumerate(lines):
        yield b"".join((*lines[:at], *lines[at + 1 :]))
        yield b"".join((*lines[:at], line, *lines[at:]))
        for other in range(at + 1, min(at + 5, len(lines))):
            swapped = lines.copy()
            swapped[at], swapped[other] = lines[other], line
            yield b"".join(swapped)
    yield b"".join(reversed(lines))


def zeroed(data: bytes) -> Iterator[bytes]:
    """Zeros instead of every sector, from every sector to the end, and from every place to the end."""
    for size in SECTORS:
        for at in range(0, len(data), size):
            yield data[:at] + bytes(min(size, len(data) - at)) + data[at + size :]
            yield data[:at] + bytes(size)
    for at in range(len(data)):
        yield data[:at] + bytes(len(data) - at)


def swapped_sectors(data: bytes) -> Iterator[bytes]:
    """Two sectors in each other's place."""
    for size in SECTORS:
        sectors = [data[at : at + size] for at in range(0, len(data), size)]
        for at in range(len(sectors) - 1):
            yield b"".join((*sectors[:at], sectors[at + 1], sectors[at], *sectors[at + 2 :]))


def encoded(data: bytes) -> Iterator[bytes]:
    """The whole in a foreign way of writing."""
    text = data.decode()
    yield from (text.encode(one) for one in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"))
    yield text.encode("latin-1", "replace").replace(b"e", b"\xe9")
    yield from (data.replace(b"\n", one) for one in (b"\r\n", b"\r", b"", b"\n\n"))


def lengthened(data: bytes) -> Iterator[bytes]:
    """Something behind the end, or in front of the beginning."""
    for junk in (*JUNK, data, data[: len(data) // 2]):
        yield data + junk
        yield junk + data


KINDS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "truncated": truncated,
    "bit flipped": flipped,
    "byte lost or put in": shifted,
    "lines": with_lines_changed,
    "zeros": zeroed,
    "sectors swapped": swapped_sectors,
    "encoding": encoded,
    "lengthened": lengthened,
}
"""Every kind of damage by its name."""


@dataclass
class Tally:
    """What became of the variants of one file."""

    variants: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    """Those of which something was told, or that were read."""
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Takes up what was tallied elsewhere."""
        self.variants += other.variants
        self.read += other.read
        self.failures += other.failures


def judge_journals(told: Told, good: bytes, damaged: Sequence[Variant]) -> Tally:
    """Nothing is raised, and told are the undamaged file's first lines: all before the damage, and nothing else."""
    tally, true = Tally(), list(told(good))
    heads = [good[: at + 1] for at, byte in enumerate(good) if byte == NEWLINE]
    for number, (kind, data) in enumerate(damaged):
        tally.variants[kind] += 1
        try:
            found = list(told(data))
        except Exception as error:  # noqa: BLE001 - none may come
            tally.failures.append(f"{kind} {number}: {type(error).__name__}")
            continue
        tally.read[kind] += bool(found)
        if found != true[: len(found)]:
            tally.failures.append(f"{kind} {number}: tells what was never written")
        if len(found) < sum(map(data.startswith, heads)):
            tally.failures.append(f"{kind} {number}: does not tell what stands before the damage")
    return tally


def judge_summaries(good: bytes, damaged: Sequence[Variant]) -> Tally:
    """Every variant has another hash, and reading it gives a case or a sentence."""
    tally, hashed = Tally(), sha256(good).hexdigest()
    for number, (kind, data) in enumerate(damaged):
        tally.variants[kind] += 1
        if sha256(data).hexdigest() == hashed:
            tally.failures.append(f"{kind} {number}: has the hash of the good file")
        try:
            read_case(written(data))
            tally.read[kind] += 1
        except MsalsError as refusal:
            if wrong := badly_said(refusal, data, NAME):
                tally.failures.append(f"{kind} {number}: {wrong}")
        except Exception as error:  # noqa: BLE001 - none may come
            tally.failures.append(f"{kind} {number}: {type(error).__name__}")
    return tally


def lines_told(data: bytes) -> list[object]:
    """The lines of a journal that are told as good."""
    return [(line.number, line.hash, line.body, line.bytes) for line in read_journal(data).lines]


def long_journal() -> bytes:
    """A journal of one intake, answered and altered until it is long enough."""
    header, *answers = bodies()
    entries = [header]
    while len(data := journal(entries).bytes) < LEAST_JOURNAL:
        entries += answers
    return data


def main() -> int:
    """Damages both files and prints what became of the variants."""
    good_journal, good_summary = long_journal(), summary_of(SUMMARY_OF).encode()
    with (
        tempfile.TemporaryDirectory(prefix="msals-damage-") as folder,
        ProcessPoolExecutor(initializer=start, initargs=(folder,)) as pool,
    ):
        of_journal = spread(pool, partial(judge_journals, lines_told, good_journal), good_journal)
        of_summary = spread(pool, partial(judge_summaries, good_summary), good_summary)
    table(f"journal of {len(good_journal)} bytes", "some lines told", of_journal)
    table(f"summary of {len(good_summary)} bytes", "still a summary", of_summary)
    return int(bool(of_journal.failures or of_summary.failures))


def start(folder: str) -> None:
    """Makes a process ready: in a folder of its own below this one."""
    os.chdir(tempfile.mkdtemp(dir=folder))


def spread(pool: ProcessPoolExecutor, judge: Callable[[Sequence[Variant]], Tally], good: bytes) -> Tally:
    """All variants of a file judged, on all cores."""
    every, tally = list(variants(good)), Tally()
    for one in pool.map(judge, (every[at : at + CHUNK] for at in range(0, len(every), CHUNK))):
        tally.add(one)
    return tally


def table(title: str, read: str, tally: Tally) -> None:
    """Says what became of the variants of one file."""
    say(f"{title:30} {'variants':>9} {read:>16}")
    for kind in KINDS:
        say(f"  {kind:28} {tally.variants[kind]:9} {tally.read[kind]:16}")
    say(f"  {'all':28} {tally.variants.total():9} {tally.read.total():16}   failures {len(tally.failures)}")
    for failure in tally.failures[:SHOWN_FAILURES]:
        say(f"    {failure}")


if __name__ == "__main__":
    sys.exit(main())
