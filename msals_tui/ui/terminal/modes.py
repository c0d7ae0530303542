"""The terminal itself: how it was before there was a screen, and giving it back when nothing else can any more."""

import os
import select
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from types import FrameType
from typing import Any, NoReturn, TypeAlias

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that ask a program to end."""
Modes: TypeAlias = list[Any]
"""As termios tells them."""

WIPED = "\x1b[3J"
"""Takes away what scrolled out of sight, on terminals that keep lines of a full screen there."""
AS_BEFORE = b"".join(
    (
        b"\x1b[?2026l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?7h",
        b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l",
        b"\x1b[?2004l\x1b[?1004l\x1b[?2048l\x1b[0m",
    )
)
"""Puts a terminal back: a half-drawn frame, keys, screen, cursor, line wrap; mouse; pasting, focus, resize reports, colours."""


SECONDS_TO_GIVE_BACK = 0.3
"""A terminal that is slow may take these few bytes; one that takes nothing is not waited for."""
_SCREEN = 2
"""Textual draws on standard error."""


def modes_of_terminal() -> Modes | None:
    """How the terminal takes what is typed; None if it is gone."""
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


class Borrowed:
    """The terminal, as it was before the program had it."""

    def __init__(self, modes: Modes | None = None) -> None:
        self.modes = modes
        """How it took what was typed; None where that is not known."""
        self.drawn = False
        """Whether it shows a full screen, and whatever belongs to one is switched on."""

    def give_back(self) -> None:
        """It is as it was, where it still takes a few bytes."""
        with suppress(OSError, termios.error):
            if self.drawn:
                _send_in_time(AS_BEFORE)
        with suppress(termios.error):
            if self.modes is not None:
                termios.tcsetattr(0, termios.TCSANOW, self.modes)
        self.drawn = False

    def end(self, status: int) -> NoReturn:
        """Ends without waiting for anything else, the terminal as it was."""
        self.give_back()
        os._exit(status)


@contextmanager
def quiet_terminal() -> Iterator[Borrowed]:
    """What is typed is kept for later from here on: not shown, not changed, and no key ends or stops the program.

    Given back at the end, and when a signal asks for it.
    """
    terminal = Borrowed(modes_of_terminal())

    def asked(number: int, _: FrameType | None) -> None:
        terminal.end(128 + number)

    before = {number: signal.signal(number, asked) for number in ENDING}
    if terminal.modes is not None:
        termios.tcsetattr(0, termios.TCSANOW, _quiet(terminal.modes))
    try:
        yield terminal
    finally:
        terminal.give_back()
        for number, handler in before.items():
            signal.signal(number, handler)


def _quiet(modes: Modes) -> Modes:
    quiet = [*modes[:6], list(modes[6])]
    quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    quiet[6][termios.VMIN] = 1
    return quiet


def send(data: bytes) -> None:
    """Writes every byte to the terminal, however few a call takes."""
    while data:
        data = data[os.write(_SCREEN, data) :]


def _send_in_time(data: bytes) -> None:
    until = monotonic() + SECONDS_TO_GIVE_BACK
    os.set_blocking(_SCREEN, False)
    try:
        while data and select.select([], [_SCREEN], [], max(until - monotonic(), 0))[1]:
            data = data[os.write(_SCREEN, data) :]
    finally:
        os.set_blocking(_SCREEN, True)  # whoever called the program shares this setting


def leave(status: int) -> NoReturn:
    """Ends a program that has done everything: its records are saved and closed, its terminal given back, all of it said.

    What the interpreter would do yet is to take apart every object that it holds, which the system does at once, and to
    wait for threads, of which only such are left that must not be waited for. Nothing of ours is registered with it for
    its end, and locks go with the process. An OSError or BrokenPipeError when nobody takes what is said.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
