"""The page that hides everything until a key is pressed."""

from textual import events

from msals_tui.ui.drawing.rows import BLANK, Row, row
from msals_tui.ui.screens.page_base import Page


class CoverPage(Page[None]):
    """Hides everything until a key is pressed."""

    never_covered = hides = True

    def title_text(self) -> tuple[str, str, str]:
        return "", self.words("cover.title"), ""

    def body_rows(self, width: int) -> list[Row]:
        return [BLANK, BLANK, row("  " + self.words("cover.text"))]

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.dismiss(None)
