"""A page of rows with a title and a key bar: the base of every screen that is not the question."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.screen import Screen

from msals_tui.ui.lines import LOOKS, Lines
from msals_tui.ui.rows import Row, row
from msals_tui.ui.setting import Setting
from msals_tui.ui.title import TitleLine
from msals_tui.ui.views.frame import Key, key_rows

R = TypeVar("R")


class Page(Screen[R]):
    """Rows longer than the screen scroll. Where rows carry targets, a pointer moves over them and Enter takes one."""

    AUTO_FOCUS = ""
    COMPONENT_CLASSES = LOOKS
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

    tight = False
    """Whether blank rows are left out where the page would not fit otherwise."""

    # What a page fills in

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

    def on_screen_resume(self) -> None:
        """Shows what may have changed meanwhile."""
        self.draw()

    def on_resize(self) -> None:
        """Lays out anew at the new size."""
        self.call_after_refresh(self.draw)

    def draw(self, *, follow: bool = True) -> None:
        """Lays the page out. Unless somebody scrolls (`follow` is false), all of what is pointed at is kept in sight."""
        if not self.is_mounted or self._body.size.height == 0:
            return
        width, height = self._body.size.width, self._body.size.height
        rows = self.body_rows(width)
        if self.pointer is not None and self.pointer not in targets_of(rows):
            self.pointer = None
            rows = self.body_rows(width)
        if self.tight:
            rows = _tightened(rows, height)
        at = [y for y, spans in enumerate(rows) if any(span.target == self.pointer for span in spans if self.pointer)]
        if self.pointer is not None and follow:
            if at and at[0] < self.top:
                self.top = max(at[0] - 1, 0)
            elif at and at[-1] >= self.top + height - 1:
                self.top = min(at[-1] - height + 2, max(at[0] - 1, 0))
        self.top = max(0, min(self.top, len(rows) - height))
        if at:
            # The hardware cursor follows the pointer, for braille displays and screen magnifiers.
            self.app.cursor_position = Offset(1, self._body.region.y + max(0, min(at[0] - self.top, height - 1)))
        self._title.show_title(*self.title_text())
        shown = rows[self.top : self.top + height]
        if (below := len(rows) - self.top - height) > 0:
            shown[-1:] = [row(" " + self.words("page.below", sign=self.glyphs.more, count=below + 1), "dim")]
        self._body.show(shown)
        self._keys.show(key_rows(self.keys(), self._keys.size.width))

    def action_point(self, step: int) -> None:
        """Moves the pointer, or scrolls where there is nothing to point at."""
        targets = targets_of(self.body_rows(self._body.size.width))
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
        rows = self.body_rows(self._body.size.width)
        height = max(self._body.size.height - 1, 1)
        self.top = max(0, min(self.top + step * height, len(rows) - height))
        targets = [target for spans in rows[self.top : self.top + height] for target in targets_of([spans])]
        moves = self.pointer is not None and bool(targets) and self.pointer not in targets
        if moves:
            self.pointer = targets[0 if step > 0 else -1]
        self.draw(follow=moves)

    def action_edge(self, place: int) -> None:
        """To the first or last thing to point at."""
        rows = self.body_rows(self._body.size.width)
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
        else:
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
