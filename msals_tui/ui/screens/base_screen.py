"""What every screen of ours has in common: its parts are placed by numbers."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from msals_tui.ui.drawing.layout import PageParts, Place, page_parts
from msals_tui.ui.drawing.lines import Lines

if TYPE_CHECKING:
    from msals_tui.ui.drawing.editors import Editor
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


@lru_cache(8)
def _blank(width: int) -> Strip:
    """The same every time, since a strip remembers how it was cut."""
    return Strip.blank(width)


class BaseScreen(Screen[R], inherit_bindings=False):
    """Laid out by `place_parts` and drawn by `draw`, before its first frame and whenever its size changes.

    Without the bindings of Textual: Tab would lead into a field that nobody sees, and copying tells the clipboard.
    """

    _when_closed: Callable[[Any], object] | None = None

    @property
    def layout(self) -> Layout:
        """No style sheet is asked where something stands."""
        return PLACING

    @property
    def in_front(self) -> object:
        """What somebody who clicks has in front: the same as long as a click means the same."""
        return self

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Closes the page, once: what still comes after that, or while another page is over it, closes nothing else."""
        if self.app.screen_stack[-1:] != [self]:
            return AwaitComplete()
        if self._when_closed is not None:
            self.app.call_next(self._when_closed, result)
        return super().dismiss(result)

    def put_over(self, app: App[Any], then: Callable[[Any], object]) -> None:
        """Puts the page over whatever is open; `then` takes what it is closed with.

        The application calls it. Textual would leave that to whoever opened the page, which may be gone by then.
        """
        self._when_closed = then
        app.push_screen(self)

    def place_parts(self, size: Size) -> None:
        """Gives every part its place on a screen of this size. What is drawn in it is drawn after that."""
        raise NotImplementedError

    def put(self, part: "Lines | Editor | Pad", place: Place | None) -> None:
        """A part stands somewhere else from now on, or nowhere."""
        if place != part.place:
            part.place = place
            part.display = place is not None
            part.refresh(layout=True)

    def put_page(self, size: Size, title: Lines, between: Lines, keys: Lines) -> PageParts:
        """Title line, what is between, and the key bar take the whole screen; where they stand now."""
        parts = page_parts(size.width, size.height)
        self.put(title, parts.title)
        self.put(between, parts.body)
        self.put(keys, parts.keys)
        return parts

    def keep_unfinished(self) -> None:
        """Before the program ends: keeps what was chosen or typed here and not confirmed."""

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

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing, without asking style sheets how: the parts cover all of it."""
        return [_blank(crop.width)] * crop.height

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """Without the two that Textual adds to every screen, for hints beside the mouse and messages in a corner."""
        await super().mount_composed_widgets([one for one in widgets if hasattr(one, "place")])
