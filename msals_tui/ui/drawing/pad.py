"""The field of several lines. Few questions want one, and Textual's own takes long to load: it is made where it is needed."""

from dataclasses import replace

from textual.geometry import Offset
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from msals_tui.text import clean
from msals_tui.ui.drawing.editors import in_place, tidy
from msals_tui.ui.drawing.layout import Place


class Pad(TextArea):
    """Several lines."""

    place: Place | None = None

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, compact=True, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False)
        self.cursor_blink = False
        self.longest = 4000

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor stands."""
        return in_place(self, self.place, super().cursor_screen_offset)

    def load_text(self, text: str) -> None:
        """A whole text is cleaned as well, wherever it came from; it is not cut."""
        super().load_text(clean(text, max_length=4 * len(text) + 1, lines=True).text)

    def edit(self, edit: Edit) -> EditResult:
        """Cleans what is put in, and keeps the whole within its length."""
        makes_way = len(self.get_text_range(edit.from_location, edit.to_location))
        room = max(self.longest - len(self.text) + makes_way, 0)
        text = tidy(self, edit.text, room, self.longest, lines=True)
        return super().edit(replace(edit, text=text))
