"""Looks for memory that nobody uses any more, when nobody waits for the screen.

Left to itself, Python looks whenever a few hundred objects more were made than went, which is in the middle of an answer, and
every now and then through everything there is. Nearly all objects go without that, at once: only those that hold each other
stay. So it is done when nobody pressed anything for `QUIET` seconds, and every `MANY` keys of whoever never rests. It takes
1 to 2 ms, which a key that comes just then waits: what was there before the first page is never looked through again.
"""

import asyncio
import gc
from collections.abc import Callable
from time import monotonic

QUIET = 2.0
"""Seconds. Idling wakes nothing: it is looked once after the last key, and then not before the next one."""
MANY = 30
"""Keys, pastes and clicks of somebody who never rests, after which it is swept all the same."""
LOOKS = 0.5
"""Seconds between two looks while the screen is used."""


def _later(seconds: float, call: Callable[[], None]) -> object:
    return asyncio.get_running_loop().call_later(seconds, call)


class IdleCollector:
    """Sweeps for the one screen of this process. Until it is started, it leaves everything to Python."""

    def __init__(
        self,
        now: Callable[[], float] = monotonic,
        later: Callable[[float, Callable[[], None]], object] = _later,
        sweep: Callable[[], object] = gc.collect,
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
        if left <= 0 or self._keys >= MANY:
            self._keys = 0
            self._sweep()
        self._waiting = left > 0
        if self._waiting:
            self._wait(min(left, LOOKS))
