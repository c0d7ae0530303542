"""How it stands with saving, for whoever shows it."""

from msgspec import Struct

from msals_tui.errors import MsalsError


class Saving(Struct, frozen=True):
    """How it stands with saving."""

    saved: int
    """Changes that the disk has promised to keep."""
    waiting: int = 0
    """Changes that it has not."""
    fault: MsalsError | None = None
    """Why the last attempt failed, until one succeeds."""
    unlisted: MsalsError | None = None
    """Why the list of what was done lacks something, although all answers are saved."""
