"""Starts a front end: the screen where there is one, else line by line."""

import os
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, NoReturn

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
    on_screen = not plain and _screen_here()
    if on_screen:
        import_without("secrets", "_hashlib")
    from msals_tui.records.store import Records, records_folder

    keep_memory_private()
    records = Records(records_folder(options.records))
    WATCH.start(records.log)
    if not on_screen:
        from msals_tui.plain.app import run_plain

        return run_plain(options, records)
    return _start_screen(options, records)


def _start_screen(options: "Options", records: "Records") -> NoReturn:
    from msals_tui.ui.launch import run_screen

    run_screen(options, records)


def _screen_here() -> bool:
    """Whether there is a terminal that a full screen can be drawn on. Without one Textual waits for ever."""
    return os.environ.get("TERM") != "dumb" and sys.stdin.isatty() and sys.stdout.isatty()
