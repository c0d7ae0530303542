"""`msals-tui`, and `python -m msals_tui`. Its version it tells before anything else is loaded."""

import sys

from msals_tui import __version__


def main() -> int:
    """Runs the command line and returns the exit status."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        sys.stdout.write(f"msals-tui {__version__}\n")
        return 0
    from msals_tui.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
