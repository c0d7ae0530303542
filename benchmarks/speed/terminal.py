"""A program in a pseudo-terminal, with a clock beside it.

A thread of its own takes down when bytes arrive, so that drawing them never delays a time. Nothing sleeps but the slow line.
"""

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from emulator import Emulator
from processes import cpu, wake_ups

PATIENCE = 300.0
"""Seconds after which something that was waited for will not happen any more."""
QUIET = 0.04
"""Seconds without output after which a screen counts as settled."""

_LONGEST_RESIZE = 2.0
"""Seconds after which a program is taken to have nothing to draw anew."""

# The thread that takes the times must not wait for the one that draws: 5 ms are usual.
sys.setswitchinterval(0.0002)


class Stuck(Exception):
    """What was waited for never happened."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line between the terminal and the program."""

    bytes_a_second: float | None = None
    """None for as fast as the machine is."""
    delay: float = 0.0
    """Seconds that a key, and an answer of the terminal, is under way."""

    @property
    def piece(self) -> int:
        """Bytes that arrive together: the line's 10 ms."""
        return 65536 if self.bytes_a_second is None else max(1, int(self.bytes_a_second / 100))

    @property
    def quiet(self) -> float:
        """Seconds without output after which a screen counts as settled: the line's own gaps are none."""
        return QUIET + self.delay


@dataclass(slots=True)
class Effect:
    """What a key did. Seconds since it was pressed; None for what never came."""

    first: float | None = None
    """The screen began to change."""
    settled: float | None = None
    """It changed for the last time."""
    seen: float | None = None
    """What was waited for could be read."""
    kept: float | None = None
    """It could be read that the answer is saved."""
    bytes: int = 0
    """Everything that was written because of it."""
    cpu: float = 0.0
    """Seconds of CPU that the program used."""


