"""What the kernel says of a running program (Linux)."""

import time
from pathlib import Path

_CPU_OF_ALL_THREADS = 2
"""The kernel's name for the clock that counts what every thread of a process ran, also of threads that ended."""


def cpu(process: int) -> float:
    """Seconds of CPU that it used so far."""
    return time.clock_gettime((~process << 3) | _CPU_OF_ALL_THREADS)


def wake_ups(process: int) -> int:
    """How often its threads went to sleep and were woken."""
    return sum(
        int(line.split()[1])
        for thread in Path(f"/proc/{process}/task").iterdir()
        for line in (thread / "status").read_text().splitlines()
        if line.startswith("voluntary_ctxt_switches")
    )


def memory(process: int) -> dict[str, float]:
    """Memory in MiB: `rss` with what it shares with other programs, `pss` with its share of that."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    read = {name: float(value.split()[0]) / 1024 for name, _, value in (line.partition(":") for line in lines[1:])}
    return {"rss": read["Rss"], "pss": read["Pss"]}
