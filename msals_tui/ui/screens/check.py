"""The check-answers page: everything on one page before anything is written."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from msals_tui.flow.steps import Finish
from msals_tui.interview.events import Back, Jump, Redo, Undo
from msals_tui.session.session import Session
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.balance import BalancePage
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.screens.sections_page import SectionsPage
from msals_tui.ui.views.check import check_rows
from msals_tui.ui.views.frame import Key


class CheckPage(Page[None]):
    """Stays until the flow leads elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "back", show=False),
        Binding("u", "next_open", show=False),
        Binding("f3,ctrl+g", "sections", show=False),
        Binding("f5,ctrl+z", "undo", show=False),
        Binding("shift+f5,ctrl+y", "redo", show=False),
        Binding("f6,ctrl+o", "compare", show=False),
        Binding("f10,ctrl+q", "write", show=False),
    ]

    def __init__(
        self, setting: Setting, session: Session, take: Callable[..., None], *, at: str, left_for: Callable[[str], None]
    ) -> None:
        """`take` is told what happens, as events of the flow; `left_for` to which question it was left.

        `at` is the question to which it was left last: whoever comes back finds the row on which they were.
        """
        super().__init__(setting)
        self.session = session
        self._take, self._left_for = take, left_for
        response = session.interview.response
        self.pointer = f"item:{at if at in response.asked else (response.unanswered() or response.path())[0].id}"

    def title_text(self) -> tuple[str, str, str]:
        to_come = len(self.session.interview.response.unanswered())
        draft = "" if self.session.patient else self.words("app.draft")
        left = f"{self.setting.title}  {draft}".rstrip()
        return left, self.words("check.title"), self.words("sections.to_come", count=to_come)

    def body_rows(self, width: int) -> list[Row]:
        return check_rows(self.session, self.words, self.glyphs, width, self.pointer)

    def keys(self) -> Sequence[Key]:
        say = self.words
        write = say("key.done" if self.session.patient else "key.write")
        keys = [
            Key("Enter", say("key.change"), "take"), Key("F10", write, "write"),
            Key("Esc", say("key.back"), "back"), Key("U", say("key.next_open"), "next_open"),
            Key("F3", say("key.sections"), "sections"), Key("F5", say("key.undo"), "undo"),
        ]  # fmt: skip
        if self.session.content.evidence is not None and not self.session.hidden:
            keys.append(Key("F6", say("key.compare"), "compare"))
        return [*keys, Key("F9", say("key.hide"), "app.cover")]

    def take(self, target: str) -> None:
        """Opens a question; Continue comes straight back here."""
        self._leave(Jump(target.rpartition(":")[2], come_back=True))

    def _leave(self, event: Jump | Undo | Redo | Back) -> None:
        """To a question, which is pointed at on coming back."""
        interview = self.session.interview
        match event:
            case Jump(item):
                self._left_for(item or "")
            case Undo():
                self._left_for(interview.done[-1].item)
            case Redo():
                self._left_for(interview.undone[-1].item)
            case _:
                self._left_for("")
        self._take(event)

    def action_back(self) -> None:
        self._leave(Back())

    def action_next_open(self) -> None:
        """To the next question without an answer."""
        if open_items := self.session.interview.response.unanswered():
            self.take(open_items[0].id)

    def action_sections(self) -> None:
        """To a section."""

        def closed(item: str | None) -> None:
            if item:
                self._leave(Jump(item))

        SectionsPage(self.setting, self.session).put_over(self.app, closed)

    def action_undo(self) -> None:
        """Takes the last answer back and shows its question."""
        if self.session.interview.done:
            self._leave(Undo())

    def action_redo(self) -> None:
        """Gives the answer again that was taken back, and shows its question."""
        if self.session.interview.undone:
            self._leave(Redo())

    def action_compare(self) -> None:
        """The balance sheet."""

        def closed(item: str | None) -> None:
            if item is not None:
                self.take(item)

        if self.session.content.evidence is not None and not self.session.hidden:
            BalancePage(self.setting, self.session).put_over(self.app, closed)

    def action_write(self) -> None:
        """To the summary."""
        self._take(Finish())
