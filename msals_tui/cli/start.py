"""Starts a front end: the screen where there is one, else line by line."""

import gc
import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from msals_tui.faults import WATCH, keep_memory_private

if TYPE_CHECKING:
    from msals_tui.session.options import Options


def start(arguments: Namespace) -> int:
    """The home screen or an intake, on the screen or line by line."""
    from msals_tui.session.options import Options

    chosen = vars(arguments)
    known = {key: value for key, value in chosen.items() if key in Options.__dataclass_fields__}
    options = Options(start="intake" if arguments.command == "intake" else "home", **known)
    return start_with(options, plain=bool(chosen.get("plain")))


def start_with(options: "Options", *, plain: bool) -> int:
    """A front end with these options; returns the exit status."""
    from msals_tui.storage.records import Records, records_folder

    keep_memory_private()
    WATCH.start(Records(records_folder(options.records)).log)
    if plain or not _screen_here():
        from msals_tui.plain.app import run_plain

        return run_plain(options)
    return _start_screen(options)


def _start_screen(options: "Options") -> NoReturn:
    with importing_textual():
        from msals_tui.ui.app import run_app

    run_app(options)


@contextmanager
def importing_textual() -> Iterator[None]:
    """Settles what Textual reads from the environment, and has it imported without what only takes time."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]  # it would write logs and pictures, or press keys, wherever these say
    os.environ.setdefault("ESCDELAY", "25")  # milliseconds that Esc waits for the rest of a key
    gc.disable()  # what is imported stays, and would be looked through again and again
    try:
        _import_asyncio_without_ssl()
        yield
    finally:
        gc.freeze()
        gc.enable()


def _import_asyncio_without_ssl() -> None:
    """Nothing here reaches the network, and asyncio copes without: this spares a tenth of the start of a bare screen."""
    if "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # Python's way to say that it is not to be imported
    try:
        importlib.import_module("asyncio")
    finally:
        del sys.modules["ssl"]


def _screen_here() -> bool:
    """Whether there is a terminal that a full screen can be drawn on. Without one Textual waits for ever."""
    return os.environ.get("TERM") != "dumb" and sys.stdin.isatty() and sys.stdout.isatty()
