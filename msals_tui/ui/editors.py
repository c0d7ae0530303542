"""The two fields that people write in. What comes in is cleaned at once, and the person is told what was changed."""

from dataclasses import replace

from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from msals_tui.text import clean


class Cleaned(Message):
    """Characters were replaced or cut; `changed` says how many."""

    def __init__(self, changed: int) -> None:
        self.changed = changed
        super().__init__()


class Editor(Input):
    """One line. A pasted text of several lines is joined with spaces, nothing is dropped silently."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.longest = 400

    def validate_value(self, value: str) -> str:
        """Whatever the way in, the value is clean."""
        cleaned = clean(value, max_length=self.longest)
        if cleaned.changed:
            self.post_message(Cleaned(cleaned.changed))
        return cleaned.text

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        # Bounded before anything looks at it: a terminal may paste megabytes.
        self.insert_text_at_cursor(" ".join(event.text[: 4 * self.longest].split()))
        if len(event.text) > 4 * self.longest:
            self.post_message(Cleaned(len(event.text) - 4 * self.longest))


class Pad(TextArea):
    """Several lines."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, compact=True, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False)
        self.cursor_blink = False
        self.longest = 4000

    def edit(self, edit: Edit) -> EditResult:
        """Cleans what is put in, and keeps the whole within its length."""
        room = max(self.longest - len(self.text), 0)
        cleaned = clean(edit.text, max_length=room, lines=True)
        if cleaned.changed:
            self.post_message(Cleaned(cleaned.changed))
        return super().edit(replace(edit, text=cleaned.text))
