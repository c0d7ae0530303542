"""A note on a question, in the words of the person at the keyboard."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from msals_tui.interview.events import NOTE_LENGTH
from msals_tui.text import clean
from msals_tui.ui.editors import Cleaned, Pad
from msals_tui.ui.lines import LOOKS, Lines
from msals_tui.ui.rows import BLANK, Row, wrapped
from msals_tui.ui.setting import Setting
from msals_tui.ui.title import TitleLine
from msals_tui.ui.views.frame import Key, key_rows


class NoteScreen(Screen[str]):
    """Dismissed with the note, or with None when it shall stay as it was."""

    AUTO_FOCUS = "Pad"
    COMPONENT_CLASSES = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,ctrl+s,f10", "keep", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, setting: Setting, question: str, note: str) -> None:
        super().__init__()
        self.setting = setting
        self.question = question
        self._fault = ""
        self._title = TitleLine(setting)
        self._body = Lines(id="body")
        self._keys = Lines(id="keys")
        self._pad = Pad(id="note")
        self._pad.longest = NOTE_LENGTH
        self._pad.text = note

    def compose(self) -> ComposeResult:
        """Title, hint, field, keys."""
        yield self._title
        yield self._body
        yield self._keys
        yield self._pad

    def on_mount(self) -> None:
        """The field is shown at once."""
        self._pad.display = True
        self._pad.move_cursor(self._pad.document.end)
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        """Lays out anew at the new size."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """The question, a hint, and the field below."""
        words, width, height = self.setting.words, self._body.size.width, self._body.size.height
        rows: list[Row] = [*wrapped(self.question, width - 2, "strong", margin=" ")]
        rows += wrapped(words("note.hint"), width - 2, "dim", margin=" ")
        if self._fault:
            rows += wrapped(f"! {self._fault}", width - 2, "error", margin=" ")
        rows.append(BLANK)
        rows = rows[: max(height - 3, 0)]
        self._body.show(rows)
        self._title.show_title(self.setting.title, words("note.title"), "")
        keys = Key("F4", words("key.note"), "keep"), Key("Esc", words("key.back"), "leave")
        self._keys.show(key_rows(keys, self._keys.size.width))
        self._pad.styles.offset = (1, self._body.region.y + len(rows))
        self._pad.styles.width = max(width - 2, 4)
        self._pad.styles.height = max(min(height - len(rows), 10), 1)

    @on(Cleaned)
    def cleaned(self, event: Cleaned) -> None:
        """Says how many characters were replaced, and that some were cut off."""
        self._fault = event.sentence(self.setting.words)
        self.draw()

    def action_keep(self) -> None:
        """Keeps the note."""
        self.dismiss(clean(self._pad.text, max_length=NOTE_LENGTH, lines=True).text.strip())

    def action_leave(self) -> None:
        """Leaves the note as it was."""
        self.dismiss(None)
