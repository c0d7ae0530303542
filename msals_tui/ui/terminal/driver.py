"""The driver between Textual and the terminal: sleeps until there is something to do, and sends nothing twice.

Textual's own looks ten times a second whether a key came, so that a lone Esc, leaving and doing nothing all wait for that or
cost it. Here the thread that reads sleeps until bytes, the next moment that the parser waits for, or the end.
"""

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable
from threading import Event, RLock
from typing import Any

# Private modules, since Textual has no hook between the bytes of a terminal and its keys; tests fail when they change.
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from msals_tui.ui.terminal.painted import Painted
from msals_tui.ui.terminal.paste import PasteParser
from msals_tui.ui.terminal.screen_memory import BEGIN_TOGETHER, END_TOGETHER, Frame, ScreenMemory
from msals_tui.ui.terminal.terminal_writer import TerminalWriter

ALTERNATE_SCREEN = "\x1b[?1049h"
FIRST_SIZES = 2
"""So often Textual tells the size at its start, which is the one for which the first frame was painted."""
READ_AT_ONCE = 65536
"""Bytes; a terminal hands over less at a time, as a rule 4095."""


class Bell(Event):
    """An event that also wakes whoever sleeps in `select`: `ear` can be read from while it is set."""

    def __init__(self) -> None:
        super().__init__()
        self.ear, self._mouth = os.pipe()

    def set(self) -> None:
        """Rings."""
        if not self.is_set():
            super().set()
            os.write(self._mouth, b".")

    def clear(self) -> None:
        """Is silent again."""
        if self.is_set():
            super().clear()
            os.read(self.ear, 1)


class QuietDriver(LinuxDriver):
    """Textual's driver with our parser and a memory of the screen, reading bytes that are no UTF-8 as lone surrogates."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._writer: TerminalWriter | None = None
        super().__init__(*arguments, **named)
        self._end = Bell()
        self.exit_event = self._end  # Textual sets it when the thread that reads is to end
        self._painted: Painted | None = getattr(self._app, "painted", None)
        """What stands on the screen since before Textual was there."""
        self._shown = self._painted.shown if self._painted is not None else ScreenMemory()
        self._sizes_to_come = FIRST_SIZES if self._painted is not None else 0
        # The thread that reads writes too, when the terminal says what it can. A signal may interrupt whoever holds it.
        self._writing = RLock()

    @property
    def _writer_thread(self) -> WriterThread | None:
        """Textual makes one of its own wherever it begins to write; ours takes its place."""
        return self._writer

    @_writer_thread.setter
    def _writer_thread(self, made: WriterThread | None) -> None:
        self._writer = TerminalWriter(self._file) if made is not None and self._file is not None else None

    def write(self, data: str) -> None:
        """Sends what of this the terminal does not show already."""
        with self._writing:
            if data == ALTERNATE_SCREEN and self._painted is not None and not self._painted.taken_over:
                return  # it is there, and would be wiped
            if still := self._shown.still_to_send(data):
                super().write(still)

    def draw(self, frame: Frame, cursor: tuple[int, int], *, together: bool) -> None:
        """Sends what of a frame the terminal does not show already; `together` where it can be told to show it all at once."""
        with self._writing:
            if self._shown.held:
                return
            if still := self._shown.drawn(frame, cursor):
                super().write(f"{BEGIN_TOGETHER}{still}{END_TOGETHER}" if together else still)

    def forget_what_is_shown(self, size: Size | None = None) -> None:
        """Whatever is drawn next is sent, also where the terminal seems to show it. It may have another size now."""
        with self._writing:
            if size is None:
                self._shown.forget()
            elif self._sizes_to_come and size == self._shown.size:
                self._sizes_to_come -= 1
            else:
                self._sizes_to_come = 0
                self._shown.resized(*size)

    def let_through(self) -> None:
        """From here on frames are sent: what Textual draws is what was painted before it was there."""
        with self._writing:
            self._shown.held = False

    def start_application_mode(self) -> None:
        """Takes the terminal over; it is given back as it was before anything was painted."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._painted is not None:
            self.attrs_before = self._painted.modes
            self._painted.taken_over = True

    def run_input_thread(self) -> None:
        """Reads until the program leaves the terminal or the terminal is gone."""
        parser = PasteParser(self._debug)
        decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        # Not poll(), which knows no terminals on some versions of macOS.
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._end.ear, selectors.EVENT_READ)
            while not self._end.is_set():
                if any(key.fd == self.fileno for key, _ in selector.select(parser.seconds_left())):
                    data = os.read(self.fileno, READ_AT_ONCE)
                    if not data:
                        break
                    self._take(parser.feed(text) if (text := decode(data)) else ())
                self._take(parser.tick())

    def _take(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def disable_input(self) -> None:
        """Reads no more. What the terminal was asked for at the last moment, or is left on by Textual, is switched off."""
        super().disable_input()
        if self._mouse_pixels:
            self.write("\x1b[?1016l")
        self._disable_in_band_window_resize()
