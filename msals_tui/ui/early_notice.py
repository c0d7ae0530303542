"""The notice, painted before Textual is loaded: who waits for the program has something to read meanwhile.

It is drawn from the same rows as Textual draws it from a moment later, which then finds that nothing is left to send. What
is typed meanwhile waits in the terminal until Textual reads it. Nothing is painted where it cannot be known how.
"""

import os

from rich.color import ColorSystem

from msals_tui.flow.startup import Startup
from msals_tui.ui.drawing.glyphs import glyphs_for_terminal
from msals_tui.ui.drawing.layout import LEAST_HEIGHT, LEAST_WIDTH
from msals_tui.ui.drawing.palette import sequence_of, style_of
from msals_tui.ui.drawing.rows import fitted
from msals_tui.ui.terminal.cell_diff import piece_of
from msals_tui.ui.terminal.modes import Borrowed, send
from msals_tui.ui.terminal.screen_memory import Painted, ScreenMemory
from msals_tui.ui.terminal.size import size_of_terminal
from msals_tui.ui.views.notice import notice_screen

_COLOURS = {"256color": ColorSystem.EIGHT_BIT, "kitty": ColorSystem.EIGHT_BIT, "16color": ColorSystem.STANDARD}
"""By the last part of the terminal's name, as Textual has it from Rich."""


def paint_notice(startup: Startup, terminal: Borrowed) -> Painted | None:
    """Paints the notice where it comes first, and tells what the terminal shows then; None if nothing is painted."""
    size = _size()
    if startup.notice_for is None or size is None or terminal.modes is None or os.environ.get("NO_COLOR"):
        return None
    shown, frame = notice(startup, size)
    terminal.drawn = True
    send(f"\x1b[?1049h\x1b[?25l{frame}".encode("utf-8", "replace"))
    return Painted(shown)


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
    size = size_of_terminal()
    if size is None or not os.isatty(2) or size[0] < LEAST_WIDTH or size[1] < LEAST_HEIGHT:
        return None
    return size


def _colour_system() -> ColorSystem:
    """The colours that the terminal says it has."""
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorSystem.TRUECOLOR
    return _COLOURS.get(os.environ.get("TERM", "").strip().lower().rpartition("-")[2], ColorSystem.STANDARD)
