"""Turns the signals that end a sitting into an exception, so that what was answered is written before the end.

Python hears of a signal between two of its own steps. One that comes after the last of them, just before the system is asked
to wait, would be heard only when the wait is over, which may be never. So nothing here waits for input alone: whoever waits,
waits for a descriptor too that tells of signals.
"""

import os
import select
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from types import FrameType

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_AT_ONCE = 4096
"""Signals that are taken off the descriptor in one go."""
SECONDS_TO_SAY = 2.0
"""After a signal, for what is still to be said; an output that nobody takes may never take it."""


class Ended(BaseException):
    """A signal ended the sitting. No ordinary exception, so that nothing on the way takes it for a fault of its own."""

    def __init__(self, number: int) -> None:
        self.status = 128 + number
        """The exit status that tells of it."""
        super().__init__(number)


@contextmanager
def until_a_signal() -> Iterator[None]:
    """Raises Ended inside when Ctrl-C, TERM or HUP comes; never for one that `nohup` or a shell told us to ignore.

    After the first they are ignored for good: the process is about to go, and a closed terminal sends several.
    """

    def end(number: int, _: FrameType | None) -> None:
        for one in _ENDING:
            signal.signal(one, signal.SIG_IGN)
        raise Ended(number)

    before = {one: signal.signal(one, end) for one in _heard()}
    ended = False
    try:
        yield
    except Ended:
        ended = True
        raise
    finally:
        if not ended:
            for one, handler in before.items():
                signal.signal(one, handler)


@contextmanager
def undisturbed() -> Iterator[None]:
    """A signal that ends a sitting is heard only behind this: what is written is written whole first."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def asked_to_end() -> bool:
    """Whether such a signal came, and waits for `undisturbed` to be over."""
    return not signal.sigpending().isdisjoint(_heard())


def signal_ear() -> int:
    """A descriptor that can be read from once a signal came; `heard_signals` empties it. For the main thread only.

    The pipe is never closed: a number that a file of ours gets later must not be one that signals are written to.
    """
    ear, mouth = _pipe()
    signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)  # full, it can be read from all the same
    return ear


def heard_signals() -> None:
    """Empties the descriptor. What is to be done about the signals, their handlers do by themselves."""
    ear, _ = _pipe()
    with suppress(BlockingIOError):
        while len(os.read(ear, _AT_ONCE)) == _AT_ONCE:
            pass


def wait_to_read(file: int) -> None:
    """Sleeps until there is something to read from a file, or its end; a signal that comes at any moment is heard at once."""
    if threading.current_thread() is not threading.main_thread():
        return  # signals are heard elsewhere
    ear = signal_ear()
    while file not in select.select([file, ear], [], [])[0]:
        heard_signals()


def end_in_time(status: int) -> None:
    """Ends the process after SECONDS_TO_SAY, if it has not ended by then."""
    timer = threading.Timer(SECONDS_TO_SAY, os._exit, (status,))
    timer.daemon = True
    timer.start()


@cache
def _pipe() -> tuple[int, int]:
    ear, mouth = os.pipe()
    os.set_blocking(ear, False)
    os.set_blocking(mouth, False)
    return ear, mouth


def _heard() -> list[signal.Signals]:
    return [one for one in _ENDING if signal.getsignal(one) is not signal.SIG_IGN]
