"""Starts a front end: the screen where there is one, else line by line."""

import os
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from msals_tui.crash_watch import WATCH, keep_memory_private
from msals_tui.lean_imports import import_without

if TYPE_CHECKING:
    from msals_tui.records.store import Records
    from msals_tui.session.options import Options


def start(arguments: Namespace) -> int:
    """The home screen or an intake, on the screen or line by line."""
    from msals_tui.session.options import Options

    chosen = vars(arguments)
    known = {key: value for key, value in chosen.items() if key in Options.__struct_fields__}
    options = Options(start="intake" if arguments.command == "intake" else "home", **known)
    return start_with(options, plain=bool(chosen.get("plain")))


def start_with(options: "Options", *, plain: bool) -> int:
    """A front end with these options; returns the exit status, or ends the process with it."""
    if plain or not _screen_here():
        return _start_plain(options)
    from msals_tui.ui.terminal.modes import quiet_terminal

    with quiet_terminal() as terminal:  # first of all: what is typed ahead waits, and no key ends what is not there yet
        import_without("secrets", "_hashlib")
        records = _records_of(options)
        from msals_tui.ui.launch import run_screen

        return run_screen(options, records, terminal)


def _start_plain(options: "Options") -> int:
    records = _records_of(options)
    from msals_tui.plain.app import run_plain

    return run_plain(options, records)


def _records_of(options: "Options") -> "Records":
    """The records of this run; faults are told in one sentence from here on."""
    from msals_tui.records.store import Records, records_folder

    keep_memory_private()
    records = Records(records_folder(options.records))
    WATCH.start(records.log)
    return records


def _screen_here() -> bool:
    """Whether there is a terminal that a full screen can be drawn on. Without one Textual waits for ever."""
    return os.environ.get("TERM") != "dumb" and sys.stdin.isatty() and sys.stdout.isatty()
