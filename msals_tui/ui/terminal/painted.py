"""What was painted before Textual was there."""

from msals_tui.ui.terminal.modes import Modes
from msals_tui.ui.terminal.screen_memory import ScreenMemory


class Painted:
    """What stands on the screen already, and the terminal as it was before."""

    def __init__(self, shown: ScreenMemory, modes: Modes) -> None:
        self.shown, self.modes = shown, modes
        self.taken_over = False
        """Whether Textual has the terminal now, and gives it back."""
