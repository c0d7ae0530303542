"""The pages of what is recorded on this machine: the list, what can be done with one record, and one to be looked at."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from msals_tui.records.overview import Listed, Looked
from msals_tui.ui.drawing.rows import BLANK, Row, wrapped
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.note import NoteScreen
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views import records as views
from msals_tui.ui.views.frame import Key, choice_rows


class RecordsPage(Page[str]):
    """Every record; dismissed with the id of one, or with ""."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,f10,ctrl+q", "close", show=False)]

    def __init__(self, setting: Setting, records: Sequence[Listed], at: str = "") -> None:
        """`at` is the id of the record that is pointed at; else it is the first."""
        super().__init__(setting)
        self.records = records
        ids = [one.overview.id for one in records]
        self.pointer = f"record:{at if at in ids else ids[0]}" if ids else None

    def title_text(self) -> tuple[str, str, str]:
        return self.setting.title, self.words("record_page.title"), str(len(self.records))

    def body_rows(self, width: int) -> list[Row]:
        return views.record_rows(self.records, self.words, self.glyphs, width, self.pointer)

    def keys(self) -> Sequence[Key]:
        say = self.words
        return (
            Key("Enter", say("key.open"), "take"), Key("Esc", say("key.back"), "close"),
            Key("PgDn", say("key.scroll"), "leaf(1)"), Key("F9", say("key.hide"), "app.cover"),
        )  # fmt: skip

    def take(self, target: str) -> None:
        self.dismiss(target.removeprefix("record:"))

    def action_close(self) -> None:
        self.dismiss("")


class LookPage(Page[None]):
    """One record to be read. Nothing on it can be taken."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,f10,ctrl+q,enter", "close", show=False)]

    def __init__(self, setting: Setting, looked: Looked) -> None:
        super().__init__(setting)
        self.looked = looked

    def title_text(self) -> tuple[str, str, str]:
        """That nothing can be changed, and why where somebody else may."""
        held_by = self.looked.listed.held_by
        if held_by:
            return "", self.words("record_page.read_only_held", holder=held_by), ""
        return self.setting.title, self.words("record_page.read_only"), ""

    def body_rows(self, width: int) -> list[Row]:
        return views.look_rows(self.looked, self.words, self.glyphs, width)

    def keys(self) -> Sequence[Key]:
        say = self.words
        return (
            Key("Esc", say("key.back"), "close"), Key("PgDn", say("key.scroll"), "leaf(1)"),
            Key("F9", say("key.hide"), "app.cover"),
        )  # fmt: skip

    def action_close(self) -> None:
        self.dismiss(None)


class MenuPage(Page[str]):
    """Sentences and a few things to do; dismissed with the code of one. Esc takes the one that changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,f10,ctrl+q", "close", show=False)]
    tight = True

    def __init__(
        self,
        setting: Setting,
        title: str,
        choices: Sequence[tuple[str, str]],
        *,
        sentences: Sequence[str] = (),
        harmless: str,
        pointer: str = "",
    ) -> None:
        """`choices` are codes with their labels; `harmless` is the code that Esc takes."""
        super().__init__(setting)
        self._heading, self._choices, self._sentences, self._harmless = title, choices, sentences, harmless
        self.pointer = pointer or harmless

    def title_text(self) -> tuple[str, str, str]:
        return self.setting.title, self._heading, ""

    def body_rows(self, width: int) -> list[Row]:
        rows: list[Row] = [BLANK]
        for number, sentence in enumerate(self._sentences):
            rows += wrapped(sentence, min(width, 92) - 2, "plain" if number else "strong", margin="  ")
        if self._sentences:
            rows.append(BLANK)
        for number, (code, label) in enumerate(self._choices, 1):
            rows += choice_rows(label, str(number), code, self.pointer, width, self.glyphs)
        return rows

    def keys(self) -> Sequence[Key]:
        say, digits = self.words, f"1-{len(self._choices)}" if len(self._choices) > 1 else "1"
        return (
            Key(digits, say("key.choose"), "edge(0)"), Key("Esc", say("key.back"), "close"),
            Key("F9", say("key.hide"), "app.cover"),
        )  # fmt: skip

    def numbered(self) -> Sequence[str]:
        return [code for code, _ in self._choices]

    def take(self, target: str) -> None:
        self.dismiss(target)

    def action_close(self) -> None:
        self.dismiss(self._harmless)


class ReasonScreen(NoteScreen):
    """Why a final is corrected: dismissed with the reason, which is never empty, or with None."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting, setting.words("record_page.why"), "")

    def draw(self) -> None:
        super().draw()
        self._title.show_title(self.setting.title, self.setting.words("record_page.correcting"), "")

    def action_keep(self) -> None:
        """Takes the reason; without one nothing is corrected."""
        if self._pad.text.strip():
            super().action_keep()
        else:
            self._fault = self.setting.words("record_page.why_needed")
            self.draw()
