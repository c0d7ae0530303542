"""One line on a terminal that is written over and over: how far a long evaluation is."""

from typing import TextIO

from msals_tui.questionnaire.words import Words

MANY = 50
"""Up to so many cases nobody needs to be told."""


class Progress:
    """Says how far it is on a terminal, and nothing anywhere else."""

    def __init__(self, stream: TextIO, words: Words) -> None:
        self._stream = stream
        self._words = words
        self._told = ""

    def step(self, number: int, of: int) -> None:
        """Case `number` begins."""
        if of > MANY and self._stream.isatty():
            self.clear()
            self._told = self._words("evaluation.progress", number=number, of=of)
            self._write(self._told)

    def clear(self) -> None:
        """Takes the line away, so that something else can be said on it."""
        if self._told:
            self._write(f"\r{' ' * len(self._told)}\r")
            self._told = ""

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
