"""Opens the screen: reads what comes first, shows the notice, and loads Textual while somebody reads it."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from msals_tui.content.library import own_library
from msals_tui.flow.startup import Startup
from msals_tui.lean_imports import import_without
from msals_tui.records.pending import Pending
from msals_tui.records.seal import opener_of
from msals_tui.records.store import Records, records_folder
from msals_tui.session.clock import MachineClock
from msals_tui.session.options import Options
from msals_tui.ui.flow.early_notice import early_notice


def run_screen(options: Options) -> NoReturn:
    """Runs until the person leaves, and ends the process. MsalsError when something cannot be used."""
    gc.disable()  # what is read and loaded stays, and would be looked through again and again
    clock, library = MachineClock(), own_library()
    opened = opener_of(Path(options.identity)).open if options.identity is not None else None
    pending = Pending(Records(records_folder(options.records)))
    startup = Startup(options, library, library.words(options.language), clock, pending, opened)
    if options.output is not None:
        from msals_tui.records.hand_over import refuse_taken

        refuse_taken(options.output)
    startup.look()
    with early_notice(startup) as painted:
        startup.load()
        with importing_textual():
            from msals_tui.ui.app import run_app

        run_app(startup, painted)


@contextmanager
def importing_textual() -> Iterator[None]:
    """Settles what Textual reads from the environment, and has it imported without what only takes time."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]  # it would write logs and pictures, or press keys, wherever these say
    os.environ.setdefault("ESCDELAY", "25")  # milliseconds that Esc waits for the rest of a key
    gc.disable()
    try:
        import_without("asyncio", "ssl")
        yield
    finally:
        gc.freeze()
        gc.enable()
