"""How large the terminal is: what it says itself, and nothing else where it says anything."""

import os
from contextlib import suppress

FALLBACK = (80, 24)


def size_of_terminal() -> tuple[int, int] | None:
    """Columns and rows; None if it says nothing, or that there are none."""
    for descriptor in (0, 1, 2):
        with suppress(OSError):
            width, height = os.get_terminal_size(descriptor)
            if width > 0 and height > 0:
                return width, height
    return None


def size_to_draw_in() -> tuple[int, int]:
    """Columns and rows; where the terminal says nothing those of COLUMNS and LINES, and `FALLBACK` without them."""
    if (size := size_of_terminal()) is not None:
        return size
    told = os.environ.get("COLUMNS", ""), os.environ.get("LINES", "")
    width, height = (int(one) if one.isascii() and one.isdecimal() and len(one) < 5 else 0 for one in told)  # noqa: PLR2004
    return (width, height) if width and height else FALLBACK
