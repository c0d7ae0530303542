"""`msals-tui`, and `python -m msals_tui`. Its version it tells before anything else is loaded."""

import sys
from contextlib import suppress

from msals_tui import __version__

OLDEST = (3, 11)
"""The Python that pyproject.toml asks for; whoever runs a checkout is not asked by pip."""


_INTERRUPTED = 130


def main() -> int:
    """Runs the command line and returns the exit status."""
    try:
        return _run()
    except KeyboardInterrupt:  # while something was loaded or let go of
        return _INTERRUPTED


def _run() -> int:
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        with suppress(OSError):  # where nobody takes it, what that means is told below, as for every command
            sys.stdout.write(f"msals-tui {__version__}\n")
            sys.stdout.flush()
            return 0
    if sys.version_info < OLDEST:
        return _said("msals-tui needs Python 3.11 or a later one; start it with that")
    try:
        from msals_tui.cli import main as run
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a package, nobody is helped by a traceback
        from msals_tui.crash_watch import cannot_load

        return _said(cannot_load(error))
    return run()


def _said(sentence: str) -> int:
    """Says why nothing can be run, and returns the exit status that goes with it."""
    with suppress(OSError, AttributeError):  # there may be nobody to tell
        sys.stderr.write(f"{sentence}\n")
    return 3


if __name__ == "__main__":
    sys.exit(main())
