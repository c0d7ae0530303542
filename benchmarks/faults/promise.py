"""How long until an answer is promised, beside a bare append and sync of as many bytes on the same disk, measured in turn.

    python benchmarks/faults/promise.py [FOLDER] [--answers N]

FOLDER must be on a disk, not in memory. Prints medians and 95th percentiles in milliseconds, and their ratios: `saved` is what
`Recording.save` takes, `promised` what passes from the answer to the recorder's word that it is saved, in a thread of its own,
and `screen` how long the thread of the screen is kept by it. Exit status 1 when a promise takes more than three times the bare
append, by the median.
"""

import argparse
import os
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from statistics import median, quantiles
from threading import Event
from time import perf_counter

from sitting import questionnaire, records_of

from msals_tui.content.library import Library
from msals_tui.interview.events import Answered
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.records.catalog import Catalog
from msals_tui.records.recording import Recording
from msals_tui.records.save_thread import SaveThread
from msals_tui.session.clock import MachineClock
from msals_tui.session.load_content import load_content

MOST_TIMES_BARE = 3.0


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=".")
    parser.add_argument("--answers", type=int, default=300)
    chosen = parser.parse_args()
    if _in_memory(Path(chosen.folder)):
        sys.stderr.write(f"{chosen.folder} is in memory, where a sync costs nothing; name a folder on a disk\n")
        return 2
    with tempfile.TemporaryDirectory(dir=chosen.folder, prefix="msals-promise-") as folder:
        times = _measured(Path(folder), chosen.answers)
    bare = median(times["bare"])
    print(f"{'':10} {'median':>8} {'p95':>8} {'ratio':>6}   ({chosen.answers} answers, ms)")
    for name, seconds in times.items():
        print(
            f"{name:10} {1000 * median(seconds):8.3f} {1000 * quantiles(seconds, n=20)[-1]:8.3f} {median(seconds) / bare:6.2f}"
        )
    return 1 if median(times["promised"]) > MOST_TIMES_BARE * bare else 0


def _measured(home: Path, answers: int) -> dict[str, list[float]]:
    """Seconds of each, one after the other in every round, so that what the machine does meanwhile meets them all."""
    saved, promised, length = _Saved(home / "a"), _Promised(home / "b"), 300
    bare = os.open(home / "bare", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    times: dict[str, list[float]] = {"bare": [], "saved": [], "promised": [], "screen": []}
    for number in range(answers):
        began = perf_counter()
        os.write(bare, b"x" * length)
        os.fsync(bare)
        times["bare"].append(perf_counter() - began)
        times["saved"].append(saved.answer(number))
        kept, whole = promised.answer(number)
        times["screen"].append(kept)
        times["promised"].append(whole)
    return times


class _Saved:
    """A sitting that is saved by whoever answers."""

    def __init__(self, home: Path) -> None:
        self.recording = _recording(home)
        self.recording.finish("first\n")

    def answer(self, number: int) -> float:
        began = perf_counter()
        _answer(self.recording, number)
        self.recording.save()
        return perf_counter() - began


class _Promised:
    """A sitting that is saved beside the screen."""

    def __init__(self, home: Path) -> None:
        self.recording = _recording(home)
        self.recording.finish("first\n")
        self._saved = Event()
        self._recorder = SaveThread(self.recording, self._saved.set)
        self.recording.wanted = self._recorder.wake
        self._saved.wait()

    def answer(self, number: int) -> tuple[float, float]:
        self._saved.clear()
        began = perf_counter()
        _answer(self.recording, number)
        kept = perf_counter() - began
        while self.recording.saving.waiting:
            self._saved.wait()
            self._saved.clear()
        return kept, perf_counter() - began


def _recording(home: Path) -> Recording:
    home.mkdir()
    (home / "faults.toml").write_text(questionnaire())
    library = Library()
    content = load_content(library, str(home / "faults.toml"))
    return Catalog(records_of(home), library, "en", MachineClock()).begin(content)


def _answer(recording: Recording, number: int) -> None:
    recording.session.post(Answered("q2", Number(Decimal(20 + number % 70))))


def _in_memory(folder: Path) -> bool:
    """Whether a folder is on a disk that is none."""
    best = ("", "")
    for line in Path("/proc/mounts").read_text().splitlines():
        _, place, kind, *_ = line.split()
        if (str(folder.resolve()) + "/").startswith(place.rstrip("/") + "/"):
            best = max(best, (place, kind), key=lambda one: len(one[0]))
    return best[1] in ("tmpfs", "ramfs")


if __name__ == "__main__":
    sys.exit(main())
