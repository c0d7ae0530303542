"""The notice that stands before everything else."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.notice import ACCEPT, notice_keys, notice_rows, notice_title


class NoticePage(Page[bool]):
    """The safety notice before everything else."""

    never_covered = True

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f10,ctrl+q,escape", "leave", show=False)]

    def __init__(
        self,
        setting: Setting,
        *,
        patient: bool,
        clock: str = "",
        unfinished: int = 0,
        drawn: Callable[[], None] = lambda: None,
    ) -> None:
        """`clock` is what is said of a wrong clock; `unfinished` says how many drafts are offered afterwards.

        `drawn` is called whenever the notice is laid out, before it is sent to the terminal.
        """
        super().__init__(setting)
        self.patient = patient
        self.clock = clock
        self.unfinished = unfinished
        self.pointer = ACCEPT
        self._drawn = drawn

    def draw(self, *, follow: bool = True) -> None:
        super().draw(follow=follow)
        if self._body.rows:
            self._drawn()

    def title_text(self) -> tuple[str, str, str]:
        return notice_title(self.words, patient=self.patient)

    def body_rows(self, width: int) -> list[Row]:
        return notice_rows(
            self.words, self.glyphs, width, patient=self.patient, clock=self.clock, unfinished=self.unfinished
        )

    def keys(self) -> Sequence[Key]:
        return notice_keys(self.words)

    def numbered(self) -> Sequence[str]:
        return (ACCEPT,)

    def take(self, target: str) -> None:
        self.dismiss(True)

    def action_leave(self) -> None:
        self.dismiss(False)
