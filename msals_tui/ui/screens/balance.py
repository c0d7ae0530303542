"""The balance sheet (F6)."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from msals_tui.session.session import Session
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.look_alikes import open_look_alike
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views.balance import balance_rows
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.panel import ALIKE


class BalancePage(Page[str]):
    """A row a finding; the pointer opens its figures, Enter goes to the question that shows it (dismissed with its id)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,f6,ctrl+o", "close", show=False),
        Binding("e", "elsewhere", show=False),
    ]

    def __init__(self, setting: Setting, session: Session) -> None:
        super().__init__(setting)
        self.session = session

    def title_text(self) -> tuple[str, str, str]:
        questionnaire = self.session.interview.questionnaire
        return self.setting.title, self.words("balance.title"), f"{questionnaire.id} {questionnaire.version}"

    def body_rows(self, width: int) -> list[Row]:
        return balance_rows(self.session, self.words, self.glyphs, width, self.pointer)

    def keys(self) -> Sequence[Key]:
        say = self.words
        return (
            Key("Up/Down", say("key.open"), "point(1)"), Key("Enter", say("key.go"), "take"),
            Key("Esc", say("key.close"), "close"), Key("E", say("key.look_alikes"), "elsewhere"),
            Key("PgDn", say("key.scroll"), "leaf(1)"), Key("F9", say("key.hide"), "app.cover"),
            *([Key("F12", say("key.reference"), "app.reference")] if self.session.content.reference else []),
        )  # fmt: skip

    def take(self, target: str) -> None:
        """To a look-alike, a question, or the first question on this path that bears on a finding."""
        if target.startswith("item:"):
            self.dismiss(target.removeprefix("item:"))
            return
        if target.startswith(ALIKE):
            open_look_alike(self, self.setting, self.session, target, self._wanted)
            return
        items = self.session.items_bearing_on(target.removeprefix("finding:"))
        if items:
            self.dismiss(items[0])

    def action_elsewhere(self) -> None:
        """All look-alikes."""
        open_look_alike(self, self.setting, self.session, ALIKE, self._wanted)

    def _wanted(self, item: str | None) -> None:
        if item is not None:
            self.dismiss(item)

    def action_close(self) -> None:
        self.dismiss(None)
