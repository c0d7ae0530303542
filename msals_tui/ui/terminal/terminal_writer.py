"""Hands frames to the terminal: at once where it takes them, and by a thread where it does not.

Textual gives every write to a thread, so that a terminal which takes nothing (Ctrl-S, a slow line) never stops the program.
To wake that thread for each frame makes two threads wait for each other, which costs more than the frame. Here a frame goes
out at once, through an opening of the terminal that never waits; only what it does not take is left to the thread.
"""

import os
from contextlib import suppress
from queue import Queue
from threading import Lock
from typing import IO

# Private, since Textual has no public way to write otherwise; a test fails when it changes.
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from msals_tui.ui.terminal.modes import send


class TerminalWriter(WriterThread):
    """Textual's writer, which need not be woken for most of what is written."""

    def __init__(self, file: IO[str]) -> None:
        super().__init__(file)
        self._left: Queue[bytes] = Queue(MAX_QUEUED_WRITES)
        """What the thread is to write; nothing at the end."""
        self._counting = Lock()
        self._waiting = 0
        """Texts that the thread still has to write; while there are any, all go its way and keep their order."""
        self._at_once: int | None = None
        with suppress(OSError):  # of a terminal that is somebody else's, or none at all
            # An opening of its own: not to wait would else be so for whoever shares this one, the shell among them.
            name = os.ttyname(file.fileno())
            self._at_once = os.open(name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)

    def write(self, text: str) -> None:
        """Writes a text, sooner or later, behind everything that was written before."""
        data = text.encode("utf-8", "replace")
        with self._counting:
            idle = self._waiting == 0
        if idle and self._at_once is not None:
            with suppress(OSError):  # it takes nothing now, or is gone
                data = data[os.write(self._at_once, data) :]
        if data:
            with self._counting:
                self._waiting += 1
            self._left.put(data)

    def run(self) -> None:
        """Writes what was left to the thread, until `stop`."""
        while data := self._left.get():
            with suppress(OSError):  # the terminal is gone: whoever reads from it learns so too, and ends the program
                send(self._file.fileno(), data)
            with self._counting:
                self._waiting -= 1

    def stop(self) -> None:
        """Ends once everything is written."""
        self._left.put(b"")
        self.join()
        if self._at_once is not None:
            os.close(self._at_once)
            self._at_once = None
