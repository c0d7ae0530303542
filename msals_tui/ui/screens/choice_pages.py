"""Pages that ask what to do next: leave, delete, write again, thanks."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from msals_tui.ui.drawing.rows import BLANK, Row, wrapped
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views.frame import Key, choice_rows


class ChoicePage(Page[str]):
    """A sentence and a few things to do; dismissed with the code of one. Esc takes the one that changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace", "close", show=False)]
    table = ""
    """Where the words stand in the catalogue."""
    choices: tuple[str, ...] = ()
    harmless = ""
    """What Esc takes."""

    def __init__(self, setting: Setting, sentence: str = "") -> None:
        super().__init__(setting)
        self.sentence = sentence

    def title_text(self) -> tuple[str, str, str]:
        return self.setting.title, self.words(f"{self.table}.title"), ""

    def body_rows(self, width: int) -> list[Row]:
        rows: list[Row] = [BLANK]
        if self.sentence:
            rows += [*wrapped(self.sentence, width - 2, "strong", margin="  "), BLANK]
        for number, choice in enumerate(self.choices, 1):
            label = self.words(f"{self.table}.{choice}")
            rows += choice_rows(label, str(number), choice, self.pointer, width, self.glyphs)
        return rows

    def keys(self) -> Sequence[Key]:
        digits = f"1-{len(self.choices)}"
        return Key(digits, self.words("key.choose"), "edge(0)"), Key("Esc", self.words("key.back"), "close")

    def numbered(self) -> Sequence[str]:
        return self.choices

    def take(self, target: str) -> None:
        self.dismiss(target)

    def action_close(self) -> None:
        self.dismiss(self.harmless)


class LeavePage(ChoicePage):
    """Leaving before the summary was written."""

    table = "leave"
    harmless = "stay"

    def __init__(self, setting: Setting, choices: tuple[str, ...]) -> None:
        super().__init__(setting)
        self.choices = choices
        if setting.patient:
            self.table = "leave_patient"


class UnsavedPage(ChoicePage):
    """Asks what to do with what was typed and is not kept."""

    table = "unsaved"
    choices = ("keep", "discard", "stay")
    harmless = "stay"


class LiftPage(ChoicePage):
    """Asks again before a comparison that was hidden is shown."""

    table = "veil"
    choices = ("stay", "lift")
    harmless = "stay"


class DiscardPage(ChoicePage):
    """Asks again before answers are deleted."""

    table = "discard"
    choices = ("stay", "discard")
    harmless = "stay"


class NotWrittenPage(ChoicePage):
    """The summary could not be written; the answers are still here."""

    table = "not_written"
    choices: tuple[str, ...] = ("again", "print", "stay")
    harmless = "stay"

    def __init__(self, setting: Setting, sentence: str) -> None:
        super().__init__(setting, setting.words("not_written_patient.text") if setting.patient else sentence)
        if setting.patient:
            self.table, self.choices = "not_written_patient", ("again", "stay")


class ThanksPage(ChoicePage):
    """The end of a patient's questions: to whom the screen goes now."""

    table = "thanks"
    choices = ("over",)
    harmless = "over"
