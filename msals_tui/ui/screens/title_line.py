"""The title line of every screen: where one is, how it stands with saving, and whether a safety matter is open."""

from msals_tui.ui.drawing.lines import Lines
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.views.frame import mark_span, saved_span, title_rows


class TitleLine(Lines):
    """Shows a title with what is saved, which changes by itself, behind the mark of an open safety matter."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(id="title")
        self._setting = setting
        self._texts = "", "", ""
        self._slow = False

    def show_title(self, left: str, middle: str, right: str) -> None:
        """Program, where one is, and what is to come."""
        self._texts = left, middle, right
        self._show_now()

    def saving_changed(self, *, slow: bool = False) -> None:
        """Shows how it stands with saving now; with `slow`, that the disk has not answered for long."""
        self._slow = slow
        self._show_now()

    def _show_now(self) -> None:
        setting = self._setting
        saved = saved_span(setting.saving(), setting.words, patient=setting.patient, slow=self._slow)
        mark = mark_span(setting.standing(), setting.words, setting.glyphs, patient=setting.patient)
        if self.place is not None:
            self.show(title_rows(*self._texts, self.place.width, setting.glyphs, saved, mark))
