"""The one widget that draws: rows of spans, redrawn line by line where they changed and nowhere else."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from msals_tui.text import for_screen
from msals_tui.ui.rows import BLANK, ROLES, Role, Row, Span, clip

LOOKS = {f"lines--{role}" for role in ROLES}
"""The component classes of every screen that shows lines: looked up once a screen, since once a widget is dear."""


class Lines(Widget):
    """Shows rows; Posts `Pressed` for clicked targets. Its screen has LOOKS as component classes."""

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
        self._rows: tuple[Row, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._styles_of_roles: dict[str, Style] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown now."""
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Shows other rows; only lines that differ are drawn again."""
        old, self._rows = self._rows, tuple(rows)
        width, height = self.size.width, self.size.height
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
        width = self.size.width
        # Whatever a view lets through: nothing that a terminal could obey is ever drawn.
        safe = tuple(Span(for_screen(span.text), span.role) for span in spans)
        segments = [Segment(span.text, self._style(span.role)) for span in clip(safe, width)]
        return Strip(segments).adjust_cell_length(width, self._style("plain"))

    def _style(self, role: Role) -> Style:
        style = self._styles_of_roles.get(role)
        if style is None:
            style = self._styles_of_roles[role] = self.screen.get_component_rich_style(f"lines--{role}")
        return style

    def notify_style_update(self) -> None:
        """Forgets drawn lines when the theme changed."""
        super().notify_style_update()
        self._strips.clear()
        self._styles_of_roles.clear()

    def on_resize(self) -> None:
        """Forgets drawn lines: their width changed."""
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
