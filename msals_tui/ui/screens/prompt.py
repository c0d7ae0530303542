"""What every screen of ours has in common: its parts are placed by numbers, and it is drawn at once."""

from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.screen import Screen
from textual.widget import Widget

from msals_tui.ui.parts import Place

if TYPE_CHECKING:
    from msals_tui.ui.editors import Editor
    from msals_tui.ui.lines import Lines
    from msals_tui.ui.pad import Pad

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


class PromptScreen(Screen[R]):
    """Laid out by `place_parts`, and drawn once every message that led to it was taken."""

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

    def part_changed(self, part: Widget) -> None:
        """Some of a part is to be drawn again."""
        self._dirty_widgets.add(part)
        self.check_idle()

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
        dirty = self._layout_required or self._scroll_required or self._repaint_required or self._dirty_widgets
        if dirty and self.is_current and not self.app._batch_count:
            self._on_timer_update()
        else:
            await self._invoke_and_clear_callbacks()
