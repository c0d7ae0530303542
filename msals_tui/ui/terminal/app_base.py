"""The application without any screen of ours: what its terminal shows, and one plain sentence for a fault of the program."""

import sys
from typing import NoReturn

from rich.text import Text
from textual.app import App
from textual.events import Resize
from textual.geometry import Size

from msals_tui.errors import MACHINE_FAILED
from msals_tui.ui.terminal.driver import QuietDriver
from msals_tui.ui.terminal.modes import Borrowed, modes_of_terminal
from msals_tui.ui.terminal.screen_memory import Painted, ScreenMemory
from msals_tui.ui.terminal.size import size_to_draw_in


class TerminalApp(App[str], inherit_bindings=False):
    """Drawn by `QuietDriver`. Textual's own report of a fault would print answers as local variables, and is never shown."""

    ALLOW_SELECT = False
    """What is drawn is not taken by Textual for a text to be copied; terminals select with Shift and the mouse."""

    def __init__(
        self, painted: Painted | None = None, borrowed: Borrowed | None = None, *, ansi_color: bool | None = None
    ) -> None:
        """`painted` is what stands on the screen already; `borrowed` is the terminal as it was before that."""
        super().__init__(driver_class=QuietDriver, ansi_color=ansi_color)
        self.painted = painted
        self.borrowed = borrowed if borrowed is not None else Borrowed()
        self._copied = ""
        self.shown = painted.shown if painted is not None else ScreenMemory()
        """What the terminal shows."""

    def as_the_terminal_says(self, event: Resize) -> Resize:
        """The size that the terminal has: Textual believes COLUMNS and LINES instead, where somebody set them once."""
        if self.is_headless:
            return event
        size = Size(*size_to_draw_in())
        return Resize(size, size)

    @property
    def clipboard(self) -> str:
        """What was copied or cut in a field of this sitting, to be put in elsewhere in it."""
        return self._copied

    def copy_to_clipboard(self, text: str) -> None:
        """Keeps what was copied inside the program: Textual would hand answers to the terminal, for every other program."""
        self._copied = text

    def last_words(self, error: BaseException | None) -> str:
        """What is said of a fault that ends the program, once the screen is gone."""
        raise NotImplementedError

    def terminal_is_gone(self) -> None:
        """Nobody reads and nobody types any more."""
        raise NotImplementedError

    def end_by_fault(self, error: BaseException) -> None:
        """Ends as if the error had been raised by a message of Textual's own."""

        def raised() -> NoReturn:
            raise error

        self.call_later(raised)

    def panic(self, *renderables: object) -> None:
        """Textual calls it with a traceback, of which nothing is shown: when its input fails, as in a closed terminal."""
        if modes_of_terminal() is None:
            self.terminal_is_gone()
        else:
            self._fatal_error()

    def _fatal_error(self) -> None:
        """Textual calls it while it handles the error; private, since there is no public way. A test fails when it does not."""
        self.exit(self.return_value, MACHINE_FAILED, Text(self.last_words(sys.exception())))
