"""The reference (F12): what is known of both diseases, side by side, for staff."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from msals_tui.evidence.reference import Reference
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page, targets_of
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.reference import reference_rows


class ReferencePage(Page[None]):
    """A row a topic; the pointer opens its sources and what popular articles say. Nothing that is open changes."""

    never_covered = True

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,f12,r,alt+r", "close", show=False)]

    def __init__(self, setting: Setting, reference: Reference) -> None:
        super().__init__(setting)
        self.reference = reference

    def title_text(self) -> tuple[str, str, str]:
        first, second = self.reference.sides
        title = self.words("reference.title", first=first.short, second=second.short)
        return self.setting.title, title, self.reference.version

    def body_rows(self, width: int) -> list[Row]:
        return reference_rows(self.reference, self.words, self.glyphs, width, self.pointer)

    def keys(self) -> Sequence[Key]:
        say = self.words
        return (
            Key("Up/Down", say("key.sources"), "point(1)"), Key("Esc", say("key.close"), "close"),
            Key("PgDn", say("key.scroll"), "leaf(1)"), Key("F9", say("key.hide"), "app.cover"),
        )  # fmt: skip

    def action_point(self, step: int) -> None:
        """Scrolls through an opened row that is taller than the screen before the pointer moves on."""
        rows = self.body_rows(self.parts.body.width)
        targets = targets_of(rows)
        if self.pointer in targets and self._goes_on(rows, targets, step):
            self.top += step
            self.draw(follow=False)
        else:
            super().action_point(step)

    def _goes_on(self, rows: Sequence[Row], targets: Sequence[str], step: int) -> bool:
        """Whether there is more of the opened row in this direction, or nothing else to point at."""
        at = [y for y, spans in enumerate(rows) if any(span.target == self.pointer for span in spans)]
        if step > 0:
            return self.pointer == targets[-1] or at[-1] >= self.top + self.parts.body.height - 1
        return self.pointer == targets[0] or at[0] < self.top

    def action_close(self) -> None:
        self.dismiss(None)
