"""One line on a terminal that is written over and over: how far a long way through many files is."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from msals_tui.questionnaire.words import Words

MANY = 50
"""Up to so many files nobody needs to be told."""

_BETWEEN = 0.1
"""Seconds between two drawings: faster is not read."""
_SETTLED = 3.0
"""Seconds after which the pace of what was done tells how long the rest will take."""
_A_MINUTE = 60


class Progress:
    """Says how far it is on a terminal, and nothing anywhere else. `words` are read once there is something to say."""

    def __init__(self, stream: TextIO, words: Callable[[], Words], clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._words = words
        self._clock = clock
        self._here = stream.isatty()
        self._begun = self._drawn = float("-inf")
        self._told = ""

    def step(self, number: int, of: int) -> None:
        """File `number`, counted from 1, begins."""
        if of <= MANY or not self._here:
            return
        now = self._clock()
        if number == 1:
            self._begun = now
        if now - self._drawn >= _BETWEEN:
            self._drawn = now
            self.clear()
            self._told = self._line(number, of, now - self._begun)
            self._write(self._told)

    def clear(self) -> None:
        """Takes the line away, so that something else can be said on it."""
        if self._told:
            self._write(f"\r{' ' * len(self._told)}\r")
            self._told = ""

    def _line(self, number: int, of: int, elapsed: float) -> str:
        words, done = self._words(), number - 1
        line = words("many.progress", number=number, of=of, share=100 * done // of)
        if elapsed < _SETTLED or not done:
            return line
        left = elapsed / done * (of - done)
        key, unit = ("many.minutes_left", _A_MINUTE) if left > _A_MINUTE else ("many.seconds_left", 1)
        return words(key, progress=line, count=-int(-left // unit))

    def _write(self, text: str) -> None:
        with suppress(OSError):  # nobody to tell
            self._stream.write(text)
            self._stream.flush()