def _as_a_shell_would() -> None:
    """The terminal is the program's own, and signals that somebody above ignores reach it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """One program in one terminal."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int], line: Line, folder: Path
    ) -> None:
        self.line = line
        self.emulator = Emulator(*size)
        self.bytes = 0
        """Everything that was written so far."""
        self._arrived: deque[tuple[float, bytes]] = deque()
        self._news = threading.Event()
        self._master, self._slave = os.openpty()
        self._set_size(*size)
        self._settings = termios.tcgetattr(self._slave)
        self.began = time.perf_counter()
        self._program = subprocess.Popen(
            command, stdin=self._slave, stdout=self._slave, stderr=self._slave, env=dict(environment), cwd=folder,
            start_new_session=True, preexec_fn=_as_a_shell_would,  # noqa: PLW1509 - the thread of the terminal before has ended
        )  # fmt: skip
        self.process = self._program.pid
        self._ending = os.pidfd_open(self.process)
        self._reader = threading.Thread(target=self._take_down, daemon=True)
        self._reader.start()

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self._program.poll() is None:
            self._program.kill()
            self._program.wait()
        os.close(self._slave)
        self._reader.join()
        os.close(self._master)
        os.close(self._ending)

    def see(self, text: str) -> float:
        """Waits until a text can be read; returns the seconds since the start. Stuck when it never can."""
        return self._until(lambda: self.shows(text), f"{text!r} was never seen") - self.began

    def shows(self, text: str) -> bool:
        """Whether a text can be read, on one row."""
        return any(text in row for row in self.emulator.rows)

    def type(self, keys: str) -> None:
        """Types, and waits for nothing."""
        self._write(keys.encode())

    def press(self, keys: str, *, aside: frozenset[int] = frozenset(), seen: str = "", kept: str = "") -> Effect:
        """Types, and waits until the screen has settled and what is given can be read.

        Changes in the rows `aside` do not count as changes of the screen; `kept` is looked for in them alone.
        """
        self.settle()
        effect, before, used = Effect(), self.bytes, cpu(self.process)
        pressed = last = time.perf_counter()
        self._write(keys.encode())
        while True:
            waits = effect.first is None or (seen and effect.seen is None) or (kept and effect.kept is None)
            deadline = pressed + PATIENCE if waits else last + self.line.quiet
            arrived = self._next(deadline - time.perf_counter())
            if arrived is None:
                break
            last, rows = arrived
            if rows - aside:
                effect.first = effect.first or last - pressed
                effect.settled = last - pressed
            if rows and seen and effect.seen is None and self.shows(seen):
                effect.seen = last - pressed
            if rows and kept and effect.kept is None and any(kept in self.emulator.rows[row] for row in aside):
                effect.kept = last - pressed
        if waits:
            raise Stuck(
                f"after {keys!r} neither {seen!r} nor {kept!r} could be read on a changed screen\n{self._picture()}"
            )
        effect.bytes, effect.cpu = self.bytes - before, cpu(self.process) - used
        return effect

    def settle(self, quiet: float | None = None) -> None:
        """Waits until nothing was written for some seconds."""
        while self._next(quiet or self.line.quiet) is not None:
            pass

    def resize(self, width: int, height: int) -> Effect:
        """Pulls the window to another size, and waits until the screen has settled."""
        self.settle()
        effect, before, used = Effect(), self.bytes, cpu(self.process)
        pulled = time.perf_counter()
        self.emulator.resize(width, height)
        self._set_size(width, height)
        self._answer()
        deadline = pulled + _LONGEST_RESIZE
        while (arrived := self._next(deadline - time.perf_counter())) is not None:
            stamp, rows = arrived
            # A whole layout may stand between two frames: the silence that ends it is longer than behind a key.
            deadline = stamp + 3 * self.line.quiet
            if rows:
                effect.first = effect.first or stamp - pulled
                effect.settled = stamp - pulled
        effect.bytes, effect.cpu = self.bytes - before, cpu(self.process) - used
        return effect

    def idle(self, seconds: float) -> dict[str, float]:
        """What the program does while nobody does anything, a second."""
        self.settle(0.3)
        before, used, woken, began = self.bytes, cpu(self.process), wake_ups(self.process), time.perf_counter()
        while (left := began + seconds - time.perf_counter()) > 0:
            self._next(left)
        took = time.perf_counter() - began
        return {
            "idle_bytes": (self.bytes - before) / took,
            "idle_cpu": (cpu(self.process) - used) / took,
            "idle_wake_ups": (wake_ups(self.process) - woken) / took,
        }

    def leave(self, keys: str = "", number: signal.Signals | None = None) -> tuple[float, list[str]]:
        """Asks for the end by a key or a signal; returns seconds until the program is gone, and what it left behind."""
        self.settle()
        asked = time.perf_counter()
        if number is not None:
            os.kill(self.process, number)
        else:
            self._write(keys.encode())
        if not select.select([self._ending], [], [], PATIENCE)[0]:
            raise Stuck(f"the program did not end\n{self._picture()}")
        gone = time.perf_counter() - asked
        self._program.wait()
        self.settle()
        left = self.emulator.left_behind()
        if termios.tcgetattr(self._slave)[:4] != self._settings[:4]:
            left.append("settings of the terminal")
        return gone, left

    def _until(self, holds: Callable[[], bool], otherwise: str) -> float:
        deadline = time.perf_counter() + PATIENCE
        while (left := deadline - time.perf_counter()) > 0:
            arrived = self._next(min(left, 1.0))
            if arrived is None and self._program.poll() is not None:
                break
            if arrived is not None and arrived[1] and holds():
                return arrived[0]
        raise Stuck(f"{otherwise}\n{self._picture()}")

    def _next(self, seconds: float) -> tuple[float, set[int]] | None:
        """When the next bytes arrived, and the rows that they changed; None when there are none in so many seconds.

        Of a frame that is shown only when it is whole, the rows come with its end.
        """
        deadline = time.perf_counter() + seconds
        while not self._arrived:
            self._news.clear()
            left = deadline - time.perf_counter()
            if self._arrived:
                break
            if left <= 0 or not self._news.wait(left):
                return None
        arrived, data = self._arrived.popleft()
        self.bytes += len(data)
        self.emulator.feed(data)
        self._answer()
        return arrived, set() if self.emulator.holds_back else set(self.emulator.changed())

    def _answer(self) -> None:
        if told := self.emulator.answers():
            self._write(told)

    def _write(self, data: bytes) -> None:
        if self.line.delay:
            time.sleep(self.line.delay)
        while data:
            data = data[os.write(self._master, data) :]

    def _take_down(self) -> None:
        free = 0.0
        """When the slow line can take the next byte."""
        while True:
            try:
                data = os.read(self._master, self.line.piece)
            except OSError:  # nobody is at the other end any more
                return
            if self.line.bytes_a_second is not None:
                free = max(free, time.perf_counter()) + len(data) / self.line.bytes_a_second
                time.sleep(max(0.0, free - time.perf_counter()))
            self._arrived.append((time.perf_counter(), data))
            self._news.set()

    def _set_size(self, width: int, height: int) -> None:
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, width * 10, height * 20))

    def _picture(self) -> str:
        return "\n".join(row.rstrip() for row in self.emulator.rows)
