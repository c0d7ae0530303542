"""The table: every ratio, what it is made of, and whether it meets its goal."""

import os
import platform
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

from commands import NOTHING
from programs import FLOOR
from ratios import interval, ratios, share_below
from records import Record, Records, values

_GOALS = Path(__file__).with_name("goals.toml")
_PACKAGES = ("msals-tui", "textual", "pydantic", "questionary", "InquirerPy", "prompt_toolkit", "pyte")
_HEAD = ("measure", "program", "size", "ratio [95 %]", "it", "beside it", "goal", "met")
_NONE = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A row's words."""

    words: str
    unit: str
    beside: str = ""
    """What of the floor it stands beside, where that has another name."""
    has_ratio: bool = True


MEASURES = {
    "readable": Measure("start: something to read", "s"),
    "asked": Measure("start: first question shows", "s"),
    "usable": Measure("start: first key answered", "s"),
    "start_cpu": Measure("start: CPU", "s"),
    "start_bytes": Measure("start: bytes", "B"),
    "arrow": Measure("arrow, settled", "s"),
    "arrow_cpu": Measure("arrow: CPU", "s"),
    "arrow_bytes": Measure("arrow: bytes", "B"),
    "answer": Measure("answer to next question and panel, settled", "s"),
    "answer_cpu": Measure("answer: CPU", "s"),
    "answer_bytes": Measure("answer: bytes", "B"),
    "saved": Measure("answer to `Saved`", "s", beside="answer"),
    "escape": Measure("Esc alone", "s"),
    "resize": Measure("resize, settled", "s"),
    "idle_cpu": Measure("idle: CPU a second", "s"),
    "idle_wake_ups": Measure("idle: wake-ups a second", ""),
    "idle_bytes": Measure("idle: bytes a second", "B", has_ratio=False),
    "rss": Measure("memory at start (RSS)", "MiB"),
    "pss": Measure("memory at start (PSS)", "MiB"),
    "growth": Measure("memory: growth over 1,000 answers", "MiB", has_ratio=False),
    "exit_key": Measure("exit by key", "s"),
    "exit_INT": Measure("exit by INT", "s", beside="exit_key"),
    "exit_TERM": Measure("exit by TERM", "s", beside="exit_key"),
    "exit_HUP": Measure("exit by HUP", "s", beside="exit_key"),
    "command": Measure("command, whole", "s"),
    "command_cpu": Measure("command: CPU", "s"),
}
"""In the order of the table. An exit by a signal stands beside the floor's exit by key: the floor just dies of two of them."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached."""

    measure: str
    program: str
    of: str
    """`ratio` or `value`."""
    most: float
    words: str
    sizes: tuple[str, ...] = ()
    """None for every size."""

    def concerns(self, measure: str, record: Record) -> bool:
        """Whether it is about this measure of this program at this size."""
        return (self.measure, self.program) == (measure, record.program) and (
            not self.sizes or record.size in self.sizes
        )


def goals() -> list[Goal]:
    """As `goals.toml` has them."""
    read: list[dict[str, Any]] = tomllib.loads(_GOALS.read_text())["goal"]
    return [Goal(**{**one, "sizes": tuple(one.get("sizes", ()))}) for one in read]


def about(records: Records, rounds: int, load: Sequence[float], line: str, seconds: float) -> Iterator[str]:
    """Where, when and how it was measured."""
    versions = ", ".join(f"{name} {found}" for name in _PACKAGES if (found := _version(name)))
    yield f"Measured {datetime.now(UTC).date()} on Python {platform.python_version()}, {versions}."
    yield (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load[0]:.1f} before and {load[1]:.1f} after; "
        f"{rounds} shuffled rounds, {len(records.runs)} runs, {seconds:.0f} s{line}."
    )
    yield from dict.fromkeys(records.remarks)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def table(records: Records, names: Sequence[str]) -> Iterator[str]:
    """Markdown, a row for each measure of each program at each size; programs in the order of their names given."""
    yield f"| {' | '.join(_HEAD)} |"
    yield "|" + " --- |" * len(_HEAD)
    known = goals()
    first = {(one.program, one.size): one for one in records.runs if one.program not in {FLOOR, NOTHING}}
    for name in MEASURES:
        for one in sorted(first.values(), key=lambda one: (names.index(one.program), _width(one.size))):
            if cells := _row(records, name, one, known):
                yield f"| {' | '.join(cells)} |"


def _width(size: str) -> int:
    return int(size.partition("x")[0] or 0)


def _row(records: Records, name: str, one: Record, known: list[Goal]) -> tuple[str, ...] | None:
    measure, runs = MEASURES[name], records.of(one.program, one.size)
    found = values(runs, name, median)
    if not found:
        return None
    others, other_name = records.of(FLOOR if one.size else NOTHING, one.size), measure.beside or name
    divided = ratios(found, values(others, other_name, median)) if measure.has_ratio else []
    goal = next((goal for goal in known if goal.concerns(name, one)), None)
    left = _left_behind(runs, name.removeprefix("exit_"))
    return (
        measure.words, one.program, one.size, _ratio(divided), _spread(runs, name, measure.unit),
        _spread(others, other_name, measure.unit) if measure.has_ratio else _NONE,
        goal.words if goal else _NONE,
        _verdict(goal, divided, median(value.value for value in found), left) if goal else left and f"left on: {left}",
    )  # fmt: skip


def _ratio(divided: list[float]) -> str:
    if not divided:
        return _NONE
    between = interval(divided)
    return f"**{median(divided):.2f}**" + (f" [{between[0]:.2f}-{between[1]:.2f}]" if between else "")


def _spread(runs: list[Record], name: str, unit: str) -> str:
    """The median of all that was measured, and where there is enough of it, below what 95 % of it lie."""
    every = [value for one in runs for value in one.run.numbers.get(name, [])]
    if not every:
        return _NONE
    middle = said(median(every), unit)
    return f"{middle} (95 %: {said(share_below(every, 0.95), unit)})" if len(every) >= 20 else middle


def said(value: float, unit: str) -> str:
    """A number with its unit, as long as it tells something."""
    match unit:
        case "s" if value < 1:
            return f"{value * 1000:.1f} ms"
        case "s":
            return f"{value:.2f} s"
        case "B":
            return f"{value:,.0f} B"
        case "MiB":
            return f"{value:.2f} MiB"
        case _:
            return f"{value:.1f}"


def _left_behind(runs: list[Record], ending: str) -> str:
    return ", ".join(sorted({what for one in runs for what in one.run.left_behind.get(ending, [])}))


def _verdict(goal: Goal, divided: list[float], value: float, left: str) -> str:
    """Whether the median meets the goal; what a program left on in the terminal breaks it."""
    reached = value if goal.of == "value" else median(divided) if divided else None
    if reached is None:
        return "nothing to compare with"
    return ("yes" if reached <= goal.most and not left else "no") + (f"; left on: {left}" if left else "")


def raw(records: Records) -> dict[str, object]:
    """Every number, for whoever wants to count otherwise."""
    return {"python": sys.version, "remarks": records.remarks, "runs": [asdict(one) for one in records.runs]}
