"""A page of rows with a title and a key bar: the base of every screen that is not the question."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size

from msals_tui.ui.drawing.layout import page_parts
from msals_tui.ui.drawing.lines import Lines
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.base_screen import BaseScreen
from msals_tui.ui.screens.title_line import TitleLine
from msals_tui.ui.views.frame import Key, in_sight, key_rows, window

R = TypeVar("R")


class Page(BaseScreen[R]):
    """Rows longer than the screen scroll. Where rows carry targets, a pointer moves over them and Enter takes one."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "point(-1)", show=False),
        Binding("down,j", "point(1)", show=False),
        Binding("pageup", "leaf(-1)", show=False),
        Binding("pagedown,space", "leaf(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
        Binding("enter", "take", show=False),
        Binding("r", "app.reference", show=False),
    ]

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setting = setting
        self.words = setting.words
        self.glyphs = setting.glyphs
        self.pointer: str | None = None
        self.top = 0
        self._title = TitleLine(setting)
        self._body = Lines(id="body")
        self._keys = Lines(id="keys")
        self.parts = page_parts(0, 0)

    never_covered = False
    """Whether nothing is put over it: it must be read or decided first, or hides everything already."""
    hides = False
    """Whether it hides whatever is below it."""
    tight = False
    """Whether blank rows are left out where the page would not fit otherwise."""

    # What a page fills in

    @property
    def takes_targets(self) -> bool:
        """Whether something can be pointed at and taken by now."""
        return True

    def title_text(self) -> tuple[str, str, str]:
        """Left, middle and right part of the title line."""
        return "", "", ""

    def body_rows(self, width: int) -> list[Row]:
        """All rows of the page at this width."""
        return []

    def keys(self) -> Sequence[Key]:
        """The keys that the key bar names, most needed first."""
        return ()

    def take(self, target: str) -> None:
        """A target was chosen with Enter, a digit or a click."""

    # What every page does

    def compose(self) -> ComposeResult:
        """Title, body, key bar."""
        yield self._title
        yield self._body
        yield self._keys

    def place_parts(self, size: Size) -> None:
        """Title, body, key bar."""
        self.parts = self.put_page(size, self._title, self._body, self._keys)

    def draw(self, *, follow: bool = True) -> None:
        """Lays the page out. Unless somebody scrolls (`follow` is false), all of what is pointed at is kept in sight."""
        width, height = self.parts.body.width, self.parts.body.height
        if height == 0:
            return
        rows = self.body_rows(width)
        if self.pointer is not None and self.pointer not in targets_of(rows):
            self.pointer = None
            rows = self.body_rows(width)
        if self.tight:
            rows = _tightened(rows, height)
        self.top, at = in_sight(rows, self.pointer, self.top, height, follow=follow)
        if at is not None:
            # The hardware cursor follows the pointer, for braille displays and screen magnifiers.
            self.app.cursor_position = Offset(1, self.parts.body.y + max(0, min(at - self.top, height - 1)))
        self._title.show_title(*self.title_text())
        self._body.show(window(rows, self.top, height, self.words, self.glyphs))
        self._keys.show(key_rows(self.keys(), self.parts.keys.width, self.words))

    def action_point(self, step: int) -> None:
        """Moves the pointer, or scrolls where there is nothing to point at."""
        targets = targets_of(self.body_rows(self.parts.body.width))
        if not targets:
            self.top += step
        elif self.pointer in targets:
            self.pointer = targets[max(0, min(targets.index(self.pointer) + step, len(targets) - 1))]
            if self.pointer == targets[0]:
                self.top = 0
        else:
            self.pointer = targets[0 if step > 0 else -1]
        self.draw()

    def action_leaf(self, step: int) -> None:
        """One screenful up or down."""
        rows = self.body_rows(self.parts.body.width)
        height = max(self.parts.body.height - 1, 1)
        self.top = max(0, min(self.top + step * height, len(rows) - height))
        targets = [target for spans in rows[self.top : self.top + height] for target in targets_of([spans])]
        moves = self.pointer is not None and bool(targets) and self.pointer not in targets
        if moves:
            self.pointer = targets[0 if step > 0 else -1]
        self.draw(follow=moves)

    def action_edge(self, place: int) -> None:
        """To the first or last thing to point at."""
        rows = self.body_rows(self.parts.body.width)
        targets = targets_of(rows)
        self.pointer = targets[place] if targets else None
        self.top = 0 if place == 0 else len(rows)
        self.draw()

    def action_take(self) -> None:
        """Enter."""
        if self.pointer is not None:
            self.take(self.pointer)

    def on_key(self, event: events.Key) -> None:
        """A digit takes the entry of that number."""
        character = event.character or ""
        entries = self.numbered()
        if character.isdecimal() and 0 < int(character) <= len(entries):
            self.pointer = entries[int(character) - 1]
            self.draw()
            self.take(self.pointer)

    def numbered(self) -> Sequence[str]:
        """The targets that digits stand for."""
        return ()

    def on_mouse_scroll_down(self) -> None:
        """The wheel scrolls."""
        self.top += 3
        self.draw(follow=False)

    def on_mouse_scroll_up(self) -> None:
        """The wheel scrolls."""
        self.top = max(0, self.top - 3)
        self.pointer = self.pointer if self.top else None
        self.draw(follow=False)

    @on(Lines.Pressed)
    async def pressed(self, event: Lines.Pressed) -> None:
        """A click on a key takes its action; on anything else it takes the target."""
        event.stop()
        if event.lines is self._keys:
            await self.run_action(event.target)
        elif self.takes_targets:
            self.pointer = event.target
            self.draw()
            self.take(event.target)


def targets_of(rows: Sequence[Row]) -> list[str]:
    """Every target in rows, in reading order, each once."""
    return list(dict.fromkeys(span.target for spans in rows for span in spans if span.target is not None))


def _tightened(rows: list[Row], height: int) -> list[Row]:
    """Rows without as many blank ones, from the bottom up, as must go for the rest to fit."""
    kept = list(rows)
    for place in range(len(rows) - 1, -1, -1):
        if len(kept) <= height:
            break
        if not rows[place]:
            del kept[place]
    return kept
