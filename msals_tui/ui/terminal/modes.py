"""The terminal itself: how it was before there was a screen, and giving it back when nothing else can any more."""

import os
import signal
import sys
import termios
from contextlib import suppress
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


def modes_of_terminal() -> Modes | None:
    """How the terminal takes what is typed; None if it is gone."""
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def end_at_once(status: int, modes: Modes | None = None) -> NoReturn:
    """Ends without waiting for anything, the terminal as it was where it still takes a few bytes."""
    give_back(modes)
    os._exit(status)


def send(screen: int, data: bytes) -> None:
    """Writes every byte to a terminal, however few a call takes."""
    while data:
        data = data[os.write(screen, data) :]


def give_back(modes: Modes | None) -> None:
    """The terminal as it was, where it still takes a few bytes."""
    screen = 2  # Textual draws on standard error
    with suppress(OSError, termios.error):
        os.set_blocking(screen, False)
        try:
            os.write(screen, AS_BEFORE)
        finally:
            os.set_blocking(screen, True)  # whoever called the program shares this setting
        if modes is not None:
            termios.tcsetattr(0, termios.TCSANOW, modes)


def leave(status: int) -> NoReturn:
    """Ends a program that has done everything: its records are saved and closed, its terminal given back, all of it said.

    What the interpreter would do yet is to take apart every object that it holds, which the system does at once, and to
    wait for threads, of which only such are left that must not be waited for. Nothing of ours is registered with it for
    its end, and locks go with the process. An OSError or BrokenPipeError when nobody takes what is said.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
