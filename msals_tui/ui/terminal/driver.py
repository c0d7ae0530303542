"""The driver between Textual and the terminal: sleeps until there is something to do, and sends nothing twice.

Textual's own looks ten times a second whether a key came, so that a lone Esc, leaving and doing nothing all wait for that or
cost it. Here the thread that reads sleeps until bytes, the next moment that the parser waits for, or the end.
"""

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable
from threading import Event
from typing import Any

# Private modules, since Textual has no hook between the bytes of a terminal and its keys; tests fail when they change.
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from msals_tui.ui.terminal.modes import Borrowed
from msals_tui.ui.terminal.paste import PasteParser
from msals_tui.ui.terminal.screen_memory import Painted, ScreenMemory

ALTERNATE_SCREEN = "\x1b[?1049h"
ASK_FOR_SIZES = "\x1b[?2048$p"
"""Asks whether the terminal can report its size among the keys, where anything could forge it. The system tells it."""
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
    """Textual's driver with our parser and a memory of the screen, which never has the terminal for longer than it must."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """An app may bring `shown`, which remembers the screen, what is `painted` there, and the terminal as `borrowed`."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._keys = PasteParser(debug)
        self._end = Bell()
        self.exit_event = self._end  # Textual sets it when the thread that reads is to end
        self._painted: Painted | None = getattr(app, "painted", None)
        self._shown: ScreenMemory = getattr(app, "shown", None) or ScreenMemory()
        self._borrowed: Borrowed = getattr(app, "borrowed", None) or Borrowed()

    def write(self, data: str) -> None:
        """Sends what of this the terminal does not show already."""
        with self._shown.lock:
            if data == ASK_FOR_SIZES or not self._borrowed.drawn:
                return
            if data == ALTERNATE_SCREEN and self._painted is not None and not self._painted.taken_over:
                return  # it is there, and would be wiped
            if still := self._shown.still_to_send(data):
                super().write(still)

    def start_application_mode(self) -> None:
        """Takes the terminal over; it is given back as it was before anything was painted."""
        self._borrowed.drawn = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._borrowed.modes is not None:
            self.attrs_before = self._borrowed.modes
        if self._painted is not None:
            self._painted.taken_over = True

    def stop_application_mode(self) -> None:
        """Gives the terminal back; all that was written has reached it then, and nothing is written any more."""
        super().stop_application_mode()
        self.close()
        self._borrowed.drawn = False

    def run_input_thread(self) -> None:
        """Reads until the program leaves the terminal or the terminal is gone."""
        parser = self._keys
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
