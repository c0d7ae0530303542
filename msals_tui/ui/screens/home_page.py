"""The home page: what can be started, and what staff can go on with."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from msals_tui.evidence.reference import Reference
from msals_tui.flow.steps import START
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.records.overview import Offered
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.home import home_rows
from msals_tui.ui.views.records import choices_of

NOTHING_OFFERED = Offered()


class HomePage(Page[str]):
    """What can be started, and what staff can go on with. Dismissed with the target that was chosen, or with `leave`."""

    tight = True

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f10,ctrl+q,escape", "leave", show=False)]

    def __init__(
        self,
        setting: Setting,
        questionnaires: Sequence[Questionnaire],
        reference: Reference | None = None,
        offered: Offered = NOTHING_OFFERED,
    ) -> None:
        super().__init__(setting)
        self.questionnaires = questionnaires
        self.reference = reference
        self.more = choices_of(offered, setting.words)

    def title_text(self) -> tuple[str, str, str]:
        return self.setting.title, self.words("app.tagline"), ""

    def body_rows(self, width: int) -> list[Row]:
        """Questionnaires, the reference, drafts, records, and the way out."""
        sides = self.reference.sides if self.reference is not None else None
        return home_rows(self.questionnaires, sides, self.more, self.words, self.glyphs, width, self.pointer)

    def keys(self) -> Sequence[Key]:
        return Key("Enter", self.words("key.open"), "take"), Key("F10", self.words("key.leave"), "leave")

    def numbered(self) -> Sequence[str]:
        reference = () if self.reference is None else ("reference",)
        more = (target for target, _ in self.more)
        return (*(f"{START}{one.id}" for one in self.questionnaires), *reference, *more, "leave")

    def take(self, target: str) -> None:
        """Start, look something up, go on with something, or leave."""
        if target == "reference":
            self.call_later(self.run_action, "app.reference")
        else:
            self.dismiss(target)

    def action_leave(self) -> None:
        self.dismiss("leave")
