"""What becomes of a fault of our own: one neutral sentence, an entry in the log of the records, and no value anywhere.

A traceback shows lines of source, the message of an error may quote an answer, and a core file holds all of them. Kind
and place in our code are enough to find a fault. This stands at the ground, since faults may come from every room.
"""

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from errno import EIO
from typing import TYPE_CHECKING, Any, TypeAlias

from msals_tui import __version__

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

Body: TypeAlias = dict[str, Any]

MOST_PLACES = 20
"""So many places in our code are kept of one fault, the innermost."""
_OURS = __name__.partition(".")[0]
_PR_SET_DUMPABLE = 4


class Watch:
    """Takes the faults of this process, wherever nobody else does."""

    def __init__(self) -> None:
        self._log: Callable[[Body], object] | None = None
        self.intake: Callable[[], str | None] = lambda: None
        """Tells the id of the record that is written now, if there is one."""
        self.end: Callable[[BaseException], object] = self.say
        """What follows when a thread of ours is gone, without which the program cannot go on."""

    def start(self, log: Callable[[Body], object]) -> None:
        """Faults that end the program, a thread, or nothing at all are said in one sentence from here on, and logged."""
        self._log = log
        sys.excepthook = lambda _, error, __: self.say(error)
        threading.excepthook = lambda told: self._in_thread(told.exc_value)
        sys.unraisablehook = lambda told: self.say(told.exc_value)

    def caught(self, error: BaseException) -> str:
        """Logs a fault, and returns a sentence about it: what kind and where in our code."""
        kind, places = type(error).__name__, _places(error)
        if self._log is not None:
            at = datetime.now(UTC).isoformat(timespec="seconds")
            entry = {"at": at, "program": __version__, "what": kind, "where": places, "id": self.intake() or ""}
            try:
                self._log(entry)
            except Exception:  # noqa: BLE001 - whatever is wrong with the log too, the sentence is still to be said
                self._log = None
        return f"something went wrong inside msals-tui: {kind} in {places[-1] if places else '?'}"

    def say(self, error: BaseException | None) -> None:
        """Says a fault that nobody waits for."""
        if error is not None and sys.stderr is not None:
            sys.stderr.write(f"{self.caught(error)}\n")

    def _in_thread(self, error: BaseException | None) -> None:
        if error is not None and "".join(_places(error)[-1:]).startswith(f"{_OURS}."):
            self.end(error)
        elif isinstance(error, OSError) and error.errno == EIO:
            return  # what Textual writes to a terminal that was closed
        else:
            self.say(error)

    def in_loop(self, _: "AbstractEventLoop", context: dict[str, Any]) -> None:
        """Takes the faults of an event loop."""
        self.say(context.get("exception"))


WATCH = Watch()
"""The one of this process."""


_WITHOUT_SCREEN = ("textual", "rich")
"""Packages that only the screen needs."""


def cannot_load(error: BaseException) -> str:
    """A sentence about a package of others that is not installed, or not as it should be, and what to do."""
    name = (getattr(error, "name", None) or _innermost(error)).partition(".")[0]
    known = name.replace("_", "-")
    if name == _OURS or not known:
        return f"msals-tui is not whole ({type(error).__name__}); install it again: python3 -m pip install msals-tui"
    plain = "; without it, start with --plain" if name in _WITHOUT_SCREEN else ""
    if isinstance(error, ModuleNotFoundError):
        return (
            f"msals-tui needs the Python package {known}, which is not installed here; "
            f"install it: python3 -m pip install {known}{plain}"
        )
    return (
        f"msals-tui needs the Python package {known}, which does not work here; "
        f"install it again: python3 -m pip install --force-reinstall {known}{plain}"
    )


def _innermost(error: BaseException) -> str:
    """The module in which a fault arose; the system that loads modules is none."""
    name, place = "", error.__traceback__
    while place is not None:
        module = str(place.tb_frame.f_globals.get("__name__", ""))
        name = name if module.startswith("importlib") else module
        place = place.tb_next
    return name


def keep_memory_private() -> None:
    """Lets no core file and no other program of this person have the memory of this process, which holds answers."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _places(error: BaseException) -> list[str]:
    """Where in our code a fault passed, the place where it arose last; in other code where it passed nowhere in ours."""
    ours: list[str] = []
    other: list[str] = []
    place = error.__traceback__
    while place is not None:
        module = str(place.tb_frame.f_globals.get("__name__", "?"))
        (ours if module.partition(".")[0] == _OURS else other).append(f"{module}:{place.tb_lineno}")
        place = place.tb_next
    return (ours or other)[-MOST_PLACES:]
