"""What was measured: every run with all its numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ratios import Measured

Numbers = dict[str, list[float]]
"""What was measured, each as often as it was: seconds, bytes, MiB, or of something a second."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to."""

    numbers: Numbers
    left_behind: dict[str, list[str]] = field(default_factory=dict)
    """What was not as before in the terminal, after each way to end."""


@dataclass(frozen=True, slots=True)
class Record:
    """One run, and when it was."""

    program: str
    size: str
    """Of the terminal, as 80x24; empty without one."""
    round: int
    place: int
    """In the sequence of all runs."""
    run: Run


@dataclass(slots=True)
class Records:
    """Everything that was measured."""

    runs: list[Record] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What else is to be said, such as what could not be measured, in sentences."""

    def add(self, program: str, size: str, number: int, run: Run) -> None:
        """One more run of a round, in the place behind those before."""
        self.runs.append(Record(program, size, number, len(self.runs), run))

    def of(self, program: str, size: str) -> list[Record]:
        """The runs of one program at one size."""
        return [one for one in self.runs if one.program == program and one.size == size]


def values(records: Iterable[Record], measure: str, middle: Callable[[list[float]], float]) -> list[Measured]:
    """One number for each run that measured it."""
    return [Measured(one.round, one.place, middle(found)) for one in records if (found := one.run.numbers.get(measure))]
