"""The page of all sections, to jump to one."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from msals_tui.session.session import Session
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page, targets_of
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.sections import section_rows


class SectionsPage(Page[str]):
    """All sections, to jump to: dismissed with the first question of one, or with ""."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,f3", "close", show=False)]

    def __init__(self, setting: Setting, session: Session) -> None:
        super().__init__(setting)
        self.session = session
        self._typed = ""

    def title_text(self) -> tuple[str, str, str]:
        return self.setting.title, self.words("sections.title"), ""

    def body_rows(self, width: int) -> list[Row]:
        return section_rows(self.session, self.glyphs, width, self.pointer)

    def keys(self) -> Sequence[Key]:
        return Key("Enter", self.words("key.open"), "take"), Key("Esc", self.words("key.close"), "close")

    def on_key(self, event: events.Key) -> None:
        """Digits only point, since there are more sections than digits; Enter opens."""
        if not (event.character or "").isdecimal():
            return
        event.stop()
        targets = targets_of(self.body_rows(self.app.size.width))
        self._typed = (self._typed + (event.character or ""))[-2:]
        for number in (int(self._typed), int(self._typed[-1])):
            if 0 < number <= len(targets):
                self.pointer = targets[number - 1]
                self.draw()
                return

    def take(self, target: str) -> None:
        self.dismiss(target.removeprefix("item:"))

    def action_close(self) -> None:
        self.dismiss("")
