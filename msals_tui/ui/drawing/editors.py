"""The field of one line. What comes in is cleaned at once, and the person is told what was changed."""

import re

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from msals_tui.questionnaire.words import Words
from msals_tui.text import clean
from msals_tui.ui.drawing.layout import Place

LOOKED_AT = 100_000
"""So many characters of a text are looked at; a terminal may paste megabytes. What lies behind them is counted only."""


class Cleaned(Message):
    """So many characters were replaced or taken out; `left_out` did not fit into a field that holds `longest`."""

    def __init__(self, replaced: int, left_out: int, longest: int) -> None:
        self.replaced = replaced
        self.left_out = left_out
        self.longest = longest
        super().__init__()

    def sentence(self, words: Words) -> str:
        """What was done to the text, in words."""
        said = [words("fault.cleaned", count=self.replaced)] if self.replaced else []
        if self.left_out:
            said += [words("fault.cut", count=self.longest), words.some(self.left_out, "fault.left_out")]
        return ". ".join(said)


def tidy(field: Widget, text: str, room: int, longest: int, *, lines: bool = False) -> str:
    """The part of a text that may stand in a field with so much room; the field says what was done to it."""
    looked_at = text[:LOOKED_AT]
    whole = clean(looked_at, max_length=4 * len(looked_at) + 1, lines=lines)
    left_out = max(len(whole.text) - room, 0) + len(text) - len(looked_at)
    if whole.changed or left_out:
        field.post_message(Cleaned(whole.changed, left_out, longest))
    return whole.text[:room]


def in_place(field: Widget, place: Place | None, offset: Offset) -> Offset:
    """A place on the screen that Textual works out from where the field stands, which it knows only after the first frame."""
    known = field.content_region.offset
    return offset - known + (place.x, place.y) if place is not None else offset


class Editor(Input):
    """One line. A pasted text of several lines is joined with spaces, nothing is dropped silently."""

    place: Place | None = None

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.longest = 400

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor stands. Textual counts one cell too many behind the last character."""
        offset = super().cursor_screen_offset
        return in_place(self, self.place, offset - (1, 0) if self.cursor_at_end else offset)

    def validate_value(self, value: str) -> str:
        """Whatever the way in, the value is clean."""
        return tidy(self, value, self.longest, self.longest)

    def on_paste(self, event: events.Paste) -> None:
        """Takes a paste in Textual's place."""
        event.prevent_default()
        event.stop()
        room = self.longest - len(self.value) + len(self.selected_text)
        line = re.sub(r"[\r\n]+", " ", event.text.strip("\r\n"))
        self.replace(tidy(self, line, max(room, 0), self.longest), *self.selection)
