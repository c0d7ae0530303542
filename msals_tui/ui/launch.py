"""Opens the screen: reads what comes first, shows the notice, and loads Textual while somebody reads it."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from msals_tui.flow.startup import open_startup
from msals_tui.lean_imports import import_without
from msals_tui.records.store import Records
from msals_tui.session.options import Options
from msals_tui.ui.early_notice import paint_notice
from msals_tui.ui.terminal.modes import Borrowed
from msals_tui.ui.terminal.size import size_of_terminal

FRAMES_A_SECOND = "1000"
"""At most. Nothing here changes by itself, and whoever answers shall not wait for the next sixtieth of a second."""


def run_screen(options: Options, records: Records, terminal: Borrowed) -> NoReturn:
    """Runs until the person leaves, and ends the process. Raises MsalsError if something cannot be used."""
    gc.disable()  # what is read and loaded stays, and would be looked through again and again
    startup = open_startup(options, records)
    startup.look()
    painted = paint_notice(startup, terminal)
    startup.load()
    with importing_textual():
        from msals_tui.ui.app import run_app

    run_app(startup, terminal, painted)


@contextmanager
def importing_textual() -> Iterator[None]:
    """Settles what Textual reads from the environment, and has it imported without what only takes time."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]  # it would write logs and pictures, or press keys, wherever these say
    if size_of_terminal() is not None:
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)  # what a shell wrote down once never beats what the terminal says
    os.environ["TEXTUAL_FPS"] = FRAMES_A_SECOND
    os.environ.setdefault("ESCDELAY", "25")  # milliseconds that Esc waits for the rest of a key
    gc.disable()
    try:
        import_without("asyncio", "ssl")
        yield
    finally:
        gc.freeze()
        gc.enable()
