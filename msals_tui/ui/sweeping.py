"""Looks for memory that nobody uses any more, when nobody waits for the screen.

Left to itself, Python looks whenever a few hundred objects more were made than went, which is in the middle of an answer, and
every now and then through everything there is. Nearly all objects go without that, at once: only those that hold each other
stay, a few hundred an answer. So it is done when nobody pressed anything for `QUIET` seconds, in 20 to 40 ms, which a key that
comes just then may wait; and whoever never rests has it done for the youngest objects, in a few ms.
"""

import asyncio
import gc
from collections.abc import Callable
from time import monotonic

QUIET = 2.0
"""Seconds. Idling wakes nothing: it is looked once after the last key, and then not before the next one."""
NEVER_RESTS = 30.0
"""Seconds without `QUIET` ones among them."""
EVERYTHING, YOUNGEST = 2, 1
"""Generations of Python's collector."""


def _later(seconds: float, call: Callable[[], None]) -> object:
    return asyncio.get_running_loop().call_later(seconds, call)


class Sweeper:
    """Sweeps for the one screen of this process. Until it is started, it leaves everything to Python."""

    def __init__(
        self,
        now: Callable[[], float] = monotonic,
        later: Callable[[float, Callable[[], None]], object] = _later,
        sweep: Callable[[int], object] = gc.collect,
    ) -> None:
        self._now, self._later, self._sweep = now, later, sweep
        self._started = self._waiting = False
        self._used = self._swept = 0.0

    def start(self) -> None:
        """From here on nothing is swept but by this."""
        gc.disable()
        self._started = True

    def keep(self) -> None:
        """Everything that is there by now stays to the end, and is not looked through again."""
        if self._started:
            gc.freeze()

    def used(self) -> None:
        """Somebody pressed something. To be called in the loop."""
        self._used = self._now()
        if self._started and not self._waiting:
            self._swept = self._used
            self._wait(QUIET)

    def _wait(self, seconds: float) -> None:
        self._waiting = True
        self._later(seconds, self._look)

    def _look(self) -> None:
        left = self._used + QUIET - self._now()
        if left <= 0:
            self._waiting = False
            self._sweep(EVERYTHING)
            return
        if self._now() - self._swept >= NEVER_RESTS:
            self._swept = self._now()
            self._sweep(YOUNGEST)
        self._wait(left)
