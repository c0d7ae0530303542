"""One run of one program: started, walked through as a person would, ended, and everything measured on the way."""

import signal
import tempfile
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from environment import environment
from processes import cpu, memory
from programs import BACKSPACE, DOWN, ENTER, ESCAPE, UP, Program
from records import Numbers, Run
from terminal import Effect, Line, Terminal

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ARROWS = (DOWN, DOWN, UP) * 7
ESCAPES = 5
IDLE_SECONDS = 2.0
ANSWERS_IN_MEMORY = 1_000
_OTHER_SIZES = ((100, 30), (72, 24))


@dataclass(frozen=True, slots=True)
class Setting:
    """Where programs run."""

    size: tuple[int, int]
    line: Line
    folder: Path
    """Of this measuring; what programs put by for their next start stays in it."""


def run(program: Program, wanted: Set[str], setting: Setting, *, long: bool) -> Run:
    """Measures what is wanted and the program can do; with `long`, also what takes a minute. Stuck when it does not go on."""
    measured = Run({})
    groups = program.measures & wanted
    with _started(program, setting) as terminal:
        measured.numbers.update(_start(terminal, program))
        if "arrow" in groups:
            measured.numbers.update(_arrows(terminal, program))
        if "idle" in groups:
            measured.numbers.update({name: [value] for name, value in terminal.idle(IDLE_SECONDS).items()})
        # There is no way back, and nothing to leave, before there are answers.
        if groups & {"answer", "escape", "exit"}:
            measured.numbers.update(_answers(terminal, program))
        if "escape" in groups:
            measured.numbers.update(_escapes(terminal, program))
        if "resize" in groups:
            measured.numbers.update(_resizes(terminal, setting.size))
        if "exit" in groups:
            _leave(terminal, program, measured)
    if "signals" in groups:
        for number in SIGNALS:
            with _started(program, setting) as terminal:
                _start(terminal, program)
                _end(terminal, measured, number)
    if "memory" in groups and long:
        with _started(program, setting) as terminal:
            _start(terminal, program)
            measured.numbers.update(_memory(terminal, program))
    return measured


@contextmanager
def _started(program: Program, setting: Setting) -> Iterator[Terminal]:
    """The program in a terminal, with a home and records of its own."""
    with tempfile.TemporaryDirectory(dir=setting.folder) as home:
        own = Path(home)
        cache = (own if program.starts_cold else setting.folder) / "cache"
        records = ("--records", str(own / "records")) if program.keeps else ()
        command = (*program.command, *records)
        with Terminal(command, environment(own, cache), setting.size, setting.line, own) as terminal:
            yield terminal


def _start(terminal: Terminal, program: Program) -> Numbers:
    """Until something can be read, until the first question is asked, and until it has answered the first key."""
    readable = asked = terminal.see(program.notice or program.first)
    if program.notice:
        terminal.type(ENTER)
        asked = terminal.see(program.first)
    used = cpu(terminal.process)
    terminal.type(DOWN)
    usable = terminal.see(program.pointed)
    terminal.settle(0.2)
    numbers = {
        "readable": readable, "asked": asked, "usable": usable, "start_cpu": used,
        "start_bytes": float(terminal.bytes), **memory(terminal.process),
    }  # fmt: skip
    return {name: [value] for name, value in numbers.items()}


def _arrows(terminal: Terminal, program: Program) -> Numbers:
    return _numbers("arrow", [terminal.press(key, aside=program.aside) for key in ARROWS])


def _answers(terminal: Terminal, program: Program) -> Numbers:
    """The clock runs from Enter; bytes and CPU are also those of what was typed before it."""
    effects, kept = [], []
    for number, answer in enumerate(program.answers, 1):
        typed = terminal.press(answer.typed) if answer.typed else Effect()
        saved = f"Saved {number}" if program.keeps else ""
        effect = terminal.press(ENTER, aside=program.aside, seen=answer.next, kept=saved)
        effect.bytes += typed.bytes
        effect.cpu += typed.cpu
        effects.append(effect)
        kept += [effect.kept] if effect.kept is not None else []
    return _numbers("answer", effects) | ({"saved": kept} if kept else {})


def _escapes(terminal: Terminal, program: Program) -> Numbers:
    """Esc alone goes back a question; a terminal sends the same byte at the head of other keys, so the program waits."""
    firsts = [terminal.press(ESCAPE, aside=program.aside).first for _ in range(ESCAPES)]
    return {"escape": [first for first in firsts if first is not None]}


def _resizes(terminal: Terminal, size: tuple[int, int]) -> Numbers:
    return _numbers("resize", [terminal.resize(*other) for other in (*_OTHER_SIZES, size)])


def _leave(terminal: Terminal, program: Program, measured: Run) -> None:
    """By the keys of the program; the clock runs from the last."""
    for key, then in program.exit[:-1]:
        terminal.press(key, seen=then)
    gone, left = terminal.leave(keys=program.exit[-1][0])
    measured.numbers["exit_key"] = [gone]
    measured.left_behind["key"] = left


def _end(terminal: Terminal, measured: Run, number: signal.Signals) -> None:
    gone, left = terminal.leave(number=number)
    name = number.name.removeprefix("SIG")
    measured.numbers[f"exit_{name}"] = [gone]
    measured.left_behind[name] = left


def _memory(terminal: Terminal, program: Program) -> Numbers:
    """What a thousand answers leave in memory: forward through the first questions, back, and other answers.

    The first way there and back is not counted: what a program sets up once is not growth. PSS would not do here: it
    grows whenever another program that shares a library ends.
    """
    _there_and_back(terminal, program, lap=0)
    terminal.settle(0.3)
    before, given, lap = memory(terminal.process)["rss"], 0, 1
    while given < ANSWERS_IN_MEMORY:
        given += _there_and_back(terminal, program, lap)
        lap += 1
    terminal.settle(0.3)
    return {"growth": [memory(terminal.process)["rss"] - before]}


def _there_and_back(terminal: Terminal, program: Program, lap: int) -> int:
    """Answers every question another way than on the lap before, and goes back to the first; returns how many."""
    for place, answer in enumerate(program.answers):
        terminal.type("123"[(lap + place) % 3] + ENTER)
        terminal.see(answer.next)
    for label in reversed([program.first, *(answer.next for answer in program.answers[:-1])]):
        terminal.type(BACKSPACE)
        terminal.see(label)
    return len(program.answers)


def _numbers(name: str, effects: list[Effect]) -> Numbers:
    settled = [effect.settled for effect in effects if effect.settled is not None]
    return {
        name: settled,
        f"{name}_bytes": [float(effect.bytes) for effect in effects],
        f"{name}_cpu": [effect.cpu for effect in effects],
    }
