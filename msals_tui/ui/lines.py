"""The one widget that draws: rows of spans, redrawn line by line where they changed and nowhere else."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from msals_tui.ui.looks import style_of
from msals_tui.ui.parts import Place
from msals_tui.ui.rows import BLANK, Row, fitted


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
        """Where it stands; None where there is no room for it."""
        self._rows: tuple[Row, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._drawn_at = 0
        """The width that the strips have."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown now."""
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Shows other rows; only lines that differ are drawn again."""
        old, self._rows = self._rows, tuple(rows)
        if self.place is None:
            return
        width, height = self.place.width, self.place.height
        dirty = []
        for y in range(height):
            before = old[y] if y < len(old) else BLANK
            after = self._rows[y] if y < len(self._rows) else BLANK
            if before != after:
                self._strips.pop(y, None)
                dirty.append(Region(0, y, width, 1))
        if dirty:
            self.refresh(*dirty)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region, without the borders, tints and titles that Textual looks for and this widget never has."""
        filters, width = self.get_line_filters(), self.size.width
        if width != self._drawn_at:
            self._drawn_at = width
            self._strips.clear()
        strips = [self.render_line(y) for y in crop.line_range]
        if filters:
            _, background = self.background_colors
            for one in filters:
                strips = [strip.apply_filter(one, background) for strip in strips]
        if crop.column_span == (0, width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One line as a strip of exactly the widget's width."""
        strip = self._strips.get(y)
        if strip is None:
            strip = self._strips[y] = self._draw(self._rows[y] if y < len(self._rows) else BLANK)
        return strip

    def _draw(self, spans: Row) -> Strip:
        width, theme = self.size.width, self.app.theme
        return Strip([Segment(span.text, style_of(span.role, theme)) for span in fitted(spans, width)], width)

    def notify_style_update(self) -> None:
        """Forgets drawn lines when the theme changed."""
        super().notify_style_update()
        self._strips.clear()

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
        """Turns a click into `Pressed`."""
        target = self.target_at(event.x, event.y)
        if target is not None:
            event.stop()
            self.post_message(self.Pressed(self, target))
