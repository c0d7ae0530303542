"""The notice, painted before Textual is loaded: who waits for the program has something to read meanwhile.

It is drawn from the same rows as Textual draws it from a moment later, which then finds that nothing is left to send. What
is typed meanwhile waits in the terminal until Textual reads it. Nothing is painted where it cannot be known how.
"""

import os
import signal
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from rich.color import ColorSystem

from msals_tui.flow.startup import Startup
from msals_tui.ui.drawing.glyphs import glyphs_for_terminal
from msals_tui.ui.drawing.layout import LEAST_HEIGHT, LEAST_WIDTH
from msals_tui.ui.drawing.palette import sequence_of, style_of
from msals_tui.ui.drawing.rows import fitted
from msals_tui.ui.terminal.cell_diff import piece_of
from msals_tui.ui.terminal.modes import ENDING, Modes, end_at_once, give_back, modes_of_terminal, send
from msals_tui.ui.terminal.screen_memory import Painted, ScreenMemory
from msals_tui.ui.views.notice import notice_screen

SCREEN = 2
"""Textual draws on standard error."""
_COLOURS = {"256color": ColorSystem.EIGHT_BIT, "kitty": ColorSystem.EIGHT_BIT, "16color": ColorSystem.STANDARD}
"""By the last part of the terminal's name, as Textual has it from Rich."""


@contextmanager
def early_notice(startup: Startup) -> Iterator[Painted | None]:
    """Paints the notice where it comes first; takes it away again when Textual never comes to take over."""
    painted = _painted(startup)
    try:
        yield painted
    except BaseException:
        if painted is not None and not painted.taken_over:
            give_back(painted.modes)
        raise


def _painted(startup: Startup) -> Painted | None:
    size, modes = _size(), modes_of_terminal()
    if startup.notice_for is None or size is None or modes is None or os.environ.get("NO_COLOR"):
        return None
    shown, frame = notice(startup, size)

    def asked(number: int, _: FrameType | None) -> None:
        end_at_once(128 + number, modes)

    for number in ENDING:
        signal.signal(number, asked)  # until the screen has handlers of its own
    termios.tcsetattr(0, termios.TCSANOW, _quiet(modes))
    send(SCREEN, f"\x1b[?1049h\x1b[?25l{frame}".encode("utf-8", "replace"))
    return Painted(shown, modes)


def notice(startup: Startup, size: tuple[int, int]) -> tuple[ScreenMemory, str]:
    """The notice as it is sent to a screen of so many columns and rows, and what that shows from then on.

    Textual's next frames are held back: they are empty.
    """
    patient = startup.notice_for == "patient"
    rows, cursor = notice_screen(
        startup.words, glyphs_for_terminal(startup.options.glyphs), *size, patient=patient,
        clock=startup.clock_warning(patient=patient), unfinished=0 if patient else startup.unfinished(),
    )  # fmt: skip
    shown = ScreenMemory()
    shown.resized(*size)
    shown.hold()
    theme, colours = startup.options.theme, _colour_system()
    frame = [
        (
            y,
            1,
            piece_of([(sequence_of(style_of(one.role, theme), colours), one.text) for one in fitted(spans, size[0])]),
        )
        for y, spans in enumerate(rows, 1)
    ]
    return shown, shown.drawn(frame, cursor) or ""


def _size() -> tuple[int, int] | None:
    """Columns and rows, as Textual will find them; None if there is nothing to draw on, or hardly any room."""
    with suppress(OSError):
        width, height = os.get_terminal_size(0)
        if os.isatty(SCREEN) and width >= LEAST_WIDTH and height >= LEAST_HEIGHT:
            return width, height
    return None


def _colour_system() -> ColorSystem:
    """The colours that the terminal says it has."""
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorSystem.TRUECOLOR
    return _COLOURS.get(os.environ.get("TERM", "").strip().lower().rpartition("-")[2], ColorSystem.STANDARD)


def _quiet(modes: Modes) -> Modes:
    """The same, but what is typed is neither shown nor changed, and no key ends or stops the program."""
    quiet = [*modes[:6], list(modes[6])]
    quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    quiet[6][termios.VMIN] = 1
    return quiet
