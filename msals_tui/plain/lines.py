"""Where lines come from and go to."""

from typing import BinaryIO, Protocol, TextIO

from msals_tui.text import for_screen

_LONGEST_LINE = 64 * 1024
"""Bytes read of one line; far more than any answer holds, so that what is cut off is noticed and said."""


class EndOfInput(Exception):
    """Nobody will type any more."""


class Lines(Protocol):
    """Says a line, and asks for one."""

    def say(self, text: str) -> None:
        """Says a text; it may hold several lines."""

    def ask(self, prompt: str) -> str:
        """Asks and returns what was typed, without the line end. Raises EndOfInput if there is nothing more to come."""


class Terminal:
    """Lines over a pair of streams. Every text is made safe for a screen on its way out.

    When the other end has gone (a closed window, a pipe that nobody reads), nothing more is said and nothing comes in.
    """

    def __init__(self, source: BinaryIO | None, target: TextIO) -> None:
        self._source = source
        self._target = target
        self._gone = source is None
        self._echoed = source is not None and source.isatty()
        self._prompting = False
        """A prompt stands on the line and nothing was typed after it yet."""

    def say(self, text: str) -> None:
        """Writes a text and ends the line."""
        start = "\n" if self._prompting else ""
        self._prompting = False
        self._write(start + for_screen(text, lines=True) + "\n")

    def ask(self, prompt: str) -> str:
        """Writes the prompt and reads one line. What is no UTF-8 comes in as lone surrogates, which `clean` counts."""
        self._write(for_screen(prompt) + " ", flush=True)
        self._prompting = True
        line = rest = self._read()
        while rest and not rest.endswith(b"\n"):
            rest = self._read()
        if not line:
            raise EndOfInput
        self._prompting = False
        if not self._echoed:
            self._write("\n")
        return line.decode("utf-8", "surrogateescape").removesuffix("\n").removesuffix("\r")

    def _read(self) -> bytes:
        if self._gone or self._source is None:
            return b""
        try:
            return self._source.readline(_LONGEST_LINE)
        except OSError:
            self._gone = True
            return b""

    def _write(self, text: str, *, flush: bool = False) -> None:
        try:
            self._target.write(text)
            if flush:
                self._target.flush()
        except OSError:
            self._gone = True
