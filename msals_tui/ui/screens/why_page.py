"""The page that says why a question is asked."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from msals_tui.questionnaire.kinds.item import Item
from msals_tui.session.session import Session
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.why import why_rows


class WhyPage(Page[None]):
    """Why the open question is asked, how to ask it, what the answer would mean, and where that comes from."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,enter,f1,question_mark", "close", show=False)]

    def __init__(self, setting: Setting, session: Session, item: Item) -> None:
        super().__init__(setting)
        self.session = session
        self.item = item

    def title_text(self) -> tuple[str, str, str]:
        return self.setting.title, self.words("question.help" if self.session.patient else "question.why"), ""

    def body_rows(self, width: int) -> list[Row]:
        return why_rows(self.session, self.item, self.words, width)

    def keys(self) -> Sequence[Key]:
        keys = (Key("Esc", self.words("key.close"), "close"), Key("PgDn", self.words("key.scroll"), "leaf(1)"))
        if self.session.content.reference is None:
            return keys
        return (*keys, Key("F12", self.words("key.reference"), "app.reference"))

    def action_close(self) -> None:
        self.dismiss(None)
