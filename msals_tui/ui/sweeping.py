"""Looks for memory that nobody uses any more, when nobody waits for the screen.

Left to itself, Python looks whenever a few hundred objects more were made than went, which is in the middle of an answer, and
every now and then through everything there is. Nearly all objects go without that, at once: only those that hold each other
stay, a few hundred an answer. So it is done when nobody pressed anything for `QUIET` seconds, in 20 to 40 ms, which a key that
comes just then may wait; of whoever never rests it is done for the youngest objects, in about a ms, every `MANY` keys.
"""

import asyncio
import gc
from collections.abc import Callable
from time import monotonic

QUIET = 2.0
"""Seconds. Idling wakes nothing: it is looked once after the last key, and then not before the next one."""
MANY = 30
"""Keys, pastes and clicks of somebody who never rests, after which the youngest objects are swept."""
LOOKS = 0.5
"""Seconds between two looks while the screen is used."""
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
        self._used = 0.0
        self._keys = 0
        """Since the last sweep."""

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
        self._keys += 1
        if self._started and not self._waiting:
            self._wait(LOOKS)

    def _wait(self, seconds: float) -> None:
        self._waiting = True
        self._later(seconds, self._look)

    def _look(self) -> None:
        left = self._used + QUIET - self._now()
        if left <= 0:
            self._waiting = False
            self._swept(EVERYTHING)
            return
        if self._keys >= MANY:
            self._swept(YOUNGEST)
        self._wait(min(left, LOOKS))

    def _swept(self, what: int) -> None:
        self._keys = 0
        self._sweep(what)
