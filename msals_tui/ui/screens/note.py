"""A note on a question, in the words of the person at the keyboard."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size

from msals_tui.interview.events import NOTE_LENGTH
from msals_tui.text import clean
from msals_tui.ui.drawing.editors import Cleaned
from msals_tui.ui.drawing.layout import Place, page_parts
from msals_tui.ui.drawing.lines import Lines
from msals_tui.ui.drawing.pad import Pad
from msals_tui.ui.drawing.rows import BLANK, Row, wrapped
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.base_screen import BaseScreen
from msals_tui.ui.screens.title_line import TitleLine
from msals_tui.ui.views.frame import Key, key_rows


class NoteScreen(BaseScreen[str]):
    """Dismissed with the note, or with None if it shall stay as it was. What was typed is never thrown away unasked."""

    AUTO_FOCUS = "Pad"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,ctrl+s,f10", "keep", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(
        self,
        setting: Setting,
        question: str,
        note: str,
        *,
        typed: str = "",
        keep_typed: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`typed` was typed before and not kept; `keep_typed` keeps what is typed while nobody has said that it is the note."""
        super().__init__()
        self._note, self._keep_typed = note, keep_typed
        self.setting = setting
        self.question = question
        self._fault = ""
        self._title = TitleLine(setting)
        self._body = Lines(id="body")
        self._keys = Lines(id="keys")
        self.parts = page_parts(0, 0)
        self._pad = Pad(id="note")
        self._pad.longest = NOTE_LENGTH
        self._pad.text = typed or note

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._body
        yield self._keys
        yield self._pad

    def on_mount(self) -> None:
        """The cursor stands behind what was written before."""
        self._pad.move_cursor(self._pad.document.end)

    def place_parts(self, size: Size) -> None:
        """Title, body, key bar; the field stands over the body."""
        self.parts = self.put_page(size, self._title, self._body, self._keys)

    def draw(self) -> None:
        """The question, a hint, and the field below."""
        words, body = self.setting.words, self.parts.body
        width, height = body.width, body.height
        rows: list[Row] = [*wrapped(self.question, width - 2, "strong", margin=" ")]
        rows += wrapped(words("note.hint"), width - 2, "dim", margin=" ")
        if self._fault:
            rows += wrapped(f"! {self._fault}", width - 2, "error", margin=" ")
        rows.append(BLANK)
        rows = rows[: max(height - 3, 0)]
        self._body.show(rows)
        self._title.show_title(self.setting.title, words("note.title"), "")
        keys = Key("F4", words("key.note"), "keep"), Key("Esc", words("key.back"), "leave")
        self._keys.show(key_rows(keys, self.parts.keys.width, words))
        self.put(self._pad, Place(1, body.y + len(rows), max(width - 2, 4), max(min(height - len(rows), 10), 1)))

    @on(Cleaned)
    def cleaned(self, event: Cleaned) -> None:
        """Says how many characters were replaced, and that some were cut off."""
        self._fault = event.sentence(self.setting.words)
        self.draw()

    def action_keep(self) -> None:
        """Keeps the note."""
        self.dismiss(clean(self._pad.text, max_length=NOTE_LENGTH, lines=True).text.strip())

    def keep_unfinished(self) -> None:
        """What was typed is kept as such, and is no note."""
        self._keep_typed(self._pad.text if self._is_news else "")

    @property
    def _is_news(self) -> bool:
        return self._pad.text.strip() != self._note.strip()

    def action_leave(self) -> None:
        """Leaves the note as it was; asks first where something else was typed."""
        if not self._is_news:
            self._keep_typed("")
            self.dismiss(None)
            return
        from msals_tui.ui.screens.choice_pages import UnsavedPage

        def chosen(choice: str | None) -> None:
            if choice == "keep":
                self.action_keep()
            elif choice == "discard":
                self._keep_typed("")
                self.dismiss(None)
            else:
                self.set_focus(self._pad)

        UnsavedPage(self.setting).put_over(self.app, chosen)
