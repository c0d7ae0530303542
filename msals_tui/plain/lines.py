"""Where lines come from and go to."""

import os
from errno import EIO
from typing import Protocol, TextIO

from msals_tui.sequences import without_sequences
from msals_tui.signals import wait_to_read
from msals_tui.text import for_screen

_LONGEST_LINE = 64 * 1024
"""Bytes kept of one line; far more than any answer holds, so that what is cut off is noticed and said."""
_AT_ONCE = 64 * 1024


class EndOfInput(Exception):
    """Nobody will type any more."""


class Lines(Protocol):
    """Says a line, and asks for one."""

    @property
    def by_hand(self) -> bool:
        """Whether somebody types the lines, who may type ahead of what is said; a file was written by who knew what comes."""

    def say(self, text: str) -> None:
        """Says a text; it may hold several lines."""

    def ask(self, prompt: str) -> str:
        """Asks and returns what was typed, without the line end. Raises EndOfInput if there is nothing more to come."""


class Terminal:
    """Lines over a pair of streams. Every text is made safe for a screen on its way out.

    When the other end has gone (a closed window, a pipe that nobody reads), nothing more is said and nothing comes in.
    """

    def __init__(self, source: int | None, target: TextIO) -> None:
        """`source` is the descriptor to read from, None where there is none. Nobody else reads from it."""
        self._source = source
        self._target = target
        self._ahead = b""
        """What was read and not yet asked for."""
        self._gone = source is None
        self._refused: OSError | None = None
        self._echoed = source is not None and os.isatty(source)
        self._prompting = False
        """A prompt stands on the line and nothing was typed after it yet."""

    @property
    def by_hand(self) -> bool:
        """Whether the lines come from a terminal."""
        return self._echoed

    def say(self, text: str) -> None:
        """Writes a text and ends the line."""
        start = "\n" if self._prompting else ""
        self._prompting = False
        self._write(start + for_screen(text, lines=True) + "\n")

    def ask(self, prompt: str) -> str:
        """Writes the prompt and reads one line."""
        self._write(for_screen(prompt) + " ", flush=True)
        self._prompting = True
        line = self._line()
        if not line:
            raise EndOfInput
        self._prompting = False
        if not self._echoed:
            self._write("\n")
        return typed_text(line)

    def check(self) -> None:
        """Raises OSError if what was said went nowhere, but for a terminal that was closed, which is no fault."""
        if self._refused is not None and self._refused.errno != EIO:
            raise self._refused

    def _line(self) -> bytes:
        """The next line with its end, as far as it is kept; without one if the input ends with it; nothing at the end."""
        line = b""
        while b"\n" not in self._ahead:
            line = (line + self._ahead)[:_LONGEST_LINE]
            self._ahead = self._read()
            if not self._ahead:
                return line
        rest, end, self._ahead = self._ahead.partition(b"\n")
        return (line + rest)[:_LONGEST_LINE] + end

    def _read(self) -> bytes:
        """What there is, waiting until there is something; nothing at the end."""
        while not self._gone and self._source is not None:
            try:
                wait_to_read(self._source)
                return os.read(self._source, _AT_ONCE)
            except BlockingIOError:
                continue  # somebody else who has the same input was faster
            except (OSError, ValueError):
                self._gone = True
        return b""

    def _write(self, text: str, *, flush: bool = False) -> None:
        try:
            self._target.write(text)
            if flush:
                self._target.flush()
        except OSError as error:
            self._gone = True
            self._refused = self._refused or error


def typed_text(line: bytes) -> str:
    """What somebody typed on a line, without its end, and without what the terminal put into it.

    What is no UTF-8 comes in as lone surrogates, which `clean` counts.
    """
    return without_sequences(line.decode("utf-8", "surrogateescape").removesuffix("\n").removesuffix("\r"))
