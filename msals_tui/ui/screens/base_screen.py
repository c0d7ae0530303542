"""What every screen of ours has in common: its parts are placed by numbers, and it is drawn at once."""

from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from rich.color import ColorSystem
from textual import events
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.screen import Screen
from textual.widget import Widget

from msals_tui.ui.drawing.layout import PageParts, Place, page_parts
from msals_tui.ui.terminal.driver import QuietDriver

if TYPE_CHECKING:
    from msals_tui.ui.drawing.editors import Editor
    from msals_tui.ui.drawing.lines import Lines
    from msals_tui.ui.drawing.pad import Pad

R = TypeVar("R")


class Placing(Layout):
    """Puts every part that has a `place` there, and no other part anywhere."""

    name = "placing"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:  # noqa: FBT001, FBT002 - Textual's own
        """The places as they stand."""
        places: list[tuple[Widget, Place | None]] = [(child, getattr(child, "place", None)) for child in children]
        return [
            WidgetPlacement(Region(place.x, place.y, place.width, place.height), NULL_OFFSET, NULL_SPACING, child)
            for child, place in places
            if place is not None
        ]


PLACING = Placing()


class BaseScreen(Screen[R]):
    """Laid out by `place_parts`, and drawn once every message that led to it was taken."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: dict[Lines, set[int]] = {}
        """The lines that are to be drawn again."""

    @property
    def layout(self) -> Layout:
        """No style sheet is asked where something stands."""
        return PLACING

    def place_parts(self, size: Size) -> None:
        """Gives every part its place on a screen of this size. What is drawn in it is drawn after that."""
        raise NotImplementedError

    def put(self, part: "Lines | Editor | Pad", place: Place | None) -> None:
        """A part stands somewhere else from now on, or nowhere."""
        if place != part.place:
            part.place = place
            part.display = place is not None
            part.refresh(layout=True)

    def put_page(self, size: Size, title: "Lines", between: "Lines", keys: "Lines") -> PageParts:
        """Title line, what is between, and the key bar take the whole screen; where they stand now."""
        parts = page_parts(size.width, size.height)
        self.put(title, parts.title)
        self.put(between, parts.body)
        self.put(keys, parts.keys)
        return parts

    def lines_changed(self, part: "Lines", lines: Iterable[int]) -> None:
        """These lines of a part are to be drawn again. A field may stand over them: then Textual knows what is seen of them."""
        self._changed.setdefault(part, set()).update(lines)
        if self.field_is_open:
            self._leave_to_textual()
        self.check_idle()

    @property
    def field_is_open(self) -> bool:
        """Whether a field stands over the lines."""
        return False

    def draw(self) -> None:
        """Shows everything as it is now."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Shows what may have changed meanwhile; comes before the first frame, too."""
        self.place_parts(self.app.size)
        self.draw()

    def on_resize(self, event: events.Resize) -> None:
        """Lays out anew at the new size, before Textual draws anything at it."""
        self.place_parts(event.size)
        self.draw()

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Textual would add two widgets of its own to every screen, for hints beside the mouse and messages in a corner."""

    async def _on_idle(self, event: events.Idle) -> None:
        """Draws at once, where Textual waits for the next sixtieth of a second: nothing here changes by itself.

        Private, since there is no other way; a test fails when it is called no more.
        """
        event.prevent_default()
        if self.is_current and not self.app._batch_count:
            if self._layout_required or self._scroll_required or self._repaint_required or self._dirty_widgets:
                self._leave_to_textual()
                self._on_timer_update()
                return
            if self._changed:
                self._draw_changed()
        await self._invoke_and_clear_callbacks()

    def _draw_changed(self) -> None:
        """A frame of the lines that changed. Textual would put all parts together anew to find out what is seen of each."""
        changed, self._changed = self._changed, {}
        app = self.app
        if not isinstance(driver := app._driver, QuietDriver):  # there is no terminal
            return
        colours = app.console._color_system or ColorSystem.TRUECOLOR
        frame = [
            (place.y + y + 1, place.x + 1, part.piece(y, colours))
            for part, lines in changed.items()
            if (place := part.place) is not None
            for y in lines
            if place.y + y < app.size.height
        ]
        x, y = self.outer_size.clamp_offset(app.cursor_position)
        driver.draw(sorted(frame, key=itemgetter(0, 1)), (y + 1, x + 1), together=app._sync_available)

    def _leave_to_textual(self) -> None:
        """What changed is drawn with everything else that is to be."""
        for part, lines in self._changed.items():
            part._repaint_regions.update(Region(0, y, part.size.width, 1) for y in lines)
            self._dirty_widgets.add(part)
        self._changed.clear()
