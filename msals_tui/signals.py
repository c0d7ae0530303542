"""Turns the signals that end a sitting into an exception, so that what was answered is written before the end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


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


def _heard() -> list[signal.Signals]:
    return [one for one in _ENDING if signal.getsignal(one) is not signal.SIG_IGN]
