"""The one widget that draws: rows of spans, redrawn line by line where they changed and nowhere else."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from msals_tui.ui.drawing.layout import Place
from msals_tui.ui.drawing.palette import style_of
from msals_tui.ui.drawing.rows import BLANK, Role, Row, cell_len, fitted


class Lines(Widget):
    """Shows rows; posts `Pressed` for clicked targets."""

    class Pressed(Message):
        """A span with a target was clicked."""

        def __init__(self, lines: "Lines", target: str) -> None:
            self.lines = lines
            self.target = target
            super().__init__()

        @property
        def control(self) -> "Lines":
            """The widget that was clicked, for `@on` selectors."""
            return self.lines

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.place: Place | None = None
        """Where it stands; None if there is no room for it."""
        self._rows: tuple[Row, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._styles: dict[Role, Style] = {}
        self._width = 0
        """Of the strips."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown now."""
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Shows other rows; only lines that differ are drawn again."""
        old, self._rows = self._rows, tuple(rows)
        if self.place is None:
            return
        changed = []
        for y in range(self.place.height):
            before = old[y] if y < len(old) else BLANK
            after = self._rows[y] if y < len(self._rows) else BLANK
            if before != after:
                self._strips.pop(y, None)
                changed.append(y)
        if not changed:
            return
        x, top, width = self.place.x, self.place.y, self.place.width
        if self.is_mounted and self.screen.focused is None:
            # Of the screen, which finds its parts there: asked one by one, each would send it a message first. A field that
            # draws itself would be forgotten over this.
            self.screen.refresh(*(Region(x, top + y, width, 1) for y in changed))
        else:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region, without the borders, tints and titles that Textual looks for and this widget never has."""
        width, kept = self.size.width, self._strips
        if width != self._width:
            self._width = width
            kept.clear()
        strips = [kept.get(y) or self._line(y) for y in crop.line_range]
        if crop.column_span == (0, width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def _line(self, y: int) -> Strip:
        strip = self._strips[y] = self._draw(self._rows[y] if y < len(self._rows) else BLANK)
        return strip

    def _draw(self, spans: Row) -> Strip:
        styles, width = self._styles, self._width
        return Strip(
            [Segment(span.text, styles.get(span.role) or self._style(span.role)) for span in fitted(spans, width)],
            width,
        )

    def _style(self, role: Role) -> Style:
        """How a role looks behind all filters of Textual, which would go over every line again."""
        strip = Strip([Segment(" ", style_of(role, self.app.theme))])
        _, background = self.background_colors
        for one in self.get_line_filters():
            strip = strip.apply_filter(one, background)
        style = self._styles[role] = next(iter(strip)).style or Style.null()
        return style

    def notify_style_update(self) -> None:
        """Forgets drawn lines when the theme changed."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def target_at(self, x: int, y: int) -> str | None:
        """The target under a cell, or None."""
        if not 0 <= y < len(self._rows):
            return None
        for span in self._rows[y]:
            width = cell_len(span.text)
            if x < width:
                return span.target
            x -= width
        return None

    def on_click(self, event: events.Click) -> None:
        """Turns a click into `Pressed`, unless the page is gone meanwhile or something was put over it."""
        target = self.target_at(event.x, event.y)
        if target is not None and self.screen is self.app.screen:
            event.stop()
            self.post_message(self.Pressed(self, target))
