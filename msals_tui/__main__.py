"""`python -m msals_tui`."""

import sys

from msals_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
