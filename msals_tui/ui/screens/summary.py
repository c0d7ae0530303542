"""The summary as it will be written, before it is written."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from msals_tui.records.hand_over import preview_text
from msals_tui.session.session import Session
from msals_tui.ui.drawing.rows import BLANK, Row, wrapped
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.summary import summary_rows


class SummaryPage(Page[bool]):
    """Dismissed with True when the summary shall be written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+q,w", "write", show=False),
        Binding("escape,backspace", "close", show=False),
    ]

    def __init__(self, setting: Setting, session: Session) -> None:
        super().__init__(setting)
        self.session = session
        self._text = preview_text(session, self.words)

    def title_text(self) -> tuple[str, str, str]:
        return self.setting.title, self.words("export.title"), ""

    def body_rows(self, width: int) -> list[Row]:
        """A remark on what is open, then the text."""
        rows: list[Row] = []
        if self.session.interview.response.unanswered():
            rows = [*wrapped(self.words("export.partial"), width - 2, "strong", margin=" "), BLANK]
        if self.session.hidden:
            rows += [*wrapped(self.words("veil.preview"), width - 2, "strong", margin=" "), BLANK]
        return rows + summary_rows(self._text, width)

    def keys(self) -> Sequence[Key]:
        say = self.words
        return (
            Key("F10", say("export.write"), "write"), Key("Esc", say("key.close"), "close"),
            Key("PgDn", say("key.scroll"), "leaf(1)"), Key("F9", say("key.hide"), "app.cover"),
        )  # fmt: skip

    def action_write(self) -> None:
        """Write it."""
        self.dismiss(True)

    def action_close(self) -> None:
        self.dismiss(False)
